"""The table of linkages."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.kinds import Linkage
from annotator.exporters.base import ALL, ProjectView, silent
from annotator.exporters.csv import CSV, safe_cell
from tests.exporters.conftest import EVIL, Case

Rows = dict[str, dict[str, str]]


@pytest.fixture
def data(view: ProjectView) -> bytes:
    out = io.BytesIO()
    CSV.write(view, out, ALL, silent)
    return out.getvalue()


@pytest.fixture
def rows(data: bytes) -> Rows:
    table = csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    return {row["linkage_id"]: row for row in table}


def test_spreadsheets_know_the_encoding(data: bytes) -> None:
    assert data.startswith(b"\xef\xbb\xbfclaim,")
    assert b"\r\n" in data


def test_one_row_a_linkage(rows: Rows, view: ProjectView) -> None:
    assert list(rows) == [linkage.id for linkage in view.all(Linkage)]


def test_a_joint_linkage(rows: Rows, case: Case) -> None:
    row = rows[case.joint.id]
    assert row["words"] == f"5 870 bills … {EVIL}\n"
    assert row["page"] == "1\n2"
    assert row["source"] == case.source.title
    assert row["published"] == "2025-05-14"
    assert row["text_sha256"] == case.version.text
    assert (row["stance"], row["verdict"], row["confidence"]) == ("Refutes", "Supported", "High")
    assert row["question"] == EVIL


def test_formulas_are_words(rows: Rows, case: Case) -> None:
    row = rows[case.formula.id]
    assert row["rationale"] == "'@SUM(A1)"
    assert row["claim"] == "'=1+1 is what they rose by"


@given(st.text())
def test_no_cell_begins_like_a_formula(value: str) -> None:
    safe = safe_cell(value)
    assert not safe.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert safe in (value, f"'{value}")
