"""Judgements without a word of why."""

from __future__ import annotations

import pytest

from tests.domain.checks.conftest import Scene

CODE = "missing-rationale"


@pytest.mark.parametrize("rationale", ["", " \n\t"])
def test_a_linkage_that_says_nothing_is_a_warning(scene: Scene, rationale: str) -> None:
    linkage = scene.link(scene.measured, rationale=rationale)
    (finding,) = scene.found(CODE)
    assert (finding.entity_id, finding.level) == (linkage.id, "warning")
    assert "“Supports”" in finding.message
    assert "“measured it twice in May”" in finding.message


def test_it_is_an_error_where_a_submitted_conclusion_rests_on_it(scene: Scene) -> None:
    linkage = scene.link(scene.measured, rationale="")
    conclusion = scene.conclude(stage="draft")
    assert [finding.level for finding in scene.found(CODE)] == ["warning"]
    assert scene.conclude(stage="submitted") == conclusion
    assert [(finding.entity_id, finding.level) for finding in scene.found(CODE)] == [(linkage.id, "error")]


def test_a_conclusion_that_says_nothing_is_an_error_once_it_is_submitted(scene: Scene) -> None:
    scene.link(scene.measured)
    conclusion = scene.conclude(justification=" ", stage="draft")
    assert [(finding.entity_id, finding.level) for finding in scene.found(CODE)] == [(conclusion, "warning")]
    scene.conclude(justification=" ", stage="submitted")
    assert [(finding.entity_id, finding.level) for finding in scene.found(CODE)] == [(conclusion, "error")]


def test_reasons_given_withdrawn_work_and_an_open_verdict_are_not_raised(scene: Scene) -> None:
    scene.link(scene.measured, rationale="1")
    scene.ada.withdraw(scene.link(scene.unmoved, rationale="").id, reason="Another wall.")
    scene.conclude("open", justification="")
    scene.conclude(by=scene.ben, justification="", stage="withdrawn")
    assert not scene.found(CODE)
