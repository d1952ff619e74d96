"""Evidence that looks like several sources and goes back to one."""

from __future__ import annotations

from annotator.domain.ids import EntityId
from tests.domain.checks.conftest import Scene

CODE = "common-origin"


def _say(
    scene: Scene, passage: EntityId, agent: str, role: str = "asserts", origin: EntityId | None = None
) -> EntityId:
    return scene.ada.appear(passage, scene.claim, agent=None, agent_name=agent, role=role, derived_from=origin).id


def _chain(scene: Scene) -> None:
    said = _say(scene, scene.measured, "An engineer")
    _say(scene, scene.printed, "The Paper", "repeats", said)


def test_linkages_in_two_sources_with_one_root_are_raised_on_the_claim(scene: Scene) -> None:
    _chain(scene)
    linkages = (scene.link(scene.measured).id, scene.link(scene.printed).id)
    (finding,) = scene.found(CODE)
    assert (finding.entity_id, finding.kind, finding.level) == (scene.claim, "claim", "warning")
    assert finding.others == linkages
    assert "2 linkages for “The wall holds.” go back to An engineer" in finding.message
    assert "“Report” and “Paper”" in finding.message


def test_a_longer_chain_is_followed_to_its_root(scene: Scene) -> None:
    said = _say(scene, scene.measured, "An engineer")
    between = _say(scene, scene.unmoved, "Radio", "repeats", said)
    _say(scene, scene.printed, "The Paper", "repeats", between)
    scene.link(scene.measured)
    scene.link(scene.printed)
    assert len(scene.found(CODE)) == 1


def test_denials_that_go_back_to_one_denial_are_raised_for_the_other_side(scene: Scene) -> None:
    said = _say(scene, scene.measured, "An engineer", "denies")
    _say(scene, scene.printed, "The Paper", "denies", said)
    scene.link(scene.measured, "refutes")
    scene.link(scene.printed, "refutes")
    assert "2 linkages against" in scene.found(CODE)[0].message


def test_opposite_sides_are_not_counted_together(scene: Scene) -> None:
    _chain(scene)
    scene.link(scene.measured)
    scene.link(scene.printed, "refutes")
    assert not scene.found(CODE)


def test_context_is_not_counted_as_a_source(scene: Scene) -> None:
    _chain(scene)
    scene.link(scene.measured, "contextualises")
    scene.link(scene.printed, "contextualises")
    assert not scene.found(CODE)


def test_two_linkages_in_one_source_were_never_two(scene: Scene) -> None:
    said = _say(scene, scene.measured, "An engineer")
    _say(scene, scene.unmoved, "An engineer", "restates", said)
    scene.link(scene.measured)
    scene.link(scene.unmoved)
    scene.link(scene.measured, by=scene.ben)
    assert not scene.found(CODE)


def test_roots_of_their_own_and_unsaid_passages_are_not_raised(scene: Scene) -> None:
    scene.link(scene.measured)
    scene.link(scene.printed)
    assert not scene.found(CODE)
    _say(scene, scene.measured, "An engineer")
    _say(scene, scene.printed, "The Paper")
    assert not scene.found(CODE)


def test_what_was_withdrawn_is_not_counted(scene: Scene) -> None:
    _chain(scene)
    scene.link(scene.measured)
    scene.ada.withdraw(scene.link(scene.printed).id, reason="They only repeat it.")
    assert not scene.found(CODE)


def test_one_publisher_is_no_chain(scene: Scene) -> None:
    for source in scene.ada.sources():
        scene.ada.edit(source.id, publishers=["Engineers"])
    scene.link(scene.measured)
    scene.link(scene.printed)
    assert not scene.found(CODE)


def test_a_circle_of_appearances_is_one_origin_for_what_leads_into_it(scene: Scene) -> None:
    tail = _say(scene, scene.unmoved, "A blog")
    first = _say(scene, scene.measured, "Radio")
    second = _say(scene, scene.printed, "The Paper", origin=first)
    scene.ada.edit(first, derived_from=second)
    scene.ada.edit(tail, derived_from=second)
    linkages = tuple(scene.link(passage).id for passage in (scene.unmoved, scene.measured, scene.printed))
    assert [(finding.data["origin"], finding.others) for finding in scene.found(CODE)] == [("Radio", linkages)]
