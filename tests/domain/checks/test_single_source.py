"""Verdicts that rest on one voice."""

from __future__ import annotations

from annotator.domain.ids import EntityId
from tests.domain.checks.conftest import Scene

CODE = "single-source"


def _say(
    scene: Scene, passage: EntityId, agent: str, role: str = "asserts", origin: EntityId | None = None
) -> EntityId:
    return scene.ada.appear(passage, scene.claim, agent=None, agent_name=agent, role=role, derived_from=origin).id


def test_two_passages_of_one_publisher_are_one_source(scene: Scene) -> None:
    scene.link(scene.measured)
    scene.link(scene.unmoved, by=scene.ben)
    conclusion = scene.conclude(stage="draft")
    (finding,) = scene.found(CODE)
    assert (finding.entity_id, finding.claim_id, finding.level) == (conclusion, scene.claim, "warning")
    assert finding.others == (scene.ada.agent("Engineers").id,)
    assert "rests on Engineers alone" in finding.message


def test_two_publishers_are_two(scene: Scene) -> None:
    scene.link(scene.measured)
    scene.link(scene.printed)
    scene.conclude()
    assert not scene.found(CODE)


def test_what_goes_back_to_one_origin_is_one_source(scene: Scene) -> None:
    scene.link(scene.measured)
    scene.link(scene.printed)
    first = _say(scene, scene.measured, "An engineer")
    _say(scene, scene.printed, "The Paper", "repeats", first)
    scene.conclude()
    assert "rests on An engineer alone" in scene.found(CODE)[0].message


def test_two_people_in_one_source_are_two(scene: Scene) -> None:
    scene.link(scene.measured)
    scene.link(scene.unmoved)
    _say(scene, scene.measured, "An engineer")
    _say(scene, scene.unmoved, "A surveyor")
    scene.conclude()
    assert not scene.found(CODE)


def test_a_denial_does_not_go_back_to_what_it_denies(scene: Scene) -> None:
    first = _say(scene, scene.printed, "The council")
    _say(scene, scene.measured, "An engineer", "denies", first)
    _say(scene, scene.unmoved, "A surveyor", "denies", first)
    scene.link(scene.measured, "refutes")
    scene.link(scene.unmoved, "refutes")
    scene.conclude("refuted")
    assert not scene.found(CODE)


def test_agents_that_were_found_to_be_one_are_one_source(scene: Scene) -> None:
    scene.link(scene.measured)
    scene.link(scene.printed)
    scene.conclude()
    paper, engineers = scene.ada.agent("The Paper"), scene.ada.agent("Engineers")
    scene.ada.edit(paper.id, merged_into=engineers.id)
    assert len(scene.found(CODE)) == 1


def test_the_other_side_and_withdrawn_evidence_do_not_count(scene: Scene) -> None:
    scene.link(scene.measured)
    scene.link(scene.printed, "refutes")
    scene.ada.withdraw(scene.link(scene.printed).id, reason="They only repeat it.")
    scene.conclude()
    assert len(scene.found(CODE)) == 1


def test_evidence_that_takes_another_side_only_is_said_so(scene: Scene) -> None:
    scene.link(scene.measured, "qualifies")
    scene.conclude()
    (finding,) = scene.found(CODE)
    assert "rests on no evidence that takes this side" in finding.message
    assert finding.others == ()


def test_without_evidence_and_without_a_side_it_is_not_raised(scene: Scene) -> None:
    scene.conclude("supported")
    scene.conclude("conflicting_evidence", by=scene.ben)
    assert not scene.found(CODE)


def test_a_source_without_a_publisher_stands_for_itself(scene: Scene) -> None:
    for source in scene.ada.sources():
        scene.ada.edit(source.id, publishers=[])
    scene.link(scene.measured)
    scene.conclude()
    assert "rests on “Report” alone" in scene.found(CODE)[0].message
    scene.link(scene.printed)
    assert not scene.found(CODE)
