"""A bundle's history laid down in a file of its own as it is read, so that it is never in memory.

Memory keeps 29 bytes for each revision: by them an entity's revisions are found by bisection. The file is nameless, lies in the
system's folder for such, and goes with the spool. Every record in it is a frame (what it is, how long it is) and its content; a
change's revisions lie behind the change.
"""

from __future__ import annotations

import struct
import tempfile
from collections.abc import Iterator
from itertools import groupby, islice
from operator import itemgetter
from types import TracebackType
from typing import Self

from annotator.bundle.laid import Origin, Stretches, read_stored, write
from annotator.domain.change import Change, StoredRevision, decode_header
from annotator.domain.ids import ChangeId, EntityId, from_bytes, to_bytes
from annotator.domain.kinds import KINDS
from annotator.domain.records import Records, Sorter

_FRAME = struct.Struct(">BI")
_PLACE = struct.Struct(">16sQI?")
_CHANGE = 0
_ID_BYTES, _DIGEST_BYTES = 16, 32
_WAITING_BYTES = 1 << 18
_KINDS = ("", *sorted(KINDS))
_NUMBERS = {kind: number for number, kind in enumerate(_KINDS)}

_first = itemgetter(0)


class Spool:
    """Takes changes and their revisions in the order of the history, then gives them back in that order or by entity."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 closed by the with statement around the spool
        self._origin = Origin(ChangeId(""), EntityId(""), "")
        self._waiting = bytearray()
        self._size = 0
        self._sorters = {kind: Sorter(_PLACE.size) for kind in KINDS}
        self._places: dict[str, Records] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, _: type[BaseException] | None, __: BaseException | None, ___: TracebackType | None) -> None:
        self._file.close()

    def add_change(self, change: Change, header: bytes) -> None:
        """Lay down a change with the stored bytes of its header; the revisions that follow are its."""
        self._origin = Origin(change.id, change.header.annotator, change.header.at)
        self._add(_CHANGE, self._origin.change + header)

    def add_revision(
        self, kind: str, entity: bytes, parents: bytes, digest: bytes, body: bytes | None, *, is_sound: bool
    ) -> None:
        """Lay down one revision of the last change.

        ``entity`` is its id (16 bytes), ``parents`` are changes (32 bytes each), ``digest`` is that of the body (32 bytes), which
        may be withheld. ``is_sound`` tells whether the revision makes a sound entity by itself.
        """
        content = write(self._origin, entity, parents, digest, body)
        self._sorters[kind].add(_PLACE.pack(entity, self._size + _FRAME.size, len(content), is_sound))
        self._add(_NUMBERS[kind], content)

    def finish(self) -> None:
        """Sort what was laid down; nothing can be added any more."""
        self._write()
        self._file.flush()
        for kind in KINDS:
            self._places[kind] = self._sorters.pop(kind).finish()

    def __len__(self) -> int:
        """How many revisions there are."""
        return sum(map(len, self._places.values()))

    def changes(self) -> Iterator[tuple[Change, bytes, Iterator[StoredRevision]]]:
        """Yield every change with its header's bytes and its revisions, as laid down; those not asked for are passed over."""
        frames = _Frames(Stretches(self._file))
        while frames.at < self._size:
            _, content = frames.next()
            header = content[_DIGEST_BYTES:]
            change = Change(ChangeId(content[:_DIGEST_BYTES].hex()), decode_header(header))
            frames.left = change.header.revisions
            yield change, header, frames.revisions()
            frames.skip()

    def ids(self, kind: str) -> Iterator[bytes]:
        """Yield the ids (16 bytes) of all entities of a kind, deleted ones too, sorted."""
        return (id_ for id_, _ in groupby(record[:_ID_BYTES] for record in self._places[kind]))

    def crowded(self, kind: str, most: int) -> EntityId | None:
        """Return an entity of a kind that has more than ``most`` revisions, None where there is no such."""
        places = self._places[kind]
        for at in range(most, len(places), most):
            id_ = places[at][:_ID_BYTES]
            if len(list(islice(places.starting_with(id_), most + 1))) > most:
                return from_bytes(id_)
        return None

    def laid(self, kind: str, *, but_whole: bool = False) -> Iterator[tuple[bytes, list[bytes]]]:
        """Yield the id (16 bytes) of every entity of a kind, sorted, with its revisions as they lie there, parents first.

        ``but_whole`` leaves out the entities whose only revision makes a sound entity.
        """
        stretches = Stretches(self._file)
        for id_, group in groupby(map(_PLACE.unpack, self._places[kind]), _first):
            places = list(group)
            if not (but_whole and len(places) == 1 and places[0][3]):
                yield id_, [stretches.read(at, size) for _, at, size, _ in places]

    def laid_of(self, kind: str, id_: EntityId) -> list[bytes]:
        """Return the revisions of one entity of this kind as they lie there; none where there is no such."""
        stretches = Stretches(self._file)
        places = map(_PLACE.unpack, self._places[kind].starting_with(to_bytes(id_)))
        return [stretches.read(at, size) for _, at, size, _ in places]

    def _add(self, number: int, content: bytes) -> None:
        self._waiting += _FRAME.pack(number, len(content))
        self._waiting += content
        self._size += _FRAME.size + len(content)
        if len(self._waiting) > _WAITING_BYTES:
            self._write()

    def _write(self) -> None:
        self._file.write(self._waiting)
        self._waiting.clear()


class _Frames:
    """Goes through the frames of a spool; ``left`` are the revisions of the change that have not been read."""

    def __init__(self, stretches: Stretches) -> None:
        self._stretches = stretches
        self.at = 0
        self.left = 0

    def next(self) -> tuple[int, bytes]:
        """Return the next frame."""
        number, length = _FRAME.unpack(self._stretches.read(self.at, _FRAME.size))
        content = self._stretches.read(self.at + _FRAME.size, length)
        self.at += _FRAME.size + length
        return number, content

    def revisions(self) -> Iterator[StoredRevision]:
        """Yield the revisions of the change."""
        while self.left:
            self.left -= 1
            number, content = self.next()
            yield read_stored(_KINDS[number], content)

    def skip(self) -> None:
        """Go to the next change."""
        for _ in range(self.left):
            _, length = _FRAME.unpack(self._stretches.read(self.at, _FRAME.size))
            self.at += _FRAME.size + length
        self.left = 0
