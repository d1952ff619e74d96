"""The names by which things are known: entity ids, change ids, digests."""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache
from typing import NewType

EntityId = NewType("EntityId", str)
"""A UUIDv7 (RFC 9562) in its canonical text form, made where the entity is made; see ``derived_id`` for the others."""

Digest = NewType("Digest", str)
"""SHA-256 as 64 lower-case hexadecimal digits."""

_UUID = re.compile("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")

_VERSION_AT = 14
"""Where an id has the number of its kind."""

ChangeId = NewType("ChangeId", str)
"""The digest of a change's header: the same on every replica."""


def digest_of(data: bytes) -> Digest:
    """Return the SHA-256 of ``data``."""
    return Digest(hashlib.sha256(data).hexdigest())


def to_bytes(entity: EntityId) -> bytes:
    """Return the 16 bytes of an entity id."""
    return bytes.fromhex(entity.replace("-", ""))


def from_bytes(data: bytes) -> EntityId:
    """Return the entity id that 16 bytes stand for."""
    return EntityId(f"{data[:4].hex()}-{data[4:10].hex('-', 2)}-{data[10:].hex()}")


def derived_id(*parts: str) -> EntityId:
    """Return the id of what is the same wherever it is made, a UUIDv8 (RFC 9562) over ``parts``, of which none holds a NUL."""
    value = int.from_bytes(hashlib.sha256("\0".join(parts).encode()).digest()[:16], "big")
    value = value & ~(0xF << 76) & ~(3 << 62) | 8 << 76 | 2 << 62
    return from_bytes(value.to_bytes(16, "big"))


def is_derived(id_: str) -> bool:
    """Tell whether an id follows from what it is about: nobody made it for themselves."""
    return id_[_VERSION_AT : _VERSION_AT + 1] == "8"


@lru_cache(maxsize=4096)
def is_entity_id(text: str) -> bool:
    """Tell whether ``text`` is a UUID in canonical form."""
    return _UUID.fullmatch(text) is not None


def parse_entity_id(text: str) -> EntityId:
    """Return ``text`` as an entity id; raises ``ValueError`` unless it is a UUID in canonical form."""
    if not is_entity_id(text):
        raise ValueError(f"{text!r} is not a UUID in canonical form")
    return EntityId(text)
