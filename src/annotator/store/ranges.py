"""Sets of local numbers that are mostly runs, kept as text: “3 7-12 40”."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator


class Ranges:
    """A set of numbers, kept as sorted runs that neither overlap nor touch."""

    def __init__(self, runs: Iterable[tuple[int, int]] = ()) -> None:
        self._runs: list[tuple[int, int]] = []
        for first, last in sorted(runs):
            if self._runs and first <= self._runs[-1][1] + 1:
                self._runs[-1] = (self._runs[-1][0], max(last, self._runs[-1][1]))
            else:
                self._runs.append((first, last))

    @classmethod
    def of(cls, numbers: Iterable[int]) -> Ranges:
        """Return the set of these numbers."""
        return cls((number, number) for number in numbers)

    @classmethod
    def parse(cls, text: str) -> Ranges:
        """Return the set that a text stands for; raises ``ValueError`` where it is none."""
        return cls((int(first), int(last or first)) for first, _, last in (run.partition("-") for run in text.split()))

    def __str__(self) -> str:
        return " ".join(str(first) if first == last else f"{first}-{last}" for first, last in self._runs)

    def __contains__(self, number: int) -> bool:
        index = bisect_right(self._runs, (number, 2**62)) - 1
        return index >= 0 and number <= self._runs[index][1]

    def __iter__(self) -> Iterator[int]:
        for first, last in self._runs:
            yield from range(first, last + 1)

    def __len__(self) -> int:
        return sum(last - first + 1 for first, last in self._runs)

    def __or__(self, other: Ranges) -> Ranges:
        return Ranges((*self._runs, *other._runs))

    @property
    def runs(self) -> tuple[tuple[int, int], ...]:
        """The first and the last number of each run."""
        return tuple(self._runs)
