"""Maps a stretch of a text through the differences between that text and a newer one."""

from __future__ import annotations

from annotator.domain.anchoring_diff import Matching
from annotator.domain.anchoring_tokens import Stop, Tokens, Vocabulary

Span = tuple[int, int]


class Texts:
    """An old and a new text, taken apart and laid against each other once."""

    def __init__(self, old: str, new: str, stop: Stop = lambda: None) -> None:
        vocabulary = Vocabulary()
        self.old, self.new = Tokens(old, vocabulary, stop), Tokens(new, vocabulary, stop)
        self.matching = Matching(self.old, self.new, stop)

    def mapped(self, start: int, end: int) -> Span | None:
        """Return the stretch of the new text that stands where a stretch of the old one stood; None where nothing does.

        A word that was replaced is mapped to what stands in its place; words put in before or behind the stretch are left out.
        """
        first, last = self.old.within(start, end)
        if first >= last:
            return None
        begin, stop = self._start(first, start), self._end(last - 1, end)
        return (begin, stop) if begin < stop else None

    def survivors(self, start: int, end: int) -> float:
        """Return the share of letters of a stretch of the old text whose words stand in a run."""
        first, last = self.old.within(start, end)
        sizes = [self.old.ends[place] - self.old.starts[place] for place in range(first, last)]
        kept = (size for place, size in enumerate(sizes, first) if self.matching.at(place) is not None)
        return sum(kept) / max(sum(sizes), 1)

    def _start(self, place: int, offset: int) -> int:
        there = self.matching.at(place)
        if there is not None:
            return self._inside(place, there, offset)
        from_, to, other, other_end = self.matching.gap(place)
        if other == other_end:
            return self._edge(other)
        return self._edge(other + _share(place - from_, to - from_, other_end - other))

    def _end(self, place: int, offset: int) -> int:
        there = self.matching.at(place)
        if there is not None:
            return self._inside(place, there, offset)
        from_, to, other, other_end = self.matching.gap(place)
        behind = other + _share(place + 1 - from_, to - from_, other_end - other)
        return self.new.ends[behind - 1] if behind else 0

    def _inside(self, place: int, there: int, offset: int) -> int:
        """Return an offset within a word of the new text that is the same word, if not always written the same."""
        start, end = self.new.starts[there], self.new.ends[there]
        from_start, from_end = offset - self.old.starts[place], self.old.ends[place] - offset
        if from_end <= 0:
            return end
        return min(start + max(from_start, 0), end)

    def _edge(self, place: int) -> int:
        return self.new.starts[place] if place < len(self.new) else len(self.new.text)


def _share(part: int, whole: int, other: int) -> int:
    """Return as much of another length as a part is of a whole: one for one where they are equally long."""
    return (2 * part * other + whole) // (2 * whole)
