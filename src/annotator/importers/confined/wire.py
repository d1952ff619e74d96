"""What crosses between the program and the child process that parses: framed MessagePack, never pickles."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import BinaryIO

import msgspec

from annotator.domain.foreign import Foreign
from annotator.domain.imported import Imported
from annotator.domain.protection import Protection
from annotator.importers.registry import ReadOptions

MAX_ANSWER = 256 << 20
"""No answer is longer, in bytes: the program has to hold it."""

MAX_PARTS = 1_000_000
"""No document has more pages: the program keeps something for each."""

_MAX_REQUEST = 1 << 20
_LENGTH = struct.Struct(">Q")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one document may cost.

    ``stall`` is the time in seconds without progress after which its reader is stopped, ``cpu`` the processor time in
    seconds for the whole document (where the system can limit it), ``memory`` the resident size of the process in bytes.
    """

    stall: float = 30.0
    cpu: int = 3600
    memory: int = 1 << 30


class Request(msgspec.Struct, frozen=True, tag=True):
    """Asks for one document; the frame behind it holds the bytes. ``every`` asks for all the pages of an archive."""

    options: ReadOptions
    limits: Limits
    every: bool = False


class AnnotationRequest(msgspec.Struct, frozen=True, tag=True):
    """Asks what a file of another program says; ``format`` is the code of its reader (empty: find out). The bytes follow."""

    name: str
    format: str
    limits: Limits


class Trial(msgspec.Struct, frozen=True, tag=True):
    """Asks what the process is barred from; ``folder`` has what ``trying`` needs, the frame behind it is empty."""

    folder: str
    limits: Limits


class Chosen(msgspec.Struct, frozen=True, tag=True):
    """The importer that reads the document."""

    importer: str


class Advanced(msgspec.Struct, frozen=True, tag=True):
    """``done`` of ``total`` steps are done. Who claims to be further than the end could put it off for ever: ``ValueError``."""

    done: int
    total: int

    def __post_init__(self) -> None:
        if not 0 <= self.done <= self.total:
            raise ValueError("further than the end")


class Parts(msgspec.Struct, frozen=True, tag=True):
    """The document has ``count`` pages (1 to ``MAX_PARTS``, else ``ValueError``), read in ranges: the process waits for one."""

    count: int

    def __post_init__(self) -> None:
        if not 0 < self.count <= MAX_PARTS:
            raise ValueError("more or fewer pages than there can be")


class Range(msgspec.Struct, frozen=True, tag=True):
    """Asks for the pages from ``start`` up to ``stop``: each comes as a ``Piece``, then ``RangeRead``."""

    start: int
    stop: int


class Piece(msgspec.Struct, frozen=True, tag=True):
    """Page ``number`` (from 0): its words for a preview, and what its importer made of it."""

    number: int
    text: str
    body: bytes


class RangeRead(msgspec.Struct, frozen=True, tag=True):
    """All pages of the range have been read."""


class Finish(msgspec.Struct, frozen=True, tag=True):
    """Asks for the whole; the bodies of all pages come with it, empty for a page that could not be read."""

    bodies: list[bytes]


class Another(msgspec.Struct, frozen=True, tag=True):
    """A page of an archive, none for one that cannot be read; the first one comes once more at the end, as the outcome."""

    imported: Imported | None


class Refused(msgspec.Struct, frozen=True, tag=True):
    """The document cannot be imported, with the words for ``ImportFailedError``."""

    reason: str
    advice: str


class Finished(msgspec.Struct, frozen=True, tag=True):
    """The whole result."""

    imported: Imported


class FinishedAnnotations(msgspec.Struct, frozen=True, tag=True):
    """All that a file of another program says."""

    foreign: Foreign


class Tried(msgspec.Struct, frozen=True, tag=True):
    """What the process is barred from."""

    protection: Protection


Asked = Request | AnnotationRequest | Trial
Further = Range | Finish
Outcome = Refused | Finished | FinishedAnnotations | Tried
Answer = Chosen | Advanced | Parts | Piece | RangeRead | Another | Outcome

_encoder = msgspec.msgpack.Encoder()
_answers: msgspec.msgpack.Decoder[Answer] = msgspec.msgpack.Decoder(Answer)
_requests: msgspec.msgpack.Decoder[Asked] = msgspec.msgpack.Decoder(Asked)
_further: msgspec.msgpack.Decoder[Further] = msgspec.msgpack.Decoder(Further)


def send_request(stream: BinaryIO, request: Asked, data: bytes) -> None:
    """Write a request and the bytes it is about. Raises ``OSError`` when the other side has gone."""
    _send(stream, _encoder.encode(request))
    _send(stream, data)


def receive_request(stream: BinaryIO) -> tuple[Asked, bytes] | None:
    """Return the next request and its bytes, or none when there are no more."""
    head = _receive(stream, _MAX_REQUEST)
    if head is None:
        return None
    body = _receive(stream, 1 << 40)
    return None if body is None else (_requests.decode(head), body)


def send_further(stream: BinaryIO, further: Further) -> None:
    """Write what else is wanted of a document. Raises ``OSError`` when the other side has gone."""
    _send(stream, _encoder.encode(further))


def receive_further(stream: BinaryIO) -> Further:
    """Return what else is wanted of a document. Raises ``OSError`` when the program has gone."""
    frame = _receive(stream, 2 * MAX_ANSWER)
    if frame is None:
        raise BrokenPipeError
    return _further.decode(frame)


class AnswerTooLongError(Exception):
    """The answer would be longer than ``MAX_ANSWER``."""


def send_answer(stream: BinaryIO, answer: Answer) -> None:
    """Write one answer. Raises ``OSError`` when the program has gone, ``AnswerTooLongError`` with nothing written."""
    frame = _encoder.encode(answer)
    if len(frame) > MAX_ANSWER:
        raise AnswerTooLongError
    _send(stream, frame)


def receive_answer(stream: BinaryIO) -> Answer | None:
    """Return the next answer, or none when the child has gone.

    Raises ``ValueError`` for anything that is not an answer.
    """
    frame = _receive(stream, MAX_ANSWER)
    try:
        return None if frame is None else _answers.decode(frame)
    except (msgspec.DecodeError, RecursionError) as error:
        raise ValueError(type(error).__name__) from error


def _send(stream: BinaryIO, frame: bytes) -> None:
    stream.write(_LENGTH.pack(len(frame)))
    stream.write(frame)
    stream.flush()


def _receive(stream: BinaryIO, most: int) -> bytes | None:
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    if length > most:
        raise ValueError(f"a frame of {length} bytes where at most {most} are allowed")
    frame = stream.read(length)
    return frame if len(frame) == length else None
