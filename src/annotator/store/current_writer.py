"""Writes the rows of entities into the current tables and the search index.

Runs on the store thread inside a transaction that the caller begins and ends.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Table

from annotator.domain.claim import Claim
from annotator.store.current import CurrentRows, rows_from_history
from annotator.store.history import History
from annotator.store.joins import moved
from annotator.store.numbering import Numbering
from annotator.store.projections import PROJECTIONS
from annotator.store.search_index import row_number
from annotator.store.statements import delete_from, insert_into

_ROWS_AT_ONCE = 2_000
_ON_CLAIM = (
    "SELECT n FROM linkage WHERE claim = ?",
    "SELECT n FROM conclusion WHERE claim = ?",
    "SELECT n FROM appearance WHERE claim = ?",
    "SELECT n FROM claim WHERE parent = ?",
)


class CurrentWriter:
    """Drops and adds the rows of entities, some thousand at a time; ``flush`` writes those that wait."""

    def __init__(self, driver: Any, history: History, numbering: Numbering) -> None:
        self._driver = driver
        self._history = history
        self._numbering = numbering
        self.forget()

    def forget(self) -> None:
        """Drop what waits to be written: after a rollback."""
        self._rows: dict[Table, list[tuple[object, ...]]] = {}
        self._words: list[tuple[int, str]] = []
        self._waiting = 0

    def add(self, number: int, kind: str, rows: CurrentRows) -> None:
        """Add the rows of an entity that has none."""
        projection = PROJECTIONS[kind]
        self._know_joins(kind)
        self._rows.setdefault(projection.table, []).append((number, *rows.row))
        if projection.beside is not None:
            beside = self._rows.setdefault(projection.beside, [])
            beside += [(number, other) for other in rows.beside]
        self._words += [(row_number(number, place), words) for place, words in rows.words]
        self._waiting += 1
        if self._waiting >= _ROWS_AT_ONCE:
            self.flush()

    def drop(self, number: int, kind: str) -> None:
        """Delete the rows of an entity."""
        projection = PROJECTIONS[kind]
        self._know_joins(kind)
        self._driver.execute(delete_from(projection.table), (number,))
        if projection.beside is not None:
            self._driver.execute(delete_from(projection.beside), (number,))
        rows = [(row_number(number, place),) for place in range(len(projection.searched))]
        if rows:
            self._driver.executemany("DELETE FROM search WHERE rowid = ?", rows)

    def mark(self, number: int, *, conflicted: bool) -> None:
        """Note whether an entity holds a conflict."""
        self._driver.execute("UPDATE entity SET conflicted = ? WHERE n = ?", (int(conflicted), number))

    def refresh(self, numbers: Iterable[int]) -> None:
        """Make the rows of these entities anew from what stands of their history, and those of what they are joined to."""
        self._refresh(numbers)
        self.rejoin()

    def rejoin(self) -> None:
        """Where claims were joined or parted, let what rests on them name the claim that counts now."""
        self.flush()
        claims, named = moved(self._numbering.joins, self._numbering.joins_anew())
        found = (
            rest
            for number in sorted(named)
            for sql in _ON_CLAIM
            for (rest,) in self._driver.execute(sql, (number,)).fetchall()
        )
        self._refresh(sorted(claims.union(found)))

    def _know_joins(self, kind: str) -> None:
        """See which claims are joined before a row of one changes."""
        if kind == Claim.kind:
            _ = self._numbering.joins

    def _refresh(self, numbers: Iterable[int]) -> None:
        self.flush()
        for number in numbers:
            kind = self._numbering.value("SELECT kind FROM entity WHERE n = ?", number)
            self.drop(number, kind)
            revisions = self._history.revisions_of_number(number)
            state, rows = (
                rows_from_history(revisions, self._numbering, self._numbering.text) if revisions else (None, None)
            )
            if rows is not None:
                self.add(number, kind, rows)
            self.mark(number, conflicted=bool(state and state.conflicts))
        self.flush()

    def flush(self) -> None:
        """Write the rows that wait."""
        for table, found in self._rows.items():
            self._driver.executemany(insert_into(table), found)
        if self._words:
            self._driver.executemany("INSERT INTO search(rowid, words) VALUES (?, ?)", self._words)
        self.forget()
