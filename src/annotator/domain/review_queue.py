"""The reviewer's queue: what was judged, the riskiest first."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from annotator.domain.checks.case import Case
from annotator.domain.checks.scaling import UNJUDGED
from annotator.domain.finding import Finding, Severity
from annotator.domain.ids import EntityId
from annotator.domain.judged import Group, Judgement, concluded, linked, quote_of
from annotator.domain.judgement import Conclusion
from annotator.domain.review import Decision, Review

ERROR = "error"
CONTESTED = "contested"
NEEDS_WORK = "needs_work"
DIFFERS = "differs"
LOW_CONFIDENCE = "low_confidence"
SINGLE_SOURCE = "single_source"
WARNING = "warning"
SAMPLE = "sample"

WHY = (ERROR, CONTESTED, NEEDS_WORK, DIFFERS, LOW_CONFIDENCE, SINGLE_SOURCE, WARNING, SAMPLE)
"""Why something is in the queue, the gravest reason first: the order of the queue."""

_GRAVEST = (Decision.REJECTED, Decision.CONTESTED, Decision.NEEDS_WORK, Decision.ACCEPTED)
_OF_DECISION = {Decision.REJECTED: CONTESTED, Decision.CONTESTED: CONTESTED, Decision.NEEDS_WORK: NEEDS_WORK}
_OF_LEVEL = {Severity.ERROR: ERROR, Severity.WARNING: WARNING}
_SINGLE_SOURCE_CHECK = "single-source"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewItem:
    """One thing to decide on: what annotators judged alike or differently, a claim or a claim with its passages.

    ``entities`` are all judgements of it that stand (linkages or conclusions, as ``kind`` says), in the order of ``annotators``,
    the names of those who made them; ``entity_id`` is the first that is not the reviewer's own. ``words`` are the quotation, or
    the justification of a conclusion. ``why`` names the reasons, the gravest first.

    ``decisions`` are the reviewer's own by judgement. ``decision`` is set once there is one on every judgement of somebody else:
    where they differ, the gravest. ``outdated`` says that a judgement has changed since the reviewer decided on it.
    """

    entity_id: EntityId
    kind: str
    claim_id: EntityId
    claim: str
    words: str
    entities: tuple[EntityId, ...]
    annotators: tuple[str, ...]
    why: tuple[str, ...]
    decisions: Mapping[EntityId, Decision] = field(default_factory=dict)
    decision: Decision | None = None
    outdated: bool = False


def review_queue(
    case: Case,
    findings: Iterable[Finding],
    *,
    reviewer: EntityId | None,
    outdated: Container[EntityId],
    sample: int,
) -> tuple[ReviewItem, ...]:
    """Return what a reviewer should look at, the riskiest first, and a random ``sample`` of the rest.

    ``findings`` are those that nobody waived, ``outdated`` the reviews whose judgement has changed since. What only the reviewer
    has judged is left out. The order does not depend on the reviewer's own decisions, and the sample is the same each time.
    """
    risks = _Risks(case, findings, reviewer)
    groups: list[Group[Judgement]] = [
        *concluded(case.concluded, case.claims),
        *linked(case.standing, case.passages, case.claims),
    ]
    groups = [group for group in groups if any(each.annotator_id != reviewer for each in group.judgements)]
    why = {group.judgements[0].id: risks.of(group) for group in groups}
    calm = sorted((id_ for id_, reasons in why.items() if not reasons), key=_lot)
    why |= dict.fromkeys(calm[:sample], (SAMPLE,))
    own = {review.about: review for review in case.reviews.values() if review.annotator_id == reviewer}
    chosen = [group for group in groups if why[group.judgements[0].id]]
    chosen.sort(key=lambda group: _order(group, why[group.judgements[0].id]))
    return tuple(_item(case, group, why[group.judgements[0].id], reviewer, own, outdated) for group in chosen)


class _Risks:
    """Why something that was judged should be looked at."""

    def __init__(self, case: Case, findings: Iterable[Finding], reviewer: EntityId | None) -> None:
        self._case = case
        self._raised: dict[EntityId, set[str]] = defaultdict(set)
        for finding in findings:
            if finding.code == _SINGLE_SOURCE_CHECK or finding.level in _OF_LEVEL:
                reason = SINGLE_SOURCE if finding.code == _SINGLE_SOURCE_CHECK else _OF_LEVEL[finding.level]
                for id_ in (finding.entity_id, *finding.others):
                    self._raised[id_].add(reason)
        for review in case.reviews.values():
            if review.annotator_id != reviewer and review.decision in _OF_DECISION:
                self._raised[review.about].add(_OF_DECISION[review.decision])
        levels = (level for scale in case.codebook.scales if scale.name == "confidence" for level in scale.levels)
        ranks = {level.code: level.rank for level in levels if level.rank is not None}
        self._low = {code for code, rank in ranks.items() if rank == min(ranks.values())}

    def of(self, group: Group[Judgement]) -> tuple[str, ...]:
        """Return the reasons, the gravest first."""
        reasons = {reason for each in group.judgements for reason in self._raised.get(each.id, ())}
        last = group.last.values()
        if len({each.verdict for each in last if each.verdict not in UNJUDGED}) > 1:
            reasons.add(DIFFERS)
        if any(each.confidence in self._low and self._bears_on_truth(each) for each in last):
            reasons.add(LOW_CONFIDENCE)
        return tuple(reason for reason in WHY if reason in reasons)

    def _bears_on_truth(self, judgement: Judgement) -> bool:
        """Tell context apart, which no verdict rests on: low confidence in it is no risk."""
        return isinstance(judgement, Conclusion) or self._case.scaling.is_decisive(judgement)


def _order(group: Group[Judgement], why: Sequence[str]) -> tuple[int, int, EntityId, EntityId]:
    """Sort by the gravest reason, then by how many there are; what is on one claim stays together."""
    return (WHY.index(why[0]), -len(why), group.claim_id, group.judgements[0].id)


def _lot(id_: EntityId) -> bytes:
    """Return what draws the sample: as good as random, and the same each time."""
    return hashlib.sha256(id_.encode()).digest()


def _item(
    case: Case,
    group: Group[Judgement],
    why: tuple[str, ...],
    reviewer: EntityId | None,
    own: Mapping[EntityId, Review],
    outdated: Container[EntityId],
) -> ReviewItem:
    others = [each for each in group.judgements if each.annotator_id != reviewer]
    mine = {each.id: own[each.id] for each in group.judgements if each.id in own}
    decisions = {id_: review.decision for id_, review in mine.items()}
    is_decided = all(each.id in mine for each in others)
    first = others[0]
    return ReviewItem(
        entity_id=first.id,
        kind=first.kind,
        claim_id=group.claim_id,
        claim=case.claims[group.claim_id].text,
        words=first.justification if isinstance(first, Conclusion) else quote_of(first, case.passages),
        entities=tuple(each.id for each in group.judgements),
        annotators=tuple(case.person(each.annotator_id) for each in group.judgements),
        why=why,
        decisions=decisions,
        decision=min(decisions.values(), key=_GRAVEST.index) if is_decided else None,
        outdated=any(review.id in outdated for review in mine.values()),
    )
