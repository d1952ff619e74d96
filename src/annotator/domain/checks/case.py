"""A project loaded once for all checks, indexed by what they ask."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import TypeVar

from annotator.domain.anchoring import Anchor
from annotator.domain.checks.origins import Origins
from annotator.domain.checks.scaling import Scaling
from annotator.domain.checks.words import UNKNOWN_PERSON, shortened
from annotator.domain.claim import Appearance, Claim
from annotator.domain.entity import Entity
from annotator.domain.errors import NotFoundError
from annotator.domain.ids import ChangeId, Digest, EntityId
from annotator.domain.judgement import Conclusion, Linkage, Stage
from annotator.domain.note import Note
from annotator.domain.passage import Passage
from annotator.domain.people import Agent, Annotator
from annotator.domain.review import Review, Waiver
from annotator.domain.source import Source, Version
from annotator.domain.view import AuditView, Deleted

E = TypeVar("E", bound=Entity)
C = TypeVar("C", Appearance, Conclusion)

SUBMITTED = frozenset({Stage.SUBMITTED, Stage.ADJUDICATED, Stage.PUBLISHED})
"""Stages of conclusions that somebody answers for."""

SETTLED = frozenset({Stage.ADJUDICATED, Stage.PUBLISHED})
"""Stages by which a disagreement on the claim is settled."""


class Case:
    """All that the checks look at. What rests on a claim that is deleted is only among ``without_claim``.

    Entities are kept by their ids, sorted by id. Texts and the graph of changes are read through the view when they are asked
    for: a case lives no longer than its view. ``linkage_heads`` are the changes with each linkage's newest revisions.
    """

    def __init__(self, view: AuditView) -> None:
        self._view = view
        self.codebook = view.codebook_in_force()
        self.scaling = Scaling(self.codebook)
        self.sources = _by_id(view.all(Source))
        self.versions = _by_id(view.all(Version))
        self.passages = _by_id(view.all(Passage))
        self.anchors = _by_id(view.all(Anchor))
        self.claims = _by_id(view.all(Claim))
        self.agents = _by_id(view.all(Agent))
        self.annotators = _by_id(view.all(Annotator))
        self.reviews = _by_id(view.all(Review))
        self.waivers = _by_id(view.all(Waiver))
        self.notes = _by_id(view.all(Note))
        self.without_claim: dict[EntityId, Appearance | Conclusion | Linkage] = {}
        self.appearances = self._on_claims(view.all(Appearance))
        self.conclusions = self._on_claims(view.all(Conclusion))
        self.linkages: dict[EntityId, Linkage] = {}
        self.linkage_heads: dict[EntityId, tuple[ChangeId, ...]] = {}
        for linkage, heads in view.with_heads(Linkage):
            if linkage.claim_id in self.claims:
                self.linkages[linkage.id] = linkage
                self.linkage_heads[linkage.id] = heads
            else:
                self.without_claim[linkage.id] = linkage

    def _on_claims(self, entities: Iterable[C]) -> dict[EntityId, C]:
        """Return those that rest on a claim that is there, and keep the others apart."""
        found: dict[EntityId, C] = {}
        for entity in entities:
            (found if entity.claim_id in self.claims else self.without_claim)[entity.id] = entity
        return found

    @classmethod
    def of(cls, view: AuditView) -> Case:
        """Return the case that a view shows."""
        return cls(view)

    # -- judgements

    @cached_property
    def standing(self) -> tuple[Linkage, ...]:
        """The linkages that count: those that were not withdrawn."""
        return tuple(linkage for linkage in self.linkages.values() if not linkage.withdrawn)

    @cached_property
    def _standing_on(self) -> dict[EntityId, list[Linkage]]:
        return _grouped(self.standing, lambda linkage: linkage.claim_id)

    @cached_property
    def _decisive_on(self) -> dict[EntityId, list[Linkage]]:
        return {
            claim: [linkage for linkage in linkages if self.scaling.is_decisive(linkage)]
            for claim, linkages in self._standing_on.items()
        }

    @cached_property
    def _conclusions_on(self) -> dict[EntityId, list[Conclusion]]:
        return _grouped(self.concluded, lambda conclusion: conclusion.claim_id)

    @cached_property
    def concluded(self) -> tuple[Conclusion, ...]:
        """The conclusions that count: those that were not withdrawn, drafts too."""
        return tuple(c for c in self.conclusions.values() if c.stage is not Stage.WITHDRAWN)

    @cached_property
    def rested_on(self) -> frozenset[EntityId]:
        """The linkages that a submitted conclusion rests on."""
        return frozenset(
            id_ for conclusion in self.concluded if conclusion.stage in SUBMITTED for id_ in conclusion.linkage_ids
        )

    def standing_on(self, claim: EntityId) -> list[Linkage]:
        """Return the linkages of a claim that count, sorted by id."""
        return self._standing_on.get(claim, [])

    def decisive_on(self, claim: EntityId) -> list[Linkage]:
        """Return those of a claim's linkages that count and bear on its truth, sorted by id."""
        return self._decisive_on.get(claim, [])

    def evidence(self, claim: EntityId, side: int) -> list[Linkage]:
        """Return the decisive linkages that take one side of a claim (``scaling.FOR``, ``AGAINST``), sorted by id."""
        return [linkage for linkage in self.decisive_on(claim) if self.scaling.side(linkage) == side]

    def conclusions_on(self, claim: EntityId) -> list[Conclusion]:
        """Return the conclusions on a claim that count, sorted by id."""
        return self._conclusions_on.get(claim, [])

    # -- where words come from

    @cached_property
    def origins(self) -> Origins:
        """Who stands at the beginning of what each passage says."""
        return Origins(self.sources, self.versions, self.passages, self.agents, self.appearances)

    @cached_property
    def newest_texts(self) -> dict[Digest, set[Digest]]:
        """For each text the newest texts of the sources that have a version with it."""
        newest: dict[EntityId, tuple[int, EntityId, Digest]] = {}
        for version in self.versions.values():
            found = (version.sequence, version.id, version.text)
            newest[version.source_id] = max(newest.get(version.source_id, found), found)
        texts: dict[Digest, set[Digest]] = defaultdict(set)
        for version in self.versions.values():
            texts[version.text].add(newest[version.source_id][2])
        return texts

    def title_of_text(self, digest: Digest) -> str:
        """Return the title, shortened, of a source that has a version with a text; nothing where none is here."""
        sources = (self.sources.get(each.source_id) for each in self.versions.values() if each.text == digest)
        return next((shortened(source.title) for source in sources if source is not None), "")

    def text(self, digest: Digest) -> str | None:
        """Return a canonical text, or None where this project does not hold it."""
        try:
            return self._view.text(digest)
        except NotFoundError:
            return None

    def altered_originals(self) -> frozenset[Digest]:
        """Return the recorded digests of the originals whose stored bytes are others."""
        return self._view.altered_originals()

    def change_parents(self) -> Iterator[tuple[ChangeId, tuple[ChangeId, ...]]]:
        """Yield every change with what it builds on, each before those that it builds on."""
        return self._view.change_parents()

    # -- what was deleted

    def deleted(self, ids: Iterable[EntityId]) -> Iterator[Deleted]:
        """Yield those of ``ids`` that were deleted, as they were."""
        return self._view.deleted(ids)

    def deleted_versions(self) -> Iterator[Deleted]:
        """Yield the versions of sources that were deleted, as they were, sorted by id."""
        return self._view.all_deleted(Version)

    # -- words

    def maker(self, entity: Entity) -> str:
        """Return the name of who made an entity."""
        id_ = getattr(entity, "annotator_id", None) or self._view.maker(entity.id)
        return self.person(id_) if id_ else UNKNOWN_PERSON

    def person(self, annotator: EntityId) -> str:
        """Return the name of an annotator."""
        found = self.annotators.get(annotator)
        return found.name if found else UNKNOWN_PERSON

    def words(self, claim: EntityId) -> str:
        """Return the words of a claim, shortened for a sentence."""
        return shortened(self.claims[claim].text)

    def quote(self, linkage: Linkage) -> str:
        """Return the words that a linkage rests on, shortened for a sentence."""
        passages = (self.passages.get(id_) for id_ in linkage.passage_ids)
        return shortened(" … ".join(passage.quote for passage in passages if passage))


def _by_id(entities: Iterable[E]) -> dict[EntityId, E]:
    return {entity.id: entity for entity in entities}


def _grouped(entities: Iterable[E], key: Callable[[E], EntityId]) -> dict[EntityId, list[E]]:
    groups: dict[EntityId, list[E]] = defaultdict(list)
    for entity in entities:
        groups[key(entity)].append(entity)
    return groups
