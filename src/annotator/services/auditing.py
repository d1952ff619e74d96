"""Auditing: what the checks find and who lets it stand, reviews of judgements, agreement between annotators."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TypeVar

from annotator.domain.agreement import FIELDS, UNITS, Agreement
from annotator.domain.as_one import AsOne
from annotator.domain.change import Write
from annotator.domain.checks.case import Case
from annotator.domain.checks.running import findings_of
from annotator.domain.entity import Entity, fields_of
from annotator.domain.errors import WrongArgumentError
from annotator.domain.finding import Finding
from annotator.domain.ids import ChangeId, EntityId
from annotator.domain.judgement import Conclusion, Linkage
from annotator.domain.measuring import agreement_of
from annotator.domain.people import Annotator
from annotator.domain.register import differences
from annotator.domain.review import Decision, Review, Waiver
from annotator.domain.review_queue import ReviewItem, review_queue
from annotator.services.base import Job, Outcome, choice, created, entity_id, existing
from annotator.services.identity import new_id
from annotator.store import queries
from annotator.store.reader import Reader

E = TypeVar("E", bound=Entity)
R = TypeVar("R", Review, Waiver)


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit:
    """What one look at everything came to: all findings, waived ones too, what is to be reviewed, how many linkages stand."""

    findings: tuple[Finding, ...]
    queue: tuple[ReviewItem, ...]
    linkages: int


class Auditing(Job):
    """The job of the person who looks over what others judged."""

    def findings(
        self, *, waived: bool = False, progress: Callable[[int, int], None] | None = None
    ) -> tuple[Finding, ...]:
        """Return what the checks find, errors first; with ``waived`` also what somebody lets stand.

        ``progress`` is told how many checks of how many are done.
        """
        with self.store.snapshot() as reader:
            found = findings_of(Case.of(AsOne(reader)), progress=progress)
        return tuple(finding for finding in found if waived or finding.waiver is None)

    def audit(
        self,
        *,
        sample: int = 10,
        progress: Callable[[int, int], None] | None = None,
        on_read: Callable[[], None] | None = None,
    ) -> Audit:
        """Return findings and review queue together, as ``findings`` and ``review_queue`` do, but load the project once.

        ``on_read`` is called for every entity that is loaded: it may raise to stop the work. Raises ``WrongArgumentError``.
        """
        _check_sample(sample)
        with self.store.snapshot() as reader:
            case = Case.of(AsOne(reader if on_read is None else _Told(reader, on_read)))
            found = findings_of(case, progress=progress)
            queue = self._queue(reader, case, found, sample)
            return Audit(findings=found, queue=queue, linkages=len(case.standing))

    def waive(self, finding: Finding, *, reason: str) -> Waiver:
        """Let a finding stand and say why; waiving it again changes your reason. ``delete`` takes the waiver back.

        Raises ``WrongArgumentError`` without a reason, ``NotFoundError`` when what it is about is gone.
        """
        words = reason.strip()
        if not words:
            raise WrongArgumentError(argument="reason", problem="none is given", allowed="why the finding may stand")

        def plan(reader: Reader) -> Outcome[Waiver]:
            about = reader.entity(entity_id("finding", finding.entity_id))
            waiver = Waiver(
                id=new_id(),
                check=finding.code,
                about=about.id,
                annotator_id=self.annotator_id,
                reason=words,
                others=finding.others,
            )
            known = queries.waivers_on(reader, about.id)
            own = (each for each in known if _key(each) == _key(waiver) and each.annotator_id == self.annotator_id)
            return _made_or_changed(next(own, None), waiver)

        return self.do("waive", plan)

    def review(self, about: EntityId, decision: str, *, comment: str = "") -> Review:
        """Decide on a linkage or conclusion as it stands now: accepted, contested, rejected or needs_work.

        A person has one review a judgement, and changes it. Raises ``WrongArgumentError``, ``NotFoundError``.
        """
        return self.review_many([about], decision, comment=comment)[0]

    def review_many(self, about: Iterable[EntityId], decision: str, *, comment: str = "") -> tuple[Review, ...]:
        """Decide alike on several linkages or conclusions, in one change. Otherwise as ``review``."""
        decided = Decision(choice("decision", decision, Decision))
        ids = [entity_id("about", each) for each in about]

        def plan(reader: Reader) -> Outcome[tuple[Review, ...]]:
            made = [self._review(reader, id_, decided, comment.strip()) for id_ in ids]
            return Outcome(tuple(each.value for each in made), tuple(write for each in made for write in each.writes))

        return self.do("review", plan)

    def _review(self, reader: Reader, id_: EntityId, decision: Decision, comment: str) -> Outcome[Review]:
        judgement = reader.entity(id_)
        if not isinstance(judgement, Linkage | Conclusion):
            raise WrongArgumentError(
                argument="about", problem=f"a {judgement.kind} is not reviewed", allowed="a linkage or a conclusion"
            )
        review = Review(
            id=new_id(),
            about=id_,
            annotator_id=self.annotator_id,
            decision=decision,
            comment=comment,
            as_of=_heads(reader, id_),
        )
        own = (each for each in queries.reviews_on(reader, id_) if each.annotator_id == self.annotator_id)
        return _made_or_changed(next(own, None), review)

    def reviews(self, about: EntityId | None = None) -> tuple[Review, ...]:
        """Return the reviews of one judgement, or all; oldest first."""
        reader = self.store.read()
        if about is None:
            return tuple(reader.all(Review))
        return queries.reviews_on(reader, entity_id("about", about))

    def is_outdated(self, review: Review) -> bool:
        """Tell whether the judgement has changed since it was reviewed."""
        return _heads(self.store.read(), review.about) != review.as_of

    def review_queue(self, *, sample: int = 10, findings: Iterable[Finding] | None = None) -> tuple[ReviewItem, ...]:
        """Return what is to be reviewed, the riskiest first, with ``sample`` drawn from what shows no risk.

        What only you have judged is left out; what you have reviewed keeps its place and is marked. ``findings`` are what the
        checks found just now: without them they run again. Raises ``WrongArgumentError`` when ``sample`` is negative.
        """
        _check_sample(sample)
        with self.store.snapshot() as reader:
            case = Case.of(AsOne(reader))
            return self._queue(reader, case, findings_of(case) if findings is None else findings, sample)

    def _queue(self, reader: Reader, case: Case, found: Iterable[Finding], sample: int) -> tuple[ReviewItem, ...]:
        reviewer = self._person.id if self._person else None
        own = (review for review in case.reviews.values() if review.annotator_id == reviewer)
        outdated = {review.id for review in own if _heads(reader, review.about) != review.as_of}
        standing = (finding for finding in found if finding.waiver is None)
        return review_queue(case, standing, reviewer=reviewer, outdated=outdated, sample=sample)

    def agreement(
        self,
        unit: str = "conclusion",
        *,
        field: str = "verdict",
        annotators: tuple[EntityId, EntityId] | None = None,
    ) -> Agreement:
        """Return how far annotators agree: in their conclusions on claims, or in linkages of passages that overlap by half.

        ``unit`` is conclusion or linkage; ``field`` is verdict, confidence, or for linkages stance. ``annotators`` are the two
        whom Cohen's kappa and the matrix compare, by default those with most in common.
        Raises ``WrongArgumentError``, ``NotFoundError``.
        """
        choice("unit", unit, UNITS)
        choice("field", field, FIELDS[unit])
        if annotators is not None and len(set(annotators)) != 2:
            raise WrongArgumentError(
                argument="annotators", problem=f"{len(set(annotators))} are named", allowed="two people, or none"
            )
        with self.store.snapshot() as reader:
            for each in annotators or ():
                existing(reader, Annotator, each)
            return agreement_of(AsOne(reader), unit, field, annotators)


def _check_sample(sample: int) -> None:
    if sample < 0:
        raise WrongArgumentError(argument="sample", problem=f"{sample} is negative", allowed="0 or more")


class _Told(Reader):
    """A reader that tells of every entity that is read of a whole kind."""

    def __init__(self, reader: Reader, tell: Callable[[], None]) -> None:
        super().__init__(reader.connection, reader.fixity)
        self._tell = tell

    def all(self, kind: type[E]) -> Iterator[E]:
        """Yield as a reader does, and tell."""
        for found in super().all(kind):
            self._tell()
            yield found

    def with_heads(self, kind: type[E]) -> Iterator[tuple[E, tuple[ChangeId, ...]]]:
        """Yield as a reader does, and tell."""
        for found in super().with_heads(kind):
            self._tell()
            yield found


def _heads(reader: Reader, id_: EntityId) -> tuple[ChangeId, ...]:
    """Return the newest changes of an entity, sorted."""
    state = reader.state(id_)
    return tuple(sorted(state.heads)) if state else ()


def _key(waiver: Waiver) -> tuple[object, ...]:
    return (waiver.check, waiver.about, waiver.others)


def _made_or_changed(own: R | None, wanted: R) -> Outcome[R]:
    """Return the outcome that makes an entity, or gives the person's own one its values."""
    if own is None:
        return Outcome(wanted, (created(wanted),))
    changed = replace(wanted, id=own.id)
    fields = {name: after for name, _, after in differences(fields_of(own), fields_of(changed))}
    return Outcome(changed, (Write(own.id, own.kind, fields),) if fields else ())
