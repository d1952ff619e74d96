"""How high the pieces of a text are, guessed until they have been laid out, and where each begins."""

from __future__ import annotations

from collections.abc import Sequence

_BUCKET = 256


class Heights:
    """Heights in px with their sums by bucket, so that finding and changing one costs next to nothing for any number."""

    def __init__(self, heights: Sequence[float]) -> None:
        self._heights = list(heights)
        self._sums = [sum(self._heights[n : n + _BUCKET]) for n in range(0, len(self._heights), _BUCKET)]

    def __getitem__(self, number: int) -> float:
        return self._heights[number]

    @property
    def total(self) -> float:
        """The height of all together."""
        return sum(self._sums)

    def put(self, number: int, height: float) -> None:
        """Set the height of one."""
        self._sums[number // _BUCKET] += height - self._heights[number]
        self._heights[number] = height

    def put_all(self, first: int, heights: Sequence[float]) -> None:
        """Set the heights of neighbours from ``first`` on."""
        self._heights[first : first + len(heights)] = heights
        for bucket in range(first // _BUCKET, (first + len(heights) - 1) // _BUCKET + 1):
            self._sums[bucket] = sum(self._heights[bucket * _BUCKET : (bucket + 1) * _BUCKET])

    def top(self, number: int) -> float:
        """Return where one begins."""
        bucket = number // _BUCKET
        return sum(self._sums[:bucket]) + sum(self._heights[bucket * _BUCKET : number])

    def at(self, y: float) -> tuple[int, float]:
        """Return which one stands at a height, and how far below its top; the last one beyond the end."""
        left = max(y, 0.0)
        for bucket, height in enumerate(self._sums):
            if left < height or bucket == len(self._sums) - 1:
                break
            left -= height
        first = bucket * _BUCKET
        members = self._heights[first : first + _BUCKET]
        for number, height in enumerate(members, first):
            if left < height or number == first + len(members) - 1:
                return number, left
            left -= height
        raise AssertionError("a text has at least one piece")
