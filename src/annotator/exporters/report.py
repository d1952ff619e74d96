"""What a report on a claim says, gathered from the project and free of any format."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from annotator.domain.changed_words import ChangedWords
from annotator.domain.claim import Appearance, Claim
from annotator.domain.ids import EntityId
from annotator.domain.judgement import Conclusion, Linkage, Stage
from annotator.domain.marked_blocks import marked, marks_by_text
from annotator.domain.passage import Passage
from annotator.domain.people import Agent, Annotator, pseudonym
from annotator.domain.places import Places
from annotator.domain.same_agents import distinct_names, names_of
from annotator.domain.source import BlockMark, Source, Version
from annotator.domain.structure import Structure
from annotator.exporters.base import ProjectView
from annotator.exporters.changed import Changed
from annotator.exporters.disputes import Disputed, Disputes
from annotator.exporters.excerpt import Piece, excerpt
from annotator.exporters.reviews import Reviewed, Reviews
from annotator.exporters.steps import Step, steps_of

_DEEPEST = 7
"""How many steps from its origin a repeat is indented at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """A passage as published: its words with some around, and where they stand (``page`` from 1)."""

    pieces: tuple[Piece, ...]
    source: Source | None
    publisher: str
    page: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A linkage, by whom and when, with what of it is disputed and what reviewers decided.

    ``moved_on`` tells of those of its words that a newer version of the source does not have.
    """

    linkage: Linkage
    who: str
    made: str
    changed: str
    disputed: tuple[Disputed, ...]
    reviews: tuple[Reviewed, ...]
    moved_on: tuple[ChangedWords, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Passages that were judged together with one stance. ``others`` are judgements of them that differ."""

    quotes: tuple[Quote, ...]
    judged: tuple[Judged, ...]
    others: tuple[Judged, ...]
    origin: str
    origin_name: str
    is_repeat: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Concluded:
    """A conclusion, by whom and when, with what of it is disputed and what reviewers decided."""

    conclusion: Conclusion
    who: str
    made: str
    changed: str
    disputed: tuple[Disputed, ...]
    reviews: tuple[Reviewed, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """Who said the claim, where, and who took it from there."""

    appearance: Appearance
    agent: str
    source: Source | None
    disputed: tuple[Disputed, ...]
    repeats: tuple[Spoken, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimReport:
    """All that is to be said of one claim. ``evidence`` is by stance, ``also`` are the claims that were joined to it."""

    claim: Claim
    claimants: tuple[str, ...]
    also: tuple[Claim, ...]
    parent: Claim | None
    parts: tuple[Claim, ...]
    conclusions: tuple[Concluded, ...]
    evidence: Mapping[str, tuple[Evidence, ...]]
    withdrawn: tuple[Judged, ...]
    spoken: tuple[Spoken, ...]
    steps: tuple[Step, ...]
    disputed: tuple[Disputed, ...]

    @property
    def verdicts(self) -> tuple[str, ...]:
        """The verdicts that stand, each once."""
        return tuple(dict.fromkeys(each.conclusion.verdict for each in self.conclusions))


class Gathering:
    """Gathers reports of one project. Sources, versions, names and the tree of claims are few and are read once."""

    def __init__(self, view: ProjectView) -> None:
        self._view = view
        self.places = Places(view)
        self._marks = marks_by_text(view.all(BlockMark))
        self.annotators = {annotator.id: annotator.name for annotator in view.all(Annotator)}
        self._agents = names_of(view.all(Agent))
        self.disputes = Disputes(view, self.annotators)
        self._reviews = Reviews(view, self.annotators)
        self._changed = Changed(view)
        self._parts: dict[EntityId, list[Claim]] = defaultdict(list)
        for claim in view.all(Claim):
            if claim.parent:
                self._parts[claim.parent].append(claim)
        self._versions: dict[EntityId, list[Version]] = defaultdict(list)
        for version in view.all(Version):
            self._versions[version.source_id].append(version)
        self.used: dict[EntityId, Source] = {}

    def ordered(self, claims: Iterable[Claim]) -> Iterator[Claim]:
        """Yield claims so that parts follow the whole that they belong to."""
        waiting = {claim.id: claim for claim in claims}
        roots = [claim for claim in waiting.values() if claim.parent not in waiting]
        stack = [*reversed(roots or list(waiting.values()))]
        while stack:
            claim = stack.pop()
            if waiting.pop(claim.id, None):
                yield claim
                stack.extend(reversed(self._parts[claim.id]))
        yield from waiting.values()

    def report(self, claim: Claim) -> ClaimReport:
        """Return the report on one claim."""
        linkages = [self._judged(linkage) for linkage in self._view.of_claim(Linkage, claim.id)]
        conclusions = [self._concluded(conclusion) for conclusion in self._conclusions(claim)]
        appearances = list(self._view.of_claim(Appearance, claim.id))
        also = self._view.also(claim.id)
        ids = (claim.id, *(each.id for each in also))
        entities = (*ids, *(each.linkage.id for each in linkages), *(each.conclusion.id for each in conclusions))
        return ClaimReport(
            claim=claim,
            claimants=distinct_names(self._agents, claim.claimants),
            also=also,
            parent=self._view.find(Claim, claim.parent) if claim.parent else None,
            parts=tuple(self._parts[claim.id]),
            conclusions=tuple(conclusions),
            evidence=self._evidence([each for each in linkages if not each.linkage.withdrawn], appearances),
            withdrawn=tuple(each for each in linkages if each.linkage.withdrawn),
            spoken=self._spoken(appearances),
            steps=steps_of(self._view, entities, self.annotators),
            disputed=tuple(each for id_ in ids for each in self.disputes.of(id_)),
        )

    def verdicts(self, claim: Claim) -> tuple[tuple[str, bool], ...]:
        """Return the verdicts on a claim that stand, each once, and whether it is disputed."""
        found: dict[str, bool] = {}
        for conclusion in self._conclusions(claim):
            is_disputed = "verdict" in self.disputes.fields.get(conclusion.id, ())
            found[conclusion.verdict] = found.get(conclusion.verdict, False) or is_disputed
        return tuple(found.items())

    def disputed_values(self, claims: Iterable[Claim]) -> int:
        """Return how many values are disputed in what is told of these claims: in them, on them, and in the sources."""
        if not self.disputes.fields:
            return 0
        shown: set[EntityId] = set()
        passages: set[EntityId] = set()
        for claim in claims:
            linkages = list(self._view.of_claim(Linkage, claim.id))
            appearances = list(self._view.of_claim(Appearance, claim.id))
            shown |= {claim.id, *(each.id for each in (*linkages, *appearances, *self._conclusions(claim)))}
            passages |= {id_ for linkage in linkages if not linkage.withdrawn for id_ in linkage.passage_ids}
            passages |= {appearance.passage_id for appearance in appearances}
        found = (self._view.find(Passage, id_) for id_ in passages)
        sources = (self.places.source(passage.text) for passage in found if passage)
        return self.disputes.count({*shown, *(source.id for source in sources if source)})

    def versions(self, source: EntityId) -> list[Version]:
        """Return the versions of a source, oldest first."""
        return sorted(self._versions[source], key=lambda version: (version.sequence, version.id))

    def twins(self, source: Source) -> list[Source]:
        """Return the other sources that have a version with the same text as one of this source's."""
        texts = {version.text for version in self._versions[source.id]}
        shared = [id_ for id_, versions in self._versions.items() if texts.intersection(each.text for each in versions)]
        found = (self._view.find(Source, id_) for id_ in sorted(shared) if id_ != source.id)
        return [each for each in found if each]

    def names(self, ids: Iterable[EntityId]) -> str:
        """Return the names of agents, those that are known."""
        return ", ".join(distinct_names(self._agents, ids))

    def _conclusions(self, claim: Claim) -> list[Conclusion]:
        found = self._view.of_claim(Conclusion, claim.id)
        return [conclusion for conclusion in found if conclusion.stage is not Stage.WITHDRAWN]

    def _judged(self, linkage: Linkage) -> Judged:
        made, changed = self._times(linkage.id)
        who = self.annotators.get(linkage.annotator_id, pseudonym(linkage.annotator_id))
        return Judged(
            linkage=linkage,
            who=who,
            made=made,
            changed=changed,
            disputed=self.disputes.of(linkage.id),
            reviews=self._reviews.of(linkage.id),
            moved_on=self._changed.of(linkage.passage_ids),
        )

    def _concluded(self, conclusion: Conclusion) -> Concluded:
        made, changed = self._times(conclusion.id)
        who = self.annotators.get(conclusion.annotator_id, pseudonym(conclusion.annotator_id))
        return Concluded(
            conclusion=conclusion,
            who=who,
            made=made,
            changed=changed,
            disputed=self.disputes.of(conclusion.id),
            reviews=self._reviews.of(conclusion.id),
        )

    def _times(self, id_: EntityId) -> tuple[str, str]:
        changes = (self._view.history.change(revision.change) for revision in self._view.history.revisions_of(id_))
        times = [change.header.at for change in changes if change]
        return (times[0], max(times)) if times else ("", "")

    def _evidence(
        self, judged: Sequence[Judged], appearances: Sequence[Appearance]
    ) -> Mapping[str, tuple[Evidence, ...]]:
        groups: dict[tuple[str, ...], list[Judged]] = defaultdict(list)
        for each in judged:
            groups[tuple(sorted(self._place(id_) for id_ in each.linkage.passage_ids))].append(each)
        origins = _Origins(appearances, self._agents)
        found: dict[str, list[Evidence]] = defaultdict(list)
        for group in groups.values():
            ids = tuple(sorted({id_ for each in group for id_ in each.linkage.passage_ids}))
            quotes = tuple(quote for id_ in sorted(group[0].linkage.passage_ids) if (quote := self._quote(id_)))
            origin = origins.of(ids) or _origin_of_source(quotes)
            for stance in dict.fromkeys(each.linkage.stance for each in group):
                found[stance].append(
                    Evidence(
                        quotes=quotes,
                        judged=tuple(each for each in group if each.linkage.stance == stance),
                        others=tuple(each for each in group if each.linkage.stance != stance),
                        origin=origin[0],
                        origin_name=origin[1],
                        is_repeat=origin[2],
                    )
                )
        return {stance: tuple(sorted(each, key=lambda e: (e.is_repeat, e.origin))) for stance, each in found.items()}

    def _place(self, id_: EntityId) -> str:
        """Return where a passage stands: two people who marked the same words marked the same place."""
        passage = self._view.find(Passage, id_)
        if passage is None:
            return id_
        spans = " ".join(f"{fragment.start}-{fragment.end}" for fragment in passage.fragments)
        return f"{passage.text} {spans} {passage.area or ''}"

    def _quote(self, id_: EntityId) -> Quote | None:
        passage = self._view.find(Passage, id_)
        if passage is None:
            return None
        source = self.places.source(passage.text)
        if source:
            self.used[source.id] = source
        page = passage.area.page if passage.area else None
        pieces: tuple[Piece, ...] = ()
        if passage.fragments:
            page = self.places.page(passage.text, passage.fragments[0].start)
            pieces = self._pieces(passage)
        return Quote(
            pieces=pieces,
            source=source,
            publisher=self.names(source.publishers or source.authors) if source else "",
            page=None if page is None else page + 1,
        )

    def _pieces(self, passage: Passage) -> tuple[Piece, ...]:
        version = self.places.version(passage.text)
        structure = self._view.structure(version.structure) if version else Structure()
        structure = marked(structure, self._marks.get(passage.text, {}))
        spans = [(fragment.start, fragment.end) for fragment in passage.fragments]
        return excerpt(self._view.text(passage.text), structure, spans)

    def _spoken(self, appearances: Sequence[Appearance]) -> tuple[Spoken, ...]:
        """Return the chains, origins first; of a circle, the appearance that was recorded first stands as its origin.

        Whoever stands further from the origin than a page can indent stands beside the last that it can.
        """
        repeats: dict[EntityId | None, list[Appearance]] = defaultdict(list)
        known = {appearance.id for appearance in appearances}
        for appearance in appearances:
            repeats[appearance.derived_from if appearance.derived_from in known else None].append(appearance)
        told: dict[EntityId, tuple[Appearance, int]] = {}
        for origin in (*repeats[None], *appearances):
            waiting = [(origin, 0)]
            while waiting:
                appearance, depth = waiting.pop()
                if appearance.id not in told:
                    told[appearance.id] = appearance, depth
                    waiting += ((each, min(depth + 1, _DEEPEST)) for each in reversed(repeats[appearance.id]))
        return self._nested(list(told.values()), 0)

    def _nested(self, told: Sequence[tuple[Appearance, int]], depth: int) -> tuple[Spoken, ...]:
        """Return what stands at a depth, each with what follows it deeper."""
        starts = [at for at, (_, own) in enumerate(told) if own == depth]
        return tuple(
            self._one_spoken(told[start][0], self._nested(told[start + 1 : end], depth + 1))
            for start, end in pairwise((*starts, len(told)))
        )

    def _one_spoken(self, appearance: Appearance, repeats: tuple[Spoken, ...]) -> Spoken:
        passage = self._view.find(Passage, appearance.passage_id)
        source = self.places.source(passage.text) if passage else None
        if source:
            self.used[source.id] = source
        return Spoken(
            appearance=appearance,
            agent=self._agents.get(appearance.agent_id or EntityId(""), "Somebody unknown"),
            source=source,
            disputed=self.disputes.of(appearance.id),
            repeats=repeats,
        )


class _Origins:
    """Finds the independent origin to which the words of a passage go back."""

    def __init__(self, appearances: Sequence[Appearance], agents: Mapping[EntityId, str]) -> None:
        self._agents = agents
        self._appearances = {appearance.id: appearance for appearance in appearances}
        self._of_passage = {appearance.passage_id: appearance for appearance in reversed(appearances)}

    def of(self, passages: Iterable[EntityId]) -> tuple[str, str, bool] | None:
        """Return the origin's key, its name, and whether the passage only repeats it; None where nothing is known."""
        for passage in passages:
            appearance = self._of_passage.get(passage)
            if appearance:
                root = self._root(appearance)
                name = self._agents.get(root.agent_id or EntityId(""), "")
                return name or root.id, name, root.id != appearance.id
        return None

    def _root(self, appearance: Appearance) -> Appearance:
        seen: set[EntityId] = set()
        while appearance.derived_from in self._appearances and appearance.id not in seen:
            seen.add(appearance.id)
            appearance = self._appearances[appearance.derived_from]
        return appearance


def _origin_of_source(quotes: Sequence[Quote]) -> tuple[str, str, bool]:
    source = next((quote.source for quote in quotes if quote.source), None)
    publisher = next((quote.publisher for quote in quotes if quote.publisher), "")
    return publisher or (source.id if source else ""), publisher, False
