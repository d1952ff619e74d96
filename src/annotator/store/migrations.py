"""Brings a project file of an older format up to date: copy, change the copy, check it, rename it over the original.

A kill at any moment leaves the old file or the new one.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path

from pysqlite3 import dbapi2
from sqlalchemy import Connection

from annotator.domain.errors import AlteredError, ProjectNotWritableError
from annotator.store import schema
from annotator.store.connection import connect_to_write
from annotator.store.tables import FORMAT

Step = Callable[[Connection], None]

STEPS: Mapping[int, Step] = {}
"""For each older format the step that leads to the next one."""

_KEPT = ("blob", "change", "entity", "revision")


def migrate(path: Path, steps: Mapping[int, Step] = STEPS, target: int = FORMAT) -> None:
    """Bring the file at ``path`` to the format ``target``; the history must come out of it unchanged.

    Raises ``AlteredError`` when it would not, ``ProjectNotWritableError`` when there is no room; the file is then as before.
    """
    found = schema.check(path)
    if found == target:
        return
    copy = path.with_name(path.name + ".migrating")
    copy.unlink(missing_ok=True)
    try:
        _copy(path, copy)
        before = _history(copy)
        connection = connect_to_write(copy)
        try:
            _apply(connection, found, steps, target)
        finally:
            connection.exec_driver_sql("PRAGMA journal_mode=DELETE")
            connection.close()
        if _history(copy) != before:
            raise AlteredError(path=path, where="the history", problem="bringing it up to date would have changed it")
        _sync(copy)
        copy.replace(path)
    except dbapi2.Error as error:
        raise ProjectNotWritableError(path=path, reason=str(error)) from error
    finally:
        copy.unlink(missing_ok=True)


def _copy(path: Path, copy: Path) -> None:
    source = dbapi2.connect(str(path), isolation_level=None)
    try:
        source.execute("VACUUM INTO ?", (str(copy),))
    finally:
        source.close()
    path.with_name(path.name + "-wal").unlink(missing_ok=True)


def _apply(connection: Connection, found: int, steps: Mapping[int, Step], target: int) -> None:
    connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
    connection.exec_driver_sql("BEGIN IMMEDIATE")
    for format_ in range(found, target):
        steps[format_](connection)
    connection.exec_driver_sql(f"PRAGMA user_version = {target}")
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchone()
    if broken is not None:
        raise AlteredError(path=broken[0], where=f"row {broken[1]}", problem="it would point nowhere")
    connection.exec_driver_sql("COMMIT")


def _history(path: Path) -> list[tuple[object, ...]]:
    connection = dbapi2.connect(str(path), isolation_level=None)
    try:
        counts = [connection.execute(f"SELECT count(*), max(n) FROM {name}").fetchone() for name in _KEPT]
        return [*counts, *connection.execute("SELECT digest FROM change ORDER BY digest")]
    finally:
        connection.close()


def _sync(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())
