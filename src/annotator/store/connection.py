"""Connections to SQLite: one that writes, others that can only read."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import quote

from pysqlite3 import dbapi2
from sqlalchemy import Connection, Engine, create_engine
from sqlalchemy.pool import NullPool

from annotator.domain.errors import UnsafeSqliteError

_FIXED = ((3, 51, 3), (3, 50, 7), (3, 44, 6))
_CACHE_KIB = 64 * 1024


def check_sqlite(version: tuple[int, ...] = dbapi2.sqlite_version_info) -> None:
    """Refuse a SQLite that can corrupt a WAL database with two connections (3.7.0 to 3.51.2, but for the fixed branches).

    Raises ``UnsafeSqliteError``.
    """
    safe = version >= _FIXED[0] or any(version[:2] == fixed[:2] and version >= fixed for fixed in _FIXED)
    if not safe:
        raise UnsafeSqliteError(version=".".join(map(str, version)))


def connect_to_write(path: Path) -> Connection:
    """Return the writing connection: WAL, FULL, foreign keys on. Transactions are begun by hand."""
    connection = _connect(f"file:{quote(str(path))}")
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", f"cache_size=-{_CACHE_KIB}"):
        connection.exec_driver_sql(f"PRAGMA {pragma}")
    return connection


def connect_to_read(path: Path, *, immutable: bool = False) -> Connection:
    """Return a connection that cannot write; ``immutable`` is for files on media that nobody can write to."""
    mode = "immutable=1" if immutable else "mode=ro"
    connection = _connect(f"file:{quote(str(path))}?{mode}")
    connection.exec_driver_sql("PRAGMA query_only=ON")
    return connection


def driver_of(connection: Connection) -> Any:
    """Return the driver's own connection beneath: for statements written once and run for every commit it costs a tenth."""
    return connection.connection.driver_connection


def connect_in_memory() -> Connection:
    """Return a connection to an empty database in memory."""
    return _connect("file::memory:")


def _connect(uri: str) -> Connection:
    return _engine(uri).connect()


def _engine(uri: str) -> Engine:
    def open_file() -> dbapi2.Connection:
        return dbapi2.connect(uri, uri=True, isolation_level=None, check_same_thread=False, timeout=30)

    return create_engine(
        "sqlite+pysqlite://", module=dbapi2, creator=open_file, poolclass=NullPool, isolation_level="AUTOCOMMIT"
    )
