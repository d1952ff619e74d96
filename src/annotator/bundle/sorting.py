"""Sorted records of one length that lie in a file, and how they come to lie there without ever being in memory."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise

from annotator.bundle.placed import PlacedFile
from annotator.domain.records import SortedRecords, Stretch

_RUN = 1 << 14
_BLOCK = 1 << 16


class Sorted(SortedRecords):
    """Sorted records that lie in a stretch of a file."""

    def __init__(self, file: PlacedFile, stretch: Stretch) -> None:
        super().__init__(stretch)
        self._file = file

    def read(self, at: int, size: int) -> bytes:
        """Return bytes of the file."""
        return self._file.read(at, size)


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
