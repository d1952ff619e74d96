"""Judgements that were made twice."""

from __future__ import annotations

from tests.domain.checks.conftest import Scene

CODE = "duplicate-linkage"


def test_the_same_passage_and_claim_twice_is_raised_once(scene: Scene) -> None:
    first, *rest = [scene.link(scene.measured, stance).id for stance in ("supports", "qualifies", "supports")]
    (finding,) = scene.found(CODE)
    assert (finding.entity_id, finding.others, finding.level) == (first, tuple(rest), "warning")
    assert "Ada has linked “measured it twice in May” to “The wall holds.” 3 times" in finding.message


def test_the_order_of_a_set_of_passages_does_not_matter(scene: Scene) -> None:
    for passages in ((scene.measured, scene.unmoved), (scene.unmoved, scene.measured)):
        scene.ada.link(passages, scene.claim, stance="supports", rationale="Both.")
    assert len(scene.found(CODE)) == 1


def test_other_people_passages_claims_and_withdrawn_ones_are_no_duplicates(scene: Scene) -> None:
    scene.link(scene.measured)
    scene.link(scene.measured, by=scene.ben)
    scene.link(scene.unmoved)
    scene.ada.link((scene.measured, scene.unmoved), scene.claim, stance="supports")
    scene.ada.link(scene.measured, scene.second_claim().id, stance="supports")
    scene.ada.withdraw(scene.link(scene.measured).id, reason="Twice.")
    assert not scene.found(CODE)
