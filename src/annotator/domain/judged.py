"""What several annotators judged: the judgements of one claim, or of one claim with passages that overlap by at least half."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from annotator.domain.checks.overlap import HALF, Words, overlap, words_of
from annotator.domain.ids import EntityId
from annotator.domain.judgement import Conclusion, Linkage, Stage
from annotator.domain.passage import Passage

Judgement = Linkage | Conclusion
J_co = TypeVar("J_co", bound=Judgement, covariant=True)


@dataclass(frozen=True, slots=True)
class Group(Generic[J_co]):
    """Judgements of one and the same thing that stand, the oldest first."""

    claim_id: EntityId
    judgements: tuple[J_co, ...]

    @property
    def last(self) -> dict[EntityId, J_co]:
        """The last judgement of each annotator."""
        return {judgement.annotator_id: judgement for judgement in self.judgements}


def concluded(conclusions: Iterable[Conclusion], claims: Container[EntityId]) -> tuple[Group[Conclusion], ...]:
    """Return the conclusions on ``claims`` that are not withdrawn, grouped by claim.

    Drafts count: they are what a person thinks now.
    """
    of_claim: dict[EntityId, list[Conclusion]] = defaultdict(list)
    for conclusion in sorted(conclusions, key=lambda each: each.id):
        if conclusion.stage is not Stage.WITHDRAWN and conclusion.claim_id in claims:
            of_claim[conclusion.claim_id].append(conclusion)
    return tuple(Group(claim, tuple(group)) for claim, group in of_claim.items())


def linked(
    linkages: Iterable[Linkage], passages: Mapping[EntityId, Passage], claims: Container[EntityId]
) -> tuple[Group[Linkage], ...]:
    """Return the linkages to ``claims`` that are not withdrawn, grouped by claim and by passages that overlap by at least half.

    Overlap is the Jaccard index: code points that two sets of passages share, by those that they cover together. Those that
    overlap most are put together first.
    """
    of_claim: dict[EntityId, dict[Words, list[Linkage]]] = defaultdict(lambda: defaultdict(list))
    for linkage in sorted(linkages, key=lambda each: each.id):
        if not linkage.withdrawn and linkage.claim_id in claims:
            of_claim[linkage.claim_id][_where(linkage, passages)].append(linkage)
    groups = []
    for claim, by_place in of_claim.items():
        for places in _clusters(tuple(by_place)):
            together = itertools.chain.from_iterable(by_place[place] for place in places)
            groups.append(Group(claim, tuple(sorted(together, key=lambda each: each.id))))
    return tuple(sorted(groups, key=lambda group: group.judgements[0].id))


def quote_of(linkage: Linkage, passages: Mapping[EntityId, Passage]) -> str:
    """Return the words of a linkage's passages; those of several are joined by “ … ”."""
    return " … ".join(passages[id_].quote for id_ in linkage.passage_ids if id_ in passages)


def _where(linkage: Linkage, passages: Mapping[EntityId, Passage]) -> Words:
    """Return the words that a linkage rests on; passages that are not here stand for themselves."""
    words = words_of(passages[id_] for id_ in linkage.passage_ids if id_ in passages)
    return words or tuple((id_, 0, 1) for id_ in sorted(linkage.passage_ids))


def _clusters(places: Sequence[Words]) -> Iterator[list[Words]]:
    """Yield the places in groups within which each overlaps each by at least half, from the closest pairs on."""
    close = {pair: index for pair in _touching(places) if (index := overlap(places[pair[0]], places[pair[1]])) >= HALF}
    cluster_of = {number: [number] for number in range(len(places))}
    for one, other in sorted(close, key=lambda pair: (-close[pair], pair)):
        mine, theirs = cluster_of[one], cluster_of[other]
        if mine is theirs or any((min(a, b), max(a, b)) not in close for a in mine for b in theirs):
            continue
        mine += theirs
        cluster_of.update(dict.fromkeys(theirs, mine))
    for number, cluster in cluster_of.items():
        if number == min(cluster):
            yield [places[each] for each in sorted(cluster)]


def _touching(places: Sequence[Words]) -> set[tuple[int, int]]:
    """Return the pairs of places that share a code point, by their numbers, the lower first."""
    stretches = sorted((*stretch, number) for number, where in enumerate(places) for stretch in where)
    pairs: set[tuple[int, int]] = set()
    open_: list[tuple[int, int]] = []
    at = ""
    for place, start, end, number in stretches:
        open_ = [(until, other) for until, other in open_ if until > start] if place == at else []
        at = place
        pairs.update((min(number, other), max(number, other)) for _, other in open_ if other != number)
        open_.append((end, number))
    return pairs
