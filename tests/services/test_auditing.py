"""Findings and waivers, reviews and their queue, agreement: on real projects, with several people."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import annotator
from annotator.domain.agreement import Undefined
from annotator.domain.errors import NotFoundError, WrongArgumentError
from annotator.domain.finding import Finding, Severity
from annotator.domain.ids import EntityId
from annotator.domain.judgement import Linkage
from annotator.domain.review import Decision
from annotator.services.project import Project
from annotator.services.sample import SAMPLE_PERSON, build_sample

WORDS = "The wall cost 4.2 million. An auditor found twice as much. Nobody has shown the bill. It stands all the same."


class Shared:
    """A project on which several people work in turn."""

    def __init__(self, path: Path) -> None:
        self._path = path
        with self.as_("Ada", create=True) as project:
            self.version = project.type_source("A call", WORDS).id
            self.claim = project.add_claim("The wall cost 4.2 million.").id

    def as_(self, name: str, *, create: bool = False) -> Project:
        """Open the project as this person."""
        return annotator.open_project(self._path, annotator=name, create=create)

    def link(
        self, project: Project, words: str, verdict: str, stance: str = "", confidence: str = "moderate"
    ) -> Linkage:
        """Link the passage with these words."""
        start = project.text(self.version).index(words)
        stances = {"supported": "supports", "refuted": "refutes"}
        return project.link(
            None,
            self.claim,
            version=self.version,
            fragments=[(start, start + len(words))],
            stance=stance or stances.get(verdict, "qualifies"),
            verdict=verdict,
            confidence=confidence,
            rationale="It says so.",
        )


@pytest.fixture
def shared(tmp_path: Path) -> Shared:
    """Return a project with a source and a claim."""
    return Shared(tmp_path / "shared.annotator")


@pytest.fixture(scope="module")
def sample_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the sample case; nobody writes to it."""
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("sample")
        patch.setenv("ANNOTATOR_CONFIG", str(folder / "settings"))
        return build_sample(folder)


def found(project: Project, code: str) -> list[Finding]:
    """Return the findings of one check."""
    return [finding for finding in project.findings() if finding.code == code]


# -- findings and waivers


def test_the_sample_has_one_disagreement_and_agreement_shows_the_same(sample_path: Path) -> None:
    told: list[tuple[int, int]] = []
    with annotator.open_project(sample_path) as project:
        findings = project.findings(progress=lambda done, total: told.append((done, total)))
        agreement = project.agreement("linkage")
    assert told[-1][0] == told[-1][1] == len(told)
    assert [finding.level for finding in findings] == sorted((f.level for f in findings), key=[*Severity].index)
    assert all("{" not in finding.message for finding in findings)
    (disagreement,) = [finding for finding in findings if finding.code == "disagreement"]
    assert SAMPLE_PERSON in disagreement.message
    (unit,) = [unit for unit in agreement.units if not unit.agrees]
    assert {*unit.entities.values()} == {disagreement.entity_id, *disagreement.others}
    assert (unit.claim_id, len(unit.words) > 20) == (disagreement.claim_id, True)
    assert [person.name for person in agreement.annotators] == [SAMPLE_PERSON, "Jonas Weld"]
    same = sum(agreement.matrix[row][row] for row in range(len(agreement.categories)))
    assert (same, agreement.n) == (sum(map(sum, agreement.matrix)) - 1, agreement.n_pair)
    assert agreement.cohen_kappa is not None
    assert agreement.percent == pytest.approx(100 * same / agreement.n)


def test_a_waived_finding_is_shown_only_when_asked_for_and_a_waiver_can_be_taken_back(shared: Shared) -> None:
    with shared.as_("Ada") as project:
        project.conclude(shared.claim, verdict="refuted", justification="So it is.")
        (finding,) = found(project, "verdict-without-evidence")
        for empty in ("", "  "):
            with pytest.raises(WrongArgumentError, match="reason"):
                project.waive(finding, reason=empty)
        waiver = project.waive(finding, reason=" Evidence follows. ")
        assert (waiver.reason, waiver.check, waiver.about) == ("Evidence follows.", finding.code, finding.entity_id)
        assert not found(project, finding.code)
        (shown,) = [each for each in project.findings(waived=True) if each.code == finding.code]
        assert shown.waiver == waiver
        again = project.waive(shown, reason="Evidence follows tomorrow.")
        assert again.id == waiver.id
        project.delete(waiver.id)
        assert project.changes(limit=1)[0].change.header.label == "Take waiver back"
        assert found(project, finding.code) == [finding]
        project.undo()
        assert not found(project, finding.code)
        project.undo()
        project.undo()
        assert found(project, finding.code) == [finding]
        project.delete(shared.claim)
        with pytest.raises(NotFoundError):
            project.waive(finding, reason="Too late.")


def test_a_waiver_lapses_when_the_finding_names_others(shared: Shared) -> None:
    with shared.as_("Ada") as project:
        shared.link(project, "An auditor", "refuted")
    with shared.as_("Ben") as project:
        theirs = shared.link(project, "An auditor", "supported")
        (finding,) = found(project, "disagreement")
        waiver = project.waive(finding, reason="We leave it at that.")
        assert not found(project, "disagreement")
        project.withdraw(theirs.id, reason="I misread it.")
        shared.link(project, "An auditor", "conflicting_evidence")
        (another,) = found(project, "disagreement")
        assert another.key != finding.key
        project.waive(another, reason="Again.")
        assert not found(project, "disagreement")
        assert project.entity(waiver.id) == waiver, "the old one is kept"


# -- reviews


def test_a_review_by_another_person_is_outdated_once_the_judgement_changes(shared: Shared) -> None:
    with shared.as_("Ada") as project:
        linkage = shared.link(project, "An auditor", "refuted")
    with shared.as_("Ben") as project:
        review = project.review(linkage.id, "contested", comment=" Which auditor? ")
        assert (review.decision, review.comment) == (Decision.CONTESTED, "Which auditor?")
        assert project.reviews() == project.reviews(linkage.id) == (review,)
        assert not project.is_outdated(review)
    with shared.as_("Ada") as project:
        assert not project.is_outdated(review)
        project.edit(linkage.id, rationale="The city’s auditor says so.")
        assert project.is_outdated(review)
        own = project.review(linkage.id, "accepted")
        assert [each.id for each in project.reviews(linkage.id)] == [review.id, own.id]
        assert [finding.entity_id for finding in found(project, "self-review")] == [linkage.id]
    with shared.as_("Ben") as project:
        changed = project.review(linkage.id, Decision.ACCEPTED)
        assert (changed.id, changed.comment) == (review.id, "")
        assert not project.is_outdated(changed)
        assert project.reviews(linkage.id) == (changed, own)
        steps = len(project.done)
        project.review(linkage.id, "accepted")
        assert len(project.done) == steps, "nothing new is no step"
        project.undo()
        assert project.reviews(linkage.id)[0] == review
        assert project.is_outdated(review)


def test_what_is_no_judgement_is_not_reviewed(shared: Shared) -> None:
    with shared.as_("Ada") as project:
        conclusion = project.conclude(shared.claim, verdict="supported")
        assert project.review(conclusion.id, "needs_work").about == conclusion.id
        with pytest.raises(WrongArgumentError, match="a linkage or a conclusion"):
            project.review(shared.claim, "accepted")
        with pytest.raises(WrongArgumentError, match="accepted, contested, rejected, needs_work"):
            project.review(conclusion.id, "maybe")
        with pytest.raises(WrongArgumentError, match="id"):
            project.review(EntityId("nonsense"), "accepted")


def test_what_a_review_is_about_is_not_edited(shared: Shared) -> None:
    with shared.as_("Ada") as project:
        conclusion = project.conclude(shared.claim, verdict="supported")
        review = project.review(conclusion.id, "needs_work")
        for field in ("about", "annotator_id", "as_of"):
            with pytest.raises(WrongArgumentError, match="decision, comment"):
                project.edit(review.id, **{field: None})
        project.edit(review.id, comment="Say which year.", decision="contested")
        (edited,) = project.reviews(conclusion.id)
        assert (edited.comment, edited.decision) == ("Say which year.", Decision.CONTESTED)
        project.delete(review.id)
        assert project.reviews() == ()
        assert project.changes(limit=1)[0].change.header.label == "Delete review"
        waiver = project.waive(project.findings()[0], reason="Known.")
        with pytest.raises(WrongArgumentError, match="Allowed: reason"):
            project.edit(waiver.id, check="another")
        project.edit(waiver.id, reason="Known since May.")
        assert "Change waiver" in project.changes(limit=1)[0].change.header.label


# -- the queue


def test_the_queue_is_ordered_by_risk(shared: Shared) -> None:
    with shared.as_("Ada") as project:
        shaky = shared.link(project, "Nobody has shown", "refuted", confidence="low")
        context = shared.link(project, "It stands", "not_enough_evidence", "contextualises", confidence="low")
        disputed = shared.link(project, "An auditor found twice", "refuted")
        contested = shared.link(project, "The wall cost", "supported")
    with shared.as_("Ben") as project:
        against = shared.link(project, "auditor found twice", "supported")
        project.review(contested.id, "contested")
    with shared.as_("Priya") as project:
        queue = project.review_queue()
        assert [item.entity_id for item in queue] == [disputed.id, contested.id, shaky.id, context.id]
        assert [item.why[0] for item in queue] == ["error", "contested", "low_confidence", "sample"]
        assert "differs" in queue[0].why
        assert queue[0].entities == (disputed.id, against.id)
        assert queue[0].annotators == ("Ada", "Ben")
        assert queue[0].words == "An auditor found twice"
        assert {item.claim for item in queue} == {"The wall cost 4.2 million."}
        assert project.review_queue(findings=project.findings(waived=True)) == queue
        assert project.review_queue(findings=())[0].why[0] == "contested", "the checks do not run again"
        assert [item.entity_id for item in project.review_queue(sample=0)] == [disputed.id, contested.id, shaky.id]
        project.waive(found(project, "disagreement")[0], reason="Both are right.")
        (item,) = [item for item in project.review_queue() if item.entity_id == disputed.id]
        assert item.why[0] == "differs"
        assert project.review_queue(findings=project.findings(waived=True)) == project.review_queue()
        with pytest.raises(WrongArgumentError, match="sample"):
            project.review_queue(sample=-1)


def test_what_is_reviewed_keeps_its_place_and_is_marked(shared: Shared) -> None:
    with shared.as_("Ada") as project:
        linkages = [shared.link(project, words, "refuted") for words in ("An auditor", "Nobody", "It stands")]
    with shared.as_("Ben") as project:
        second = shared.link(project, "Nobody", "refuted")
    with shared.as_("Priya") as project:
        before = project.review_queue()
        assert all(item.decision is None and not item.decisions for item in before)
        (both,) = [item for item in before if len(item.entities) == 2]
        project.review(both.entities[0], "accepted")
        (item,) = [item for item in project.review_queue() if item.entity_id == both.entity_id]
        assert (item.decision, item.decisions) == (None, {linkages[1].id: Decision.ACCEPTED}), (
            "one is left to decide on"
        )
        project.review(second.id, "contested")
        after = project.review_queue()
        assert [item.entity_id for item in after] == [item.entity_id for item in before]
        (item,) = [item for item in after if item.entity_id == both.entity_id]
        assert (item.decision, item.outdated) == (Decision.CONTESTED, False)
    with shared.as_("Ben") as project:
        project.edit(second.id, rationale="Nobody did, in a year.")
        (seen,) = [item for item in project.review_queue() if item.kind == "linkage" and len(item.entities) == 2]
        assert "contested" in seen.why, "somebody else contests it"
        assert seen.entity_id == linkages[1].id, "the first that is not one’s own"
    with shared.as_("Priya") as project:
        (item,) = [item for item in project.review_queue() if item.entity_id == both.entity_id]
        assert (item.decision, item.outdated) == (Decision.CONTESTED, True)


def test_ones_own_judgements_and_withdrawn_ones_are_not_in_the_queue(shared: Shared) -> None:
    with shared.as_("Ada") as project:
        linkage = shared.link(project, "An auditor", "refuted")
        project.conclude(shared.claim, verdict="refuted", justification="So it is.")
        assert project.review_queue() == ()
    with shared.as_("Ben") as project:
        queue = project.review_queue()
        assert {item.kind: item.words for item in queue} == {"linkage": "An auditor", "conclusion": "So it is."}
    with shared.as_("Ada") as project:
        project.withdraw(linkage.id, reason="A slip.")
    with shared.as_("Ben") as project:
        assert [item.kind for item in project.review_queue()] == ["conclusion"]


def test_the_sample_is_the_same_each_time_and_as_large_as_asked_for(shared: Shared) -> None:
    with shared.as_("Ada") as project:
        words = [WORDS[start : start + 3] for start in range(0, 60, 3)]
        for each in words:
            shared.link(project, each, "not_enough_evidence", "contextualises")
        made = [linkage.id for linkage in project.linkages()]
    with shared.as_("Ben") as project:
        small = {item.entity_id for item in project.review_queue(sample=4)}
        large = {item.entity_id for item in project.review_queue(sample=9)}
        assert (len(small), len(large), len(project.review_queue(sample=99))) == (4, 9, 20)
        assert small < large
        assert small == {item.entity_id for item in project.review_queue(sample=4)}
        assert large != set(made[:9]), "not just the oldest"
        project.review(next(iter(small)), "accepted")
        assert small == {item.entity_id for item in project.review_queue(sample=4)}


def test_a_project_that_is_only_looked_at_can_be_audited_but_not_reviewed(sample_path: Path) -> None:
    with annotator.open_project(sample_path) as project:
        assert project.review_queue()[0].why[0] == "error"
        with pytest.raises(WrongArgumentError, match="nobody is named"):
            project.review(project.review_queue()[0].entity_id, "accepted")


# -- agreement


def test_agreement_over_conclusions(shared: Shared) -> None:
    verdicts = {"Ada": "rrssn", "Ben": "rssn.", "Cleo": "r...."}
    codes = {"r": "refuted", "s": "supported", "n": "not_enough_evidence"}
    with shared.as_("Ada") as project:
        claims = [project.add_claim(f"Claim {number}.").id for number in range(5)]
    for name, letters in verdicts.items():
        with shared.as_(name) as project:
            for claim, letter in zip(claims, letters, strict=True):
                if letter != ".":
                    project.conclude(claim, verdict=codes[letter], confidence="low")
    with shared.as_("Ada") as project:
        agreement = project.agreement()
        assert (agreement.n, agreement.n_pair, len(agreement.units)) == (4, 4, 5)
        assert [person.name for person in agreement.annotators] == ["Ada", "Ben"]
        assert agreement.categories == ("supported", "refuted", "not_enough_evidence")
        assert agreement.matrix == ((1, 0, 1), (1, 1, 0), (0, 0, 0))
        assert agreement.percent == pytest.approx(50)
        assert agreement.cohen_kappa == pytest.approx((8 - 6) / (16 - 6)), "p_e = (2 · 2 + 2 · 1 + 0 · 1) / 16"
        ids = {person.name: person.id for person in project.annotators()}
        others = project.agreement(annotators=(ids["Cleo"], ids["Ada"]))
        assert (others.n_pair, others.undefined["cohen_kappa"]) == (1, Undefined.ONE_CATEGORY)
        assert project.agreement(field="confidence").alpha_ordinal is None
        assert project.agreement("linkage").undefined["percent"] is Undefined.NO_UNITS
        project.conclude(claims[1], verdict="supported", stage="withdrawn")
        assert project.agreement().n == 3


def agreement_with(**arguments: object) -> Callable[[Project], object]:
    """Return the call of ``agreement`` with these arguments."""
    return lambda project: project.agreement(**arguments)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ({"unit": "passage"}, "conclusion, linkage"),
        ({"field": "stance"}, "verdict, confidence"),
        ({"annotators": ("01890000-0000-7000-8000-000000000000",) * 2}, "two people"),
    ],
    ids=["unit", "field", "one person"],
)
def test_wrong_arguments_are_answered_with_what_is_allowed(
    shared: Shared, arguments: dict[str, object], told: str
) -> None:
    with shared.as_("Ada") as project, pytest.raises(WrongArgumentError, match=told):
        agreement_with(**arguments)(project)


def test_agreement_of_nobody(shared: Shared) -> None:
    stranger = EntityId("01890000-0000-7000-8000-000000000000")
    with shared.as_("Ada") as project, pytest.raises(NotFoundError):
        project.agreement(annotators=(stranger, project.annotators()[0].id))


def test_one_decision_on_two_judgements_is_one_step(shared: Shared) -> None:
    with shared.as_("Ada") as ada:
        first = shared.link(ada, "The wall cost 4.2 million.", "supported")
    with shared.as_("Bo") as bo:
        second = shared.link(bo, "The wall cost 4.2 million.", "supported")
    with shared.as_("Cy") as cy:
        made = cy.review_many([first.id, second.id], "accepted", comment="Both.")
        assert [review.about for review in cy.reviews()] == [review.about for review in made] == [first.id, second.id]
        cy.undo()
        assert cy.reviews() == ()


def test_one_look_finds_what_findings_and_queue_do_and_can_be_stopped(shared: Shared) -> None:
    with shared.as_("Ada") as project:
        shared.link(project, "4.2 million", "supported")
        gone = shared.link(project, "twice as much", "refuted")
        project.withdraw(gone.id, reason="Misread.")
    with shared.as_("Ben") as project:
        read: list[None] = []
        found = project.audit(on_read=lambda: read.append(None))
        assert found.findings == project.findings(waived=True)
        assert found.queue == project.review_queue() != ()
        assert found.linkages == 1
        assert len(read) >= 2 + 1 + 2, "linkages, claim and people"

        def stop() -> None:
            raise InterruptedError

        with pytest.raises(InterruptedError):
            project.audit(on_read=stop)
        with pytest.raises(WrongArgumentError):
            project.audit(sample=-1)
