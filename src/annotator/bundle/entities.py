"""Checks what the history of a bundle adds up to: entities that can stand, on words that are there."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Sequence
from itertools import pairwise

from annotator.bundle.blobs import Blobs, check_structure
from annotator.bundle.layout import HISTORY
from annotator.bundle.project import Indexes
from annotator.bundle.refusal import Refusal
from annotator.bundle.spool import Spool
from annotator.domain.change import Revision
from annotator.domain.claim import Appearance
from annotator.domain.codec import from_plain
from annotator.domain.entity import Entity, entity_from
from annotator.domain.ids import ChangeId, Digest, EntityId, from_bytes
from annotator.domain.judgement import Conclusion, Linkage
from annotator.domain.kinds import KINDS
from annotator.domain.passage import Fragment, Passage
from annotator.domain.register import State, fold
from annotator.domain.source import Version


def check_entities(spool: Spool, blobs: Blobs, seen: Callable[[int], None]) -> Indexes:
    """Check every entity of the history and return what is noted of them; ``seen`` is told how many. Raises ``Refusal``."""
    _check_kinds(spool)
    indexes = Indexes()
    number = 0
    for kind in sorted(KINDS):
        for id_, history in spool.histories(kind):
            _check(id_, [revision for revision, _ in history], blobs, indexes)
            number += 1
            seen(number)
    indexes.by_claim.finish()
    return indexes


def _check(id_: EntityId, revisions: Sequence[Revision], blobs: Blobs, indexes: Indexes) -> None:
    _check_parents(id_, revisions)
    state = fold(revisions)
    entity = None if state.deleted else _entity(id_, revisions, state)
    if state.kind == Passage.kind:
        _check_passage(id_, entity, revisions, blobs)
    if state.kind == Version.kind and len(revisions) > 1:
        _check_version(revisions, blobs)
    if isinstance(entity, (Appearance, Linkage, Conclusion)):
        indexes.by_claim.add(entity.kind, entity.claim_id, id_)
    if state.conflicts and not state.deleted:
        indexes.disputed[id_] = tuple(sorted(state.conflicts))


def _check_kinds(spool: Spool) -> None:
    """Check that no id names entities of two kinds."""
    for one, other in pairwise(heapq.merge(*map(spool.ids, KINDS))):
        if one == other:
            raise Refusal(HISTORY, f"{from_bytes(one)} is an entity of two kinds")


def _check_parents(id_: EntityId, revisions: Sequence[Revision]) -> None:
    seen: set[ChangeId] = set()
    for revision in revisions:
        if not seen.issuperset(revision.parents):
            raise Refusal(HISTORY, f"{revision.kind} {id_}: a parent of a revision is none of its earlier revisions")
        seen.add(revision.change)


def _entity(id_: EntityId, revisions: Sequence[Revision], state: State) -> Entity | None:
    """Return what a state describes; None where fields that it needs were withheld."""
    try:
        return entity_from(state.kind, id_, state.fields)
    except ValueError as error:
        if any(revision.fields is None for revision in revisions):
            return None
        raise Refusal(HISTORY, f"{state.kind} {id_}: {error}") from error


def _check_passage(id_: EntityId, entity: Entity | None, revisions: Sequence[Revision], blobs: Blobs) -> None:
    """Check that a passage quotes what stands in its text.

    That holds for every text and all fragments that were ever written, deleted, contested or not: a deletion can be undone and a
    conflict settled, and a passage never moves to another text.
    """
    if isinstance(entity, Passage) and not entity.fragments and entity.area is None:
        raise Refusal(HISTORY, f"passage {id_}: has neither words nor an area")
    if isinstance(entity, Passage) and len(revisions) == 1 and not revisions[0].reopened:
        _check_fragments(id_, entity.fragments, blobs.text(entity.text))
        return
    writes = (values for revision in revisions for name, values in revision.writes() if name == "fragments")
    quoted = [from_plain(value, tuple[Fragment, ...]) for values in writes for value in values if value]
    for text in _written(revisions, "text"):
        for fragments in quoted:
            _check_fragments(id_, fragments, blobs.text(text))


def _check_version(revisions: Sequence[Revision], blobs: Blobs) -> None:
    """Check that every structure which a version was ever given is one of its texts."""
    for text in _written(revisions, "text"):
        for structure in _written(revisions, "structure"):
            check_structure(blobs, structure, len(blobs.text(text)))


def _written(revisions: Sequence[Revision], field: str) -> list[Digest]:
    writes = (values for revision in revisions for name, values in revision.writes() if name == field)
    return sorted({value for values in writes for value in values if value})


def _check_fragments(id_: EntityId, fragments: Sequence[Fragment], text: str) -> None:
    """Check that fragments are sorted, apart, and quote the words that stand in the text, with those around them."""
    last = 0
    for fragment in fragments:
        start, end = fragment.start, fragment.end
        if not last <= start < end <= len(text):
            raise Refusal(HISTORY, f"passage {id_}: a fragment is empty, out of order or outside its text")
        if text[start:end] != fragment.quote:
            raise Refusal(HISTORY, f"passage {id_}: its quote does not stand in its text")
        if text[max(0, start - len(fragment.prefix)) : start] != fragment.prefix or not text.startswith(
            fragment.suffix, end
        ):
            raise Refusal(HISTORY, f"passage {id_}: its quote stands between other words in its text")
        last = end
