"""An open project file: one thread that writes, and read-only connections for everybody else."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from pysqlite3 import dbapi2
from sqlalchemy import Connection
from sqlalchemy.exc import DatabaseError

from annotator.domain.change import Change, Draft
from annotator.domain.errors import ProjectNotWritableError
from annotator.store import schema
from annotator.store.commit import Committer
from annotator.store.connection import check_sqlite, connect_to_read, connect_to_write, driver_of
from annotator.store.fixity import Fixity
from annotator.store.lock import ProjectLock
from annotator.store.migrations import migrate
from annotator.store.reader import Reader
from annotator.store.refold import is_folded_alike, refold

T = TypeVar("T")

Plan = Callable[[Reader], Draft | None]
"""What a change is to be, decided on the store thread in the same transaction that commits it; None changes nothing."""


class Store:
    """One project file, held by this process until ``close``.

    ``nonce`` gives random bytes, ``now`` the time (UTC, ISO 8601).
    """

    def __init__(self, path: Path, lock: ProjectLock, *, nonce: Callable[[int], bytes], now: Callable[[], str]) -> None:
        self.path = path
        self._lock = lock
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="store")
        self._readers: list[Connection] = []
        self._local = threading.local()
        self._guard = threading.Lock()
        self._connection = connect_to_write(path)
        self._committer = Committer(self._connection, nonce=nonce, now=now)
        self.fixity = Fixity()
        self._reader = Reader(self._connection, self.fixity)
        if not is_folded_alike(self._connection):
            self.write_local(lambda _: refold(self._connection)).result()

    @classmethod
    def create(cls, path: Path, *, nonce: Callable[[int], bytes], now: Callable[[], str], holder: str) -> Store:
        """Make a new, empty project file and open it.

        Raises ``ProjectExistsError``, ``ProjectNotWritableError``, ``ProjectInUseError``.
        """
        check_sqlite()
        lock = ProjectLock.acquire(path, holder)
        try:
            schema.create(path)
            return cls(path, lock, nonce=nonce, now=now)
        except BaseException:
            lock.release()
            raise

    @classmethod
    def open(cls, path: Path, *, nonce: Callable[[int], bytes], now: Callable[[], str], holder: str) -> Store:
        """Open a project file, bringing one of an older format up to date first.

        Raises ``ProjectMissingError``, ``NotAProjectError``, ``NewerProjectError``, ``ProjectInUseError``,
        ``ProjectNotWritableError``.
        """
        check_sqlite()
        schema.check(path)
        lock = ProjectLock.acquire(path, holder)
        try:
            migrate(path)
            return cls(path, lock, nonce=nonce, now=now)
        except dbapi2.Error as error:
            lock.release()
            raise ProjectNotWritableError(path=path, reason=str(error)) from error
        except DatabaseError as error:
            lock.release()
            raise ProjectNotWritableError(path=path, reason=str(error.orig)) from error
        except BaseException:
            lock.release()
            raise

    def submit(self, plan: Plan) -> Future[Change | None]:
        """Commit what ``plan`` asks for, on the store thread; the future is done once it is on the disk."""
        return self._thread.submit(self._commit, plan)

    def commit(self, plan: Plan) -> Change | None:
        """Commit what ``plan`` asks for and wait until it is on the disk."""
        return self.submit(plan).result()

    def write_local(self, job: Callable[[Reader], None]) -> Future[None]:
        """Run ``job`` on the store thread in a transaction of its own: for drafts and settings, which are no changes."""
        return self._thread.submit(self._write_local, job)

    def rewrite(self, job: Callable[[Reader], T]) -> Future[T]:
        """Run ``job`` on the store thread in a transaction of its own: for changes of others that come in or are set aside."""
        return self._thread.submit(self._rewrite, job)

    def read(self) -> Reader:
        """Return this thread's own read-only view; each query sees the newest state."""
        reader: Reader | None = getattr(self._local, "reader", None)
        if reader is None:
            reader = self._local.reader = Reader(self._new_reader(), self.fixity)
        return reader

    @contextmanager
    def snapshot(self) -> Iterator[Reader]:
        """Return a read-only view of one moment, for long readers, on a connection of its own."""
        connection = connect_to_read(self.path)
        connection.exec_driver_sql("BEGIN")
        try:
            yield Reader(connection, self.fixity)
        finally:
            connection.close()

    def close(self) -> None:
        """Wait for what is being written, close all connections, and let go of the file."""
        self._thread.shutdown(wait=True)
        with self._guard:
            for connection in self._readers:
                connection.close()
            self._readers.clear()
        self._connection.close()
        self._lock.release()

    def _new_reader(self) -> Connection:
        connection = connect_to_read(self.path)
        with self._guard:
            self._readers.append(connection)
        return connection

    def _commit(self, plan: Plan) -> Change | None:
        with self._transaction():
            draft = plan(self._reader)
            if draft is None or not (draft.writes or draft.blobs):
                return None
            return self._committer.commit(draft)

    def _write_local(self, job: Callable[[Reader], None]) -> None:
        with self._transaction():
            job(self._reader)

    def _rewrite(self, job: Callable[[Reader], T]) -> T:
        with self._transaction():
            self._committer.forget()
            result = job(self._reader)
            self._committer.forget()
            return result

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        try:
            driver = driver_of(self._connection)
            driver.execute("BEGIN IMMEDIATE")
            try:
                yield
                driver.execute("COMMIT")
            except BaseException:
                self._committer.forget()
                if driver.in_transaction:
                    driver.execute("ROLLBACK")
                raise
        except (DatabaseError, dbapi2.Error) as error:
            raise ProjectNotWritableError(path=self.path, reason=str(getattr(error, "orig", error))) from error
