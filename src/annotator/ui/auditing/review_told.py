"""What reviewers made of a judgement, read in one go: wherever the judgement is shown, its reviews can be told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotator.domain.ids import EntityId
from annotator.domain.review import Review
from annotator.ui.when import moment

if TYPE_CHECKING:
    from annotator.services.project import Project


@dataclass(frozen=True, slots=True)
class ReviewTold:
    """A review, by whom, and whether the judgement has changed since."""

    review: Review
    reviewer: str
    at: str
    outdated: bool
    own: bool


def read_reviews(project: Project, about: EntityId) -> tuple[ReviewTold, ...]:
    """Return the reviews of one judgement, oldest first; called by a job."""
    reviews = project.reviews(about)
    if not reviews:
        return ()
    people = {each.id: each.name for each in project.annotators()}
    told = []
    for review in reviews:
        made = project.history(review.id)
        told.append(
            ReviewTold(
                review=review,
                reviewer=people.get(review.annotator_id, ""),
                at=moment(made[-1].change.header.at) if made else "",
                outdated=project.is_outdated(review),
                own=review.annotator_id == project.annotator_id,
            )
        )
    return tuple(told)
