"""Sorted records of one length that lie in a file, and how they come to lie there without ever being in memory."""

from __future__ import annotations

import heapq
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import overload

from annotator.bundle.placed import PlacedFile
from annotator.domain.records import Stretch

_RUN = 1 << 14
_BLOCK = 1 << 16


class Sorted(Sequence[bytes]):
    """Sorted records that lie in a stretch of a file."""

    def __init__(self, file: PlacedFile, stretch: Stretch) -> None:
        self._file = file
        self.stretch = stretch

    def __len__(self) -> int:
        return self.stretch.size // self.stretch.length

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
        length = self.stretch.length
        return self._file.read(self.stretch.at + index * length, length)

    def __iter__(self) -> Iterator[bytes]:
        length = self.stretch.length
        for block in self.blocks():
            yield from (block[at : at + length] for at in range(0, len(block), length))

    def blocks(self, first: bytes = b"", last: bytes | None = None) -> Iterator[bytes]:
        """Yield the records from ``first`` up to ``last``, many at once, one behind the other."""
        length = self.stretch.length
        at = self.stretch.at + length * (bisect_left(self, first) if first else 0)
        end = self.stretch.at + length * (len(self) if last is None else bisect_left(self, last))
        step = _BLOCK // length * length
        while at < end:
            yield self._file.read(at, min(step, end - at))
            at += step

    def starting_with(self, prefix: bytes) -> Iterator[bytes]:
        """Yield the records that start with ``prefix``, in their order."""
        for index in range(bisect_left(self, prefix), len(self)):
            record = self[index]
            if not record.startswith(prefix):
                return
            yield record


class Runs:
    """Takes records of one length (bytes) in any order, and has each run of them laid down sorted (``lay``) as it is full."""

    def __init__(self, length: int, lay: Callable[[bytes], int]) -> None:
        """``lay`` lays bytes down and returns where."""
        self._length = length
        self._lay = lay
        self._waiting: list[bytes] = []
        self._laid: list[Stretch] = []

    def add(self, record: bytes) -> None:
        """Take one more."""
        self._waiting.append(record)
        if len(self._waiting) == _RUN:
            self._lay_down()

    def finish(self) -> list[Stretch]:
        """Return where the runs lie."""
        self._lay_down()
        return self._laid

    def _lay_down(self) -> None:
        if self._waiting:
            self._waiting.sort()
            data = b"".join(self._waiting)
            self._laid.append(Stretch(self._lay(data), len(data), self._length))
            self._waiting = []


def merged(file: PlacedFile, runs: Iterable[Stretch]) -> Iterator[bytes]:
    """Yield what sorted runs hold, sorted, many records at once."""
    lying = [Sorted(file, run) for run in runs]
    if all(one[len(one) - 1] <= other[0] for one, other in pairwise(lying)):
        for run in lying:
            yield from run.blocks()
        return
    waiting = bytearray()
    for record in heapq.merge(*lying):
        waiting += record
        if len(waiting) >= _BLOCK:
            yield bytes(waiting)
            waiting.clear()
    yield bytes(waiting)
