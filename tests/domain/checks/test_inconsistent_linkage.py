"""Linkages that contradict themselves."""

from __future__ import annotations

import pytest

from tests.domain.checks.conftest import Scene

CODE = "inconsistent-linkage"


@pytest.mark.parametrize(("stance", "verdict"), [("supports", "refuted"), ("refutes", "supported")])
def test_a_verdict_against_the_stance_is_raised(scene: Scene, stance: str, verdict: str) -> None:
    linkage = scene.link(scene.measured, stance, verdict=verdict)
    (finding,) = scene.found(CODE)
    assert (finding.entity_id, finding.level) == (linkage.id, "warning")
    assert verdict.capitalize() in finding.message


@pytest.mark.parametrize(
    ("stance", "verdict"),
    [
        ("supports", "supported"),
        ("refutes", "refuted"),
        ("refutes", "not_enough_evidence"),
        ("supports", "conflicting_evidence"),
        ("qualifies", "refuted"),
        ("supports", ""),
    ],
)
def test_what_can_go_together_is_not_raised(scene: Scene, stance: str, verdict: str) -> None:
    scene.link(scene.measured, stance, verdict=verdict)
    assert not scene.found(CODE)


def test_a_withdrawn_one_is_not_raised(scene: Scene) -> None:
    scene.ada.withdraw(scene.link(scene.measured, verdict="refuted").id, reason="A slip.")
    assert not scene.found(CODE)
