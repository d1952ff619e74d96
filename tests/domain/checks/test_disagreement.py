"""Annotators who judge the same differently."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from annotator.domain.kinds import Annotator
from annotator.services.identity import new_id
from annotator.services.project import Project
from tests.domain.checks.conftest import REPORT, Scene

CODE = "disagreement"


def test_two_verdicts_on_one_passage_are_raised(scene: Scene) -> None:
    one = scene.link(scene.measured, "supports")
    other = scene.link(scene.measured, "qualifies", by=scene.ben)
    (finding,) = scene.found(CODE)
    assert (finding.entity_id, finding.others, finding.claim_id) == (one.id, (other.id,), scene.claim)
    assert finding.level == "error"
    assert "Ada and Ben differ on “measured it twice in May” for “The wall holds.”" in finding.message
    assert "“Supported” against “Not enough evidence”" in finding.message


def test_confidence_two_levels_apart_is_raised_and_one_level_is_not(scene: Scene) -> None:
    scene.link(scene.measured, confidence="low")
    linkage = scene.link(scene.measured, confidence="moderate", by=scene.ben)
    assert not scene.found(CODE)
    scene.ben.edit(linkage.id, confidence="high")
    assert "with confidence “Low” against “High”" in scene.found(CODE)[0].message


@pytest.mark.parametrize(
    ("quote", "is_raised"),
    [
        ("twice in May", True),  # 12 of 24
        ("it twice in May", True),
        ("wice in May", False),  # 11 of 24
        ("measured it twice in May, and both times it had", True),  # 24 of 47
        ("measured it twice in May, and both times it had n", False),  # 24 of 49
        ("The council paid.", False),
    ],
)
def test_passages_that_overlap_by_half_are_the_same_unit(scene: Scene, quote: str, is_raised: bool) -> None:
    scene.link(scene.measured)
    scene.link(scene.mark(REPORT, quote), "refutes", by=scene.ben)
    assert bool(scene.found(CODE)) is is_raised


def test_sets_of_passages_are_compared_as_all_their_words(scene: Scene) -> None:
    whole = (scene.measured, scene.unmoved)
    scene.ada.link(whole, scene.claim, stance="supports", verdict="supported")
    scene.link(scene.unmoved, "refutes", by=scene.ben)  # 23 of 47
    assert not scene.found(CODE)
    scene.link(scene.measured, "refutes", by=scene.ben)  # 24 of 47
    assert len(scene.found(CODE)) == 1


def test_the_last_judgement_of_a_person_on_the_same_words_counts(scene: Scene) -> None:
    scene.link(scene.measured, "refutes")
    scene.link(scene.measured, "supports", by=scene.ben)
    scene.link(scene.measured, "supports")
    assert not scene.found(CODE)


def test_each_is_compared_with_the_one_that_shares_most(scene: Scene) -> None:
    scene.link(scene.measured, "supports")
    near = scene.mark(REPORT, "measured it twice in Ma")
    far = scene.mark(REPORT, "measured it twice")
    scene.link(near, "supports", by=scene.ben)
    assert not scene.found(CODE)
    other = scene.link(far, "refutes", by=scene.ben)
    assert [finding.others for finding in scene.found(CODE)] == [(other.id,)]


def test_everybody_is_compared_with_everybody(scene: Scene) -> None:
    cleo = Project(scene.ada.store, Annotator(id=new_id(), name="Cleo"))
    scene.link(scene.measured, "supports")
    scene.link(scene.measured, "refutes", by=scene.ben)
    scene.link(scene.measured, "qualifies", by=cleo)
    assert len(scene.found(CODE)) == 3


@pytest.mark.parametrize("verdict", ["", "open"])
def test_who_leaves_the_verdict_open_differs_from_nobody(scene: Scene, verdict: str) -> None:
    scene.link(scene.measured)
    scene.link(scene.measured, verdict=verdict, by=scene.ben)
    scene.conclude()
    scene.conclude("open", by=scene.ben)
    assert not scene.found(CODE)


def test_one_person_other_claims_and_withdrawn_work_are_no_disagreement(scene: Scene) -> None:
    scene.link(scene.measured)
    scene.link(scene.unmoved, "refutes")
    scene.ben.link(scene.measured, scene.second_claim().id, stance="refutes", verdict="refuted")
    scene.ben.withdraw(scene.link(scene.measured, "refutes", by=scene.ben).id, reason="A slip.")
    assert not scene.found(CODE)


@pytest.mark.parametrize("stage", ["draft", "submitted"])
def test_two_conclusions_that_differ_are_raised(scene: Scene, stage: str) -> None:
    one = scene.conclude("supported")
    other = scene.conclude("refuted", by=scene.ben, stage=stage)
    (finding,) = scene.found(CODE)
    assert (finding.entity_id, finding.kind, finding.others) == (one, "conclusion", (other,))
    assert "Ada and Ben conclude differently on “The wall holds.”: “Supported” against “Refuted”" in finding.message


def test_conclusions_may_differ_in_confidence_by_one_level(scene: Scene) -> None:
    scene.conclude(confidence="high")
    scene.conclude(confidence="moderate", by=scene.ben)
    assert not scene.found(CODE)
    scene.conclude(confidence="low", by=scene.ben)
    assert "both conclude “Supported”" in scene.found(CODE)[0].message


def test_a_withdrawn_conclusion_differs_from_none(scene: Scene) -> None:
    scene.conclude("supported")
    scene.conclude("refuted", by=scene.ben, stage="withdrawn")
    assert not scene.found(CODE)


@pytest.mark.parametrize("stage", ["adjudicated", "published"])
def test_an_adjudicated_claim_is_settled(scene: Scene, stage: str) -> None:
    scene.link(scene.measured, "supports")
    scene.link(scene.measured, "refutes", by=scene.ben)
    scene.conclude("refuted", by=scene.ben)
    scene.conclude("supported", stage="submitted")
    assert len(scene.found(CODE)) == 2
    scene.conclude("supported", stage=stage)
    assert not scene.found(CODE)


def test_it_ends_when_one_gives_way(scene: Scene) -> None:
    scene.link(scene.measured, "supports")
    other = scene.link(scene.measured, "refutes", by=scene.ben)
    give_way: Callable[..., object] = scene.ben.edit
    give_way(other.id, stance="supports", verdict="supported")
    assert not scene.found(CODE)
