"""Whether the originals are still the bytes that were recorded."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable

from sqlalchemy import Connection

from annotator.domain.ids import Digest
from annotator.store.connection import driver_of

_ALL = "SELECT n, digest FROM blob WHERE kind = 'original'"
_ONE = "SELECT n FROM blob WHERE kind = 'original' AND digest = ?"


class Fixity:
    """Digests the stored originals: each once while a project is open, unless it is asked for anew. Safe from any thread.

    What was stored is never written again, so what was found stays true unless somebody alters the file from outside.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._altered: dict[int, Digest | None] = {}

    def known_altered(self) -> frozenset[Digest]:
        """Return the recorded digests of the originals that were found to be altered so far; nothing is read for it."""
        with self._lock:
            return frozenset(digest for digest in self._altered.values() if digest)

    def found(self, connection: Connection, original: Digest) -> Digest | None:
        """Return the digest of the bytes that are stored for an original now; None where this copy has none."""
        row = driver_of(connection).execute(_ONE, (bytes.fromhex(original),)).fetchone()
        return self._look(connection, row[0], original) if row else None

    def altered(self, connection: Connection, cancelled: Callable[[], bool] = lambda: False) -> frozenset[Digest]:
        """Return the recorded digests of all altered originals, or of those found before ``cancelled`` said to stop."""
        for number, digest in driver_of(connection).execute(_ALL).fetchall():
            if cancelled():
                break
            if number not in self._altered:
                self._look(connection, number, Digest(digest.hex()))
        return self.known_altered()

    def _look(self, connection: Connection, number: int, recorded: Digest) -> Digest:
        (data,) = driver_of(connection).execute("SELECT data FROM blob WHERE n = ?", (number,)).fetchone()
        found = Digest(hashlib.sha256(data if isinstance(data, bytes) else str(data).encode()).hexdigest())
        with self._lock:
            self._altered[number] = None if found == recorded else recorded
        return found
