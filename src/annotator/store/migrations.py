"""Brings a project file of an older format up to date: copy, change the copy, check it, rename it over the original.

A kill at any moment leaves the old file or the new one.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path

from pysqlite3 import dbapi2
from sqlalchemy import Connection
from sqlalchemy.exc import DatabaseError

from annotator.domain.errors import AlteredError, ProjectNotWritableError
from annotator.store import schema
from annotator.store.connection import connect_to_write
from annotator.store.migration_steps import (
    add_anchors_and_marks,
    add_joined_claims,
    add_reviewing_and_exchanging,
    add_senders,
    add_ways_to_what_is_rare,
    add_what_anchors_were_made_for,
)
from annotator.store.tables import FORMAT

Step = Callable[[Connection], None]

STEPS: Mapping[int, Step] = {
    1: add_reviewing_and_exchanging,
    2: add_anchors_and_marks,
    3: add_what_anchors_were_made_for,
    4: add_senders,
    5: add_ways_to_what_is_rare,
    6: add_joined_claims,
}
"""For each older format the step that leads to the next one."""

_KEPT = (
    "SELECT digest, kind, data FROM blob ORDER BY digest, kind",
    "SELECT n, digest, header FROM change ORDER BY n",
    (
        "SELECT e.id, e.kind, c.digest, r.n, r.parents, r.digest, r.body FROM revision r "
        "LEFT JOIN entity e ON e.n = r.entity LEFT JOIN change c ON c.n = r.change ORDER BY r.n"
    ),
    "SELECT key, at, body FROM draft ORDER BY key",
    "SELECT c.digest FROM set_aside s JOIN change c ON c.n = s.change ORDER BY c.digest",
)


def migrate(path: Path, steps: Mapping[int, Step] = STEPS, target: int = FORMAT) -> None:
    """Bring the file at ``path`` to the format ``target``; the history must come out of it unchanged.

    Raises ``AlteredError`` when it would not, ``ProjectNotWritableError`` when there is no room; the file is then as before.
    """
    found = schema.check(path)
    if found == target:
        return
    copy = path.with_name(path.name + ".migrating")
    _unlink(copy)
    try:
        _copy(path, copy)
        before = _history(copy)
        with closing(connect_to_write(copy)) as connection:
            connection.exec_driver_sql("PRAGMA journal_mode=DELETE")
            _apply(connection, path, range(found, target), steps)
        if _history(copy) != before:
            raise AlteredError(path=path, where="the history", problem="bringing it up to date would have changed it")
        _sync(copy)
        copy.replace(path)
    except OSError as error:
        raise ProjectNotWritableError(path=path, reason=error.strerror or str(error)) from error
    except (dbapi2.Error, DatabaseError) as error:
        raise ProjectNotWritableError(path=path, reason=str(getattr(error, "orig", error))) from error
    finally:
        _unlink(copy)


def _copy(path: Path, copy: Path) -> None:
    """Copy the file, and bring what is still in its log into it: a log left behind would be taken for the new file's."""
    with closing(dbapi2.connect(str(path), isolation_level=None, timeout=1)) as source:
        source.execute("VACUUM INTO ?", (str(copy),))
        busy, *_ = source.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    if busy:
        raise ProjectNotWritableError(path=path, reason="another program is reading it")


def _apply(connection: Connection, path: Path, formats: range, steps: Mapping[int, Step]) -> None:
    connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
    connection.exec_driver_sql("BEGIN IMMEDIATE")
    for format_ in formats:
        steps[format_](connection)
    connection.exec_driver_sql(f"PRAGMA user_version = {formats.stop}")
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchone()
    if broken is not None:
        problem = "bringing it up to date would have left it pointing nowhere"
        raise AlteredError(path=path, where=f"row {broken[1]} of the table {broken[0]}", problem=problem)
    connection.exec_driver_sql("COMMIT")


def _history(path: Path) -> str:
    """Return a digest over all that may never change, whatever else a format has."""
    digest = hashlib.sha256()
    with closing(dbapi2.connect(str(path), isolation_level=None)) as connection:
        for sql in _KEPT:
            for row in connection.execute(sql):
                for value in row:
                    data = value if isinstance(value, bytes) else repr(value).encode()
                    digest.update(len(data).to_bytes(8, "big") + data)
    return digest.hexdigest()


def _sync(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _unlink(path: Path) -> None:
    for ending in ("", "-journal", "-wal", "-shm"):
        path.with_name(path.name + ending).unlink(missing_ok=True)
