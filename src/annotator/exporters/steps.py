"""The history of a few entities, told briefly: who did what when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from annotator.domain.change import DELETED, Change, Revision
from annotator.domain.codec import Json
from annotator.domain.ids import EntityId
from annotator.domain.people import pseudonym
from annotator.domain.register import before, differences, fold
from annotator.exporters.base import ProjectView

_UNTOLD = frozenset(
    {"annotator_id", "claim_id", "passage_ids", "confidence_percent", "rests_on_changes", "linkage_ids", DELETED}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One change of one entity: the fields that changed with their values before and after; ``is_first`` made it."""

    kind: str
    entity: EntityId
    at: str
    who: str
    label: str
    is_first: bool
    fields: tuple[tuple[str, Json, Json], ...]


def steps_of(view: ProjectView, entities: Iterable[EntityId], names: Mapping[EntityId, str]) -> tuple[Step, ...]:
    """Return what was done to these entities, oldest first; ``names`` are those of the annotators."""
    found: list[tuple[int, str, Step]] = []
    for entity in entities:
        revisions = view.history.revisions_of(entity)
        for revision in revisions:
            change = view.history.change(revision.change)
            if change is not None:
                step = _step(revisions, revision, change, names)
                found.append((change.header.generation, change.id, step))
    return tuple(step for *_, step in sorted(found, key=lambda each: (each[0], each[1], each[2].entity)))


def _step(revisions: Sequence[Revision], revision: Revision, change: Change, names: Mapping[EntityId, str]) -> Step:
    seen = before(revisions, revision.change)
    old = fold(seen).fields if seen else {}
    new = {**old, **(revision.fields or {})}
    return Step(
        kind=revision.kind,
        entity=revision.entity,
        at=change.header.at,
        who=names.get(change.header.annotator, pseudonym(change.header.annotator)),
        label=change.header.label,
        is_first=not seen,
        fields=tuple(each for each in differences(old, new) if each[0] not in _UNTOLD),
    )
