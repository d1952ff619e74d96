"""Merging where it is easily got wrong: taken back and merged again, undone in between, withheld, and made by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

import annotator
from annotator.bundle.scope import BundleScope
from annotator.bundle.write import write_bundle
from annotator.domain.change import DELETED, Draft, Write
from annotator.domain.errors import (
    BundleRefusedError,
    MergeStandsError,
    NotFoundError,
    NothingToUndoError,
    WrongArgumentError,
)
from annotator.domain.ids import EntityId
from annotator.domain.passage import Passage, fragments_of
from annotator.services.base import created
from annotator.services.project import Project
from tests.services.replicas import check_closed
from tests.services.test_merging import Open, give, team

__all__ = ["team"]


def _is_sound(project: Project) -> None:
    """Everything can be listed, verified, and given away."""
    check_closed(project)
    project.verify()
    project.claims()
    project.linkage_rows()
    project.conflicts()
    out = project.export("bundle", project.path.with_name("sound.bundle.zip"))
    annotator.verify_bundle(out)


def test_after_taking_back_and_merging_again_work_builds_on_the_merge_anew(team: Open) -> None:
    ada, bo = team("Ada"), team("Bo")
    claim = ada.claims()[0].id
    bo.edit(claim, text="The wall was very dear.")
    first = give(bo, ada)
    ada.edit(claim, text="The wall was far too dear.")
    ada.undo()
    ada.take_back(first.number)
    second = give(bo, ada, "again")
    ada.edit(claim, text="The wall was too dear.")
    with pytest.raises(MergeStandsError):
        ada.take_back(second.number)
    _is_sound(ada)


def test_own_work_that_was_undone_comes_back_only_with_all_that_it_builds_on(team: Open) -> None:
    ada, bo, cy = map(team, ("Ada", "Bo", "Cy"))
    one, two = bo.add_claim("One."), cy.add_claim("Two.")
    first, second = give(bo, ada), give(cy, ada)
    ada.edit(one.id, parent=two.id, relation="part_of")
    ada.undo()
    ada.take_back(first.number)
    ada.take_back(second.number)
    ada.bring_back(second.number)
    _is_sound(ada)
    assert {claim.text for claim in ada.claims()} == {"The wall was dear.", "Two."}
    ada.bring_back(first.number)
    _is_sound(ada)


def test_a_colleagues_work_never_goes_aside_with_another_merge(team: Open) -> None:
    ada, bo, cy = map(team, ("Ada", "Bo", "Cy"))
    made = bo.add_claim("One.")
    first = give(bo, ada)
    give(bo, cy)
    cy.edit(made.id, text="One, says Cy.")
    cy.undo()
    give(cy, ada)
    with pytest.raises(MergeStandsError):
        ada.take_back(first.number)
    assert all(each.stands for each in ada.exchanges())


def test_what_went_aside_is_no_longer_to_be_redone(team: Open) -> None:
    ada, bo = team("Ada"), team("Bo")
    made = bo.add_claim("One.")
    merged = give(bo, ada)
    ada.edit(made.id, text="One, better.")
    ada.undo()
    ada.take_back(merged.number)
    with pytest.raises(NothingToUndoError):
        ada.redo()
    _is_sound(ada)


def test_words_that_come_later_are_a_merge_with_a_backup(team: Open, tmp_path: Path) -> None:
    ada, bo = team("Ada"), team("Bo")
    note = bo.note(ada.claims()[0].id, "Ask the mayor.", private=True)
    give(bo, ada)
    assert ada.state_digest() == bo.state_digest(), "private notes are nobody else's"
    assert note.id not in {each.entity_id for each in ada.news()}
    whole = tmp_path / "whole.bundle.zip"
    with bo.store.snapshot() as view:
        write_bundle(view, whole, scope=BundleScope(private=True))
    told: list[object] = []
    ada.on_change.append(told.append)
    plan = ada.plan_merge(whole)
    assert (plan.changes, plan.brings, list(plan.new)) == (0, True, [note.id])
    assert ada.merge(plan).backup is not None
    assert told == [None]


def test_a_plan_is_merged_once(team: Open) -> None:
    ada, bo = team("Ada"), team("Bo")
    bo.add_claim("One.")
    plan = ada.plan_merge(bo.export("bundle", bo.path.with_name("bo.bundle.zip")))
    ada.merge(plan)
    with pytest.raises(WrongArgumentError, match="merged or closed"):
        ada.merge(plan)


def test_a_deletion_undone_on_one_side_and_kept_on_the_other_is_no_conflict(team: Open) -> None:
    ada, bo = team("Ada"), team("Bo")
    linkage = ada.linkages()[0].id
    ada.delete(linkage)
    bo.edit(linkage, rationale="Still.")
    give(bo, ada)
    give(ada, bo)
    bo.settle(linkage, "deleted", value=False)
    ada.settle(linkage, "deleted", value=False)
    give(bo, ada)
    assert ada.conflicts() == ()


def test_conflicts_of_what_is_deleted_are_not_listed_and_come_back_with_it(team: Open) -> None:
    ada, bo = team("Ada"), team("Bo")
    linkage = ada.linkages()[0].id
    ada.edit(linkage, rationale="So.")
    bo.edit(linkage, rationale="Thus.")
    give(bo, ada)
    ada.delete(linkage)
    assert (ada.conflicts(), ada.conflict_count()) == ((), 0)
    ada.undo()
    assert [each.field for each in ada.conflicts()] == ["rationale"]
    assert ada.conflict_count() == 1


def test_a_deletion_that_comes_in_says_so(team: Open) -> None:
    ada, bo = team("Ada"), team("Bo")
    linkage = ada.linkages()[0].id
    bo.delete(linkage)
    plan = ada.plan_merge(bo.export("bundle", bo.path.with_name("bo.bundle.zip")))
    assert [(each.kind, each.changed, each.deleted) for each in plan.tallies if each.deleted] == [("linkage", 1, 1)]
    example = next(each for each in plan.examples if each.is_deleted)
    assert "The wall was dear." in example.label
    ada.merge(plan)
    assert [(each.entity_id, each.is_deleted) for each in ada.news()] == [(linkage, True)]


def test_a_project_is_no_bundle_and_is_told_so(team: Open, tmp_path: Path) -> None:
    ada, bo = team("Ada"), team("Bo")
    with pytest.raises(BundleRefusedError, match="is a project; export a bundle"):
        ada.plan_merge(bo.path)
    with pytest.raises(BundleRefusedError, match="is a project"):
        annotator.open_bundle(bo.path, tmp_path / "new.annotator", annotator="Cy")


def test_a_claim_is_no_part_of_itself(team: Open) -> None:
    ada = team("Ada")
    claim = ada.claims()[0].id
    with pytest.raises(WrongArgumentError, match="parent"):
        ada.edit(claim, parent=claim)


def test_what_is_not_here_cannot_be_looked_at(team: Open) -> None:
    with pytest.raises(NotFoundError):
        team("Ada").look_at(EntityId("01999999-9999-7999-8999-999999999999"))


def test_what_fits_alone_and_not_with_ours_is_refused(team: Open) -> None:
    """A deletion that also empties a field beside our edit: the edit keeps the linkage alive, without its stance."""
    ada, bo = team("Ada"), team("Bo")
    linkage = ada.linkages()[0].id
    ada.edit(linkage, rationale="It says so.")
    write = Write(linkage, "linkage", {DELETED: True, "stance": None})
    bo.add_claim("First.")
    bo.store.commit(lambda _: Draft(action="x", label="X", annotator=bo.annotator_id, writes=(write,)))
    before = ada.state_digest(), ada.path.read_bytes()
    with pytest.raises(BundleRefusedError):
        ada.plan_merge(bo.export("bundle", bo.path.with_name("bo.bundle.zip")))
    assert (ada.state_digest(), ada.path.read_bytes()) == before


@pytest.mark.parametrize("words", ["\x1b[31mred\x1b[0m", "two\nlines", "left\u202eright"])
def test_the_command_line_prints_no_steering_characters(
    team: Open, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    from annotator.cli import run

    ada = team("Ada")
    ada.agent(words)
    ada.note(ada.claims()[0].id, words)
    ada.edit(ada.linkages()[0].id, rationale=words)
    ada.close()
    capsys.readouterr()
    assert run(["search", str(ada.path), words.strip()]) == 0
    run(["list", str(ada.path), "linkages"])
    printed = capsys.readouterr().out
    assert not {"\x1b", "\u202e"} & set(printed)


def test_a_fixed_field_made_otherwise_under_the_same_id_is_refused(team: Open) -> None:
    ada, bo = team("Ada"), team("Bo")
    ours = ada.highlight(ada.versions(ada.sources()[0].id)[0].id, [(0, 3)])
    text = bo.type_source("A call", "The mayor says that nobody knew.").text
    made = Passage(id=ours.id, text=text, fragments=fragments_of(bo.store.read().text(text), [(0, 3)]))
    bo.store.commit(lambda _: Draft(action="x", label="X", annotator=bo.annotator_id, writes=(created(made),)))
    before = ada.state_digest(), ada.path.read_bytes()
    with pytest.raises(BundleRefusedError, match="“text” never changes"):
        ada.plan_merge(bo.export("bundle", bo.path.with_name("bo.bundle.zip")))
    assert (ada.state_digest(), ada.path.read_bytes()) == before


def test_own_work_that_was_undone_comes_back_too_when_the_bundle_is_merged_again(team: Open) -> None:
    ada, bo = team("Ada"), team("Bo")
    claim = ada.claims()[0].id
    ada.edit(claim, text="The wall was cheap.")
    bo.edit(claim, text="The wall was very dear.")
    merged = give(bo, ada)
    disputed = ada.state_digest(), ada.store.read().checkpoint().changes
    ada.settle(claim, "text", "The wall was very dear.")
    ada.undo()
    ada.take_back(merged.number)
    give(bo, ada, "again")
    assert (ada.state_digest(), ada.store.read().checkpoint().changes) == (disputed[0], disputed[1] + 2)
    _is_sound(ada)
