"""Checks what the history of a bundle adds up to: entities that can stand, on words that are there."""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from itertools import pairwise

from annotator.bundle.blobs import Blobs
from annotator.bundle.layout import HISTORY
from annotator.bundle.refusal import Refusal
from annotator.bundle.spool import SpooledView, claim_pair
from annotator.domain.change import Revision
from annotator.domain.claim import Appearance
from annotator.domain.entity import Entity, entity_from
from annotator.domain.ids import ChangeId, EntityId, from_bytes
from annotator.domain.judgement import Conclusion, Linkage
from annotator.domain.kinds import KINDS
from annotator.domain.passage import Passage
from annotator.domain.register import fold


def check_entities(view: SpooledView, blobs: Blobs) -> None:
    """Check every entity of the history and tell the view which belong to which claim; raises ``Refusal``."""
    _check_kinds(view)
    pairs: list[bytes] = []
    for id_, group in view.histories():
        revisions = [revision for revision, _ in group]
        _check_parents(id_, revisions)
        entity = _folded(id_, revisions)
        if isinstance(entity, Passage):
            _check_words(entity, blobs)
        if isinstance(entity, (Appearance, Linkage, Conclusion)):
            pairs.append(claim_pair(entity.kind, entity.claim_id, id_))
    view.index_claims(pairs)


def _check_kinds(view: SpooledView) -> None:
    """Check that no id names entities of two kinds."""
    for one, other in pairwise(heapq.merge(*(view.ids(kind) for kind in KINDS))):
        if one == other:
            raise Refusal(HISTORY, f"{from_bytes(one)} is an entity of two kinds")


def _check_parents(id_: EntityId, revisions: Sequence[Revision]) -> None:
    seen: set[ChangeId] = set()
    for revision in revisions:
        if not seen.issuperset(revision.parents):
            raise Refusal(HISTORY, f"{revision.kind} {id_}: a parent of a revision is none of its earlier revisions")
        seen.add(revision.change)


def _folded(id_: EntityId, revisions: Sequence[Revision]) -> Entity | None:
    state = fold(revisions)
    if state.deleted or any(revision.fields is None for revision in revisions):
        return None
    try:
        return entity_from(state.kind, id_, state.fields)
    except ValueError as error:
        raise Refusal(HISTORY, f"{state.kind} {id_}: {error}") from error


def _check_words(passage: Passage, blobs: Blobs) -> None:
    """Check that the fragments are sorted, apart, and quote the words that stand in the text."""
    text = blobs.text(passage.text)
    last = 0
    for fragment in passage.fragments:
        if not last <= fragment.start < fragment.end <= len(text):
            raise Refusal(HISTORY, f"passage {passage.id}: a fragment is empty, out of order or outside its text")
        if text[fragment.start : fragment.end] != fragment.quote:
            raise Refusal(HISTORY, f"passage {passage.id}: its quote does not stand in its text")
        last = fragment.end
    if not passage.fragments and passage.area is None:
        raise Refusal(HISTORY, f"passage {passage.id}: has neither words nor an area")
