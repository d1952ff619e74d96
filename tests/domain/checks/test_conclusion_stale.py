"""Conclusions that know less than the project."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from annotator.domain.judgement import Conclusion, Stage
from annotator.services.identity import new_id
from annotator.services.project import open_bundle
from tests.domain.checks.conftest import Scene

CODE = "conclusion-stale"


def test_a_linkage_added_later_is_raised_on_the_conclusion(scene: Scene) -> None:
    scene.link(scene.measured)
    conclusion = scene.conclude()
    added = scene.link(scene.unmoved, by=scene.ben)
    (finding,) = scene.found(CODE)
    assert (finding.entity_id, finding.kind, finding.level) == (conclusion, "conclusion", "warning")
    assert finding.others == (added.id,)
    assert "Since Ada concluded “Supported” on “The wall holds.”, its linkages have changed: 1 added" in finding.message


def test_changed_withdrawn_and_deleted_ones_are_told_apart(scene: Scene) -> None:
    changed, withdrawn, deleted, kept = [scene.link(scene.measured, confidence="low").id for _ in range(4)]
    scene.conclude()
    scene.ada.edit(changed, rationale="On second thoughts.")
    scene.ada.withdraw(withdrawn, reason="Another wall.")
    scene.ada.delete(deleted)
    (finding,) = scene.found(CODE)
    assert "1 changed, 1 withdrawn, 1 gone" in finding.message
    assert finding.others == tuple(sorted((changed, withdrawn, deleted)))
    assert kept not in finding.others


def test_a_linkage_moved_to_another_claim_has_gone(scene: Scene) -> None:
    linkage = scene.link(scene.measured)
    scene.conclude()
    scene.ada.edit(linkage.id, claim_id=scene.second_claim().id)
    assert "1 gone" in scene.found(CODE)[0].message


@pytest.mark.parametrize("stage", ["adjudicated", "published"])
def test_later_stages_go_stale_too(scene: Scene, stage: str) -> None:
    scene.conclude(stage=stage)
    scene.link(scene.measured)
    assert len(scene.found(CODE)) == 1


@pytest.mark.parametrize("stage", ["draft", "withdrawn"])
def test_drafts_and_withdrawn_conclusions_do_not(scene: Scene, stage: str) -> None:
    scene.conclude(stage=stage)
    scene.link(scene.measured)
    assert not scene.found(CODE)


def test_what_was_there_before_or_is_on_another_claim_is_not_raised(scene: Scene) -> None:
    linkage = scene.link(scene.measured, confidence="low")
    scene.ada.edit(linkage.id, confidence="high")
    scene.ada.withdraw(scene.link(scene.unmoved).id, reason="Another wall.")
    scene.conclude()
    scene.ben.link(scene.measured, scene.second_claim().id, stance="supports")
    scene.ada.note(scene.claim, "Ask again.")
    assert not scene.found(CODE)


def test_one_added_and_withdrawn_again_is_not_raised(scene: Scene) -> None:
    scene.conclude()
    scene.ada.withdraw(scene.link(scene.unmoved).id, reason="Another wall.")
    assert not scene.found(CODE)


def test_concluding_again_ends_it(scene: Scene) -> None:
    scene.conclude()
    scene.link(scene.measured)
    scene.conclude("supported", by=scene.ben)
    assert [finding.data["person"] for finding in scene.found(CODE)] == ["Ada"]
    scene.conclude()
    assert not scene.found(CODE)


def test_not_the_order_in_the_file_but_what_was_seen_decides(scene: Scene) -> None:
    """A conclusion that comes in later, from somebody who had not seen the linkage, does not know it."""
    seen = scene.ada.store.read().checkpoint().heads
    scene.link(scene.measured)
    late = Conclusion(
        id=new_id(),
        claim_id=scene.claim,
        annotator_id=scene.ben.annotator_id,
        verdict="supported",
        stage=Stage.SUBMITTED,
        rests_on_changes=seen,
    )
    scene.outside(late)
    assert [finding.entity_id for finding in scene.found(CODE)] == [late.id]


def test_one_that_names_no_changes_is_judged_by_the_linkages_that_it_names(scene: Scene) -> None:
    linkage = scene.link(scene.measured)
    knowing = Conclusion(
        id=new_id(),
        claim_id=scene.claim,
        annotator_id=scene.ben.annotator_id,
        verdict="supported",
        stage=Stage.SUBMITTED,
        linkage_ids=(linkage.id,),
    )
    scene.outside(knowing)
    assert not scene.found(CODE)
    unknowing = replace(knowing, id=new_id(), linkage_ids=())
    scene.outside(unknowing)
    assert [finding.entity_id for finding in scene.found(CODE)] == [unknowing.id]


def test_after_a_merge_each_side_goes_stale_over_what_the_other_added(scene: Scene, tmp_path: Path) -> None:
    scene.ada.export("bundle", tmp_path / "theirs.zip")
    with open_bundle(tmp_path / "theirs.zip", tmp_path / "theirs.annotator", annotator="Cleo") as cleo:
        cleo.link(scene.measured, scene.claim, stance="supports", rationale="It says so.")
        cleo.conclude(scene.claim, verdict="supported", justification="Weighed.", stage="submitted")
        cleo.export("bundle", tmp_path / "back.zip")
    scene.link(scene.unmoved)
    scene.conclude()
    assert not scene.found(CODE)
    scene.ada.merge(scene.ada.plan_merge(tmp_path / "back.zip"))
    assert sorted(str(finding.data["person"]) for finding in scene.found(CODE)) == ["Ada", "Cleo"]
    scene.conclude()
    assert [finding.data["person"] for finding in scene.found(CODE)] == ["Cleo"]
