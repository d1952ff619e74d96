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
_CANDIDATES, _IN_ALL = 6, 40_000
"""How many places are looked at for one stretch, and for all together: after those only the likeliest of each."""
_SEEDS = 2_000
_NEAR = 2


class Lost:
    """Finds candidates for lost stretches; an index of what is new is made once."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts
        self._looked_at = 0
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
        for shift in self._shifts(first, last)[: _CANDIDATES if self._looked_at < _IN_ALL else 1]:
            self._looked_at += 1
            low, high = max(0, first + shift), min(last + shift, len(texts.new))
            if low < high and texts.matching.is_free(low, high):
                is_same = texts.old.numbers[first:last] == texts.new.numbers[low:high]
                slack = 0 if is_same else _NEAR + (last - first) // 3
                found = texts.fitted(start, end, max(0, low - slack), min(high + slack, len(texts.new)))
                if found is not None:
                    yield found

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
