"""Evidence that leads back to the claim itself."""

from __future__ import annotations

import pytest

from annotator.domain.ids import EntityId
from tests.domain.checks.conftest import PAPER, REPORT, Scene

CODE = "circular-sourcing"


def _say(
    scene: Scene, passage: EntityId, agent: str = "", role: str = "asserts", origin: EntityId | None = None
) -> EntityId:
    return scene.ada.appear(passage, scene.claim, agent=None, agent_name=agent, role=role, derived_from=origin).id


def test_appearances_derived_in_a_circle_are_raised_once(scene: Scene) -> None:
    first = _say(scene, scene.measured, "Radio")
    second = _say(scene, scene.printed, "The Paper", "repeats", first)
    third = _say(scene, scene.unmoved, "A blog", "repeats", second)
    _say(scene, scene.unmoved, "Another blog", "repeats", third)
    assert not scene.found(CODE)
    scene.ada.edit(first, derived_from=third)
    (finding,) = scene.found(CODE)
    assert (finding.entity_id, finding.kind, finding.level) == (first, "appearance", "error")
    assert finding.others == (second, third)
    assert "3 appearances" in finding.message


def test_an_appearance_derived_from_itself_is_a_circle(scene: Scene) -> None:
    said = _say(scene, scene.measured, "Radio")
    scene.ada.edit(said, derived_from=said)
    assert [(finding.entity_id, finding.others) for finding in scene.found(CODE)] == [(said, ())]


def test_the_claimant_is_no_evidence_for_the_claim(scene: Scene) -> None:
    _say(scene, scene.printed, "The council")
    linkage = scene.link(scene.printed)
    (finding,) = scene.found(CODE)
    assert (finding.entity_id, finding.claim_id, finding.level) == (linkage.id, scene.claim, "error")
    assert "it is The council making or repeating that claim" in finding.message


def test_nor_is_who_has_it_from_the_claimant(scene: Scene) -> None:
    said = _say(scene, scene.mark(PAPER, "The council says"), "The council")
    _say(scene, scene.printed, "The Paper", "restates", said)
    scene.link(scene.printed)
    assert len(scene.found(CODE)) == 1


@pytest.mark.parametrize("role", ["repeats", "quotes", "restates"])
def test_nor_is_who_passes_it_on_from_nobody_named(scene: Scene, role: str) -> None:
    _say(scene, scene.printed, "The Paper", role)
    scene.link(scene.printed)
    assert len(scene.found(CODE)) == 1


def test_nor_is_a_source_that_the_claimant_published(scene: Scene) -> None:
    scene.link(scene.measured)
    assert not scene.found(CODE)
    scene.ada.edit(scene.claim, claimants=["Engineers"])
    assert len(scene.found(CODE)) == 1


def test_a_witness_is_evidence_wherever_the_words_stand(scene: Scene) -> None:
    witness = _say(scene, scene.measured, "An engineer")
    _say(scene, scene.printed, "The Paper", "repeats", witness)
    scene.link(scene.measured)
    scene.link(scene.printed)
    assert not scene.found(CODE)


def test_a_witness_beside_the_claimant_is_enough(scene: Scene) -> None:
    _say(scene, scene.printed, "The council")
    _say(scene, scene.printed, "An engineer")
    scene.link(scene.printed)
    assert not scene.found(CODE)


@pytest.mark.parametrize("role", ["denies", "asks"])
def test_denials_and_questions_make_no_circle(scene: Scene, role: str) -> None:
    _say(scene, scene.printed, "The council", role)
    scene.link(scene.printed)
    assert not scene.found(CODE)


@pytest.mark.parametrize("stance", ["refutes", "qualifies", "contextualises"])
def test_only_support_can_be_circular(scene: Scene, stance: str) -> None:
    _say(scene, scene.printed, "The council")
    scene.link(scene.printed, stance)
    assert not scene.found(CODE)


def test_a_set_with_one_passage_of_evidence_is_not_raised(scene: Scene) -> None:
    _say(scene, scene.printed, "The council")
    scene.ada.link((scene.printed, scene.mark(REPORT, "it had not moved")), scene.claim, stance="supports")
    assert not scene.found(CODE)


def test_what_was_withdrawn_is_not_raised(scene: Scene) -> None:
    _say(scene, scene.printed, "The council")
    scene.ada.withdraw(scene.link(scene.printed).id, reason="It is the claim itself.")
    assert not scene.found(CODE)
