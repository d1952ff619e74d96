"""Claims that a person says to be one count as one wherever they are listed, checked or published, until that is undone."""

from __future__ import annotations

import csv
import json
import random
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from annotator.domain.claim import Claim
from annotator.domain.errors import AnnotatorError, NotFoundError, WrongArgumentError
from annotator.domain.ids import EntityId
from annotator.domain.listing import LinkageLine
from annotator.services.exchanging import BundleScope, repair
from annotator.services.project import Project, open_project
from tests.store.rich import raw

TEXT = b"Everybody says that the wall held all night. Nobody says that it fell.\n"
HELD, FELL = (25, 44), (63, 70)


def _linked(project: Project, claim: Claim, where: tuple[int, int], stance: str = "supports") -> EntityId:
    version = project.import_source(("wall.txt", TEXT))
    passage = project.highlight(version.id, [where])
    verdict = "supported" if stance == "supports" else "refuted"
    return project.link(
        passage.id, claim.id, stance=stance, verdict=verdict, confidence="low", rationale="so it says"
    ).id


@contextmanager
def _two_teams(tmp_path: Path) -> Iterator[tuple[Project, Project, Claim, Claim]]:
    """Ada and Bob have each entered the same claim, and Ada has got what Bob did."""
    with open_project(tmp_path / "ada", annotator="Ada", create=True) as ada:
        ours = ada.add_claim("The wall held all night.", claimants=["The mayor"])
        _linked(ada, ours, HELD)
        ada.conclude(ours.id, verdict="supported", confidence="low", justification="It says so.", stage="submitted")
        with open_project(tmp_path / "bob", annotator="Bob", create=True) as bob:
            theirs = bob.add_claim("the wall held all the night", claimants=["The engineer"])
            _linked(bob, theirs, FELL, "refutes")
            bob.conclude(
                theirs.id, verdict="refuted", confidence="high", justification="Not at all.", stage="submitted"
            )
            bob.note(theirs.id, "Ask the harbour master.")
            part = bob.add_claim("The north wall held.", parent=theirs.id, relation="part_of")
            assert part.parent == theirs.id
            _give(bob, ada, tmp_path)
            yield ada, bob, ours, theirs


def _give(giver: Project, taker: Project, tmp_path: Path) -> None:
    path = tmp_path / f"from {giver.name}.zip"
    giver.export("bundle", path)
    taker.merge(taker.plan_merge(path))


def _verdicts(project: Project, claim: EntityId) -> set[str]:
    return {each.verdict for each in project.conclusions(claim)}


def test_after_a_merge_they_are_suggested_and_nothing_is_joined_by_it(tmp_path: Path) -> None:
    with _two_teams(tmp_path) as (ada, _, ours, theirs):
        (pair,) = ada.same_claims()
        assert ({pair.one.id, pair.other.id}, pair.why) == ({ours.id, theirs.id}, "little words")
        assert all(claim.merged_into is None for claim in ada.claims())
        assert ada.same_claims_that_came() == (pair,)
        one, other = ada.add_claim("Rents rose."), ada.add_claim("rents rose")
        assert len(ada.same_claims()) == 2
        assert ada.same_claims_that_came() == (pair,), "those that nobody brought are not news"
        assert one.id != other.id


def test_all_that_rests_on_either_counts_for_one_and_undo_takes_it_back(tmp_path: Path) -> None:
    with _two_teams(tmp_path) as (ada, _, ours, theirs):
        before = ada.state_digest()
        ada.join_claims(ours.id, theirs.id)
        assert ada.same_claims() == ()
        (row, part) = ada.claim_rows()
        assert (row.claim.id, dict(row.stances), row.also) == (
            ours.id, {"refutes": 1, "supports": 1}, ("the wall held all the night",),
        )  # fmt: skip
        assert part.parent == ours.id
        assert _verdicts(ada, ours.id) == _verdicts(ada, theirs.id) == {"supported", "refuted"}
        assert {row.claim_id for row in ada.linkage_rows(claim=ours.id)} == {ours.id}
        assert {linkage.claim_id for linkage in ada.linkages(ours.id)} == {ours.id, theirs.id}, "nothing is rewritten"
        assert [note.text for note in ada.notes(ours.id)] == ["Ask the harbour master."]
        lines = [line for line in ada.rows("linkages") if isinstance(line, LinkageLine)]
        assert [line.claim_id for line in lines] == [ours.id, ours.id]
        assert {line.id for line in ada.rows("claims")} == {ours.id, part.claim.id}
        assert {line.id for line in ada.rows("claims", words='"all the night"')} == {ours.id}
        assert (ada.how_many("claims"), ada.counts().claims, ada.counts().open_claims) == (2, 2, 1)
        assert ada.to_do().open_claims == (part.claim.id,)
        assert len(ada.claim_order(tree=True).numbers) == 2
        assert {row.claim.id for row in ada.claims_offered("wall").rows} == {ours.id, part.claim.id}
        assert ada.row_number(theirs.id) == ada.row_number(ours.id)
        assert [row.claim.id for row in ada.claim_rows_of([theirs.id])] == [ours.id]
        bearing = ada.claim_bearing(theirs.id)
        assert (bearing.linkages, bearing.notes, bearing.parts, bearing.maker) == (2, 1, 1, "Ada")
        assert (set(bearing.claimants), len(bearing.joined)) == ({"The mayor", "The engineer"}, 1)
        ada.verify()
        ada.undo()
        assert ada.state_digest() == before
        assert [dict(row.stances) for row in ada.claim_rows()] == [{"supports": 1}, {"refutes": 1}, {}]
        ada.verify()
        ada.redo()
        assert len(ada.claim_rows()) == 2


def test_what_the_other_team_adds_later_counts_as_well(tmp_path: Path) -> None:
    with _two_teams(tmp_path) as (ada, bob, ours, theirs):
        ada.join_claims(ours.id, theirs.id)
        _linked(bob, theirs, HELD)
        _give(bob, ada, tmp_path)
        assert dict(ada.claim_rows()[0].stances) == {"refutes": 1, "supports": 1}, "the same words were marked before"
        assert len(ada.linkages(ours.id)) == 3
        _give(ada, bob, tmp_path)
        assert bob.state_digest() == ada.state_digest()
        assert len(bob.linkages(ours.id)) == 3
        bob.verify()
        ada.verify()


def test_a_merge_that_is_undone_takes_the_joining_along(tmp_path: Path) -> None:
    with _two_teams(tmp_path) as (ada, bob, ours, theirs):
        ada.join_claims(ours.id, theirs.id)
        _give(ada, bob, tmp_path)
        assert len(bob.claim_rows()) == 2
        bob.undo()
        assert {row.claim.id for row in bob.claim_rows()} == {theirs.id, *(c.id for c in bob.claims() if c.parent)}
        bob.verify()
        bob.redo()
        assert len(bob.linkages(theirs.id)) == 2
        bob.verify()


def test_two_teams_that_join_each_the_other_way_lose_no_claim(tmp_path: Path) -> None:
    with _two_teams(tmp_path) as (ada, bob, ours, theirs):
        _give(ada, bob, tmp_path)
        ada.join_claims(ours.id, theirs.id)
        bob.join_claims(theirs.id, ours.id)
        _give(bob, ada, tmp_path)
        _give(ada, bob, tmp_path)
        for project in (ada, bob):
            assert project.standing_claim(theirs.id) == min(ours.id, theirs.id)
            assert len(project.linkages(ours.id)) == len(project.linkages(theirs.id)) == 2
            assert project.conflicts() == ()
            project.verify()
        ada.part_claims(ours.id, theirs.id)
        assert len(ada.claim_rows()) == 3
        assert ada.same_claims() == ()
        ada.verify()


def test_three_that_are_one_and_refused_nonsense(project: Project) -> None:
    one, two, three = (project.add_claim(f"Rents rose{sign}") for sign in ".!?")
    for claim, where in ((one, HELD), (three, FELL)):
        _linked(project, claim, where)
    project.join_claims(two.id, three.id)
    project.join_claims(one.id, three.id)
    assert [(row.claim.id, len(row.also)) for row in project.claim_rows()] == [(one.id, 2)]
    assert len(project.linkages(two.id)) == 2
    with pytest.raises(WrongArgumentError, match="one already"):
        project.join_claims(three.id, one.id)
    with pytest.raises(WrongArgumentError, match="same claim"):
        project.part_claims(one.id, one.id)
    with pytest.raises(NotFoundError):
        project.join_claims(one.id, EntityId("nothing"))
    with pytest.raises(WrongArgumentError, match="joined to “Rents rose"):
        project.delete(three.id)
    project.part_claims(one.id, three.id)
    assert {row.claim.id: len(row.also) for row in project.claim_rows()} == {one.id: 1, three.id: 0}
    project.verify()


def test_parted_claims_are_not_suggested_again_until_a_person_thinks_again(project: Project) -> None:
    one, other = project.add_claim("Rents rose."), project.add_claim("rents rose")
    project.part_claims(one.id, other.id)
    assert project.same_claims() == ()
    project.undo()
    assert len(project.same_claims()) == 1
    project.redo()
    project.join_claims(other.id, one.id)
    assert [row.claim.id for row in project.claim_rows()] == [other.id]


def test_a_person_s_conclusions_on_both_stay_and_the_newer_one_is_changed_where_it_is(project: Project) -> None:
    one, other = project.add_claim("Rents rose."), project.add_claim("rents rose")
    project.conclude(one.id, verdict="supported", confidence="low", justification="first")
    project.conclude(other.id, verdict="refuted", confidence="low", justification="second")
    project.join_claims(one.id, other.id)
    project.conclude(one.id, verdict="not_enough_evidence", confidence="low", justification="third")
    found = {each.claim_id: each.justification for each in project.conclusions(one.id)}
    assert found == {one.id: "first", other.id: "third"}


def test_deleting_the_one_deletes_what_was_joined_and_undo_brings_all_back(project: Project) -> None:
    one, other = project.add_claim("Rents rose."), project.add_claim("rents rose")
    _linked(project, other, HELD)
    project.join_claims(one.id, other.id)
    before = project.state_digest()
    project.delete(one.id)
    assert (project.claims(), project.linkages()) == ((), ())
    project.verify()
    project.undo()
    assert project.state_digest() == before
    assert len(project.linkages(one.id)) == 1
    project.verify()


def test_where_the_other_team_deletes_the_one_the_joined_claim_stands_again(tmp_path: Path) -> None:
    with _two_teams(tmp_path) as (ada, bob, ours, theirs):
        _give(ada, bob, tmp_path)
        ada.join_claims(ours.id, theirs.id)
        bob.delete(ours.id)
        _give(bob, ada, tmp_path)
        assert theirs.id in {row.claim.id for row in ada.claim_rows()}
        assert len(ada.linkages(theirs.id)) == 1
        ada.verify()


def test_checks_and_the_review_queue_see_one_claim(tmp_path: Path) -> None:
    with _two_teams(tmp_path) as (ada, _, ours, theirs):
        assert "disagreement" not in {finding.code for finding in ada.findings()}
        ada.join_claims(ours.id, theirs.id)
        (finding,) = [finding for finding in ada.findings() if finding.code == "disagreement"]
        assert finding.claim_id == ours.id
        assert {item.claim_id for item in ada.review_queue()} == {ours.id}
        assert ada.agreement().n == 1


def test_what_is_published_tells_of_one_claim(tmp_path: Path) -> None:
    with _two_teams(tmp_path) as (ada, _, ours, theirs):
        ada.join_claims(ours.id, theirs.id)
        ada.export("claimreview", tmp_path / "reviews.jsonld", claim=theirs.id)
        graph = json.loads((tmp_path / "reviews.jsonld").read_text(encoding="utf-8"))["@graph"]
        reviews = [node for node in graph if node["@type"] == "ClaimReview"]
        assert {node["itemReviewed"]["@id"] for node in reviews} == {f"urn:uuid:{ours.id}"}
        assert {node["claimReviewed"] for node in reviews} == {ours.text}
        assert len(reviews) == 2
        ada.export("csv", tmp_path / "table.csv")
        with (tmp_path / "table.csv").open(encoding="utf-8-sig", newline="") as file:
            assert {row["claim"] for row in csv.DictReader(file)} == {ours.text}
        ada.export("html", tmp_path / "report.html", claim=ours.id)
        page = (tmp_path / "report.html").read_text(encoding="utf-8")
        assert all(words in page for words in ("It says so.", "Not at all.", "the wall held all the night"))


def test_a_bundle_of_one_claim_takes_the_joined_one_along(tmp_path: Path) -> None:
    with _two_teams(tmp_path) as (ada, _, ours, theirs):
        ada.join_claims(ours.id, theirs.id)
        for number, claim in enumerate((ours, theirs)):
            ada.export("bundle", tmp_path / f"{number}.zip", scope=BundleScope(claims=(claim.id,)))
            with open_project(tmp_path / f"eve {number}", annotator="Eve", create=True) as eve:
                eve.merge(eve.plan_merge(tmp_path / f"{number}.zip"))
                assert len(eve.linkages(ours.id)) == 2
                assert _verdicts(eve, ours.id) == {"supported", "refuted"}
                eve.verify()


def test_a_repair_makes_the_same_tables_again(tmp_path: Path) -> None:
    with _two_teams(tmp_path) as (ada, _, ours, theirs):
        ada.join_claims(ours.id, theirs.id)
        path = ada.path
    with raw(path) as database:
        before = (
            database.execute("SELECT n, claim FROM linkage").fetchall(),
            database.execute("SELECT * FROM claim").fetchall(),
        )
        database.execute("UPDATE claim SET stands = NULL")
    assert repair(path) == []
    with raw(path) as database:
        after = (
            database.execute("SELECT n, claim FROM linkage").fetchall(),
            database.execute("SELECT * FROM claim").fetchall(),
        )
    assert after == before
    with open_project(path, annotator="Ada") as ada:
        ada.verify()
        assert len(ada.linkages(theirs.id)) == 2


def test_joined_to_two_different_claims_is_a_conflict_that_a_person_settles(tmp_path: Path) -> None:
    with _two_teams(tmp_path) as (ada, bob, ours, theirs):
        third = bob.add_claim("The wall held.")
        _give(bob, ada, tmp_path)
        _give(ada, bob, tmp_path)
        ada.join_claims(ours.id, theirs.id)
        bob.join_claims(third.id, theirs.id)
        _give(bob, ada, tmp_path)
        (conflict,) = ada.conflicts()
        assert (conflict.field, {side.value for side in conflict.sides}) == ("merged_into", {ours.id, third.id})
        ada.verify()
        ada.settle(theirs.id, "merged_into", third.id)
        assert (ada.standing_claim(theirs.id), len(ada.linkages(third.id)), len(ada.linkages(ours.id))) == (
            third.id,
            1,
            1,
        )
        ada.verify()
        ada.undo()
        assert len(ada.conflicts()) == 1
        ada.verify()


@pytest.mark.parametrize("seed", range(4))
def test_whatever_two_teams_join_part_and_delete_the_tables_are_what_the_history_says(
    tmp_path: Path, seed: int
) -> None:
    """``verify`` makes every row anew; copies that have the same changes see the same claims with the same linkages."""
    dice = random.Random(seed)  # noqa: S311 dice, no secrets
    with open_project(tmp_path / "ada", annotator="Ada", create=True) as ada:
        claims = [ada.add_claim(f"Claim {number}.").id for number in range(5)]
        for claim in claims:
            _linked(ada, ada.entity(claim), HELD)  # type: ignore[arg-type]
        with open_project(tmp_path / "bob", annotator="Bob", create=True) as bob:
            _give(ada, bob, tmp_path)
            for _ in range(12):
                _do_something(dice, dice.choice((ada, bob)), claims)
                if dice.random() < 0.3:
                    giver, taker = dice.sample((ada, bob), 2)
                    _give(giver, taker, tmp_path)
            for giver, taker in ((ada, bob), (bob, ada)):
                _give(giver, taker, tmp_path)
            ada.verify()
            bob.verify()
            assert ada.state_digest() == bob.state_digest()
            assert [(row.claim, row.stances, row.also) for row in ada.claim_rows()] == [
                (row.claim, row.stances, row.also) for row in bob.claim_rows()
            ]
            assert {linkage.id for row in ada.claim_rows() for linkage in ada.linkages(row.claim.id)} == {
                linkage.id for linkage in ada.linkages() if linkage.claim_id in {claim.id for claim in ada.claims()}
            }


def _do_something(dice: random.Random, project: Project, claims: list[EntityId]) -> None:
    one, other = dice.sample(claims, 2)
    deeds = (
        lambda: project.join_claims(one, other),
        lambda: project.join_claims(one, other),
        lambda: project.part_claims(one, other),
        lambda: project.delete(one),
        lambda: project.undo(),
        lambda: project.redo(),
        lambda: project.link(project.linkages()[0].passage_ids[0], one, stance="refutes", verdict="", confidence=""),
    )
    with suppress(AnnotatorError):
        dice.choice(deeds)()
    project.verify()
