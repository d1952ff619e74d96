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

from annotator.bundle.lines import RevisionLine, decode_revision
from annotator.domain.change import Change, Revision, revision
from annotator.domain.entity import Entity, entity_from
from annotator.domain.ids import ChangeId, Digest, EntityId, from_bytes, to_bytes
from annotator.domain.kinds import KINDS
from annotator.domain.register import State, fold
from annotator.domain.scales import Codebook, Scale
from annotator.domain.structure import Structure
from annotator.domain.view import Stamp

E = TypeVar("E", bound=Entity)

_RECORD = struct.Struct(">c16sQI")
_STAMP = struct.Struct(">32s16sB")
_ID_BYTES = 16
_KIND_KEYS = {kind: bytes((number,)) for number, kind in enumerate(sorted(KINDS))}


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
    """Takes revisions in the order of the history; ``finish`` makes a view of them."""

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
        at = change.header.at.encode()
        stamp = _STAMP.pack(bytes.fromhex(change.id), to_bytes(change.header.annotator), len(at)) + at
        self._file.write(stamp + data)
        self._records.append(
            _RECORD.pack(_KIND_KEYS[line.kind], to_bytes(line.entity), self._at, len(stamp) + len(data))
        )
        self._at += len(stamp) + len(data)

    def finish(self, text: Callable[[Digest], str], structure: Callable[[Digest], Structure]) -> SpooledView:
        """Return the view of all that was added; ``text`` and ``structure`` find those by digest."""
        records, self._records = Records(self._records, _RECORD.size), []
        return SpooledView(records, self._read, text, structure)

    def _read(self, at: int, size: int) -> bytes:
        self._file.seek(at)
        return self._file.read(size)


def claim_pair(kind: str, claim: EntityId, entity: EntityId) -> bytes:
    """Return what ``SpooledView.index_claims`` takes."""
    return _KIND_KEYS[kind] + to_bytes(claim) + to_bytes(entity)


class SpooledView:
    """A ``View`` (annotator.domain.view) of a bundle's history."""

    def __init__(
        self,
        records: Records,
        read: Callable[[int, int], bytes],
        text: Callable[[Digest], str],
        structure: Callable[[Digest], Structure],
    ) -> None:
        self._records = records
        self._read = read
        self._text = text
        self._structure = structure
        self._of_claim = Records([], 1)

    def index_claims(self, pairs: list[bytes]) -> None:
        """Take one ``claim_pair`` for every appearance, linkage and conclusion."""
        self._of_claim = Records(pairs, len(pairs[0]) if pairs else 1)

    def ids(self, kind: str) -> Iterator[bytes]:
        """Yield the ids (16 bytes) of all entities of a kind, deleted ones too, sorted."""
        last = b""
        for record in self._records.starting_with(_KIND_KEYS[kind]):
            id_ = record[1 : 1 + _ID_BYTES]
            if id_ != last:
                yield id_
            last = id_

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
        for id_, group in self.histories(_KIND_KEYS[kind.kind]):
            found = living(kind, id_, fold([revision for revision, _ in group]))
            if found is not None:
                created = group[0][1]
                modified = max(stamp.created for _, stamp in group)
                yield found, Stamp(created.annotator, created.created, modified)

    def find(self, kind: type[E], id_: EntityId, /) -> E | None:
        """Return a living entity, or None."""
        for found, group in self.histories(_KIND_KEYS[kind.kind] + to_bytes(id_)):
            return living(kind, found, fold([revision for revision, _ in group]))
        return None

    def of_claim(self, kind: type[E], claim: EntityId, /) -> list[E]:
        """Return the living appearances, linkages or conclusions of one claim, sorted by id."""
        pairs = self._of_claim.starting_with(_KIND_KEYS[kind.kind] + to_bytes(claim))
        ids = (from_bytes(pair[-_ID_BYTES:]) for pair in pairs)
        return [found for id_ in ids if (found := self.find(kind, id_))]

    def text(self, digest: Digest, /) -> str:
        """Return a canonical text."""
        return self._text(digest)

    def structure(self, digest: Digest, /) -> Structure:
        """Return a text's structure."""
        return self._structure(digest)

    def codebook(self) -> Codebook:
        """Return the scales in force."""
        return Codebook(tuple(self.all(Scale)))

    def _revision(self, at: int, size: int) -> tuple[Revision, Stamp]:
        data = self._read(at, size)
        change, annotator, length = _STAMP.unpack_from(data)
        moment = data[_STAMP.size : _STAMP.size + length].decode()
        line = decode_revision(data[_STAMP.size + length :])
        read = revision(line.entity, line.kind, ChangeId(change.hex()), line.parents, line.body_bytes())
        return read, Stamp(from_bytes(annotator), moment, moment)


def living(kind: type[E], id_: EntityId, state: State) -> E | None:
    """Return what a state describes; None where it is deleted or fields that it needs were withheld."""
    if state.deleted:
        return None
    try:
        found = entity_from(state.kind, id_, state.fields)
    except ValueError:
        return None
    return found if isinstance(found, kind) else None
