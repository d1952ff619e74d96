"""Verdicts that rest on one voice."""

from __future__ import annotations

from collections.abc import Iterator

from annotator.domain.checks.base import Check
from annotator.domain.checks.case import Case
from annotator.domain.finding import Finding, Severity


class SingleSource(Check):
    """A claim is concluded supported or refuted, and the standing evidence of that side has fewer than two origins.

    Origins are the roots of the appearance chains, else the publishers, else the sources (``Origins``). A verdict without any
    decisive linkage is left to verdict-without-evidence. A waiver speaks of the one origin: it lapses when that is another.
    """

    code = "single-source"
    title = "Single source"
    sentence = "The verdict “{verdict}” of {person} on “{claim}” rests on {origin} alone."
    advice = "Look for a second source that is independent of it, or say in the justification why one is enough."
    levels = (Severity.WARNING,)
    more = ("The verdict “{verdict}” of {person} on “{claim}” rests on no evidence that takes this side.",)

    def run(self, case: Case) -> Iterator[Finding]:
        """Look at every conclusion that counts and takes a side."""
        for conclusion in case.concluded:
            claim = conclusion.claim_id
            side = case.scaling.verdict_side(conclusion.verdict)
            if not side or not case.decisive_on(claim):
                continue
            origins = case.origins.of_all(case.evidence(claim, side), enough=2)
            if len(origins) > 1:
                continue
            data: dict[str, object] = {
                "verdict": case.scaling.label("verdict", conclusion.verdict),
                "person": case.person(conclusion.annotator_id),
                "claim": case.words(claim),
                "origin": "".join(map(case.origins.name, origins)),
            }
            sentence = self.sentence if origins else self.more[0]
            yield self.finding(conclusion, claim=claim, others=origins, data=data, sentence=sentence)
