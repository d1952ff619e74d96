"""What lies in a spool: how a revision is written down in it, how it is read, and how stretches of the file are."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from hashlib import sha256
from typing import Any, TypeVar

import msgspec

from annotator.bundle.placed import PlacedFile
from annotator.domain.change import Revision, StoredRevision, revision
from annotator.domain.entity import Entity
from annotator.domain.ids import ChangeId, EntityId, from_bytes, to_bytes
from annotator.domain.kinds import KINDS
from annotator.domain.living import living
from annotator.domain.view import Stamp

E = TypeVar("E", bound=Entity)

History = list[tuple[Revision, Stamp]]
"""The revisions of one entity, parents first, each with who made it and when."""

_FACTS = struct.Struct(">16s32s16s32sIB?")
_STAMPED = struct.Struct(">48x16s32xIBx")
_ID_BYTES, _DIGEST_BYTES = 16, 32
_BLOCK = 1 << 16
_NEAR = 1 << 20
_FIELDS, _NONCE = b'{"fields":', b',"nonce":"'


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


def read_living(kind: type[E], laid: Sequence[bytes]) -> tuple[E, Stamp] | None:
    """Return the living entity that revisions add up to, with its stamp; None where there is none."""
    history = read_history(kind.kind, laid)
    entity = living([each for each, _ in history]) if history else None
    if not isinstance(entity, kind):
        return None
    first, modified = history[0][1], max(stamp.created for _, stamp in history)
    return entity, Stamp(first.annotator, first.created, modified)


def read_sound(kind: type[E], data: bytes) -> tuple[E, Stamp]:
    """Return the entity that its only revision makes by itself, as was found out when it was laid down, with its stamp.

    What of the body is not the nonce is decoded as it lies there; the id goes last, so that no field can stand for it.
    """
    body, stamp = body_and_stamp(data)
    fields = body[len(_FIELDS) : body.rfind(_NONCE) - 1]
    comma = b"," if len(fields) > 1 else b""
    whole = b'%b%b"id":"%b"}' % (fields, comma, from_bytes(data[:_ID_BYTES]).encode())
    found: E = _decoder(kind.kind).decode(whole)
    return found, stamp


def body_and_stamp(data: bytes) -> tuple[bytes, Stamp]:
    """Return the stored bytes of a revision's body that was not withheld, and who made the revision and when."""
    annotator, count, length = _STAMPED.unpack_from(data)
    at = _FACTS.size + _DIGEST_BYTES * count
    return data[at + length :], _stamp(annotator, data[at : at + length])


@cache
def _decoder(kind: str) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(KINDS[kind])


@lru_cache(maxsize=256)
def _stamp(annotator: bytes, at: bytes) -> Stamp:
    moment = at.decode()
    return Stamp(from_bytes(annotator), moment, moment)


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
    body = data[at + length :] if has_body else None
    found = revision(from_bytes(entity), kind, ChangeId(change.hex()), _parents(data, count), body)
    return found, _stamp(annotator, data[at : at + length])


def _parents(data: bytes, count: int) -> tuple[ChangeId, ...]:
    ends = range(_FACTS.size, _FACTS.size + _DIGEST_BYTES * count, _DIGEST_BYTES)
    return tuple(ChangeId(data[at : at + _DIGEST_BYTES].hex()) for at in ends)


class Stretches:
    """Reads stretches of a file, and as long as each lies a little behind the one before, many at once."""

    def __init__(self, file: PlacedFile) -> None:
        self._file = file
        self._block = b""
        self._start = 0

    def read(self, at: int, size: int) -> bytes:
        """Return ``size`` bytes from ``at``."""
        offset = at - self._start
        if not 0 <= offset <= len(self._block) - size:
            ahead = 0 <= offset <= len(self._block) + _NEAR
            self._block, self._start, offset = self._file.read(at, max(size, _BLOCK) if ahead else size), at, 0
        return self._block[offset : offset + size]
