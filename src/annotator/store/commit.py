"""Commits a change: appends it and its revisions to the history and brings the current tables up to it.

Runs on the store thread inside one transaction that the caller begins and ends.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Table

from annotator.domain import kinds as _kinds  # noqa: F401 registers every kind
from annotator.domain.batches import batched
from annotator.domain.change import (
    FORMAT,
    Change,
    Draft,
    Header,
    Revision,
    Write,
    content_digest,
    encode_body,
    encode_header,
    seal,
)
from annotator.domain.ids import ChangeId, Digest, EntityId, digest_of, from_bytes, to_bytes
from annotator.domain.register import State, fold
from annotator.store import tables
from annotator.store.codebook import codebook_digest
from annotator.store.connection import driver_of
from annotator.store.current import current_rows
from annotator.store.history import History
from annotator.store.projections import PROJECTIONS
from annotator.store.search_index import row_number
from annotator.store.statements import delete_from, insert_into

_KNOWN_AT_MOST = 200_000
_NONCE_BYTES = 16
_IDS_A_QUERY = 500


@dataclass(slots=True)
class _Prepared:
    entity: EntityId
    number: int
    kind: str
    parents: str
    digest: bytes
    body: bytes
    before: State | None
    after: State
    seal: bytes


class Committer:
    """Writes changes over the one writing connection. ``nonce`` gives random bytes, ``now`` the time in ISO 8601 (UTC)."""

    def __init__(self, connection: Connection, *, nonce: Callable[[int], bytes], now: Callable[[], str]) -> None:
        self._driver = driver_of(connection)
        self._nonce = nonce
        self._now = now
        self._history = History(connection)
        self.forget()

    def forget(self) -> None:
        """Drop what is remembered of the file: after a rollback, and when changes are set aside."""
        self._entities: dict[str, int] = {}
        self._blobs: dict[tuple[str, str], int] = {}
        self._heads: list[tuple[int, ChangeId, int]] | None = None
        self._codebook: Digest | None = None
        self._next: dict[str, int] = {}

    def commit(self, draft: Draft) -> Change:
        """Append a change and bring the current tables up to it. Parents are all that stands in the file."""
        if len(self._entities) > _KNOWN_AT_MOST:
            self._entities.clear()
        number = self._take("change")
        self._add_blobs(draft)
        prepared = self._prepare(draft.writes)
        header = self._header(draft, prepared)
        data = encode_header(header)
        change = Change(ChangeId(digest_of(data)), header)
        self._append(number, change, data, prepared)
        for each in prepared:
            self._drop_rows(each)
        self._add_rows(prepared)
        self._heads = [(number, change.id, header.generation)]
        return change

    def entity(self, id_: str) -> int:
        """Return the local number of an entity, making one for an id that is seen for the first time."""
        return self._entities.get(id_) or self._find_or_make(EntityId(id_))

    def blob(self, digest: str, kind: str = "text") -> int | None:
        """Return the local number of a stored blob, or None while it is not here."""
        number = self._blobs.get((digest, kind))
        if number is None:
            number = self._scalar("SELECT n FROM blob WHERE digest = ? AND kind = ?", bytes.fromhex(digest), kind)
            if number is not None:
                self._blobs[digest, kind] = number
        return number

    # -- preparing

    def _prepare(self, writes: Iterable[Write]) -> list[_Prepared]:
        merged: dict[EntityId, Write] = {}
        for write in writes:
            earlier = merged.get(write.entity)
            merged[write.entity] = (
                Write(write.entity, write.kind, {**earlier.fields, **write.fields}, write.reopened)
                if earlier
                else write
            )
        new = self._number_entities(merged.values())
        nonces = self._nonce(_NONCE_BYTES * len(merged)).hex()
        size = 2 * _NONCE_BYTES
        return [
            self._prepare_one(write, nonces[index * size : (index + 1) * size], is_new=write.entity in new)
            for index, write in enumerate(merged.values())
        ]

    def _prepare_one(self, write: Write, nonce: str, *, is_new: bool) -> _Prepared:
        number = self._entities[write.entity]
        earlier = [] if is_new else self._history.revisions_of_number(number)
        before = fold(earlier) if earlier else None
        parents = before.heads if before else ()
        revision = Revision(write.entity, write.kind, ChangeId(""), parents, write.fields, write.reopened)
        body = encode_body(write.fields, nonce, write.reopened)
        digest = hashlib.sha256(body).digest()
        return _Prepared(
            entity=write.entity,
            number=number,
            kind=write.kind,
            parents=self._change_numbers(parents),
            digest=digest,
            body=body,
            before=before,
            after=fold([*earlier, revision]),
            seal=seal(write.entity, write.kind, parents, digest),
        )

    def _header(self, draft: Draft, prepared: list[_Prepared]) -> Header:
        heads = self._current_heads()
        scales = {each.entity: each.after for each in prepared if each.kind == "scale"}
        if self._codebook is None or scales:
            self._codebook = codebook_digest(self._history, scales)
        return Header(
            format=FORMAT,
            parents=tuple(sorted(id_ for _, id_, _ in heads)),
            generation=1 + max((generation for _, _, generation in heads), default=0),
            annotator=draft.annotator,
            at=self._now(),
            action=draft.action,
            label=draft.label,
            undoes=draft.undoes,
            codebook=self._codebook,
            revisions=len(prepared),
            content=content_digest(sorted(each.seal for each in prepared)),
        )

    # -- writing

    def _append(self, number: int, change: Change, data: bytes, prepared: list[_Prepared]) -> None:
        header = change.header
        first = self._peek("revision")
        row = (
            number,
            bytes.fromhex(change.id),
            data,
            header.generation,
            to_bytes(header.annotator),
            header.at,
            header.action,
            bytes.fromhex(header.undoes) if header.undoes else None,
            first,
        )
        self._insert(tables.change, [row])
        self._insert(tables.change_parent, [(number, parent) for parent, _, _ in self._current_heads()])
        self._insert(
            tables.revision,
            [
                (n, p.number, number, p.parents, p.digest, p.body)
                for n, p in zip(self._take_many("revision", len(prepared)), prepared, strict=True)
            ],
        )

    def _drop_rows(self, each: _Prepared) -> None:
        if each.before is None:
            return
        projection = PROJECTIONS[each.kind]
        self._driver.execute(delete_from(projection.table), (each.number,))
        if projection.beside is not None:
            self._driver.execute(delete_from(projection.beside), (each.number,))
        rows = [(row_number(each.number, place),) for place in range(len(projection.searched))]
        if rows:
            self._driver.executemany("DELETE FROM search WHERE rowid = ?", rows)
        if bool(each.before.conflicts) != bool(each.after.conflicts):
            self._driver.execute(
                "UPDATE entity SET conflicted = ? WHERE n = ?", (int(bool(each.after.conflicts)), each.number)
            )

    def _add_rows(self, prepared: list[_Prepared]) -> None:
        inserts: dict[Table, list[tuple[object, ...]]] = {}
        searched: list[tuple[int, str]] = []
        for each in prepared:
            if each.after.deleted:
                continue
            projection = PROJECTIONS[each.kind]
            rows = current_rows(each.kind, each.after.fields, self, self._text)
            inserts.setdefault(projection.table, []).append((each.number, *rows.row))
            if projection.beside is not None:
                beside = inserts.setdefault(projection.beside, [])
                beside += [(each.number, other) for other in rows.beside]
            searched += [(row_number(each.number, place), words) for place, words in rows.words]
        for table, found in inserts.items():
            self._insert(table, found)
        if searched:
            self._driver.executemany("INSERT INTO search(rowid, words) VALUES (?, ?)", searched)

    def _text(self, digest: str) -> str:
        data = self._scalar("SELECT data FROM blob WHERE digest = ?", bytes.fromhex(digest))
        return data.decode() if data is not None else ""

    def _add_blobs(self, draft: Draft) -> None:
        for blob in draft.blobs:
            if self.blob(blob.digest, blob.kind) is None:
                number = self._blobs[blob.digest, blob.kind] = self._take("blob")
                row = (number, bytes.fromhex(blob.digest), blob.kind, blob.data)
                self._insert(tables.blob, [row])

    # -- numbers

    def _number_entities(self, writes: Iterable[Write]) -> set[EntityId]:
        """Give every written entity its local number; return those that are new to the file."""
        kinds = {write.entity: write.kind for write in writes}
        known: dict[EntityId, tuple[int, str | None]] = {}
        for ids in batched(kinds, _IDS_A_QUERY):
            rows = self._driver.execute(
                f"SELECT id, n, kind FROM entity WHERE id IN ({','.join('?' * len(ids))})",
                tuple(map(to_bytes, ids)),
            )
            known.update((from_bytes(id_), (number, kind)) for id_, number, kind in rows)
        for id_, (number, kind) in known.items():
            self._entities[id_] = number
            if kind is None:
                self._driver.execute("UPDATE entity SET kind = ? WHERE n = ?", (kinds[id_], number))
            elif kind != kinds[id_]:
                raise ValueError(f"{id_} is a {kind}, not a {kinds[id_]}")
        new = [id_ for id_ in kinds if id_ not in known]
        numbers = self._take_many("entity", len(new))
        self._entities.update(zip(new, numbers, strict=True))
        rows = [(number, to_bytes(id_), kinds[id_], 0) for id_, number in zip(new, numbers, strict=True)]
        self._insert(tables.entity, rows)
        return set(new)

    def _find_or_make(self, id_: EntityId) -> int:
        number: int | None = self._scalar("SELECT n FROM entity WHERE id = ?", to_bytes(id_))
        if number is None:
            number = self._take("entity")
            self._insert(tables.entity, [(number, to_bytes(id_), None, 0)])
        self._entities[id_] = number
        return number

    def _current_heads(self) -> list[tuple[int, ChangeId, int]]:
        if self._heads is None:
            rows = self._driver.execute(
                "SELECT n, digest, generation FROM change WHERE n NOT IN (SELECT change FROM set_aside) "
                "AND n NOT IN (SELECT parent FROM change_parent WHERE child NOT IN (SELECT change FROM set_aside))"
            )
            self._heads = [(n, ChangeId(digest.hex()), generation) for n, digest, generation in rows]
        return self._heads

    def _change_numbers(self, ids: Sequence[ChangeId]) -> str:
        if not ids:
            return ""
        known = {id_: number for number, id_, _ in self._heads or ()}
        numbers = (
            known.get(id_) or self._scalar("SELECT n FROM change WHERE digest = ?", bytes.fromhex(id_)) for id_ in ids
        )
        return " ".join(map(str, sorted(n for n in numbers if n is not None)))

    def _peek(self, table: str) -> int:
        if table not in self._next:
            self._next[table] = 1 + (self._scalar(f"SELECT max(n) FROM {table}") or 0)
        return self._next[table]

    def _take(self, table: str) -> int:
        number = self._peek(table)
        self._next[table] = number + 1
        return number

    def _take_many(self, table: str, count: int) -> range:
        first = self._peek(table)
        self._next[table] = first + count
        return range(first, first + count)

    def _scalar(self, sql: str, *parameters: object) -> Any:
        row = self._driver.execute(sql, parameters).fetchone()
        return row[0] if row else None

    def _insert(self, table: Table, rows: list[tuple[object, ...]]) -> None:
        if rows:
            self._driver.executemany(insert_into(table), rows)
