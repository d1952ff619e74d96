"""Makes the file of a project, and tells whether a file is one."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from pysqlite3 import dbapi2
from sqlalchemy import Connection
from sqlalchemy.exc import DatabaseError

from annotator.domain.errors import (
    NewerProjectError,
    NotAProjectError,
    ProjectExistsError,
    ProjectMissingError,
    ProjectNotWritableError,
)
from annotator.domain.folding import RULES
from annotator.store.connection import connect_to_write
from annotator.store.local import FOLDING, Local
from annotator.store.tables import APPLICATION_ID, FORMAT, SEARCH_DDL, metadata

_MAGIC = b"SQLite format 3\x00"
_HEADER_BYTES = 100
_USER_VERSION = slice(60, 64)
_APPLICATION = slice(68, 72)


def create(path: Path) -> None:
    """Make the file with all tables; raises ``ProjectExistsError`` or ``ProjectNotWritableError`` and leaves nothing behind."""
    if path.exists():
        raise ProjectExistsError(path=path)
    try:
        path.touch(exist_ok=False)
        with closing(connect_to_write(path)) as connection:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            create_tables(connection)
            Local(connection).set(FOLDING, RULES)
            connection.exec_driver_sql("COMMIT")
    except FileExistsError as error:
        raise ProjectExistsError(path=path) from error
    except OSError as error:
        raise ProjectNotWritableError(path=path, reason=error.strerror or str(error)) from error
    except (dbapi2.Error, DatabaseError) as error:
        for ending in ("", "-wal", "-shm"):
            path.with_name(path.name + ending).unlink(missing_ok=True)
        raise ProjectNotWritableError(path=path, reason=str(getattr(error, "orig", error))) from error


def create_tables(connection: Connection) -> None:
    """Make all tables in an empty database."""
    metadata.create_all(connection)
    connection.exec_driver_sql(SEARCH_DDL)
    connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.exec_driver_sql(f"PRAGMA user_version = {FORMAT}")


def check(path: Path) -> int:
    """Return the format of a project file, read from its first bytes without opening it as a database.

    Raises ``ProjectMissingError``, ``NotAProjectError``, ``NewerProjectError``, ``ProjectNotWritableError``.
    """
    try:
        with path.open("rb") as file:
            head = file.read(_HEADER_BYTES)
    except FileNotFoundError as error:
        raise ProjectMissingError(path=path) from error
    except IsADirectoryError as error:
        raise NotAProjectError(path=path) from error
    except OSError as error:
        raise ProjectNotWritableError(path=path, reason=error.strerror or str(error)) from error
    if not head.startswith(_MAGIC) or int.from_bytes(head[_APPLICATION], "big") != APPLICATION_ID:
        raise NotAProjectError(path=path)
    found = int.from_bytes(head[_USER_VERSION], "big")
    if found > FORMAT:
        raise NewerProjectError(path=path, found=found, known=FORMAT)
    return found
