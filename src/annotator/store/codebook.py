"""The scales of a project, read from the history."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from annotator.domain.change import Revision
from annotator.domain.entity import Entity, entity_from
from annotator.domain.ids import Digest, EntityId
from annotator.domain.living import living
from annotator.domain.register import State, fold
from annotator.domain.scales import Codebook, Scale
from annotator.store.history import History
from annotator.store.ranges import Ranges


def read_codebook(
    history: History, *, merged: Ranges | None = None, changing: Mapping[EntityId, State] | None = None
) -> Codebook:
    """Return the project's codebook: every scale that stands, sorted by id, with those in ``changing`` as they will be.

    ``merged`` are the local numbers of the changes that came with bundles. Given them, it is the codebook in force here: the
    scales that were here first come first, a later version made here before all others, and of one that holds several
    values in conflict, ours are taken. After a merge a project may hold two scales of one name: ours stays in force, and
    values of the other are kept as they are.
    """
    changing = changing or {}
    found: list[tuple[int, Entity | None]] = []
    ours: set[EntityId] = set()
    for number, revisions in history.all_revisions(Scale.kind):
        if revisions[0].entity not in changing:
            found.append((number, living(revisions if merged is None else _ours(history, revisions, merged))))
            if merged is not None and history.number(revisions[0].change) not in merged:
                ours.add(revisions[0].entity)
    if merged is not None:
        found.sort(key=lambda each: each[0])
    scales = _later_first([scale for _, scale in found if isinstance(scale, Scale)], ours)
    for id_, state in changing.items():
        scale = None if state.deleted else entity_from(Scale.kind, id_, state.fields)
        scales += [scale] if isinstance(scale, Scale) else []
    return Codebook(tuple(scales if merged is not None else sorted(scales, key=lambda scale: scale.id)))


def _later_first(scales: Sequence[Scale], ours: Collection[EntityId]) -> list[Scale]:
    """Return scales in their order, each later version that was made here before all others of its name."""
    ordered: list[Scale] = []
    for scale in scales:
        is_later = scale.id in ours and any(scale.follows(other) for other in ordered)
        named = (place for place, other in enumerate(ordered) if is_later and other.name == scale.name)
        ordered.insert(next(named, len(ordered)), scale)
    return ordered


def codebook_digest(history: History, changing: Mapping[EntityId, State]) -> Digest:
    """Return the digest of the codebook as it will be once the scales in ``changing`` are written."""
    return read_codebook(history, changing=changing).digest


def _ours(history: History, revisions: Sequence[Revision], merged: Ranges) -> Sequence[Revision]:
    """Return the revisions of a scale that are ours where it holds values in conflict and was made here, too; else all."""
    if not fold(revisions).conflicts:
        return revisions
    ours = [each for each in revisions if history.number(each.change) not in merged]
    return ours if any(not each.parents for each in ours) else revisions
