"""Verdicts that nothing bears out."""

from __future__ import annotations

import pytest

from tests.domain.checks.conftest import Scene

CODE = "verdict-without-evidence"


@pytest.mark.parametrize("verdict", ["supported", "refuted"])
def test_a_verdict_with_context_only_is_raised(scene: Scene, verdict: str) -> None:
    scene.link(scene.measured, "contextualises")
    conclusion = scene.conclude(verdict)
    (finding,) = scene.found(CODE)
    assert (finding.entity_id, finding.claim_id, finding.level) == (conclusion, scene.claim, "error")
    assert "Ada" in finding.message
    assert "“The wall holds.”" in finding.message


def test_evidence_that_was_withdrawn_counts_for_nothing(scene: Scene) -> None:
    scene.ada.withdraw(scene.link(scene.measured).id, reason="Another wall.")
    scene.conclude()
    assert len(scene.found(CODE)) == 1


@pytest.mark.parametrize("stance", ["supports", "refutes", "qualifies"])
def test_any_decisive_linkage_of_anybody_is_enough(scene: Scene, stance: str) -> None:
    scene.link(scene.measured, stance, by=scene.ben)
    scene.conclude("supported")
    assert not scene.found(CODE)


def test_evidence_on_another_claim_is_none(scene: Scene) -> None:
    scene.ada.link(scene.measured, scene.second_claim().id, stance="supports", rationale="So it says.")
    scene.conclude()
    assert len(scene.found(CODE)) == 1


@pytest.mark.parametrize(
    ("stance", "missing"), [("supports", "against"), ("refutes", "for"), ("qualifies", "for or against")]
)
def test_conflicting_evidence_needs_both_sides(scene: Scene, stance: str, missing: str) -> None:
    scene.link(scene.measured, stance)
    scene.conclude("conflicting_evidence")
    (finding,) = scene.found(CODE)
    assert f"no evidence {missing} it stands" in finding.message


def test_conflicting_evidence_with_both_sides_is_not_raised(scene: Scene) -> None:
    scene.link(scene.measured, "supports")
    scene.link(scene.unmoved, "refutes", by=scene.ben)
    scene.conclude("conflicting_evidence")
    assert not scene.found(CODE)


@pytest.mark.parametrize("verdict", ["not_enough_evidence", "open", "too_vague"])
def test_verdicts_that_need_no_evidence_are_not_raised(scene: Scene, verdict: str) -> None:
    scene.conclude(verdict)
    assert not scene.found(CODE)


def test_a_withdrawn_conclusion_is_not_raised(scene: Scene) -> None:
    scene.conclude(stage="withdrawn")
    assert not scene.found(CODE)
