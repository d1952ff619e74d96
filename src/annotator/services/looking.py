"""Reading the project: lists, texts, history, search, and what is left to do."""

from __future__ import annotations

from annotator.domain.claim import Appearance, Claim
from annotator.domain.entity import Entity
from annotator.domain.ids import Digest, EntityId
from annotator.domain.judgement import Conclusion, Linkage
from annotator.domain.marked_blocks import marked
from annotator.domain.note import Note
from annotator.domain.passage import Passage
from annotator.domain.people import Agent, Annotator
from annotator.domain.rows import (
    AppearanceRow,
    ClaimRow,
    Hit,
    LinkageRow,
    PassageRow,
    RevisedRow,
    SourceRow,
    ToDo,
)
from annotator.domain.source import BlockMark, Source, Version, block_mark_id
from annotator.domain.structure import Structure
from annotator.services.base import Job, entity_id, existing
from annotator.store import passage_rows, queries, search
from annotator.store.claim_rows import claim_rows
from annotator.store.reader import Reader
from annotator.store.revised_rows import revised_rows
from annotator.store.source_rows import source_rows


class Looking(Job):
    """Everything that only reads. Safe from any thread: each has its own read-only connection."""

    def sources(self) -> tuple[Source, ...]:
        """Return all sources, oldest first."""
        return tuple(self._reader.all(Source))

    def versions(self, source: EntityId) -> tuple[Version, ...]:
        """Return a source's versions, oldest first."""
        number = self._reader.number(existing(self._reader, Source, source).id)
        return source_rows(self._reader, [number])[number].versions

    def passages(self, version: EntityId) -> tuple[Passage, ...]:
        """Return the passages that were highlighted in one version, in the order of its text."""
        existing(self._reader, Version, version)
        own = (row.id for row in passage_rows.passages(self._reader, version) if row.anchor is None)
        return tuple(found for id_ in own if (found := self._reader.find(Passage, id_)))

    def claims(self) -> tuple[Claim, ...]:
        """Return all claims, oldest first."""
        return tuple(self._reader.all(Claim))

    def linkages(self, claim: EntityId | None = None) -> tuple[Linkage, ...]:
        """Return the linkages of one claim, or all; oldest first, withdrawn ones too."""
        rows = queries.linkages(self._reader) if claim is None else self.linkage_rows(claim=claim)
        return tuple(row.linkage for row in rows)

    def conclusions(self, claim: EntityId) -> tuple[Conclusion, ...]:
        """Return the conclusions on one claim, oldest first."""
        return queries.conclusions_of(self._reader, claim)

    def appearances(self, claim: EntityId) -> tuple[Appearance, ...]:
        """Return who says a claim where, oldest first."""
        return tuple(row.appearance for row in queries.appearances_of_claim(self._reader, claim))

    def agents(self) -> tuple[Agent, ...]:
        """Return all agents, oldest first."""
        return tuple(self._reader.all(Agent))

    def annotators(self) -> tuple[Annotator, ...]:
        """Return everybody who has worked on the project."""
        return tuple(self._reader.all(Annotator))

    def notes(self, about: EntityId) -> tuple[Note, ...]:
        """Return the notes on an entity, oldest first."""
        return queries.notes_on(self._reader, about)

    def entity(self, id_: EntityId) -> Entity:
        """Return a living entity of any kind. Raises ``NotFoundError``."""
        return self._reader.entity(entity_id("entity", id_))

    def text(self, version: EntityId) -> str:
        """Return a version's canonical text."""
        return self._reader.text(existing(self._reader, Version, version).text)

    def structure(self, version: EntityId) -> Structure:
        """Return the structure of a version's text, with what persons say of its blocks."""
        found = existing(self._reader, Version, version)
        return marked(self._reader.structure(found.structure), queries.block_marks(self._reader, found.id))

    def block_marks(self, version: EntityId) -> tuple[BlockMark, ...]:
        """Return what persons say of the blocks of a version's text, in its order."""
        found = existing(self._reader, Version, version)
        marks = queries.block_marks(self._reader, found.id)
        return tuple(
            BlockMark(id=block_mark_id(found.text, start), text=found.text, start=start, article=article)
            for start, article in sorted(marks.items())
        )

    def search(self, query: str, *, limit: int = 100) -> tuple[Hit, ...]:
        """Return the best hits in sources, passages, claims and rationales; any text is a query."""
        return search.search(self._reader, query, limit=limit)

    def to_do(self) -> ToDo:
        """Return what is left: unlinked passages, open claims."""
        return queries.to_do(self._reader)

    def disputed(self, *entities: EntityId) -> dict[EntityId, tuple[str, ...]]:
        """Return which of these entities have fields that hold several values, and the names of those fields, sorted."""
        found = ((id_, queries.disputed_fields(self._reader, id_)) for id_ in entities)
        return {id_: fields for id_, fields in found if fields}

    def disputed_count(self) -> int:
        """Return how many things hold several values in some field, whatever those are."""
        return len(self._reader.disputed())

    # -- rows for lists

    def source_rows(self) -> tuple[SourceRow, ...]:
        """Return all sources with their versions and progress."""
        return tuple(source_rows(self._reader, self._reader.numbers(Source.kind)).values())

    def revised_rows(self) -> tuple[RevisedRow, ...]:
        """Return the sources that have several versions, the one with the newest version first."""
        return revised_rows(self._reader)

    def passage_rows(self, version: EntityId) -> tuple[PassageRow, ...]:
        """Return the passages of one version, and those of others that stand in it, as the reader paints them."""
        return passage_rows.passages(self._reader, version)

    def claim_rows(self) -> tuple[ClaimRow, ...]:
        """Return all claims with their counts and newest conclusion."""
        return claim_rows(self._reader, self._reader.numbers(Claim.kind))

    def stances_in(self, version: EntityId) -> dict[EntityId, tuple[tuple[str, int], ...]]:
        """Return the claims that passages of one version are linked to, with how many of these there are by stance."""
        return queries.stances_in(self._reader, version)

    def linkage_rows(self, *, claim: EntityId | None = None, passage: EntityId | None = None) -> tuple[LinkageRow, ...]:
        """Return the linkages of a claim, or those resting on a passage, or all."""
        if claim is not None:
            return queries.linkages_of_claim(self._reader, claim)
        if passage is not None:
            return queries.linkages_of_passage(self._reader, passage)
        return queries.linkages(self._reader)

    def appearance_rows(self, passage: EntityId) -> tuple[AppearanceRow, ...]:
        """Return who says what in a passage."""
        return queries.appearances_of_passage(self._reader, passage)

    def state_digest(self) -> Digest:
        """Return the digest over all living entities: equal digests mean equal projects, whatever their history."""
        return self._reader.state_digest()

    @property
    def _reader(self) -> Reader:
        return self.store.read()
