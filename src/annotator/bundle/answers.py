"""What crosses between the program and the process that checks a bundle: framed MessagePack, never pickles."""

from __future__ import annotations

import struct
from typing import Any, BinaryIO

import msgspec

from annotator.bundle.archive import Place
from annotator.bundle.layout import BundleReport
from annotator.bundle.references import Seen
from annotator.bundle.refusal import Limits
from annotator.bundle.spool import Laid
from annotator.domain.ids import EntityId

_LENGTH = struct.Struct(">Q")
_LONGEST = 1 << 30


class Advanced(msgspec.Struct, frozen=True, tag=True):
    """``done`` of ``total`` steps are done."""

    done: int
    total: int


class Refused(msgspec.Struct, frozen=True, tag=True):
    """Why the bundle is not taken; ``limit`` is the one of ``Limits`` that it is over, or empty."""

    member: str
    reason: str
    limit: str = ""


class Failed(msgspec.Struct, frozen=True, tag=True):
    """The system refused to read the bundle, or to write what was read: its words."""

    problem: str


class Passed(msgspec.Struct, frozen=True, tag=True):
    """A bundle that was checked: what it holds, and where all of it lies."""

    report: BundleReport
    folder: str
    places: dict[str, Place]
    seen: Seen
    laid: Laid
    disputed: dict[EntityId, tuple[str, ...]]


Answer = Advanced | Refused | Failed | Passed


class Begin(msgspec.Struct, frozen=True, tag=True):
    """Asks for a check; says what the bundle may cost."""

    limits: Limits


def send(link: BinaryIO, what: msgspec.Struct) -> None:
    """Write one message; raises ``OSError`` where nobody listens."""
    data = msgspec.msgpack.encode(what)
    link.write(_LENGTH.pack(len(data)))
    link.write(data)
    link.flush()


def receive(source: BinaryIO, kinds: Any) -> Any:
    """Return the next message, one of ``kinds``; None at the end. Raises ``ValueError`` where what comes is none."""
    data = _frame(source)
    return None if data is None else msgspec.msgpack.decode(data, type=kinds)


def _frame(source: BinaryIO) -> bytes | None:
    head = source.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    if length > _LONGEST:
        raise ValueError("an answer is longer than any can be")
    data = source.read(length)
    return data if len(data) == length else None
