"""What an item of the review queue is once it is decided on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from annotator.domain.ids import EntityId
from annotator.domain.review import Decision
from annotator.domain.review_queue import ReviewItem
from annotator.ui.auditing.review_judgement import ReviewReading

_GRAVEST = (Decision.REJECTED, Decision.CONTESTED, Decision.NEEDS_WORK, Decision.ACCEPTED)


def decide(item: ReviewItem, reading: ReviewReading, ids: Sequence[EntityId], decision: Decision) -> ReviewItem:
    """Return an item as it is once these judgements are decided on: as the queue will give it when it is read again."""
    decisions = {**item.decisions, **dict.fromkeys(ids, decision)}
    others = [each.id for each in reading.judgements if not each.own]
    whole = min(decisions.values(), key=_GRAVEST.index) if all(id_ in decisions for id_ in others) else None
    return replace(item, decisions=decisions, decision=whole, outdated=False)
