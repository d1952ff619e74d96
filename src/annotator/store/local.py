"""What belongs to this copy of the project alone and is never exported: drafts, settings, changes set aside.

Each row is sealed with a digest, so that ``verify`` can name one that was altered.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection

from annotator.domain.codec import Json, canonical, parse
from annotator.domain.ids import ChangeId

FOLDING = "folding"
"""The setting that notes under which rules the search index was folded."""


@dataclass(frozen=True, slots=True)
class KeptDraft:
    """Words that were being typed: ``key`` says where, ``at`` when (UTC, ISO 8601)."""

    key: str
    at: str
    body: Json


def local_seal(*parts: object) -> bytes:
    """Return the digest that seals a local row."""
    return hashlib.sha256(canonical(list(parts))).digest()


def aside_seal(change: ChangeId) -> bytes:
    """Return the digest that seals the setting aside of a change."""
    return local_seal("set aside", change)


class Local:
    """Reads and writes the local rows over one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def draft(self, key: str) -> KeptDraft | None:
        """Return the draft kept under a key."""
        row = self._connection.exec_driver_sql("SELECT key, at, body FROM draft WHERE key = ?", (key,)).fetchone()
        return KeptDraft(row[0], row[1], parse(row[2])) if row else None

    def drafts(self) -> Iterator[KeptDraft]:
        """Yield all kept drafts, newest first."""
        for key, at, body in self._connection.exec_driver_sql("SELECT key, at, body FROM draft ORDER BY at DESC"):
            yield KeptDraft(key, at, parse(body))

    def keep_draft(self, key: str, at: str, body: Json) -> None:
        """Keep words that are being typed."""
        data = canonical(body)
        row = (key, at, data, local_seal(key, at, data.decode()))
        self._connection.exec_driver_sql("INSERT OR REPLACE INTO draft(key, at, body, seal) VALUES (?, ?, ?, ?)", row)

    def drop_draft(self, key: str) -> None:
        """Forget a draft."""
        self._connection.exec_driver_sql("DELETE FROM draft WHERE key = ?", (key,))

    def setting(self, key: str) -> str | None:
        """Return a setting of this copy."""
        value: str | None = self._connection.exec_driver_sql("SELECT value FROM setting WHERE key = ?", (key,)).scalar()
        return value

    def set(self, key: str, value: str) -> None:
        """Keep a setting of this copy."""
        row = (key, value, local_seal(key, value))
        self._connection.exec_driver_sql("INSERT OR REPLACE INTO setting(key, value, seal) VALUES (?, ?, ?)", row)
