"""Which runs of numbers stand in two sequences in the same order: one pass over both, in bounded time.

What stands once in either, three in a row and then alone, is tied together first, as many as keep their order (patience
diff). What lies between two ties is small and compared in full; where it is not, it counts as different.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Self

from rapidfuzz.distance import LCSseq

from annotator.domain.anchoring_slide import Slider
from annotator.domain.anchoring_tokens import Stop, Tokens
from annotator.domain.longest_chain import longest_chain

_IN_A_ROW = (3, 1)
_AT_ONCE = 4_000_000
"""Two stretches are compared in full while their lengths multiply to at most this: some hundredths of a second."""
_COMPARED = 1_000_000_000
"""As much of that is done for one pair of sequences."""
_ROUNDS = 12
"""How often the numbers of a whole sequence may be counted anew in the stretches between ties."""

Run = tuple[int, int, int]
"""Where in the old sequence, where in the new one, how many in a row."""


class Matching:
    """The runs that stand in both sequences, in order; none touches the next one on both sides."""

    def __init__(self, runs: Iterable[Sequence[int]], lengths: tuple[int, int]) -> None:
        found = [*runs]
        self.lengths = lengths
        self.old, self.new, self.size = (array("I", (run[part] for run in found)) for part in range(3))

    @classmethod
    def of(cls, old: Tokens, new: Tokens, stop: Stop = lambda: None) -> Self:
        """Lay two texts against each other."""
        found = _Matches(old.numbers, new.numbers, stop).between(0, len(old), 0, len(new))
        return cls(Slider(old, new).take(found), (len(old), len(new)))

    def at(self, place: int) -> int | None:
        """Return where the number at a place of the old sequence stands in the new one, or None."""
        run = bisect_right(self.old, place) - 1
        if run < 0 or place >= self.old[run] + self.size[run]:
            return None
        return self.new[run] + place - self.old[run]

    def gap(self, place: int) -> tuple[int, int, int, int]:
        """Return what lies around a place of the old sequence between runs: from and to in the old one, and in the new one."""
        after = bisect_right(self.old, place)
        end, other_end = (self.old[after], self.new[after]) if after < len(self.old) else self.lengths
        if not after:
            return 0, end, 0, other_end
        size = self.size[after - 1]
        return self.old[after - 1] + size, end, self.new[after - 1] + size, other_end

    def only_new(self) -> Iterator[tuple[int, int]]:
        """Yield the half-open stretches of the new sequence that stand in no run."""
        at = 0
        for start, length in zip(self.new, self.size, strict=True):
            if at < start:
                yield at, start
            at = start + length
        if at < self.lengths[1]:
            yield at, self.lengths[1]

    def is_free(self, start: int, end: int) -> bool:
        """Tell whether most of a half-open stretch of the new sequence stands in no run."""
        taken = 0
        run = max(bisect_right(self.new, start) - 1, 0)
        while run < len(self.new) and self.new[run] < end:
            low, high = max(start, self.new[run]), min(end, self.new[run] + self.size[run])
            taken += max(0, high - low)
            run += 1
        return 2 * taken <= end - start


def common_runs(old: Sequence[int], new: Sequence[int]) -> list[Run]:
    """Return the runs of the longest common subsequence of two short sequences."""
    blocks = LCSseq.editops(old, new).as_matching_blocks()
    return [(block.a, block.b, block.size) for block in blocks if block.size]


class _Matches:
    """Finds the runs, with a bound on the work."""

    def __init__(self, old: Sequence[int], new: Sequence[int], stop: Stop) -> None:
        self._old, self._new, self._stop = old, new, stop
        self._compared = _COMPARED
        self._counted = _ROUNDS * (len(old) + len(new) + 1)

    def between(self, start: int, end: int, other: int, other_end: int) -> Iterator[Run]:
        """Yield the runs between two places of either sequence. Stretches wait in a stack: recursion would have no bound."""
        waiting: list[tuple[int, int, int, int] | Run] = [(start, end, other, other_end)]
        while waiting:
            each = waiting.pop()
            if len(each) == 3:
                yield each
            else:
                waiting += reversed([*self._within(*each)])

    def _within(self, start: int, end: int, other: int, other_end: int) -> Iterator[tuple[int, int, int, int] | Run]:
        """Yield the runs and the stretches left between them: what begins and ends alike, and what ties the rest together."""
        old, new = self._old, self._new
        head = tail = 0
        while start + head < end and other + head < other_end and old[start + head] == new[other + head]:
            head += 1
        if head:
            yield start, other, head
        start, other = start + head, other + head
        while start < end - tail and other < other_end - tail and old[end - tail - 1] == new[other_end - tail - 1]:
            tail += 1
        yield from self._middle(start, end - tail, other, other_end - tail)
        if tail:
            yield end - tail, other_end - tail, tail

    def _middle(self, start: int, end: int, other: int, other_end: int) -> Iterator[tuple[int, int, int, int] | Run]:
        size = (end - start) * (other_end - other)
        if not size:
            return
        self._stop()
        if size <= _AT_ONCE and size <= self._compared:
            self._compared -= size
            for at, there, length in common_runs(self._old[start:end], self._new[other:other_end]):
                yield start + at, other + there, length
            return
        here, there = start, other
        for place, place_there in self._ties(start, end, other, other_end):
            yield here, place, there, place_there
            yield place, place_there, 1
            here, there = place + 1, place_there + 1
        if here > start:
            yield here, end, there, other_end

    def _ties(self, start: int, end: int, other: int, other_end: int) -> list[tuple[int, int]]:
        """Return the places of what stands once in either stretch, as many as keep their order in both."""
        for length in _IN_A_ROW:
            self._counted -= end - start + other_end - other
            if self._counted < 0:
                return []
            once = _single(self._old[start:end], length)
            once_there = _single(self._new[other:other_end], length)
            pairs = [(start + at, other + once_there[row]) for row, at in once.items() if row in once_there]
            if pairs:
                return longest_chain(pairs)
        return []


def _single(numbers: Sequence[int], length: int) -> dict[object, int]:
    """Return the places of what stands once: so many numbers in a row."""
    rows: list[object] = list(zip(*(numbers[at:] for at in range(length)), strict=False)) if length > 1 else [*numbers]
    counts = Counter(rows)
    return {row: place for place, row in enumerate(rows) if counts[row] == 1}
