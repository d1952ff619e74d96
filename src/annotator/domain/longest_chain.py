"""The longest chain of pairs that rise together: what two sequences have in the same order."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence


def longest_chain(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest chain of pairs, sorted by their first numbers, whose second numbers rise too (patience sorting)."""
    lowest: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for number, (_, there) in enumerate(pairs):
        length = bisect_left(lowest, there)
        before.append(ends[length - 1] if length else -1)
        lowest[length : length + 1] = [there]
        ends[length : length + 1] = [number]
    chain: list[tuple[int, int]] = []
    number = ends[-1]
    while number >= 0:
        chain.append(pairs[number])
        number = before[number]
    return chain[::-1]
