"""A bundle's history laid down in a file of its own as it is read, so that it is never in memory.

Every record in it is a frame (what it is, how long it is) and its content; a change's revisions lie behind the change. Behind the
history lie 29 bytes for each revision, sorted: by them an entity's revisions are found by bisection. One process lays all of it
down, another may read it (``laid_down``).
"""

from __future__ import annotations

import mmap
import struct
from collections.abc import Iterator
from enum import IntEnum
from itertools import groupby, islice
from operator import itemgetter
from typing import BinaryIO

import msgspec

from annotator.bundle.laid import Origin, Stretches, read_stored, write
from annotator.domain.change import Change, StoredRevision, decode_header
from annotator.domain.ids import ChangeId, EntityId, from_bytes, to_bytes
from annotator.domain.kinds import KINDS
from annotator.domain.records import Records, Sorter, Stretch

_FRAME = struct.Struct(">BI")
_PLACE = struct.Struct(">16sQIB")
_CHANGE = 0
_ID_BYTES, _DIGEST_BYTES = 16, 32
_WAITING_BYTES = 1 << 18
_KINDS = ("", *sorted(KINDS))
_NUMBERS = {kind: number for number, kind in enumerate(_KINDS)}

LAST = b"\xff" * (_ID_BYTES + 1)
"""Is behind every id."""


class Worth(IntEnum):
    """What is known of a revision that may be the only one of its entity.

    Nothing; that it looks like one that makes a sound entity by itself, which is yet to be seen; or that it does.
    """

    DOUBTFUL = 0
    PLAIN = 1
    SOUND = 2


class Laid(msgspec.Struct, frozen=True):
    """Where a history lies: how many bytes it takes, and its sorted records by kind."""

    size: int
    places: dict[str, Stretch]


class Spool:
    """Takes changes and their revisions in the order of the history, then gives them back in that order or by entity."""

    def __init__(self, file: BinaryIO) -> None:
        """``file`` is empty, and is for the spool alone."""
        self._file = file
        self._begin()

    def clear(self) -> None:
        """Begin anew with nothing laid down; what lies there is written over, for a process behind walls truncates no file."""
        self._file.seek(0)
        self._begin()

    def _begin(self) -> None:
        self._origin = Origin(ChangeId(""), EntityId(""), "")
        self._waiting = bytearray()
        self._size = 0
        self._sorters = {kind: Sorter(_PLACE.size) for kind in KINDS}
        self._places: dict[str, Records] = {}

    def add_change(self, change: Change, header: bytes) -> None:
        """Lay down a change with the stored bytes of its header; the revisions that follow are its."""
        self._origin = Origin(change.id, change.header.annotator, change.header.at)
        self._add(_CHANGE, self._origin.change + header)

    def add_revision(
        self, kind: str, entity: bytes, parents: bytes, digest: bytes, body: bytes | None, worth: Worth
    ) -> None:
        """Lay down one revision of the last change.

        ``entity`` is its id (16 bytes), ``parents`` are changes (32 bytes each), ``digest`` is that of the body (32 bytes), which
        may be withheld.
        """
        content = write(self._origin, entity, parents, digest, body)
        self._sorters[kind].add(_PLACE.pack(entity, self._size + _FRAME.size, len(content), worth))
        self._add(_NUMBERS[kind], content)

    def finish(self) -> None:
        """Sort what was laid down; nothing can be added any more."""
        self._write()
        self._places = {kind: self.lay(self._sorters.pop(kind).finish()) for kind in sorted(KINDS)}

    def lay(self, records: Records) -> Records:
        """Lay sorted records down behind all else and return them as they lie there."""
        at = -(-self._file.seek(0, 2) // mmap.ALLOCATIONGRANULARITY) * mmap.ALLOCATIONGRANULARITY
        self._file.seek(at)
        self._file.write(records.data)
        self._file.flush()
        return self.lying(Stretch(at, len(records.data), records.length))

    def lying(self, stretch: Stretch) -> Records:
        """Return the records that lie in a stretch. Raises ``ValueError`` where it is not in the file."""
        if not stretch.size:
            return Records(b"", stretch.length, stretch)
        data = mmap.mmap(self._file.fileno(), stretch.size, access=mmap.ACCESS_READ, offset=stretch.at)
        return Records(memoryview(data), stretch.length, stretch)

    def laid_down(self) -> Laid:
        """Return where all lies, for who reads it."""
        return Laid(self._size, {kind: places.stretch for kind, places in self._places.items()})

    @classmethod
    def lying_in(cls, file: BinaryIO, laid: Laid) -> Spool:
        """Return the spool that another process has laid down in ``file``; raises ``ValueError`` where it does not lie there."""
        spool = cls(file)
        if not 0 <= laid.size <= file.seek(0, 2):
            raise ValueError("the history is longer than its file")
        spool._size = laid.size
        spool._places = {kind: spool.lying(laid.places[kind]) for kind in sorted(KINDS)}
        return spool

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

    def laid(self, kind: str, first: bytes = b"", last: bytes = LAST) -> Iterator[tuple[bytes, list[bytes], list[int]]]:
        """Yield (id, revisions, what each is worth) for every entity of a kind from ``first`` up to ``last``, sorted by id.

        Ids have 16 bytes. The revisions are as they lie there, parents first.
        """
        read = Stretches(self._file).read
        current, laid, worths = b"", list[bytes](), list[int]()
        for id_, at, size, worth in _PLACE.iter_unpack(self._places[kind].between(first, last)):
            if id_ != current:
                if laid:
                    yield current, laid, worths
                current, laid, worths = id_, [], []
            laid.append(read(at, size))
            worths.append(worth)
        if laid:
            yield current, laid, worths

    def unsettled(self, kind: str, settled: Worth) -> Iterator[tuple[bytes, list[bytes], list[int]]]:
        """Yield like ``laid``, but for the entities that have one revision, which is worth at least so much."""
        read = Stretches(self._file).read
        places = _PLACE.iter_unpack(self._places[kind].between(b"", LAST))
        for id_, group in groupby(places, itemgetter(0)):
            found = list(group)
            if len(found) > 1 or found[0][3] < settled:
                yield id_, [read(at, size) for _, at, size, _ in found], [worth for _, _, _, worth in found]

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
