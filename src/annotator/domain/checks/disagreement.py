"""Annotators who judge the same differently."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations

from annotator.domain.checks.base import Check
from annotator.domain.checks.case import SETTLED, Case
from annotator.domain.checks.overlap import Overlaps, Words, words_of
from annotator.domain.checks.scaling import UNJUDGED
from annotator.domain.finding import Finding, Severity
from annotator.domain.ids import EntityId
from annotator.domain.judgement import Conclusion, Linkage

Judged = dict[Words, Linkage]
"""One annotator's linkages on a claim by the words they rest on."""


class Disagreement(Check):
    """Two annotators differ on one claim: in the verdict, or by two levels of confidence.

    Either in their conclusions (drafts count, withdrawn ones do not), or in linkages whose passages overlap by at least half
    (Jaccard on code points). Of an annotator's linkages on the very same words the last one counts, and each linkage is compared
    with the one of every other annotator that shares the most words with it. Judgements that leave the verdict open differ from
    none. A conclusion that was adjudicated or published settles what was in dispute about its claim.
    """

    code = "disagreement"
    title = "Disagreement"
    sentence = "{one} and {other} differ on “{quote}” for “{claim}”: “{this}” against “{that}”."
    advice = "Talk it over and correct one of the two, or adjudicate the claim."
    levels = (Severity.ERROR,)
    more = (
        "{one} and {other} both judge “{quote}” as “{verdict}” for “{claim}”, with confidence “{this}” against “{that}”.",
        "{one} and {other} conclude differently on “{claim}”: “{this}” against “{that}”.",
        "{one} and {other} both conclude “{verdict}” on “{claim}”, with confidence “{this}” against “{that}”.",
    )

    def run(self, case: Case) -> Iterator[Finding]:
        """Look at every claim that is not settled."""
        for claim in case.claims:
            conclusions = case.conclusions_on(claim)
            if any(conclusion.stage in SETTLED for conclusion in conclusions):
                continue
            last = {conclusion.annotator_id: conclusion for conclusion in conclusions}
            for one, other in combinations(last.values(), 2):
                if case.scaling.differ(one, other):
                    yield self._told(case, one, other)
            for first, second in sorted(_pairs(case, claim)):
                yield self._told(case, case.linkages[first], case.linkages[second])

    def _told(self, case: Case, one: Linkage | Conclusion, other: Linkage | Conclusion) -> Finding:
        if other.id < one.id:
            one, other = other, one
        templates = (self.sentence, *self.more)[2 * isinstance(one, Conclusion) :]
        by_verdict = one.verdict != other.verdict
        scale = "verdict" if by_verdict else "confidence"
        this, that = (one.verdict, other.verdict) if by_verdict else (one.confidence, other.confidence)
        data: dict[str, object] = {
            "one": case.person(one.annotator_id),
            "other": case.person(other.annotator_id),
            "claim": case.words(one.claim_id),
            "verdict": case.scaling.label("verdict", one.verdict),
            "this": case.scaling.label(scale, this),
            "that": case.scaling.label(scale, that),
        }
        if isinstance(one, Linkage):
            data["quote"] = case.quote(one)
        sentence = templates[0 if by_verdict else 1]
        return self.finding(one, claim=one.claim_id, others=(other.id,), data=data, sentence=sentence)


def _pairs(case: Case, claim: EntityId) -> set[tuple[EntityId, EntityId]]:
    """Return the pairs of linkages on a claim that differ, the one that was made first in front."""
    by_annotator = _judged(case, case.standing_on(claim))
    if len(by_annotator) < 2:
        return set()
    indexes = {annotator: Overlaps(judged) for annotator, judged in by_annotator.items()}
    found: set[tuple[EntityId, EntityId]] = set()
    for one, judged in by_annotator.items():
        for words, linkage in judged.items():
            for other, index in indexes.items():
                best = index.best(words) if other != one else None
                if best is not None and case.scaling.differ(linkage, by_annotator[other][best]):
                    first, second = sorted((linkage.id, by_annotator[other][best].id))
                    found.add((first, second))
    return found


def _judged(case: Case, linkages: Iterable[Linkage]) -> dict[EntityId, Judged]:
    by_annotator: dict[EntityId, Judged] = defaultdict(dict)
    for linkage in linkages:
        if linkage.verdict not in UNJUDGED:
            words = words_of(case.passages[id_] for id_ in linkage.passage_ids if id_ in case.passages)
            if words:
                by_annotator[linkage.annotator_id][words] = linkage
    return by_annotator
