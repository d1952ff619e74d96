"""Copies of the project to go back to: whole, verified, the newest few kept."""

from __future__ import annotations

import os
import re
from contextlib import closing
from pathlib import Path

from pysqlite3 import dbapi2
from sqlalchemy.exc import SQLAlchemyError

from annotator.domain.errors import AlteredError, NotFoundError, ProjectError, ProjectNotWritableError
from annotator.store.connection import connect_to_write
from annotator.store.inspection import Progress, open_to_look
from annotator.store.repair import RebuildReport, rebuild
from annotator.store.verify import verify

KEPT = 3
"""How many backups of a project are kept."""

_NO_ROOM = ("SQLITE_FULL", "SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_IOERR", "SQLITE_BUSY")
_NAME = re.compile(r"\.backup-\d{8}T\d{6}Z\.annotator$")


def write_backup(
    path: Path, *, at: str, folder: Path | None = None, progress: Progress | None = None, derived: bool = True
) -> Path:
    """Copy a project, which may be open and in use, beside it or into ``folder``; return the verified copy.

    ``at`` is the time (UTC, ISO 8601) that its name tells; without ``derived`` the copy's history is verified, and not what is
    made from it, as ``verify`` says. Older backups than the newest three go.
    Raises ``ProjectNotWritableError`` when there is no room, ``AlteredError`` when the project is damaged; what backups
    there were are then still there.
    """
    target = (folder or path.parent) / f"{_stem(path)}.backup-{_compact(at)}.annotator"
    partial = target.with_name(target.name + ".partial")
    try:
        partial.unlink(missing_ok=True)
        with closing(open_to_look(path)) as source:
            source.execute("VACUUM INTO ?", (str(partial),))
        verify(partial, progress, derived=derived)
        with partial.open("rb+") as file:
            os.fsync(file.fileno())
        partial.replace(target)
    except AlteredError as error:
        raise AlteredError(**{**error.data, "path": path}) from error
    except (OSError, dbapi2.Error) as error:
        if getattr(error, "sqlite_errorname", "").startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
            raise AlteredError(path=path, where="the file", problem=str(error)) from error
        raise ProjectNotWritableError(path=target, reason=str(error)) from error
    finally:
        _unlink(partial)
    for old in backups(path, folder)[KEPT:]:
        _unlink(old)
    return target


def backups(path: Path, folder: Path | None = None) -> list[Path]:
    """Return the backups of a project, newest first."""
    folder = folder or path.parent
    stem = _stem(path)
    found = (each for each in folder.iterdir() if each.name.startswith(stem) and _NAME.fullmatch(each.name, len(stem)))
    return sorted(found, key=lambda each: each.name, reverse=True)


def restore(path: Path, *, at: str, folder: Path | None = None) -> tuple[Path, Path]:
    """Put the newest backup that verifies in the place of a project that nobody has open.

    What stood there is kept as ``….damaged-<time>.annotator``. Returns the backup and the damaged file.
    Raises ``NotFoundError`` when there is no good backup, ``ProjectNotWritableError``.
    """
    for backup in backups(path, folder):
        try:
            verify(backup)
        except ProjectError:
            continue
        damaged = path.with_name(f"{_stem(path)}.damaged-{_compact(at)}.annotator")
        copy = path.with_name(path.name + ".restoring")
        try:
            copy.write_bytes(backup.read_bytes())
            with copy.open("rb+") as file:
                os.fsync(file.fileno())
            for ending in ("-wal", "-shm"):
                _move(path.with_name(path.name + ending), damaged.with_name(damaged.name + ending))
            _move(path, damaged)
            copy.replace(path)
        except OSError as error:
            raise ProjectNotWritableError(path=path, reason=error.strerror or str(error)) from error
        finally:
            _unlink(copy)
        return backup, damaged
    raise NotFoundError(kind="good backup of", id=path.name)


def repair(path: Path) -> RebuildReport:
    """Make everything that follows from the history anew in a project that nobody has open, and say what is lost.

    Where something is, ``verify`` goes on naming it, and ``restore`` is the other way.
    Raises ``AlteredError`` when the file cannot be read at all, ``ProjectNotWritableError``; it is then as it was.
    """
    try:
        with closing(connect_to_write(path)) as connection:
            connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            try:
                report = rebuild(connection)
                connection.exec_driver_sql("COMMIT")
            except BaseException:
                driver = connection.connection.driver_connection
                if driver is not None and driver.in_transaction:
                    connection.exec_driver_sql("ROLLBACK")
                raise
    except (dbapi2.Error, SQLAlchemyError, ValueError, TypeError) as error:
        cause = getattr(error, "orig", error)
        if getattr(cause, "sqlite_errorname", "").startswith(_NO_ROOM):
            raise ProjectNotWritableError(path=path, reason=str(cause)) from error
        raise AlteredError(path=path, where="the history", problem=f"it cannot be read ({cause})") from error
    return report


def _stem(path: Path) -> str:
    return path.name.removesuffix(".annotator")


def _compact(at: str) -> str:
    """Return 2026-01-02T03:04:05.678Z as 20260102T030405Z."""
    return re.sub(r"\.\d+", "", at).replace("-", "").replace(":", "")


def _move(path: Path, target: Path) -> None:
    if path.exists():
        path.replace(target)


def _unlink(path: Path) -> None:
    path.unlink(missing_ok=True)
