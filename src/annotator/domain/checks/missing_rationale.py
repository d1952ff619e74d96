"""Judgements without a word of why."""

from __future__ import annotations

from collections.abc import Iterator

from annotator.domain.checks.base import Check
from annotator.domain.checks.case import SUBMITTED, Case
from annotator.domain.checks.scaling import UNJUDGED
from annotator.domain.finding import Finding, Severity


class MissingRationale(Check):
    """A standing linkage has no rationale, or a conclusion that judges has no justification.

    An error where somebody answers for it: a submitted conclusion, or a linkage that one rests on.
    """

    code = "missing-rationale"
    title = "Missing rationale"
    sentence = "{person} judges “{quote}” as “{stance}” for “{claim}” and does not say why."
    advice = "Say why in a sentence or two, so that others can follow."
    levels = (Severity.WARNING, Severity.ERROR)
    more = ("{person} concludes “{verdict}” on “{claim}” without saying why.",)

    def run(self, case: Case) -> Iterator[Finding]:
        """Look at every linkage and conclusion that counts."""
        for linkage in case.standing:
            if not linkage.rationale.strip():
                yield self.finding(
                    linkage,
                    claim=linkage.claim_id,
                    level=self.levels[linkage.id in case.rested_on],
                    data={
                        "person": case.person(linkage.annotator_id),
                        "quote": case.quote(linkage),
                        "stance": case.scaling.label("stance", linkage.stance),
                        "claim": case.words(linkage.claim_id),
                    },
                )
        for conclusion in case.concluded:
            if not conclusion.justification.strip() and conclusion.verdict not in UNJUDGED:
                yield self.finding(
                    conclusion,
                    claim=conclusion.claim_id,
                    level=self.levels[conclusion.stage in SUBMITTED],
                    sentence=self.more[0],
                    data={
                        "person": case.person(conclusion.annotator_id),
                        "verdict": case.scaling.label("verdict", conclusion.verdict),
                        "claim": case.words(conclusion.claim_id),
                    },
                )
