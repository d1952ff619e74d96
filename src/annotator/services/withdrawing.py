"""Withdraws what rests on a passage whose words went, and brings it back where that is decided otherwise."""

from __future__ import annotations

from collections.abc import Iterator

from annotator.domain.anchoring import Anchor, AnchorDecision
from annotator.domain.change import Write
from annotator.domain.ids import ChangeId, EntityId
from annotator.domain.judgement import Linkage
from annotator.domain.register import writers
from annotator.store import anchoring
from annotator.store.reader import Reader


def withdrawn(reader: Reader, passage: EntityId, reason: str) -> Iterator[Write]:
    """Yield what withdraws the linkages that stand on a passage."""
    for linkage in anchoring.linkages_on(reader, passage, withdrawn=False):
        yield Write(linkage, Linkage.kind, {"withdrawn": reason})


def brought_back(reader: Reader, passage: EntityId, deciding: EntityId) -> Iterator[Write]:
    """Yield what undoes the withdrawal of a passage, as something else is decided on its anchor with the id ``deciding``.

    Back come the linkages that such a decision withdrew, none that a person withdrew otherwise, nor one that rests on another
    passage which is withdrawn still. In other versions the passage waits again: there it was given up with them.
    """
    for id_ in anchoring.linkages_on(reader, passage, withdrawn=True):
        linkage = reader.get(Linkage, id_)
        others = (each for each in linkage.passage_ids if each != passage)
        if any(_given_up(reader, other) for other in others):
            continue
        acts = {change for each in linkage.passage_ids for change in _acts(reader, each)}
        if {each.change for each in writers(reader.history.revisions_of(id_), "withdrawn")} <= acts:
            yield Write(id_, Linkage.kind, {"withdrawn": None})
    for anchor in _given_up(reader, passage):
        if anchor.id != deciding:
            yield Write(anchor.id, Anchor.kind, {"decision": None})


def _given_up(reader: Reader, passage: EntityId) -> list[Anchor]:
    """Return the anchors by which a passage is withdrawn."""
    found = anchoring.anchors_of(reader, passage)
    return [anchor for anchor in found if anchor.decision is AnchorDecision.WITHDRAWN]


def _acts(reader: Reader, passage: EntityId) -> Iterator[ChangeId]:
    """Yield the changes in which a passage was withdrawn."""
    for anchor in anchoring.anchors_of(reader, passage):
        for revision in reader.history.revisions_of(anchor.id):
            if (revision.fields or {}).get("decision") == AnchorDecision.WITHDRAWN:
                yield revision.change
