"""Merging goes through what comes in, never through what is here: nothing asked of the project reads a table to its end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pysqlite3 import dbapi2
from sqlalchemy import Engine, event

import annotator
from annotator.services.sample import build_sample

SMALL = {"annotator", "exchange", "exchange_sender", "scale", "set_aside", "setting", "source", "sqlite_master"}
"""Tables that may be read to their end: they hold people, bundles, scales and sources, not what people judge."""


FEW = ("entity_in_conflict", "revision_withheld", "0:=")
"""Indexes over few rows, and one row of the search index."""


@pytest.fixture
def asked() -> Iterator[set[str]]:
    """Gather what is asked of every file that is opened through the store."""
    statements: set[str] = set()

    def listen(connection: Any, _record: object) -> None:
        connection.set_trace_callback(statements.add)

    event.listen(Engine, "connect", listen)
    yield statements
    event.remove(Engine, "connect", listen)


def _read_to_the_end(path: Path, statements: set[str]) -> dict[str, str]:
    """Return the tables that statements read to their end, each with one of those."""
    found: dict[str, str] = {}
    database = dbapi2.connect(str(path))
    for sql in statements:
        if re.match("SELECT|INSERT|UPDATE|DELETE|WITH", sql):
            for *_, told in database.execute(f"EXPLAIN QUERY PLAN {sql}"):
                if scanned := re.match(rf"SCAN (\w+)\b(?!.* INDEX (?:{'|'.join(FEW)}))", told):
                    found[scanned[1]] = sql
    database.close()
    return found


def test_a_merge_reads_no_table_to_its_end(tmp_path: Path, asked: set[str]) -> None:
    path = build_sample(tmp_path / "sample")
    with annotator.open_project(path, annotator="Ada") as ada:
        start = ada.export("bundle", tmp_path / "start.bundle.zip")
    with annotator.open_bundle(start, tmp_path / "bo.annotator", annotator="Bo") as bo:
        bo.edit(bo.claims()[0].id, text="As Bo has it")
        bo.conclude(bo.claims()[1].id, verdict="refuted", confidence="low", justification="Bo")
        theirs = bo.export("bundle", tmp_path / "bo.bundle.zip")
    with annotator.open_project(path, annotator="Ada") as ada:
        ada.edit(ada.claims()[0].id, text="As Ada has it")
        asked.clear()
        merged = ada.merge(ada.plan_merge(theirs))
    assert merged.changes
    assert merged.conflicts == 1
    found = _read_to_the_end(path, asked)
    assert {table: sql for table, sql in found.items() if table not in SMALL} == {}
