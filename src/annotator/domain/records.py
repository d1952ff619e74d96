"""Sorted records of one length, in little memory."""

from __future__ import annotations

import heapq
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import overload

import msgspec

_RUN = 1 << 15
_BLOCK = 1 << 16


class Stretch(msgspec.Struct, frozen=True):
    """Where sorted records of one ``length`` lie in a file, in bytes."""

    at: int
    size: int
    length: int


class SortedRecords(Sequence[bytes]):
    """Sorted records of one length, wherever they lie."""

    def __init__(self, stretch: Stretch) -> None:
        """``stretch`` says where they lie, of whatever that is a stretch."""
        self.stretch = stretch

    def read(self, at: int, size: int) -> bytes:
        """Return bytes, counted as the stretch is."""
        raise NotImplementedError

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
        return self.read(self.stretch.at + index * length, length)

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
            yield self.read(at, min(step, end - at))
            at += step

    def starting_with(self, prefix: bytes) -> Iterator[bytes]:
        """Yield the records that start with ``prefix``, in their order."""
        for index in range(bisect_left(self, prefix), len(self)):
            record = self[index]
            if not record.startswith(prefix):
                return
            yield record


class Records(SortedRecords):
    """Sorted records of one ``length`` (bytes) in one piece of memory, ``data``."""

    def __init__(self, data: bytes | bytearray, length: int) -> None:
        super().__init__(Stretch(0, len(data), length))
        self.data = data

    def read(self, at: int, size: int) -> bytes:
        """Return bytes of the piece."""
        return bytes(self.data[at : at + size])


class Sorter:
    """Takes records of one length (bytes) in any order and sorts them without ever holding each as an object of its own."""

    def __init__(self, length: int) -> None:
        self._length = length
        self._waiting: list[bytes] = []
        self._runs: list[Records] = []

    def add(self, record: bytes) -> None:
        """Take one more."""
        self._waiting.append(record)
        if len(self._waiting) == _RUN:
            self._lay_down()

    def finish(self) -> Records:
        """Return all records, sorted."""
        self._lay_down()
        runs, self._runs = self._runs, []
        if all(one[len(one) - 1] <= other[0] for one, other in pairwise(runs)):
            sorted_data = bytearray()
            while runs:
                sorted_data += runs.pop(0).data
            return Records(sorted_data, self._length)
        merged = bytearray()
        for record in heapq.merge(*runs):
            merged += record
        return Records(merged, self._length)

    def _lay_down(self) -> None:
        if self._waiting:
            self._waiting.sort()
            self._runs.append(Records(b"".join(self._waiting), self._length))
            self._waiting = []
