"""Keeps a second process out of a project, and says who is in it."""

from __future__ import annotations

from pathlib import Path

from filelock import FileLock, Timeout

from annotator.domain.errors import ProjectInUseError, ProjectNotWritableError


class ProjectLock:
    """The lock beside a project file. The operating system frees it when the process dies."""

    def __init__(self, lock: FileLock, note: Path) -> None:
        self._lock = lock
        self._note = note

    @classmethod
    def acquire(cls, path: Path, holder: str) -> ProjectLock:
        """Take the lock; ``holder`` is what others are told. Raises ``ProjectInUseError``, ``ProjectNotWritableError``."""
        place = path.with_name(path.name + ".lock")
        lock = FileLock(place, timeout=0)
        note = path.with_name(path.name + ".holder")
        try:
            place.touch()  # FileLock makes missing folders and takes some that cannot be written for locked ones
            lock.acquire()
        except Timeout as error:
            raise ProjectInUseError(path=path, holder=_read(note)) from error
        except OSError as error:
            raise ProjectNotWritableError(path=path, reason=error.strerror or str(error)) from error
        held = cls(lock, note)
        try:
            note.write_text(holder, encoding="utf-8")
        except OSError as error:
            held.release()
            raise ProjectNotWritableError(path=path, reason=error.strerror or str(error)) from error
        return held

    def release(self) -> None:
        """Give the lock back and leave nothing beside the project."""
        self._note.unlink(missing_ok=True)
        Path(self._lock.lock_file).unlink(missing_ok=True)
        self._lock.release()


def _read(note: Path) -> str:
    try:
        return note.read_text(encoding="utf-8")
    except OSError:
        return "unknown"
