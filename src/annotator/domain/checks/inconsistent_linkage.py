"""Linkages that contradict themselves."""

from __future__ import annotations

from collections.abc import Iterator

from annotator.domain.checks.base import Check
from annotator.domain.checks.case import Case
from annotator.domain.finding import Finding, Severity


class InconsistentLinkage(Check):
    """The verdict of a standing linkage takes the side of the claim that its stance speaks against."""

    code = "inconsistent-linkage"
    title = "Inconsistent linkage"
    sentence = "{person} judges “{quote}” as “{stance}” and gives the verdict “{verdict}” on “{claim}”."
    advice = "Correct the stance or the verdict, whichever is wrong."
    levels = (Severity.WARNING,)

    def run(self, case: Case) -> Iterator[Finding]:
        """Look at every linkage that counts."""
        scaling = case.scaling
        for linkage in case.standing:
            if scaling.side(linkage) * scaling.verdict_side(linkage.verdict) < 0:
                yield self.finding(
                    linkage,
                    claim=linkage.claim_id,
                    data={
                        "person": case.person(linkage.annotator_id),
                        "quote": case.quote(linkage),
                        "stance": scaling.label("stance", linkage.stance),
                        "verdict": scaling.label("verdict", linkage.verdict),
                        "claim": case.words(linkage.claim_id),
                    },
                )
