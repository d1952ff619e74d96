"""The one serialisation: entities and changes as canonical JSON (RFC 8785) and back.

What is digested holds no floating point numbers and only ASCII keys; on such data the bytes written here are those of
RFC 8785.
"""

from __future__ import annotations

from typing import Any, TypeVar

import msgspec

Json = Any
"""None, bool, int, str, list or dict with str keys. Typed loosely: JSON is recursive and comes from outside."""

T = TypeVar("T")

_encoder = msgspec.json.Encoder(order="sorted")
_decoder = msgspec.json.Decoder()


def canonical(value: object) -> bytes:
    """Return the canonical JSON bytes of a plain value or a frozen dataclass."""
    return _encoder.encode(value)


def parse(data: bytes | str) -> Json:
    """Return the plain value that JSON bytes stand for; raises ``ValueError`` when they are not JSON."""
    try:
        return _decoder.decode(data)
    except msgspec.DecodeError as error:
        raise ValueError(str(error)) from error


def to_plain(value: object) -> Json:
    """Return a dataclass as plain JSON values: just what its stored bytes give back (lists, no tuples)."""
    return _decoder.decode(_encoder.encode(value))


def from_plain(value: Json, kind: type[T]) -> T:
    """Return plain JSON values as an instance of ``kind``.

    Unknown members are left out, so that a newer minor version can be read.
    Raises ``ValueError`` naming the member that does not fit.
    """
    try:
        return msgspec.convert(value, kind)
    except msgspec.ValidationError as error:
        raise ValueError(str(error)) from error
