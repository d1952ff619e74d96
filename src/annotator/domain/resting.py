"""What an entity rests on: the fields by which its revisions name other entities, or the text that they stand in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from annotator.domain.anchoring import Anchor
from annotator.domain.change import Revision
from annotator.domain.claim import Appearance, Claim
from annotator.domain.codec import Json
from annotator.domain.ids import Digest, EntityId
from annotator.domain.judgement import Conclusion, Linkage
from annotator.domain.note import Note
from annotator.domain.passage import Passage
from annotator.domain.people import Agent
from annotator.domain.review import Review, Waiver
from annotator.domain.source import BlockMark, Source, Version

RESTS_ON: dict[str, tuple[str, ...]] = {
    Source.kind: ("authors", "publishers"),
    Version.kind: ("source_id", "supersedes"),
    Agent.kind: ("merged_into",),
    Claim.kind: ("wording", "claimants", "parent", "merged_into"),
    Appearance.kind: ("passage_id", "claim_id", "agent_id", "derived_from"),
    Linkage.kind: ("passage_ids", "claim_id"),
    Conclusion.kind: ("claim_id", "linkage_ids"),
    Anchor.kind: ("passage",),
    Note.kind: ("about",),
    Review.kind: ("about",),
    Waiver.kind: ("about", "others"),
}
"""The fields of each kind that name what it makes no sense without. Who wrote it is not among them, nor what it is not."""

STANDS_IN = frozenset({Passage.kind, Anchor.kind, BlockMark.kind})
"""The kinds that stand in a text and so rest on the versions that have it: their field ``text``."""


def rests_on(revisions: Sequence[Revision]) -> set[EntityId]:
    """Return the entities that the revisions of one ever named, whether or not the last of them does.

    The whole history of an entity travels with it, so that any state of it can be restored where it goes.
    """
    kind = revisions[0].kind
    return {EntityId(each) for name in RESTS_ON.get(kind, ()) for each in _named(revisions, name)}


def stands_in(revisions: Sequence[Revision]) -> set[Digest]:
    """Return the texts that the revisions of an entity ever stood in."""
    return {Digest(each) for each in _named(revisions, "text")} if revisions[0].kind in STANDS_IN else set()


def written_by(revisions: Sequence[Revision]) -> set[EntityId]:
    """Return the annotators whom the revisions of an entity name as its author."""
    return {EntityId(each) for each in _named(revisions, "annotator_id")}


def _named(revisions: Iterable[Revision], field: str) -> Iterator[str]:
    for revision in revisions:
        yield from _each((revision.fields or {}).get(field))
        for value in revision.reopened.get(field, ()):
            yield from _each(value)


def _each(value: Json) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        yield from (each for each in value if isinstance(each, str))
