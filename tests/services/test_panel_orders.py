"""Tests of the orders and offers behind the panels: what they give is what all rows, read and sorted here, give."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.domain.rows import SourceRow
from annotator.services.project import Project, open_project


@pytest.fixture
def case(project_path: Path) -> Iterator[Project]:
    """Return a project with sources in every group, some of them with the same text, and claims that are parts of others."""
    with open_project(project_path, annotator="Ada", create=True) as project:
        texts = ("The water held lead.", "Nobody knew it.", "The water held lead.", "Élan of all", "Last words")
        versions = [project.type_source(f"Report {n}", text, person="Harbour Post") for n, text in enumerate(texts)]
        claims = [project.add_claim(f"The water held lead in {year}.") for year in range(2010, 2016)]
        part = project.add_claim("It held lead in May.", parent=claims[1].id, relation="part_of")
        project.add_claim("On a Monday.", parent=part.id, relation="part_of")
        for number, spans in ((0, (0, 3)), (0, (4, 9)), (3, (0, 4))):
            passage = project.highlight(versions[number].id, [spans])
            if spans != (4, 9):
                project.link(passage.id, claims[4 - number].id, stance="supports")
        yield project


def _groups(rows: tuple[SourceRow, ...]) -> list[list[str]]:
    in_work = [row.source.title for row in rows if row.linked < row.passages]
    to_read = [row.source.title for row in rows if not row.passages]
    done = [row.source.title for row in rows if row.passages and row.linked == row.passages]
    return [in_work, to_read, done]


def test_sources_stand_in_their_groups_oldest_first(case: Project) -> None:
    order, rows = case.source_order(), case.source_rows()
    found = case.sources_numbered(order.numbers)
    titles = [found[number].source.title for number in order.numbers]
    assert [titles[order.start(group) : order.ends[group]] for group in range(3)] == _groups(rows)
    twins = {row.source.title for row in rows if row.twins}
    assert {titles[place] for place in order.twins} == twins == {"Report 0", "Report 2"}
    assert order.total == 5


def test_sources_are_narrowed_by_words(case: Project) -> None:
    order = case.source_order("harb rep")
    assert len(order.numbers) == 5
    order = case.source_order("“report 3”")
    assert [row.source.title for row in case.sources_numbered(order.numbers).values()] == ["Report 3"]
    assert order.total == 5
    assert not case.source_order("zebra").numbers


def test_claims_stand_below_what_they_are_part_of(case: Project) -> None:
    order = case.claim_order(tree=True)
    rows = case.claims_numbered(order.numbers)
    texts = [rows[number].claim.text for number in order.numbers]
    assert texts[:4] == [
        "The water held lead in 2010.",
        "The water held lead in 2011.",
        "It held lead in May.",
        "On a Monday.",
    ]
    assert [len(order.lasts(place)) - 1 for place in range(5)] == [0, 0, 1, 2, 0]
    flat = case.claim_order()
    assert [rows[number] for number in flat.numbers] == list(case.claim_rows())
    assert len(case.claim_order("lead may", tree=True).numbers) == 1


def test_claims_are_offered_those_worked_on_last_first(case: Project) -> None:
    by_work = sorted(case.claim_rows(), key=lambda row: row.changed, reverse=True)
    offer = case.claims_offered()
    assert (list(offer.rows), offer.whole) == (by_work, True)
    few = case.claims_offered(limit=2)
    assert (list(few.rows), few.whole) == (by_work[:2], False)
    typed = case.claims_offered("wat lea")
    assert list(typed.rows) == [row for row in by_work if "water" in row.claim.text]
    assert not typed.whole
    assert case.claims_offered("wat lea", limit=2).rows == typed.rows[:2]
    assert set(case.claims_offered("monday").parents.values()) == {"It held lead in May."}
