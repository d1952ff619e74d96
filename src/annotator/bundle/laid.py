"""What lies in a spool: how a revision is written down in it, how it is read, and how stretches of the file are."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence
from functools import lru_cache
from hashlib import sha256
from typing import BinaryIO

from annotator.domain.change import DELETED, Revision, StoredRevision, revision
from annotator.domain.codec import parse
from annotator.domain.entity import Entity, entity_from
from annotator.domain.ids import ChangeId, EntityId, from_bytes, to_bytes
from annotator.domain.living import living
from annotator.domain.view import Stamp

History = list[tuple[Revision, Stamp]]
"""The revisions of one entity, parents first, each with who made it and when."""

_FACTS = struct.Struct(">16s32s16s32sIB?")
_DIGEST_BYTES = 32
_BLOCK = 1 << 17
_NEAR = 1 << 20
_people = lru_cache(maxsize=256)(from_bytes)


class Origin:
    """What all revisions of one change have in common."""

    def __init__(self, change: ChangeId, annotator: EntityId, at: str) -> None:
        self.change = bytes.fromhex(change)
        self.annotator = to_bytes(annotator)
        self.at = at.encode()


def write(origin: Origin, entity: bytes, parents: bytes, digest: bytes, body: bytes | None) -> bytes:
    """Return a revision as it is laid down; its kind stands elsewhere."""
    count, at = len(parents) // _DIGEST_BYTES, origin.at
    facts = _FACTS.pack(entity, origin.change, origin.annotator, digest, count, len(at), body is not None)
    return b"".join((facts, parents, at, body or b""))


def read_history(kind: str, laid: Iterable[bytes]) -> History:
    """Return the revisions of an entity, each with who made it and when."""
    return [_read(kind, data) for data in laid]


def read_living(kind: str, laid: Sequence[bytes]) -> tuple[Entity, Stamp] | None:
    """Return the living entity that revisions add up to, with its stamp; None where there is none."""
    if len(laid) == 1 and (found := _read_plain(kind, laid[0])):
        return found
    history = read_history(kind, laid)
    entity = living([each for each, _ in history]) if history else None
    if entity is None:
        return None
    first, modified = history[0][1], max(stamp.created for _, stamp in history)
    return entity, Stamp(first.annotator, first.created, modified)


def read_stored(kind: str, data: bytes) -> StoredRevision:
    """Return the revision that was laid down, as it is stored; raises ``ValueError`` where it is not as it was sealed."""
    entity, _, _, digest, count, length, has_body = _FACTS.unpack_from(data)
    body = data[_FACTS.size + _DIGEST_BYTES * count + length :] if has_body else None
    if body is not None and sha256(body).digest() != digest:
        raise ValueError("the body does not have the digest that was sealed")
    return StoredRevision(from_bytes(entity), kind, _parents(data, count), body, digest)


def _read(kind: str, data: bytes) -> tuple[Revision, Stamp]:
    entity, change, annotator, _, count, length, has_body = _FACTS.unpack_from(data)
    at = _FACTS.size + _DIGEST_BYTES * count
    moment = data[at : at + length].decode()
    body = data[at + length :] if has_body else None
    found = revision(from_bytes(entity), kind, ChangeId(change.hex()), _parents(data, count), body)
    return found, Stamp(_people(annotator), moment, moment)


def _read_plain(kind: str, data: bytes) -> tuple[Entity, Stamp] | None:
    """Return the living entity that its only revision makes; None where that does more than to set fields of its own."""
    entity, _, annotator, _, count, length, has_body = _FACTS.unpack_from(data)
    at = _FACTS.size + _DIGEST_BYTES * count
    body = parse(data[at + length :]) if has_body else {}
    fields = body.get("fields", {})
    if not has_body or "reopened" in body or DELETED in fields:
        return None
    moment = data[at : at + length].decode()
    return entity_from(kind, from_bytes(entity), fields), Stamp(_people(annotator), moment, moment)


def _parents(data: bytes, count: int) -> tuple[ChangeId, ...]:
    ends = range(_FACTS.size, _FACTS.size + _DIGEST_BYTES * count, _DIGEST_BYTES)
    return tuple(ChangeId(data[at : at + _DIGEST_BYTES].hex()) for at in ends)


class Stretches:
    """Reads stretches of a file, and as long as each lies a little behind the one before, many at once."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._block = b""
        self._start = 0

    def read(self, at: int, size: int) -> bytes:
        """Return ``size`` bytes from ``at``."""
        offset = at - self._start
        if not 0 <= offset <= len(self._block) - size:
            ahead = 0 <= offset <= len(self._block) + _NEAR
            self._file.seek(at)
            self._block, self._start, offset = self._file.read(max(size, _BLOCK) if ahead else size), at, 0
        return self._block[offset : offset + size]
