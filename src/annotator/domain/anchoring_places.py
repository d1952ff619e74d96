"""Maps a stretch of a text through the differences between that text and a newer one."""

from __future__ import annotations

from annotator.domain.anchoring_diff import Matching, Run, common_runs
from annotator.domain.anchoring_score import likeness
from annotator.domain.anchoring_tokens import Stop, Tokens, Vocabulary

Span = tuple[int, int]

_FEW = 7
"""So many replaced words at an edge belong to the stretch; more do only where they are like what stood there."""
_ALIKE = 0.5
_SMALL, _NEAR = 2, 3


class Texts:
    """An old and a new text, taken apart and laid against each other once."""

    def __init__(self, old: str, new: str, stop: Stop = lambda: None) -> None:
        vocabulary = Vocabulary()
        self.old, self.new = Tokens(old, vocabulary, stop), Tokens(new, vocabulary, stop)
        self.matching = Matching.of(self.old, self.new, stop)

    def mapped(self, start: int, end: int) -> Span | None:
        """Return the stretch of the new text that stands where a stretch of the old one stood; None where nothing does.

        A word that was replaced is mapped to what stands in its place; words put in before or behind the stretch are left out.
        """
        first, last = self.old.within(start, end)
        return self._outlined(_Part(self.matching, 0, 0), first, last, start, end) if first < last else None

    def fitted(self, start: int, end: int, low: int, high: int) -> Span | None:
        """Return the stretch among the new tokens ``low`` to ``high`` that a stretch of the old text comes nearest to."""
        first, last = self.old.within(start, end)
        runs = _without_islands(common_runs(self.old.numbers[first:last], self.new.numbers[low:high]))
        part = _Part(Matching(runs, (last - first, high - low)), first, low)
        return self._outlined(part, first, last, start, end)

    def kept(self, start: int, end: int, around: int = 0) -> float:
        """Return the share of letters whose words stand in a run: of a stretch of the old text and some words around it."""
        first, last = self.old.within(start, end)
        places = range(max(0, first - around), min(len(self.old), last + around))
        sizes = [self.old.ends[place] - self.old.starts[place] for place in places]
        kept = (size for place, size in zip(places, sizes, strict=True) if self.matching.at(place) is not None)
        return sum(kept) / max(sum(sizes), 1)

    def _outlined(self, part: _Part, first: int, last: int, start: int, end: int) -> Span | None:
        begin, stop = self._begin(part, first, last), self._end(part, first, last)
        if begin >= stop:
            return None
        there, behind = self.new.starts[begin], self.new.ends[stop - 1]
        if part.at(first) == begin:
            there = min(there + max(0, start - self.old.starts[first]), self.new.ends[begin])
        if part.at(last - 1) == stop - 1 and end < self.old.ends[last - 1]:
            behind = min(self.new.starts[stop - 1] + end - self.old.starts[last - 1], behind)
        return (there, behind) if there < behind else None

    def _begin(self, part: _Part, first: int, last: int) -> int:
        """Return the first of the new tokens that a run of the old ones is mapped to."""
        there = part.at(first)
        if there is not None:
            return there
        from_, to, other, other_end = part.gap(first)
        begin = other + _share(first - from_, to - from_, other_end - other)
        if to >= last:
            return begin
        begin = max(begin, other_end - 2 * (to - first) - _FEW)
        return other_end if self._is_other((first, to), (begin, other_end)) else begin

    def _end(self, part: _Part, first: int, last: int) -> int:
        """Return the new token behind the last that a run of the old ones is mapped to."""
        there = part.at(last - 1)
        if there is not None:
            return there + 1
        from_, to, other, other_end = part.gap(last - 1)
        stop = other + _share(last - from_, to - from_, other_end - other)
        if from_ <= first:
            return stop
        stop = min(stop, other + 2 * (last - from_) + _FEW)
        return other if self._is_other((from_, last), (other, stop)) else stop

    def _is_other(self, old: Span, new: Span) -> bool:
        """Tell whether tokens at the edge of a stretch are no new form of the old ones there."""
        if old[1] - old[0] <= _FEW and new[1] - new[0] <= _FEW + 1:
            return False
        return new[0] >= new[1] or likeness(self.old.words(*old), self.new.words(*new)) < _ALIKE


class _Part:
    """A part of both texts laid against each other, asked by the places of tokens in the whole."""

    def __init__(self, matching: Matching, old: int, new: int) -> None:
        self._matching, self._old, self._new = matching, old, new

    def at(self, place: int) -> int | None:
        """Return where an old token stands among the new ones, or None."""
        there = self._matching.at(place - self._old)
        return None if there is None else there + self._new

    def gap(self, place: int) -> tuple[int, int, int, int]:
        """Return the gap around an old token, as ``Matching.gap`` does."""
        from_, to, other, other_end = self._matching.gap(place - self._old)
        return from_ + self._old, to + self._old, other + self._new, other_end + self._new


def _without_islands(runs: list[Run]) -> list[Run]:
    """Return runs without a word or two at either end that stand far from the others: they are there by chance."""
    while len(runs) > 1 and _is_island(runs[0], runs[0], runs[1]):
        runs = runs[1:]
    while len(runs) > 1 and _is_island(runs[-1], runs[-2], runs[-1]):
        runs = runs[:-1]
    return runs


def _is_island(run: Run, one: Run, other: Run) -> bool:
    gap, other_gap = other[0] - one[0] - one[2], other[1] - one[1] - one[2]
    return run[2] <= _SMALL and other_gap > 2 * gap + _NEAR


def _share(part: int, whole: int, other: int) -> int:
    """Return as much of another length as a part is of a whole: one for one where they are equally long."""
    return (2 * part * other + whole) // (2 * whole)
