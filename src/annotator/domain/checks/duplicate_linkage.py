"""Judgements that were made twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from annotator.domain.checks.base import Check
from annotator.domain.checks.case import Case
from annotator.domain.finding import Finding, Severity
from annotator.domain.ids import EntityId
from annotator.domain.judgement import Linkage


class DuplicateLinkage(Check):
    """One annotator has linked the same passage (the same set, where several are needed) to the same claim more than once.

    All of them stand; the finding names the first and has the others beside it.
    """

    code = "duplicate-linkage"
    title = "Duplicate linkage"
    sentence = "{person} has linked “{quote}” to “{claim}” {count} times."
    advice = "Keep the one that says what you mean, and withdraw the rest."
    levels = (Severity.WARNING,)

    def run(self, case: Case) -> Iterator[Finding]:
        """Group the linkages that count."""
        groups: dict[tuple[EntityId, EntityId, frozenset[EntityId]], list[Linkage]] = defaultdict(list)
        for linkage in case.standing:
            groups[linkage.claim_id, linkage.annotator_id, frozenset(linkage.passage_ids)].append(linkage)
        for (claim, annotator, _), (first, *rest) in groups.items():
            if rest:
                data: dict[str, object] = {
                    "person": case.person(annotator),
                    "quote": case.quote(first),
                    "claim": case.words(claim),
                    "count": 1 + len(rest),
                }
                yield self.finding(first, claim=claim, others=(other.id for other in rest), data=data)
