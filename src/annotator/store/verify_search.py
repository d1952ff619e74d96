"""Compares the search index with one made anew of the words it should hold.

Every word at every place is compared, the sizes of the rows, and that each row can be taken out again. What SQLite
keeps for itself (how full a segment is, a counter for its cache, how many rows ever went in) changes no answer; of those
only what cannot be is found.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest
from typing import Any

from pysqlite3 import dbapi2

from annotator.domain.errors import AlteredError
from annotator.store.current import CurrentRows
from annotator.store.inspection import Inspection
from annotator.store.search_index import row_number, split_row_number
from annotator.store.tables import SEARCH_DDL

_WHERE = "the search index"
_AVERAGES = 1
_PENDING = 20_000
_COMPARED = 10_000
_SHADOWS = ("data", "idx", "docsize", "config")
_PLACES = "CREATE VIRTUAL TABLE temp.place USING fts5vocab(main, search, instance)"
_SEGMENTS_OF_PAGES = "SELECT DISTINCT id >> 37 & 0xFFFF FROM search_data WHERE id >= 1 << 37"
_ALL_PLACES = "SELECT doc, CAST(term AS BLOB), offset FROM temp.place"


class SearchComparison:
    """Collects the words that should be in the index, then compares."""

    def __init__(self, look: Inspection) -> None:
        self._look = look
        self._expected = _scratch()
        self._pending: list[tuple[int, str]] = []

    def close(self) -> None:
        """Throw the index made anew away."""
        self._expected.close()

    def add(self, entity: int, rows: CurrentRows) -> None:
        """Take in the words of an entity."""
        self._pending += ((row_number(entity, place), words) for place, words in rows.words)
        if len(self._pending) >= _PENDING:
            self._flush()

    def check(self) -> None:
        """Compare the index with the words taken in; raises ``AlteredError``."""
        self._flush()
        self._look.where = _WHERE
        if [*self._look.rows("SELECT k, v FROM search_config")] != [
            *self._expected.execute("SELECT k, v FROM search_config")
        ]:
            raise self._altered("its settings are others")
        self._check_segments()
        self._check_sizes()
        self._check_places()
        self._check_removal()

    def _flush(self) -> None:
        self._expected.executemany("INSERT INTO search(rowid, words) VALUES (?, ?)", self._pending)
        self._pending.clear()

    def _check_segments(self) -> None:
        """The lists of pages and the pages must be of the same segments (the number of one is in the page's)."""
        pages = {segment for (segment,) in self._look.rows(_SEGMENTS_OF_PAGES)}
        lists = {segment for (segment,) in self._look.rows("SELECT DISTINCT segid FROM search_idx")}
        if pages != lists:
            raise self._altered("its pages are not those of its list")

    def _check_sizes(self) -> None:
        sql = "SELECT id, sz FROM search_docsize ORDER BY id"
        rows, words = 0, 0
        for found, expected in zip_longest(self._look.rows(sql), self._expected.execute(sql)):
            if found != expected:
                raise self._altered("another number of words is expected", found, expected)
            rows, words = rows + 1, words + next(_varints(found[1]), 0)
            self._look.advance()
        if rows:
            block = self._look.value("SELECT block FROM search_data WHERE id = ?", _AVERAGES)
            ever = list(_varints(block))
            if len(ever) != 2 or ever[0] < rows or ever[1] < words:
                raise self._altered("its averages cannot be")

    def _check_places(self) -> None:
        found_places, expected_places = _places(self._look.database), _places(self._expected)
        while True:
            found, expected = found_places.fetchmany(_COMPARED), expected_places.fetchmany(_COMPARED)
            if found != expected:
                one, other = next(pair for pair in zip_longest(found, expected) if pair[0] != pair[1])
                raise self._altered("another word is expected", one, other)
            if not found:
                return

    def _check_removal(self) -> None:
        """Take every row out of a copy: nothing may stay behind."""
        copy = _scratch()
        try:
            for name in _SHADOWS:
                rows = self._look.database.execute(f"SELECT * FROM search_{name}")
                marks = ", ".join("?" * len(rows.description))
                copy.execute(f"DELETE FROM search_{name}")
                copy.executemany(f"INSERT INTO search_{name} VALUES ({marks})", rows)
            copy.execute("COMMIT")
            copy.execute("BEGIN")
            ids = self._look.database.execute("SELECT id FROM search_docsize")
            copy.executemany("DELETE FROM search WHERE rowid = ?", ids)
            stayed = _places(copy).fetchone()
        finally:
            copy.close()
        if stayed is not None:
            raise self._altered("its words could not be taken out again", stayed)

    def _altered(self, problem: str, *rows: tuple[Any, ...] | None) -> AlteredError:
        numbers = [row[0] for row in rows if row is not None]
        if not numbers:
            return self._look.altered(_WHERE, problem)
        entity, place = split_row_number(min(numbers))
        return self._look.altered(f"{_WHERE} (field {place} of entity {entity})", problem)


def _scratch() -> Any:
    """Return an empty index in a temporary database that goes when it is closed."""
    scratch = dbapi2.connect("", isolation_level=None, check_same_thread=False)
    scratch.execute("PRAGMA journal_mode=OFF")
    scratch.execute("BEGIN")
    scratch.execute(SEARCH_DDL)
    return scratch


def _places(database: Any) -> Any:
    """Return a cursor over (row, word, place)."""
    database.execute(_PLACES)
    return database.execute(_ALL_PLACES)


def _varints(data: object) -> Iterator[int]:
    """Yield the numbers of a record of SQLite's variable-length integers (of less than nine bytes)."""
    value, open_ = 0, False
    for byte in data if isinstance(data, bytes) else b"":
        value = value << 7 | byte & 0x7F
        open_ = bool(byte & 0x80)
        if not open_:
            yield value
            value = 0
    if open_:
        yield -1
