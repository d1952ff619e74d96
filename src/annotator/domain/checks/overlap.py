"""Which words two linkages rest on in common, found without comparing all with all.

Two stretches overlap by at least half (Jaccard on code points) only when neither is longer than twice the other and they start
near each other. So stretches are kept by length, in classes of powers of two, and by start.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections import defaultdict
from collections.abc import Iterable, Iterator

from annotator.domain.passage import Passage

Stretch = tuple[str, int, int]
"""A text's digest and half-open code points in it; pages of pictures stand as texts of their own."""

Words = tuple[Stretch, ...]
"""Sorted, disjoint stretches."""


def words_of(passages: Iterable[Passage]) -> Words:
    """Return the words that passages mark together. An area of a picture counts as one stretch that overlaps only itself."""
    found: list[Stretch] = []
    for passage in passages:
        found += ((passage.text, each.start, each.end) for each in passage.fragments if each.start < each.end)
        if passage.area is not None:
            found.append((f"{passage.text} {passage.area}", 0, 1))
    if len(found) < 2:
        return tuple(found)
    found.sort()
    joined: list[Stretch] = []
    for text, start, end in found:
        if joined and joined[-1][0] == text and start <= joined[-1][2]:
            joined[-1] = (text, joined[-1][1], max(end, joined[-1][2]))
        else:
            joined.append((text, start, end))
    return tuple(joined)


def length(words: Words) -> int:
    """Return how many code points words have."""
    return sum(end - start for _, start, end in words)


def common(one: Words, other: Words) -> int:
    """Return how many code points are in both."""
    total, i, j = 0, 0, 0
    while i < len(one) and j < len(other):
        (text, start, end), (its_text, its_start, its_end) = one[i], other[j]
        if text == its_text:
            total += max(0, min(end, its_end) - max(start, its_start))
        if (text, end) < (its_text, its_end):
            i += 1
        else:
            j += 1
    return total


HALF = 0.5


def overlap(one: Words, other: Words) -> float:
    """Return the Jaccard index of two sets of code points: 0 where they have nothing in common, 1 where they are the same."""
    both = common(one, other)
    union = length(one) + length(other) - both
    return both / union if union else 0.0


class Overlaps:
    """The words of some linkages, asked for those that share the most with others."""

    def __init__(self, several: Iterable[Words]) -> None:
        self._all = set(several)
        self._singles: dict[_Key, _Singles] = defaultdict(_Singles)
        self._pieces: dict[_Key, _Pieces] = defaultdict(_Pieces)
        for words in self._all:
            if len(words) == 1:
                self._singles[words[0][0], _order(words[0])].add(words[0])
            else:
                for stretch in words:
                    self._pieces[stretch[0], _order(stretch)].add(stretch, words)

    def best(self, words: Words) -> Words | None:
        """Return the words that share the most with ``words``, or None where none overlap by at least half."""
        if words in self._all:
            return words
        touching = {*self._touching(words), *self._single(words)}
        share, best = max(((overlap(words, other), other) for other in touching), default=(0.0, words))
        return best if share >= HALF else None

    def _single(self, words: Words) -> Iterator[Words]:
        """Yield the single stretches that may share the most with ``words``; to a single one just that which does."""
        order = length(words).bit_length()
        nearest = _Nearest(words[0]) if len(words) == 1 else None
        for text, start, end in words:
            for its_order in (order, order + 1, order - 1):
                singles = self._singles.get((text, its_order))
                if singles is None:
                    continue
                if nearest is not None:
                    singles.offer(nearest)
                else:
                    yield from (((text, *stretch),) for stretch in singles.touching(its_order, start, end))
        if nearest is not None and nearest.found is not None:
            yield (nearest.found,)

    def _touching(self, words: Words) -> Iterator[Words]:
        """Yield the words of several stretches that touch ``words`` and are neither too short nor too long."""
        if not self._pieces:
            return
        size = length(words)
        for text, start, end in words:
            for order in range(_ORDERS):
                pieces = self._pieces.get((text, order))
                if pieces is not None:
                    found = pieces.touching(order, start, end)
                    yield from (other for other in found if size <= 2 * length(other) <= 4 * size)


class _Nearest:
    """The stretch found so far that shares the most with another, and at least half."""

    def __init__(self, stretch: Stretch) -> None:
        self.stretch = stretch
        self.share = HALF
        self.found: Stretch | None = None


class _Singles:
    """Single stretches of one text and one order of length."""

    def __init__(self) -> None:
        self._ends: dict[int, list[int]] = {}
        self._starts: list[int] = []

    def add(self, stretch: Stretch) -> None:
        _, start, end = stretch
        insort(self._ends.setdefault(start, []), end)

    def starts(self) -> list[int]:
        if not self._starts:
            self._starts = sorted(self._ends)
        return self._starts

    def offer(self, nearest: _Nearest) -> None:
        """Offer those that share more than what was found, going away from the start until none can."""
        text, start, end = nearest.stretch
        starts, size, share = self.starts(), end - start, nearest.share
        at = bisect_left(starts, start)
        for way in (range(at, len(starts)), range(at - 1, -1, -1)):
            for index in way:
                its_start = starts[index]
                apart = its_start - start
                if (size - apart if apart > 0 else size) < share * (size if apart > 0 else size - apart):
                    break
                for its_end in _around(self._ends[its_start], end):
                    both = min(end, its_end) - max(start, its_start)
                    its_share = both / (size + its_end - its_start - both)
                    if its_share > share or (its_share == share and nearest.found is None):
                        share = its_share
                        nearest.found = (text, its_start, its_end)
        nearest.share = share

    def touching(self, order: int, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Yield those that have a code point in common with a stretch."""
        starts = self.starts()
        for its_start in starts[bisect_right(starts, start - (1 << order)) : bisect_left(starts, end)]:
            yield from ((its_start, its_end) for its_end in self._ends[its_start] if its_end > start)


class _Pieces:
    """Stretches of one text and one order of length that are part of words of several."""

    def __init__(self) -> None:
        self._pieces: list[tuple[int, int, Words]] = []
        self._is_sorted = False

    def add(self, stretch: Stretch, words: Words) -> None:
        self._pieces.append((stretch[1], stretch[2], words))

    def touching(self, order: int, start: int, end: int) -> Iterator[Words]:
        """Yield the words of those that have a code point in common with a stretch."""
        if not self._is_sorted:
            self._pieces.sort()
            self._is_sorted = True
        first = bisect_right(self._pieces, start - (1 << order), key=_start)
        last = bisect_left(self._pieces, end, key=_start)
        yield from (words for _, its_end, words in self._pieces[first:last] if its_end > start)


_Key = tuple[str, int]
"""A text, and an order of length."""

_ORDERS = 64


def _order(stretch: Stretch) -> int:
    """Return the order of a stretch's length: it is shorter than two to the power of it, and at least half as long."""
    return (stretch[2] - stretch[1]).bit_length()


def _start(piece: tuple[int, int, Words]) -> int:
    return piece[0]


def _around(ends: list[int], end: int) -> list[int]:
    """Return the sorted ``ends`` next to ``end``."""
    at = bisect_left(ends, end)
    return ends[max(0, at - 1) : at + 1]
