"""What reviewers decided on judgements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from annotator.domain.ids import EntityId
from annotator.domain.people import pseudonym
from annotator.domain.review import Decision, Review
from annotator.exporters.base import ProjectView
from annotator.exporters.dates import written_date

_DECISIONS = {
    Decision.ACCEPTED: "Accepted",
    Decision.CONTESTED: "Contested",
    Decision.REJECTED: "Rejected",
    Decision.NEEDS_WORK: "Needs work",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed:
    """A review by whom and when (UTC, ISO 8601). ``outdated``: the judgement was changed since."""

    review: Review
    who: str
    at: str
    outdated: bool

    @property
    def decision(self) -> str:
        """The decision in words."""
        return _DECISIONS.get(self.review.decision, str(self.review.decision))


class Reviews:
    """The reviews of a project by what they are about; read once."""

    def __init__(self, view: ProjectView, names: Mapping[EntityId, str]) -> None:
        """``names`` are those of the annotators."""
        self._view = view
        self._names = names
        self._about: dict[EntityId, list[tuple[Review, str]]] = defaultdict(list)
        for review, stamp in view.stamped(Review):
            self._about[review.about].append((review, stamp.modified))

    def of(self, id_: EntityId) -> tuple[Reviewed, ...]:
        """Return the reviews of a linkage or conclusion, oldest first."""
        if id_ not in self._about:
            return ()
        state = self._view.state(id_)
        heads = tuple(sorted(state.heads)) if state else ()
        return tuple(
            Reviewed(
                review=review,
                who=self._names.get(review.annotator_id, pseudonym(review.annotator_id)),
                at=at,
                outdated=tuple(sorted(review.as_of)) != heads,
            )
            for review, at in self._about[id_]
        )


def review_words(reviewed: Reviewed) -> str:
    """Return a review in one line of words."""
    comment = f": {' '.join(reviewed.review.comment.split())}" if reviewed.review.comment else ""
    earlier = " (of an earlier state)" if reviewed.outdated else ""
    return f"{reviewed.decision} by {reviewed.who}, {written_date(reviewed.at[:10])}{earlier}{comment}"
