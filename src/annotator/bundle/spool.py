"""A bundle's project as it stands, read from its history without holding it in memory.

Revisions are laid down in a file of their own as they are read; memory keeps some hundred bytes for each, sorted by kind and
entity, so that entities are found by bisection and folded when they are asked for.
"""

from __future__ import annotations

import struct
import tempfile
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from types import TracebackType
from typing import Self, TypeVar, overload

from annotator.bundle.lines import RevisionLine, decode_line
from annotator.domain.change import Change, Revision, decode_body
from annotator.domain.codec import from_plain, parse
from annotator.domain.entity import Entity, entity_from
from annotator.domain.errors import NotFoundError
from annotator.domain.ids import ChangeId, Digest, EntityId, from_bytes, to_bytes
from annotator.domain.register import State, fold
from annotator.domain.scales import Codebook, Scale
from annotator.domain.structure import Structure
from annotator.domain.view import Stamp

E = TypeVar("E", bound=Entity)

_RECORD = struct.Struct(">8s16sQI")
_STAMP = struct.Struct(">32s16sH")
_ID_BYTES = 16


class Records(Sequence[bytes]):
    """Sorted records of one length in one piece of memory."""

    def __init__(self, records: list[bytes], length: int) -> None:
        records.sort()
        self._data = b"".join(records)
        self._length = length

    def __len__(self) -> int:
        return len(self._data) // self._length

    @overload
    def __getitem__(self, index: int) -> bytes: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[bytes]: ...
    def __getitem__(self, index: int | slice) -> bytes | Sequence[bytes]:
        """Return one record; slices are not needed."""
        if isinstance(index, slice):
            raise TypeError("records are read one by one")
        if not 0 <= index < len(self):
            raise IndexError(index)
        return self._data[index * self._length : (index + 1) * self._length]

    def starting_with(self, prefix: bytes) -> Iterator[bytes]:
        """Yield the records that start with ``prefix``, in their order."""
        for index in range(bisect_left(self, prefix), len(self)):
            record = self[index]
            if not record.startswith(prefix):
                return
            yield record


class Spool:
    """Takes revisions in the order of the history; ``finish`` makes a view of them.

    ``blob`` returns stored bytes by digest (a canonical text when ``text`` is asked for), raising ``NotFoundError``.
    """

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 closed by the with statement around the spool
        self._records: list[bytes] = []
        self._at = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, _: type[BaseException] | None, __: BaseException | None, ___: TracebackType | None) -> None:
        self._file.close()

    def add(self, change: Change, line: RevisionLine, data: bytes) -> None:
        """Lay down one revision; ``data`` is its line."""
        at = change.header.at.encode()[:0xFFFF]
        stamp = _STAMP.pack(bytes.fromhex(change.id), to_bytes(change.header.annotator), len(at)) + at
        self._file.write(stamp + data)
        self._records.append(_RECORD.pack(kind_key(line.kind), to_bytes(line.entity), self._at, len(stamp) + len(data)))
        self._at += len(stamp) + len(data)

    def finish(self, blob: Callable[[str, Digest], bytes]) -> SpooledView:
        """Return the view of all that was added."""
        records, self._records = Records(self._records, _RECORD.size), []
        return SpooledView(records, self._read, blob)

    def _read(self, at: int, size: int) -> bytes:
        self._file.seek(at)
        return self._file.read(size)


def kind_key(kind: str) -> bytes:
    """Return the eight bytes under which a kind is sorted."""
    return kind.encode()[:8].ljust(8, b"\0")


class SpooledView:
    """A ``View`` (annotator.domain.view) of a bundle's history."""

    def __init__(
        self, records: Records, read: Callable[[int, int], bytes], blob: Callable[[str, Digest], bytes]
    ) -> None:
        self._records = records
        self._read = read
        self._blob = blob
        self._of_claim = Records([], 1)

    def index_claims(self, pairs: list[bytes]) -> None:
        """Take (kind, claim, entity) for every appearance, linkage and conclusion."""
        self._of_claim = Records(pairs, len(pairs[0]) if pairs else 1)

    def histories(self, prefix: bytes = b"") -> Iterator[tuple[EntityId, list[tuple[Revision, Stamp]]]]:
        """Yield every entity with its revisions, parents first, sorted by kind and entity id."""
        entity, group = b"", list[tuple[Revision, Stamp]]()
        for record in self._records.starting_with(prefix):
            _, id_, at, size = _RECORD.unpack(record)
            if id_ != entity and group:
                yield from_bytes(entity), group
                group = []
            entity = id_
            group.append(self._revision(at, size))
        if group:
            yield from_bytes(entity), group

    def all(self, kind: type[E], /) -> Iterator[E]:
        """Yield every living entity of a kind, sorted by id."""
        for found, _ in self.stamped(kind):
            yield found

    def stamped(self, kind: type[E], /) -> Iterator[tuple[E, Stamp]]:
        """Yield every living entity of a kind with its stamp, sorted by id."""
        for id_, group in self.histories(kind_key(kind.kind)):
            found = living(kind, id_, fold([revision for revision, _ in group]))
            if found is not None:
                created = group[0][1]
                modified = max(stamp.created for _, stamp in group)
                yield found, Stamp(created.annotator, created.created, modified)

    def find(self, kind: type[E], id_: EntityId, /) -> E | None:
        """Return a living entity, or None."""
        for found, group in self.histories(kind_key(kind.kind) + to_bytes(id_)):
            return living(kind, found, fold([revision for revision, _ in group]))
        return None

    def of_claim(self, kind: type[E], claim: EntityId, /) -> list[E]:
        """Return the living appearances, linkages or conclusions of one claim, sorted by id."""
        pairs = self._of_claim.starting_with(kind_key(kind.kind) + to_bytes(claim))
        ids = (from_bytes(pair[-_ID_BYTES:]) for pair in pairs)
        return [found for id_ in ids if (found := self.find(kind, id_))]

    def text(self, digest: Digest, /) -> str:
        """Return a canonical text."""
        return self._blob("text", digest).decode()

    def structure(self, digest: Digest, /) -> Structure:
        """Return a text's structure."""
        return from_plain(parse(self._blob("structure", digest)), Structure)

    def codebook(self) -> Codebook:
        """Return the scales in force."""
        return Codebook(tuple(self.all(Scale)))

    def _revision(self, at: int, size: int) -> tuple[Revision, Stamp]:
        data = self._read(at, size)
        change, annotator, length = _STAMP.unpack_from(data)
        moment = data[_STAMP.size : _STAMP.size + length].decode()
        line = decode_line(data[_STAMP.size + length :])
        if not isinstance(line, RevisionLine):
            raise NotFoundError(kind="revision", id=change.hex())
        body = line.body_bytes()
        fields = decode_body(body) if body is not None else None
        revision = Revision(line.entity, line.kind, ChangeId(change.hex()), line.parents, fields)
        return revision, Stamp(from_bytes(annotator), moment, moment)


def living(kind: type[E], id_: EntityId, state: State) -> E | None:
    """Return what a state describes; None where it is deleted or its fields were withheld."""
    if state.deleted or not state.fields:
        return None
    found = entity_from(state.kind, id_, state.fields)
    return found if isinstance(found, kind) else None
