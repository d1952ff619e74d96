"""Merging bundles: what comes in, what is in conflict, how it is taken back, and what is new."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

import annotator
from annotator.bundle.scope import BundleScope
from annotator.bundle.write import write_bundle
from annotator.domain.change import Draft, Write
from annotator.domain.errors import (
    BundleRefusedError,
    CancelledError,
    MergeLeansError,
    MergeStandsError,
    NotFoundError,
    ProjectExistsError,
    WrongArgumentError,
)
from annotator.domain.ids import EntityId
from annotator.domain.merging import Merged
from annotator.domain.source import Version
from annotator.resources import resource
from annotator.services.project import Project
from annotator.store.backup import backups
from tests.services.conftest import ARTICLE, spans

Open = Callable[[str], Project]


@pytest.fixture
def team(project: Project, version: Version, tmp_path: Path) -> Iterator[Open]:
    """Open copies of a project with a claim and a linkage, each as somebody else; the first one is Ada's own."""
    claim = project.add_claim("The wall was dear.")
    places = spans(project.text(version.id), "An auditor found twice as much")
    project.link_many([{"version": version.id, "fragments": places, "claim": claim.id, "stance": "supports",
                        "verdict": "supported", "confidence": "low"}])  # fmt: skip
    bundle = project.export("bundle", tmp_path / "start.bundle.zip")
    with ExitStack() as stack:
        yield (
            lambda name: (
                project
                if name == "Ada"
                else stack.enter_context(annotator.open_bundle(bundle, tmp_path / f"{name}.annotator", annotator=name))
            )
        )


def give(giver: Project, taker: Project, name: str = "") -> Merged:
    """Send everything that somebody has to somebody else, as a bundle."""
    out = giver.export("bundle", giver.path.with_name(f"{name or giver.name}.bundle.zip"))
    return taker.merge(taker.plan_merge(out))


def test_a_bundle_opens_as_a_project_of_its_own(team: Open) -> None:
    ada, bo = team("Ada"), team("Bo")
    assert bo.state_digest() == ada.state_digest()
    bo.verify()
    assert [each.direction for each in bo.exchanges()] == ["base"]
    bo.add_claim("Another one.")
    assert bo.history(bo.claims()[-1].id)[0].annotator == "Bo"


def test_a_bundle_is_not_opened_over_a_file_and_a_bad_one_leaves_nothing(project: Project, tmp_path: Path) -> None:
    bundle = project.export("bundle", tmp_path / "a.bundle.zip")
    taken = tmp_path / "taken.annotator"
    taken.write_text("mine")
    with pytest.raises(ProjectExistsError):
        annotator.open_bundle(bundle, taken, annotator="Bo")
    assert taken.read_text() == "mine"
    bundle.write_bytes(bundle.read_bytes()[:-100])
    with pytest.raises(BundleRefusedError):
        annotator.open_bundle(bundle, tmp_path / "new.annotator", annotator="Bo")
    assert not list(tmp_path.glob("new.annotator*"))


def test_a_dry_run_counts_and_writes_nothing(team: Open) -> None:
    ada, bo = team("Ada"), team("Bo")
    claim = bo.claims()[0]
    bo.edit(claim.id, text="The wall was very dear.")
    made = bo.add_claim("Nobody was asked.")
    out = bo.export("bundle", bo.path.with_name("bo.bundle.zip"))
    before = ada.path.read_bytes(), ada.state_digest(), ada.changes()
    plan = ada.plan_merge(out)
    plan.close()
    assert (ada.path.read_bytes(), ada.state_digest(), ada.changes()) == before
    tallies = {each.kind: each for each in plan.tallies}
    assert (tallies["claim"].new, tallies["claim"].changed, tallies["claim"].conflicts) == (1, 1, 0)
    assert (tallies["linkage"].new, tallies["linkage"].same) == (0, 1)
    assert plan.people == ("Bo",)
    assert made.id in plan.new
    assert list(plan.changed) == [claim.id]
    assert not plan.conflicts
    assert {each.label for each in plan.examples} >= {"The wall was very dear.", "Nobody was asked."}


def test_a_merge_brings_it_in_as_one_step_and_keeps_the_author(team: Open) -> None:
    ada, bo = team("Ada"), team("Bo")
    before = ada.state_digest()
    made = bo.add_claim("Nobody was asked.")
    merged = give(bo, ada)
    assert merged.new == 2
    assert ada.state_digest() == bo.state_digest()
    assert ada.history(made.id)[0].annotator == "Bo"
    assert merged.backup is not None and backups(ada.path) == [merged.backup]  # noqa: PT018
    ada.verify()
    ada.undo()
    assert ada.state_digest() == before
    ada.verify()
    with pytest.raises(NotFoundError):
        ada.entity(made.id)
    ada.redo()
    assert ada.state_digest() == bo.state_digest()


def test_merging_twice_brings_nothing_and_makes_no_backup(team: Open) -> None:
    ada, bo = team("Ada"), team("Bo")
    bo.add_claim("Nobody was asked.")
    give(bo, ada)
    again = give(bo, ada)
    assert (again.changes, again.backup, len(ada.done)) == (0, None, len(ada.done))
    assert len(backups(ada.path)) == 1


def test_both_change_one_field_and_both_values_stand_until_settled(team: Open) -> None:
    ada, bo = team("Ada"), team("Bo")
    linkage = ada.linkages()[0].id
    ada.edit(linkage, verdict="refuted", confidence="moderate")
    bo.edit(linkage, verdict="not_enough_evidence", confidence="high")
    assert give(bo, ada).conflicts == 2
    confidence, verdict = ada.conflicts()
    assert (confidence.field, verdict.field, verdict.base) == ("confidence", "verdict", "supported")
    ours, theirs = verdict.sides
    assert (ours.value, ours.annotator, ours.theirs) == ("refuted", "Ada", False)
    assert (theirs.value, theirs.annotator, theirs.theirs) == ("not_enough_evidence", "Bo", True)
    disputed = ada.state_digest()
    ada.settle(linkage, "verdict", theirs.value)
    ada.settle(linkage, "confidence", "high")
    assert ada.conflicts() == ()
    settled = ada.entity(linkage)
    assert (settled.verdict, settled.confidence, settled.confidence_percent) == ("not_enough_evidence", "high", 90)  # type: ignore[attr-defined]
    ada.undo()
    ada.undo()
    assert ada.state_digest() == disputed
    assert ada.conflicts() == (confidence, verdict)
    ada.verify()


def test_a_new_value_settles_too_and_is_checked(team: Open) -> None:
    ada, bo = team("Ada"), team("Bo")
    linkage = ada.linkages()[0].id
    ada.edit(linkage, verdict="refuted")
    bo.edit(linkage, verdict="not_enough_evidence")
    give(bo, ada)
    with pytest.raises(WrongArgumentError, match="rationale"):
        ada.settle(linkage, "rationale", "x")
    with pytest.raises(WrongArgumentError, match="verdict"):
        ada.settle(linkage, "verdict", "sort of")
    ada.settle(linkage, "verdict", "conflicting_evidence")
    assert ada.conflicts() == ()
    give(ada, bo)
    assert bo.state_digest() == ada.state_digest()


@pytest.mark.parametrize("deletes", [True, False])
def test_a_deletion_beside_an_edit_is_settled_either_way(team: Open, *, deletes: bool) -> None:
    ada, bo = team("Ada"), team("Bo")
    linkage = ada.linkages()[0].id
    ada.delete(linkage)
    bo.edit(linkage, rationale="It says so twice.")
    assert give(bo, ada).conflicts == 1
    (conflict,) = ada.conflicts()
    assert [(side.value, side.annotator) for side in conflict.sides] == [(True, "Ada"), (False, "Bo")]
    assert [each.id for each in ada.linkages()] == [linkage]
    ada.settle(linkage, "deleted", deletes)
    assert [each.id for each in ada.linkages()] == ([] if deletes else [linkage])
    ada.undo()
    assert ada.conflicts() == (conflict,)


def test_the_same_change_on_both_sides_is_no_conflict(team: Open) -> None:
    ada, bo = team("Ada"), team("Bo")
    linkage = ada.linkages()[0].id
    for each in (ada, bo):
        each.edit(linkage, rationale="It says so.")
    assert give(bo, ada).conflicts == 0


def test_of_three_bundles_the_middle_one_is_taken_back(team: Open) -> None:
    ada, bo, cy, di = map(team, ("Ada", "Bo", "Cy", "Di"))
    claim = ada.claims()[0].id
    for each in (bo, cy, di):
        each.edit(claim, text=f"{each.name} says so.")
        each.add_claim(f"{each.name} adds this.")
    give(bo, ada)
    ada.add_claim("Mine, in between.")
    middle = give(cy, ada)
    give(di, ada)
    assert len(ada.conflicts()[0].sides) == 3
    ada.take_back(middle.number)
    ada.verify()
    texts = {each.text for each in ada.claims()}
    assert texts >= {"Bo adds this.", "Di adds this.", "Mine, in between."}
    assert "Cy adds this." not in texts
    assert [side.annotator for side in ada.conflicts()[0].sides] == ["Bo", "Di"]
    stands = {each.name: each.stands for each in ada.exchanges() if each.direction == "in"}
    assert stands == {"Bo.bundle.zip": True, "Cy.bundle.zip": False, "Di.bundle.zip": True}
    out = ada.export("bundle", ada.path.with_name("rest.bundle.zip"))
    assert annotator.verify_bundle(out).changes == ada.store.read().checkpoint().changes
    ada.bring_back(middle.number)
    assert "Cy adds this." in {each.text for each in ada.claims()}
    ada.take_back(middle.number)
    assert give(cy, ada, "again").changes > 0
    assert "Cy adds this." in {each.text for each in ada.claims()}
    ada.verify()


def test_a_merge_that_was_built_on_is_not_taken_back(team: Open) -> None:
    ada, bo = team("Ada"), team("Bo")
    made = bo.add_claim("Nobody was asked.")
    merged = give(bo, ada)
    before = ada.state_digest()
    ada.conclude(made.id, verdict="refuted", confidence="low")
    with pytest.raises(MergeStandsError, match="Conclude"):
        ada.take_back(merged.number)
    ada.undo()
    ada.undo()
    ada.redo()
    assert ada.state_digest() == before
    ada.redo()
    assert len(ada.conclusions(made.id)) == 1
    ada.verify()


def test_a_passage_on_a_text_that_came_with_a_merge_holds_it(team: Open) -> None:
    """The passage names only the text; without the version nobody could see it."""
    ada, bo = team("Ada"), team("Bo")
    theirs = bo.type_source("A call", "The mayor says that nobody knew.")
    merged = give(bo, ada)
    ada.highlight(theirs.id, [(0, 9)])
    with pytest.raises(MergeStandsError):
        ada.take_back(merged.number)


def test_a_merge_that_builds_on_another_comes_back_after_it(team: Open) -> None:
    ada, bo, cy = map(team, ("Ada", "Bo", "Cy"))
    made = bo.add_claim("Nobody was asked.")
    first = give(bo, ada)
    give(bo, cy)
    cy.edit(made.id, text="Nobody was asked, says Cy.")
    second = give(cy, ada)
    with pytest.raises(MergeStandsError):
        ada.take_back(first.number)
    ada.take_back(second.number)
    ada.take_back(first.number)
    with pytest.raises(MergeLeansError, match=r"Bo\.bundle"):
        ada.bring_back(second.number)
    ada.bring_back(first.number)
    ada.bring_back(second.number)
    assert ada.state_digest() == cy.state_digest()


def test_two_who_imported_the_same_article_meet_on_its_text(project: Project, version: Version, tmp_path: Path) -> None:
    with annotator.open_project(tmp_path / "bo.annotator", annotator="Bo", create=True) as bo:
        theirs = bo.import_source(("wall.txt", ARTICLE.encode()))
        passage = bo.highlight(theirs.id, spans(bo.text(theirs.id), "An auditor"))
        give(bo, project)
    mine = project.highlight(version.id, spans(project.text(version.id), "twice"))
    for each in (version.id, theirs.id):
        assert {found.id for found in project.passages(each)} == {passage.id, mine.id}
    text = project.text(version.id)
    assert text[passage.fragments[0].start : passage.fragments[0].end] == "An auditor"


SCALE = """
[[scale]]
id = "0a3a5a3e-9c1b-4a52-8d1f-0b6a6a2f7a01"
name = "confidence"
label = "Sureness"
levels = [{ id = "0a3a5a3e-9c1b-4a52-8d1f-0b6a6a2f7a02", code = "gut", label = "Gut feeling" }]
"""


def test_a_foreign_scale_is_kept_beside_ours_and_its_values_as_they_are(team: Open, tmp_path: Path) -> None:
    ada = team("Ada")
    head, *blocks = resource("scales", "default.toml").read_text(encoding="utf-8").split("[[scale]]")
    others = [block for block in blocks if '\nname = "confidence"\n' not in block]
    (tmp_path / "bo.toml").write_text("[[scale]]".join([head, *others]) + SCALE, encoding="utf-8")
    path = tmp_path / "bo.annotator"
    with annotator.open_project(path, annotator="Bo", create=True, codebook=tmp_path / "bo.toml") as bo:
        theirs = bo.type_source("A call", "The mayor says that nobody knew.")
        claim = bo.add_claim("Nobody knew.")
        passage = bo.highlight(theirs.id, [(0, 9)])
        linkage = bo.link(passage.id, claim.id, stance="supports", verdict="supported", confidence="gut")
        plan = ada.plan_merge(bo.export("bundle", tmp_path / "bo.bundle.zip"))
        assert plan.scales == ("Sureness: Gut feeling",)
        ada.merge(plan)
        give(ada, bo)
    assert ada.codebook.scale("confidence").label != "Sureness"
    assert ada.entity(linkage.id).confidence == "gut"  # type: ignore[attr-defined]
    with pytest.raises(WrongArgumentError, match="gut"):
        ada.edit(ada.linkages()[0].id, confidence="gut")
    with annotator.open_project(path, annotator="Bo") as bo:
        assert bo.codebook.scale("confidence").label == "Sureness"
        assert bo.state_digest() == ada.state_digest()


def test_what_came_in_is_new_until_it_was_looked_at(team: Open) -> None:
    ada, bo = team("Ada"), team("Bo")
    made = bo.add_claim("Nobody was asked.")
    bo.edit(ada.claims()[0].id, text="The wall was very dear.")
    last = ada.changes()[0].change.id
    give(bo, ada)
    news = {each.label: each for each in ada.news()}
    assert (news["Nobody was asked."].is_new, news["The wall was very dear."].is_new) == (True, False)
    assert {each.entity_id for each in ada.seen_since(last)} == {each.entity_id for each in ada.news()}
    ada.look_at(made.id)
    assert made.id not in {each.entity_id for each in ada.news()}
    assert ada.exchanges()[0].unseen == len(ada.news()) > 0
    ada.look_at()
    assert ada.news() == ()
    bo.edit(made.id, text="Nobody at all was asked.")
    give(bo, ada)
    assert [each.entity_id for each in ada.news()] == [made.id]
    ada.undo()
    assert ada.news() == ()
    ada.verify()


def test_words_that_were_withheld_are_filled_in_when_they_come(team: Open, tmp_path: Path) -> None:
    ada, bo = team("Ada"), team("Bo")
    note = bo.note(ada.claims()[0].id, "Ask the mayor.", private=True)
    give(bo, ada)
    assert ada.notes(ada.claims()[0].id) == ()
    assert list(ada.store.read().all(type(note))) == []
    ada.verify()
    whole = tmp_path / "whole.bundle.zip"
    with bo.store.snapshot() as view:
        write_bundle(view, whole, scope=BundleScope(private=True))
    ada.merge(ada.plan_merge(whole))
    assert [each.text for each in ada.notes(ada.claims()[0].id)] == ["Ask the mayor."]
    ada.verify()


def _make(project: Project, write: Write) -> None:
    project.add_claim("First.")
    draft = Draft(action="add", label="Add", annotator=project.annotator_id, writes=(write,))
    project.store.commit(lambda _: draft)


def test_an_id_of_another_kind_is_refused_and_nothing_changes(team: Open) -> None:
    ada, bo = team("Ada"), team("Bo")
    id_ = EntityId("01999999-9999-7999-8999-999999999999")
    _make(ada, Write(id_, "claim", {"text": "One thing."}))
    _make(bo, Write(id_, "agent", {"name": "Another thing"}))
    out = bo.export("bundle", bo.path.with_name("bo.bundle.zip"))
    before = ada.path.read_bytes(), ada.state_digest()
    with pytest.raises(BundleRefusedError, match="is a agent, and a claim in this project"):
        ada.plan_merge(out)
    assert (ada.path.read_bytes(), ada.state_digest()) == before


def test_a_merge_that_is_stopped_midway_leaves_the_project_as_it_was(team: Open) -> None:
    ada, bo = team("Ada"), team("Bo")
    bo.add_claim("Nobody was asked.")
    out = bo.export("bundle", bo.path.with_name("bo.bundle.zip"))
    before = ada.state_digest(), ada.changes(), ada.exchanges()

    def stop(_done: int, _total: int) -> None:
        raise CancelledError(what="the merge")

    with pytest.raises(CancelledError):
        ada.plan_merge(out, progress=stop)
    with pytest.raises(CancelledError):
        ada.merge(ada.plan_merge(out), progress=stop)
    assert (ada.state_digest(), ada.changes(), ada.exchanges()) == before
    ada.verify()
    assert ada.merge(ada.plan_merge(out)).changes > 0
