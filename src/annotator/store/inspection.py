"""The ground of ``verify``: a view that cannot write, how far it has come, and the words for what it finds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

from pysqlite3 import dbapi2

from annotator.domain.errors import AlteredError, ProjectNotWritableError

Progress = Callable[[int, int], None]
"""Told how many rows of how many have been looked at; what it raises ends the work."""

_STEP = 500


class Inspection:
    """One look at one project file. All that it reads is of the same moment.

    ``where`` is what is being looked at, for faults that SQLite finds by itself: words, or what has them.
    """

    def __init__(self, path: Path, progress: Progress | None) -> None:
        self.path = path
        self.where: object = "the file"
        self.withheld = 0
        self._progress = progress
        self._done, self._total = 0, 0
        self.database = open_to_look(path)

    def close(self) -> None:
        """Let go of the file."""
        self.database.close()

    def begin(self) -> None:
        """Hold on to the state of this moment, and see how much there is to do."""
        self.database.execute("BEGIN")
        for table in ("blob", "change", "revision", "revision", "search_docsize"):
            self._total += self.count(table)

    def count(self, table: str) -> int:
        """Return how many rows a table has."""
        return int(self.database.execute(f"SELECT count(*) FROM {table}").fetchone()[0])

    def rows(self, sql: str, *parameters: object) -> Iterator[Any]:
        """Return the rows of a query, read one by one."""
        rows: Iterator[Any] = self.database.execute(sql, parameters)
        return rows

    def value(self, sql: str, *parameters: object) -> Any:
        """Return the first column of a query's first row, None when there is none."""
        row = self.database.execute(sql, parameters).fetchone()
        return row[0] if row else None

    def advance(self) -> None:
        """Count one more row as looked at."""
        self._done += 1
        if self._progress is not None and self._done % _STEP == 0:
            self._progress(self._done, max(self._total, self._done))

    def altered(self, where: object, problem: str) -> AlteredError:
        """Return the error that names what was altered."""
        return AlteredError(path=self.path, where=str(where), problem=problem)

    def from_sqlite(self, error: Exception) -> Exception:
        """Return what a fault found by SQLite or by a reader of stored values means, at the place that is looked at."""
        if getattr(error, "sqlite_errorname", "").startswith(("SQLITE_FULL", "SQLITE_BUSY", "SQLITE_CANTOPEN")):
            return ProjectNotWritableError(path=self.path, reason=str(error))
        where = "the search index" if "fts5" in str(error).lower() else self.where
        return self.altered(where, f"it cannot be read ({error})")


def open_to_look(path: Path) -> Any:
    """Return a bare connection that reads. One that nobody has open is opened as immutable: nothing is left beside it."""
    in_use = path.with_name(path.name + "-wal").exists()
    mode = "mode=ro" if in_use else "immutable=1"
    database = dbapi2.connect(
        f"file:{quote(str(path))}?{mode}", uri=True, isolation_level=None, timeout=30, check_same_thread=False
    )
    database.text_factory = _text
    return database


def _text(data: bytes) -> str:
    return data.decode(errors="surrogateescape")
