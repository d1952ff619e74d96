"""Verdicts that nothing bears out."""

from __future__ import annotations

from collections.abc import Iterator

from annotator.domain.checks.base import Check
from annotator.domain.checks.case import Case
from annotator.domain.checks.scaling import AGAINST, CONFLICTING, FOR
from annotator.domain.finding import Finding, Severity


class VerdictWithoutEvidence(Check):
    """A claim is concluded supported or refuted while no decisive linkage of anybody stands on it, whichever side it takes.

    For conflicting evidence, a decisive linkage of each side must stand. Drafts are judged alike: a verdict is a verdict.
    """

    code = "verdict-without-evidence"
    title = "Verdict without evidence"
    sentence = "{person} concludes “{verdict}” on “{claim}”, and no linkage that bears on its truth stands."
    advice = "Link the evidence that the verdict rests on, or choose a verdict that needs none."
    levels = (Severity.ERROR,)
    more = ("{person} concludes “{verdict}” on “{claim}”, and no evidence {missing} it stands.",)

    def run(self, case: Case) -> Iterator[Finding]:
        """Look at every conclusion that counts."""
        for conclusion in case.concluded:
            claim = conclusion.claim_id
            data: dict[str, object] = {
                "person": case.person(conclusion.annotator_id),
                "verdict": case.scaling.label("verdict", conclusion.verdict),
                "claim": case.words(claim),
            }
            if conclusion.verdict == CONFLICTING:
                sides = {FOR: "for", AGAINST: "against"}
                missing = [words for side, words in sides.items() if not case.evidence(claim, side)]
                if missing:
                    data["missing"] = " or ".join(missing)
                    yield self.finding(conclusion, claim=claim, data=data, sentence=self.more[0])
            elif case.scaling.verdict_side(conclusion.verdict) and not case.decisive_on(claim):
                yield self.finding(conclusion, claim=claim, data=data)
