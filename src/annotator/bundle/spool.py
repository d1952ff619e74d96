"""A bundle's history laid down in a file of its own as it is read, so that it is never in memory.

Every record in it is a frame (what it is, how long it is) and its content; a change's revisions lie behind the change. Between
them lie sorted runs of what is needed to find revisions by entity, and entities by claim; behind the history lie the tables that
the runs are merged to. Two processes may lay down a part of the history each, and any may read it (``laid_down``).
"""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Iterator
from enum import IntEnum
from itertools import groupby, islice
from operator import itemgetter
from typing import BinaryIO

import msgspec

from annotator.bundle.laid import Origin, Stretches, read_stored, write
from annotator.bundle.placed import PlacedFile
from annotator.bundle.sorting import Runs, Sorted, merged
from annotator.domain.change import Change, StoredRevision, decode_header
from annotator.domain.ids import ChangeId, EntityId, from_bytes, to_bytes
from annotator.domain.kinds import KINDS
from annotator.domain.records import Stretch

_FRAME = struct.Struct(">BI")
_PLACE = struct.Struct(">16sQIB")
_CHANGE = 0
_ID_BYTES, _DIGEST_BYTES = 16, 32
_WAITING_BYTES = 1 << 18
_KINDS = ("", *sorted(KINDS))
_NUMBERS = {kind: number for number, kind in enumerate(_KINDS)}
_RUN = len(_KINDS)
_CLAIMS = "claims of "
_LENGTHS = dict.fromkeys(KINDS, _PLACE.size) | {_CLAIMS + kind: 2 * _ID_BYTES for kind in KINDS}

LAST = b"\xff" * (_ID_BYTES + 1)
"""Is behind every id."""


class Worth(IntEnum):
    """What is known of a revision that may be the only one of its entity.

    Nothing; that it looks like one that makes a sound entity by itself, which is yet to be seen; or that it does.
    """

    DOUBTFUL = 0
    PLAIN = 1
    SOUND = 2


class Part(msgspec.Struct, frozen=True):
    """A part of a history that one process has laid down: where in the file it lies, and its runs by table."""

    start: int
    end: int
    runs: dict[str, list[Stretch]]


class Laid(msgspec.Struct, frozen=True):
    """Where all of a history lies: its parts from start to end in their order, and its tables by name."""

    history: list[tuple[int, int]]
    tables: dict[str, Stretch]


class Spool:
    """Takes changes and their revisions in the order of the history, then gives them back in that order or by entity."""

    def __init__(self, file: BinaryIO, start: int = 0) -> None:
        """``file`` has nothing from ``start`` (bytes) on; what lies before is for others."""
        self._file = PlacedFile(file)
        self._start = start
        self.clear()

    def clear(self) -> None:
        """Begin anew with nothing laid down; what lies there is written over, for a process behind walls truncates no file."""
        self._origin = Origin(ChangeId(""), EntityId(""), "")
        self._waiting = bytearray()
        self._end = self._start
        self._runs: dict[str, Runs] = {}
        self._history: list[tuple[int, int]] = []
        self._tables: dict[str, Sorted] = {}
        self._of_claims: list[dict[str, list[Stretch]]] = []

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
        place = _PLACE.pack(entity, self._end + _FRAME.size, len(content), worth)
        self._add(_NUMBERS[kind], content)
        self._note(kind, place)

    def add_to_claim(self, kind: str, claim: bytes, entity: bytes) -> None:
        """Note that an entity may belong to a claim: at some time it did. Both are ids (16 bytes)."""
        self._note(_CLAIMS + kind, claim + entity)

    def part(self) -> Part:
        """Return what was laid down as a part of the history for another process."""
        runs = {table: runs.finish() for table, runs in self._runs.items()}
        self._write()
        return Part(self._start, self._end, runs)

    def finish(self, *others: Part) -> None:
        """Merge what was laid down here and in ``others``, which lie behind; no revision can be added any more."""
        parts = (self.part(), *others)
        self._history = [(each.start, each.end) for each in parts]
        self._end = max(each.end for each in parts)
        self._runs = {}
        for kind in sorted(KINDS):
            self._merge(kind, [run for each in parts for run in each.runs.get(kind, ())])
        self._of_claims = [each.runs for each in parts]

    def finish_claims(self) -> None:
        """Merge what was noted of claims."""
        late = self.part().runs
        for kind in sorted(KINDS):
            table = _CLAIMS + kind
            self._merge(table, [run for runs in (*self._of_claims, late) for run in runs.get(table, ())])

    def laid_down(self) -> Laid:
        """Return where all lies, for who reads it."""
        return Laid(self._history, {name: table.stretch for name, table in self._tables.items()})

    @classmethod
    def lying_in(cls, file: BinaryIO, laid: Laid) -> Spool:
        """Return the spool that another process has laid down in ``file``; raises ``ValueError`` where it does not lie there."""
        if any(table.length != _LENGTHS.get(name) or table.size % table.length for name, table in laid.tables.items()):
            raise ValueError("a table has records of another length")
        spool, size = cls(file), file.seek(0, 2)
        stretches = [*laid.history, *((each.at, each.at + each.size) for each in laid.tables.values())]
        if not all(0 <= start <= end <= size for start, end in stretches):
            raise ValueError("the history is longer than its file")
        spool._history = laid.history
        spool._tables = {name: Sorted(spool._file, laid.tables[name]) for name in laid.tables}
        return spool

    def __len__(self) -> int:
        """How many revisions there are."""
        return sum(map(len, map(self._table, KINDS)))

    def changes(self) -> Iterator[tuple[Change, bytes, Iterator[StoredRevision]]]:
        """Yield every change with its header's bytes and its revisions, as laid down; those not asked for are passed over."""
        for start, end in self._history:
            frames = _Frames(Stretches(self._file), start, end)
            while (frame := frames.next()) is not None:
                _, content = frame
                header = content[_DIGEST_BYTES:]
                change = Change(ChangeId(content[:_DIGEST_BYTES].hex()), decode_header(header))
                frames.left = change.header.revisions
                yield change, header, frames.revisions()
                frames.skip()

    def of_claim(self, kind: str, claim: EntityId) -> Iterator[EntityId]:
        """Yield the ids of a kind that may belong to a claim, sorted."""
        pairs = self._table(_CLAIMS + kind).starting_with(to_bytes(claim))
        return (from_bytes(pair[_ID_BYTES:]) for pair, _ in groupby(pairs))

    def of_two_kinds(self) -> EntityId | None:
        """Return the first id that names entities of two kinds, None where there is no such."""
        waiting = [_Ids(table) for table in map(self._table, sorted(KINDS)) if len(table)]
        while waiting:
            last = min(ids.last for ids in waiting)
            seen, twice = set[bytes](), set[bytes]()
            for ids in waiting:
                taken = ids.take(last)
                twice |= seen & taken
                seen |= taken
            if twice:
                return from_bytes(min(twice))
            waiting = [ids for ids in waiting if ids.last]
        return None

    def crowded(self, kind: str, most: int) -> EntityId | None:
        """Return an entity of a kind that has more than ``most`` revisions, None where there is no such."""
        places = self._table(kind)
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
        for block in self._table(kind).blocks(first, last):
            for id_, at, size, worth in _PLACE.iter_unpack(block):
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
        for id_, group in groupby(self._unsettled_places(kind, settled), itemgetter(0)):
            found = list(group)
            if len(found) > 1 or found[0][3] < settled:
                yield id_, [read(at, size) for _, at, size, _ in found], [worth for _, _, _, worth in found]

    def _unsettled_places(self, kind: str, settled: Worth) -> Iterator[tuple[bytes, int, int, int]]:
        """Yield places, leaving out many at once where each is of another entity and worth enough."""
        rest = begun = b""
        for block in self._table(kind).blocks():
            places = rest + block
            told, rest = places[: -_PLACE.size], places[-_PLACE.size :]
            is_begun = bool(told) and told[:_ID_BYTES] == begun
            if is_begun or min(places[_PLACE.size - 1 :: _PLACE.size]) < settled or _names_one_twice(places):
                yield from _PLACE.iter_unpack(told)
                begun = told[-_PLACE.size :][:_ID_BYTES]
        yield from _PLACE.iter_unpack(rest)

    def laid_of(self, kind: str, id_: EntityId) -> list[bytes]:
        """Return the revisions of one entity of this kind as they lie there; none where there is no such."""
        stretches = Stretches(self._file)
        places = map(_PLACE.unpack, self._table(kind).starting_with(to_bytes(id_)))
        return [stretches.read(at, size) for _, at, size, _ in places]

    def _table(self, name: str) -> Sorted:
        return self._tables.get(name) or Sorted(self._file, Stretch(0, 0, 1))

    def _note(self, table: str, record: bytes) -> None:
        runs = self._runs.get(table)
        if runs is None:
            runs = self._runs[table] = Runs(len(record), self._lay_run)
        runs.add(record)

    def _lay_run(self, data: bytes) -> int:
        self._add(_RUN, data)
        return self._end - len(data)

    def _merge(self, table: str, runs: list[Stretch]) -> None:
        """Merge runs to a table behind all else."""
        if not runs:
            return
        start = self._end
        for block in merged(self._file, runs):
            self._file.write(self._end, block)
            self._end += len(block)
        self._tables[table] = Sorted(self._file, Stretch(start, self._end - start, runs[0].length))

    def _add(self, number: int, content: bytes) -> None:
        self._waiting += _FRAME.pack(number, len(content))
        self._waiting += content
        self._end += _FRAME.size + len(content)
        if len(self._waiting) > _WAITING_BYTES:
            self._write()

    def _write(self) -> None:
        self._file.write(self._end - len(self._waiting), self._waiting)
        self._waiting.clear()


def _names_one_twice(places: bytes) -> bool:
    return len(_ids_in(places)) < len(places) // _PLACE.size


def _ids_in(places: bytes) -> set[bytes]:
    return {places[at : at + _ID_BYTES] for at in range(0, len(places), _PLACE.size)}


class _Ids:
    """The ids of one kind, of which some are at hand: ``last`` is the last of these, empty at the end."""

    def __init__(self, table: Sorted) -> None:
        self._blocks = table.blocks()
        self._places = b""
        self.last = b""
        self._go_on()

    def take(self, last: bytes) -> set[bytes]:
        """Return the ids up to ``last``, which is not behind the own one."""
        number = bisect_right(range(len(self._places) // _PLACE.size), last, key=self._id)
        taken, self._places = self._places[: number * _PLACE.size], self._places[number * _PLACE.size :]
        if not self._places:
            self._go_on()
        return _ids_in(taken)

    def _id(self, number: int) -> bytes:
        at = number * _PLACE.size
        return self._places[at : at + _ID_BYTES]

    def _go_on(self) -> None:
        self._places = next(self._blocks, b"")
        self.last = self._places[-_PLACE.size :][:_ID_BYTES]


class _Frames:
    """Goes through the frames of a part of the history; ``left`` are the revisions of the change that have not been read."""

    def __init__(self, stretches: Stretches, at: int, end: int) -> None:
        self._stretches = stretches
        self._at = at
        self._end = end
        self.left = 0

    def next(self) -> tuple[int, bytes] | None:
        """Return the next frame of a change or a revision, None at the end."""
        while self._at < self._end:
            number, length = _FRAME.unpack(self._stretches.read(self._at, _FRAME.size))
            at = self._at + _FRAME.size
            self._at = at + length
            if number != _RUN:
                return number, self._stretches.read(at, length)
        return None

    def revisions(self) -> Iterator[StoredRevision]:
        """Yield the revisions of the change; raises ``ValueError`` where one is missing."""
        while self.left:
            self.left -= 1
            frame = self.next()
            if frame is None or not _CHANGE < frame[0] < _RUN:
                raise ValueError("a revision is missing")
            yield read_stored(_KINDS[frame[0]], frame[1])

    def skip(self) -> None:
        """Go to the next change."""
        while self.left and self.next() is not None:
            self.left -= 1
