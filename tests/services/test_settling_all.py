"""Settling conflicts all alike: a side, a filter, a count before, one step, and nothing lost that is not meant."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

import annotator
from annotator.domain.conflict import ConflictFilter
from annotator.domain.errors import WrongArgumentError
from annotator.services.project import Project
from tests.services.scopes import Case, make_case


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    """Return the case with three fields in conflict on two claims and a linkage, one of them a deletion beside an edit."""
    made = make_case(tmp_path)
    with ExitStack() as stack:
        ada = stack.enter_context(made.ada)
        bo = stack.enter_context(made.bo)
        bo.merge(bo.plan_merge(ada.export("bundle", tmp_path / "ada.bundle.zip")))
        for project, word in ((ada, "Ada"), (bo, "Bo")):
            project.edit(made.wall.id, text=f"The wall, as {word} has it.")
            project.edit(made.mill.id, location=word)
        ada.edit(made.ada_linkage.id, rationale="As Ada reads it.")
        bo.delete(made.ada_linkage.id)
        ada.merge(ada.plan_merge(bo.export("bundle", tmp_path / "bo.bundle.zip")))
        assert ada.conflict_count() == 3
        yield made


def test_theirs_for_all_is_one_step_that_undo_takes_back(case: Case) -> None:
    before = case.ada.state_digest()
    found = case.ada.settle_all("theirs", dry_run=True)
    assert (len(found.settled), found.left, case.ada.state_digest()) == (3, (), before)
    assert case.ada.settle_all("theirs") == found
    assert case.ada.conflicts() == ()
    assert case.ada.entity(case.wall.id).text == "The wall, as Bo has it."  # type: ignore[attr-defined]
    assert case.ada_linkage.id not in {each.id for each in case.ada.linkages()}
    assert case.ada.changes()[0].change.header.action == "settle_all"
    case.ada.undo()
    assert (case.ada.conflict_count(), case.ada.state_digest()) == (3, before)
    case.ada.verify()


def test_ours_for_those_that_are_meant(case: Case) -> None:
    ada, bo = case.ada, case.bo.annotator_id
    assert len(ada.settle_all("ours", ConflictFilter(kind="linkage")).settled) == 1
    assert case.ada_linkage.id in {each.id for each in ada.linkages()}
    assert len(ada.settle_all("ours", ConflictFilter(field="text"), dry_run=True).settled) == 1
    assert len(ada.settle_all("ours", ConflictFilter(annotator=bo), dry_run=True).settled) == 2
    assert len(ada.settle_all("ours", ConflictFilter(annotator="Nobody"), dry_run=True).settled) == 0
    assert len(ada.settle_all("ours", ConflictFilter(claim=case.wall.id)).settled) == 1
    (left,) = ada.conflicts()
    assert (left.entity_id, left.field) == (case.mill.id, "location")
    assert ada.entity(case.wall.id).text == "The wall, as Ada has it."  # type: ignore[attr-defined]


def test_where_one_side_has_several_values_all_stay(case: Case, tmp_path: Path) -> None:
    start = tmp_path / "start.bundle.zip"
    with annotator.open_bundle(start, tmp_path / "cy.annotator", annotator="Cy Cole") as cy:
        cy.edit(case.wall.id, text="The wall, as Cy has it.")
        case.ada.merge(case.ada.plan_merge(cy.export("bundle", tmp_path / "cy.bundle.zip")))
    found = case.ada.settle_all("theirs")
    assert [each.entity_id for each in found.left] == [case.wall.id]
    (standing,) = case.ada.conflicts()
    assert {side.annotator for side in standing.sides} == {"Ada Lovelace", "Bo Berg", "Cy Cole"}


def test_nothing_meant_is_no_step(case: Case) -> None:
    steps = len(case.ada.done)
    assert case.ada.settle_all("ours", ConflictFilter(kind="note")).settled == ()
    assert len(case.ada.done) == steps


def test_a_side_that_is_none(case: Case) -> None:
    with pytest.raises(WrongArgumentError, match="ours, theirs"):
        case.ada.settle_all("newest")


def test_what_was_settled_travels(case: Case, tmp_path: Path) -> None:
    case.ada.settle_all("ours")
    other: Project = case.bo
    other.merge(other.plan_merge(case.ada.export("bundle", tmp_path / "settled.bundle.zip")))
    assert other.conflicts() == ()
    assert other.state_digest() == case.ada.state_digest()
