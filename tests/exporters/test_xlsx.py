"""The workbook, opened again by another library."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

import openpyxl
import pytest

from annotator.domain.kinds import Claim, Conclusion, Linkage
from annotator.exporters.base import ALL, ExportOptions, ProjectView, silent
from annotator.exporters.xlsx import XLSX
from tests.exporters.conftest import Case

Rows = dict[str, dict[str, Any]]


def sheets(view: ProjectView, options: ExportOptions = ALL) -> openpyxl.Workbook:
    out = io.BytesIO()
    XLSX.write(view, out, options, silent)
    return openpyxl.load_workbook(io.BytesIO(out.getvalue()))


@pytest.fixture
def book(view: ProjectView) -> openpyxl.Workbook:
    return sheets(view)


def rows(book: openpyxl.Workbook, name: str, key: str) -> Rows:
    head, *rest = book[name].iter_rows(values_only=True)
    table = [dict(zip(map(str, head), row, strict=True)) for row in rest]
    return {str(row[key]): row for row in table}


def test_two_sheets_with_a_head_that_stays(book: openpyxl.Workbook) -> None:
    assert book.sheetnames == ["Linkages", "Claims"]
    for sheet in book:
        assert sheet.freeze_panes == "B2"
        assert sheet.auto_filter.ref == sheet.dimensions
        assert sheet["A1"].font.bold


def test_a_row_a_linkage_and_a_row_a_conclusion(book: openpyxl.Workbook, view: ProjectView, case: Case) -> None:
    assert list(rows(book, "Linkages", "linkage_id")) == [linkage.id for linkage in view.all(Linkage)]
    claims = rows(book, "Claims", "conclusion_id")
    assert {each.id for each in view.all(Conclusion)} == set(claims) - {"None"}
    assert {row["claim_id"] for row in claims.values()} == {each.id for each in view.all(Claim)}
    concluded = claims[case.conclusion.id]
    assert (concluded["verdict"], concluded["confidence"], concluded["stage"]) == ("Refuted", "High", "draft")
    assert concluded["linkages"] == 3
    assert claims["None"]["part_of"] == case.claim.text.replace("\x01", "")


def test_days_moments_and_numbers_are_such(book: openpyxl.Workbook, case: Case) -> None:
    linkage = rows(book, "Linkages", "linkage_id")[case.joint.id]
    assert linkage["confidence_percent"] == 90
    assert isinstance(linkage["created"], datetime)
    assert linkage["published"] == "2025-05-14\n2025-05-14" or linkage["published"] == datetime(2025, 5, 14)  # noqa: DTZ001
    claim = rows(book, "Claims", "conclusion_id")[case.conclusion.id]
    assert claim["date"] == "2025-03"
    assert claim["as_of"] == "2025-05"


def test_nothing_is_a_formula_or_a_link(book: openpyxl.Workbook, case: Case) -> None:
    row = rows(book, "Linkages", "linkage_id")[case.formula.id]
    assert (row["rationale"], row["claim"]) == ("'@SUM(A1)", "'=1+1 is what they rose by")
    for sheet in book:
        cells = [cell for line in sheet.iter_rows() for cell in line]
        assert {cell.data_type for cell in cells} <= {"s", "n", "d", "inlineStr"}
        assert not any(cell.hyperlink for cell in cells)


def test_one_claim(view: ProjectView, case: Case) -> None:
    book = sheets(view, ExportOptions(claims=(case.part.id,)))
    assert list(rows(book, "Linkages", "linkage_id")) == [case.formula.id]
    assert list(rows(book, "Claims", "claim_id")) == [case.part.id]
