"""Evidence that looks like several sources and goes back to one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from annotator.domain.checks.base import Check
from annotator.domain.checks.case import Case
from annotator.domain.checks.scaling import AGAINST, FOR
from annotator.domain.checks.words import listed, shortened
from annotator.domain.claim import Claim
from annotator.domain.finding import Finding, Severity
from annotator.domain.ids import EntityId

Shared = Mapping[EntityId, Mapping[EntityId, list[EntityId]]]
"""Linkages by origin and by source."""


class CommonOrigin(Check):
    """Standing linkages for one side of a claim stand in different sources, and their appearance chains have the same root.

    What only gives context or qualifies is not counted as a source of a verdict, and two linkages in one source were never
    several sources. Passages in which nobody was said to speak have no chain.
    """

    code = "common-origin"
    title = "Common origin"
    sentence = "{count} linkages {side} “{claim}” go back to {origin}, though they stand in {sources}."
    advice = "Count them as one source, or correct who had it from whom."
    levels = (Severity.WARNING,)

    def run(self, case: Case) -> Iterator[Finding]:
        """Look at every claim, side by side."""
        for claim in case.claims.values():
            for side, words in ((FOR, "for"), (AGAINST, "against")):
                for origin, by_source in _shared(case, claim, side).items():
                    linkages = {id_ for ids in by_source.values() for id_ in ids}
                    if len(by_source) < 2 or len(linkages) < 2:
                        continue
                    titles = [shortened(case.sources[id_].title) for id_ in by_source]
                    data: dict[str, object] = {
                        "count": len(linkages),
                        "side": words,
                        "claim": case.words(claim.id),
                        "origin": case.origins.name(origin),
                        "sources": listed([f"“{title}”" for title in titles]),
                    }
                    yield self.finding(claim, claim=claim.id, others=linkages, data=data)


def _shared(case: Case, claim: Claim, side: int) -> Shared:
    found: dict[EntityId, dict[EntityId, list[EntityId]]] = defaultdict(lambda: defaultdict(list))
    for linkage in case.evidence(claim.id, side):
        for passage in linkage.passage_ids:
            source = case.origins.source(passage)
            if source is not None and case.origins.said(passage, claim.id):
                for origin in case.origins.of_passage(passage, claim.id):
                    found[origin][source.id].append(linkage.id)
    return found
