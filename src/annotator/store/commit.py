"""Commits a change: appends it and its revisions to the history and brings the current tables up to it.

Runs on the store thread inside one transaction that the caller begins and ends.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from sqlalchemy import Connection

from annotator.domain import kinds as _kinds  # noqa: F401 registers every kind
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
from annotator.domain.claim import Claim
from annotator.domain.ids import ChangeId, Digest, EntityId, digest_of, to_bytes
from annotator.domain.register import State, fold
from annotator.store import tables
from annotator.store.codebook import codebook_digest
from annotator.store.connection import driver_of
from annotator.store.current import current_rows
from annotator.store.current_writer import CurrentWriter
from annotator.store.history import History
from annotator.store.lineage import Ancestor, Lineage
from annotator.store.numbering import Numbering
from annotator.store.statements import insert_into

_NONCE_BYTES = 16


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
        self._numbering = Numbering(self._driver)
        self._current = CurrentWriter(self._driver, self._history, self._numbering)
        self._lineage = Lineage(connection, self._numbering)
        self._codebook: Digest | None = None

    def forget(self) -> None:
        """Drop what is remembered of the file: after a rollback, and when others have written to it."""
        self._numbering.forget()
        self._current.forget()
        self._lineage.forget()
        self._codebook = None

    def commit(self, draft: Draft) -> Change:
        """Append a change and bring the current tables up to it."""
        for blob in draft.blobs:
            if self._numbering.blob(blob.digest, blob.kind) is None:
                self._numbering.add_blob(blob.digest, blob.kind, blob.data)
        number = self._numbering.take("change")
        prepared = self._prepare(draft.writes)
        parents = self._lineage.parents((p.kind, p.parents, p.body) for p in prepared)
        header = self._header(draft, prepared, parents)
        data = encode_header(header)
        change = Change(ChangeId(digest_of(data)), header)
        self._append(number, change, data, prepared, parents)
        for each in prepared:
            self._write_rows(each)
        self._current.flush()
        if any(each.kind == Claim.kind for each in prepared):
            self._current.rejoin()
        self._lineage.went_on(number, change)
        return change

    # -- preparing

    def _prepare(self, writes: Iterable[Write]) -> list[_Prepared]:
        merged: dict[EntityId, Write] = {}
        for write in writes:
            earlier = merged.get(write.entity)
            merged[write.entity] = earlier.followed_by(write) if earlier else write
        new = self._numbering.entities({write.entity: write.kind for write in merged.values()})
        nonces = self._nonce(_NONCE_BYTES * len(merged)).hex()
        size = 2 * _NONCE_BYTES
        return [
            self._prepare_one(write, nonces[index * size : (index + 1) * size], is_new=write.entity in new)
            for index, write in enumerate(merged.values())
        ]

    def _prepare_one(self, write: Write, nonce: str, *, is_new: bool) -> _Prepared:
        number = self._numbering.entity(write.entity)
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
            parents=self._lineage.numbers_of(parents),
            digest=digest,
            body=body,
            before=before,
            after=fold([*earlier, revision]),
            seal=seal(write.entity, write.kind, parents, digest),
        )

    def _header(self, draft: Draft, prepared: list[_Prepared], parents: list[Ancestor]) -> Header:
        scales = {each.entity: each.after for each in prepared if each.kind == "scale"}
        if self._codebook is None or scales:
            self._codebook = codebook_digest(self._history, scales)
        return Header(
            format=FORMAT,
            parents=tuple(sorted(parent.id for parent in parents)),
            generation=1 + max((parent.generation for parent in parents), default=0),
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

    def _append(
        self, number: int, change: Change, data: bytes, prepared: list[_Prepared], parents: list[Ancestor]
    ) -> None:
        numbers = self._numbering.take_many("revision", len(prepared))
        self._driver.execute(insert_into(tables.change), change_row(number, change, data, numbers.start))
        self._driver.executemany(insert_into(tables.change_parent), [(number, parent.number) for parent in parents])
        self._driver.executemany(
            insert_into(tables.revision),
            [(n, p.number, number, p.parents, p.digest, p.body) for n, p in zip(numbers, prepared, strict=True)],
        )

    def _write_rows(self, each: _Prepared) -> None:
        if each.before is not None:
            self._current.drop(each.number, each.kind)
            if bool(each.before.conflicts) != bool(each.after.conflicts):
                self._current.mark(each.number, conflicted=bool(each.after.conflicts))
        if not each.after.deleted:
            rows = current_rows(each.kind, each.after.fields, self._numbering, self._numbering.text)
            self._current.add(each.number, each.kind, rows)


def change_row(number: int, change: Change, data: bytes, first_revision: int) -> tuple[object, ...]:
    """Return the row of a change in the table ``change``; ``data`` are the bytes of its header."""
    header = change.header
    return (
        number,
        bytes.fromhex(change.id),
        data,
        header.generation,
        to_bytes(header.annotator),
        header.at,
        header.action,
        bytes.fromhex(header.undoes) if header.undoes else None,
        first_revision,
    )
