"""Reviews of one's own work."""

from __future__ import annotations

from collections.abc import Iterator

from annotator.domain.checks.base import Check
from annotator.domain.checks.case import Case
from annotator.domain.finding import Finding, Severity
from annotator.domain.judgement import Conclusion, Linkage


class SelfReview(Check):
    """A review was written by the annotator whose judgement it is about.

    The finding names the judgement, and has the review beside it.
    """

    code = "self-review"
    title = "Self-review"
    sentence = "{person} has reviewed their own {kind} on “{claim}”."
    advice = "Have somebody else review it, and delete this review."
    levels = (Severity.ERROR,)

    def run(self, case: Case) -> Iterator[Finding]:
        """Look at every review."""
        for review in case.reviews.values():
            judgement: Linkage | Conclusion | None = case.linkages.get(review.about) or case.conclusions.get(
                review.about
            )
            if judgement is not None and judgement.annotator_id == review.annotator_id:
                data: dict[str, object] = {
                    "person": case.person(review.annotator_id),
                    "kind": judgement.kind,
                    "claim": case.words(judgement.claim_id),
                }
                yield self.finding(judgement, claim=judgement.claim_id, others=(review.id,), data=data)
