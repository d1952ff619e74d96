"""Local numbers: of entities and stored bytes, and of the next row of each append-only table.

Runs on the store thread inside a transaction that the caller begins and ends.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from annotator.domain.batches import batched
from annotator.domain.ids import EntityId, from_bytes, to_bytes
from annotator.store import tables
from annotator.store.joins import JOINED, Joins, joins_of
from annotator.store.statements import insert_into

_KNOWN_AT_MOST = 200_000
_IDS_A_QUERY = 500


class OtherKindError(ValueError):
    """An id would name entities of two kinds."""

    def __init__(self, id_: EntityId, kind: str, other: str) -> None:
        super().__init__(f"{id_} is a {kind}, not a {other}")


class Numbering:
    """Finds and gives local numbers over the writing connection, remembering what it has seen."""

    def __init__(self, driver: Any) -> None:
        self._driver = driver
        self.forget()

    def forget(self) -> None:
        """Drop what is remembered of the file: after a rollback."""
        self._entities: dict[str, int] = {}
        self._blobs: dict[tuple[str, str], int] = {}
        self._joins: Joins | None = None
        self._next: dict[str, int] = {}

    def entity(self, id_: str) -> int:
        """Return the local number of an entity, making one for an id that is seen for the first time."""
        return self._entities.get(id_) or self._find_or_make(EntityId(id_))

    def entities(self, kinds: Mapping[EntityId, str]) -> set[EntityId]:
        """Give every entity its local number and return those that were never written to in this file.

        Raises ``OtherKindError`` where one is known as another kind.
        """
        if len(self._entities) > _KNOWN_AT_MOST:
            self._entities.clear()
        known: dict[EntityId, tuple[int, str | None]] = {}
        for ids in batched(kinds, _IDS_A_QUERY):
            rows = self._driver.execute(
                f"SELECT id, n, kind FROM entity WHERE id IN ({','.join('?' * len(ids))})",
                tuple(map(to_bytes, ids)),
            )
            known.update((from_bytes(id_), (number, kind)) for id_, number, kind in rows)
        new = kinds.keys() - known.keys()
        for id_, (number, kind) in known.items():
            self._entities[id_] = number
            if kind is None:
                self._driver.execute("UPDATE entity SET kind = ? WHERE n = ?", (kinds[id_], number))
                new.add(id_)
            elif kind != kinds[id_]:
                raise OtherKindError(id_, kind, kinds[id_])
        rows = []
        for id_ in kinds:
            if id_ not in known:
                number = self._entities[id_] = self.take("entity")
                rows.append((number, to_bytes(id_), kinds[id_], 0))
        if rows:
            self._driver.executemany(insert_into(tables.entity), rows)
        return new

    @property
    def joins(self) -> Joins:
        """Which claim stands for each that was joined: as it was when this was asked first, or since ``joins_anew``."""
        if self._joins is None:
            self._joins = joins_of(self._driver.execute(JOINED))
        return self._joins

    def joins_anew(self) -> Joins:
        """Return which claim stands for each that was joined, as the table of claims has it now."""
        self._joins = None
        return self.joins

    def standing(self, claim: str) -> int:
        """Return the local number of the claim that stands for one."""
        found = self.joins.get(EntityId(claim))
        return found.stands if found else self.entity(claim)

    def joined(self, claim: str) -> int | None:
        """Return the local number of the claim that stands for one, None where it does not live."""
        found = self.joins.get(EntityId(claim))
        return found.stands if found else None

    def blob(self, digest: str, kind: str = "text") -> int | None:
        """Return the local number of a stored blob, or None while it is not here."""
        number = self._blobs.get((digest, kind))
        if number is None:
            number = self.value("SELECT n FROM blob WHERE digest = ? AND kind = ?", bytes.fromhex(digest), kind)
            if number is not None:
                self._blobs[digest, kind] = number
        return number

    def add_blob(self, digest: str, kind: str, data: bytes) -> None:
        """Store bytes that are not here yet."""
        number = self._blobs[digest, kind] = self.take("blob")
        self._driver.execute(insert_into(tables.blob), (number, bytes.fromhex(digest), kind, data))

    def text(self, digest: str) -> str:
        """Return a canonical text, empty while it is not here."""
        data = self.value("SELECT data FROM blob WHERE digest = ?", bytes.fromhex(digest))
        return data.decode() if data is not None else ""

    def peek(self, table: str) -> int:
        """Return the number that the next row of an append-only table gets."""
        if table not in self._next:
            self._next[table] = 1 + (self.value(f"SELECT max(n) FROM {table}") or 0)
        return self._next[table]

    def take(self, table: str) -> int:
        """Return the number of the next row of an append-only table, once."""
        return self.take_many(table, 1).start

    def take_many(self, table: str, count: int) -> range:
        """Return the numbers of the next rows of an append-only table, each once."""
        first = self.peek(table)
        self._next[table] = first + count
        return range(first, first + count)

    def value(self, sql: str, *parameters: object) -> Any:
        """Return the first column of a query's first row, None when there is none."""
        row = self._driver.execute(sql, parameters).fetchone()
        return row[0] if row else None

    def _find_or_make(self, id_: EntityId) -> int:
        number: int | None = self.value("SELECT n FROM entity WHERE id = ?", to_bytes(id_))
        if number is None:
            number = self.take("entity")
            self._driver.execute(insert_into(tables.entity), (number, to_bytes(id_), None, 0))
        self._entities[id_] = number
        return number
