"""Looks for a stretch of the old text that the differences lost, only among what is new in the new text."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from annotator.domain.anchoring_places import Span, Texts

_AROUND = 8
"""Words of the surroundings that help to find a stretch."""
_IN_A_ROW = 3
_COMMON = 32
"""What stands at more places among what is new tells nothing."""
_CANDIDATES = 6
_SEEDS = 2_000
_NEAR = 2


class Lost:
    """Finds candidates for lost stretches; an index of what is new is made once."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts
        self._rows: defaultdict[tuple[int, ...], list[int]] = defaultdict(list)
        self._words: defaultdict[int, list[int]] = defaultdict(list)
        numbers = texts.new.numbers
        for start, end in texts.matching.only_new():
            for place in range(start, end):
                self._words[numbers[place]].append(place)
                row = tuple(numbers[place : place + _IN_A_ROW])
                if len(row) == _IN_A_ROW:
                    self._rows[row].append(place)

    def candidates(self, start: int, end: int) -> Iterator[Span]:
        """Yield the stretches of the new text that may be a stretch of the old one, the likeliest first, some at most."""
        texts = self._texts
        first, last = texts.old.within(start, end)
        for shift in self._shifts(first, last):
            low, high = first + shift, last + shift
            if self._is_new(low, high):
                yield self._trimmed(first, last, low, high)

    def _is_new(self, low: int, high: int) -> bool:
        low, high = max(low, 0), min(high, len(self._texts.new))
        return low < high and self._texts.matching.is_free(low, high)

    def _shifts(self, first: int, last: int) -> list[int]:
        """Return by how many words the stretch may have moved, judged by the words in it and around it that are new there."""
        old = self._texts.old.numbers
        votes: Counter[int] = Counter()
        low, high = max(0, first - _AROUND), min(len(old), last + _AROUND)
        step = max(1, (high - low) // _SEEDS)
        for place in range(low, high, step):
            for where in self._places(old, place):
                votes[where - place] += 1 + (first <= place < last)
        merged: Counter[int] = Counter()
        for shift, count in votes.items():
            merged[shift] = count + sum(votes[shift + off] for off in range(-_NEAR, _NEAR + 1) if off) // 2
        return [shift for shift, _ in sorted(merged.items(), key=lambda each: (-each[1], abs(each[0])))[:_CANDIDATES]]

    def _places(self, old: list[int], place: int) -> list[int]:
        found = self._rows.get(tuple(old[place : place + _IN_A_ROW]), [])
        found = found or self._words.get(old[place], [])
        return found if len(found) <= _COMMON else []

    def _trimmed(self, first: int, last: int, low: int, high: int) -> Span:
        """Return the stretch whose first and last words are those of the old one, where these stand close by."""
        old, new = self._texts.old.numbers, self._texts.new
        slack = max(_NEAR, (last - first) // 3)
        starts = range(max(0, low - slack), min(len(new), low + slack + 1))
        ends = range(max(0, high - 1 - slack), min(len(new), high + slack))
        begin = min((at for at in starts if new.numbers[at] == old[first]), key=lambda at: abs(at - low), default=low)
        end = min(
            (at for at in ends if new.numbers[at] == old[last - 1]), key=lambda at: abs(at - high + 1), default=high - 1
        )
        begin = min(max(begin, 0), len(new) - 1)
        return new.span(begin, min(max(end, begin), len(new) - 1) + 1)
