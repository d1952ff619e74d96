"""Two versions of a text laid beside each other: which words differ, what was moved, and which place answers to which.

Lines are aligned first, then words within what differs. White space alone makes no difference: a text that was only wrapped
anew has none. The time is bounded as that of ``word_diff`` is. All places are code points.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import accumulate, chain, zip_longest
from typing import NamedTuple

from rapidfuzz import fuzz, process

from annotator.domain.find import Hits
from annotator.domain.word_diff import Difference, Piece, Run, runs_of, word_diff

Span = tuple[int, int]
"""Half-open code points."""

_WORD = re.compile(r"\S+")
_MOVED = 20
"""Letters that a line must have to be known again at another place."""

_ALIKE = 75
"""How much a line must be like one at another place to be that one rewritten, in per cent (``rapidfuzz.fuzz.ratio``)."""

_PAIRS = 40_000
"""Lines taken out times lines put in that are compared for that: a fraction of a second."""

_MOST = 4_000_000
"""Letters that are compared word by word at once; what differs over more than that is gone and new as a whole."""


class Change(NamedTuple):
    """Words that differ: those before and those after. One of the two may be empty: it then says where nothing stands."""

    old: Span
    new: Span


@dataclass(frozen=True, slots=True)
class VersionDiff:
    """How an old and a new text differ.

    ``gone`` are words of the old text that are not in the new one, ``new`` words of the new one that were not in the old;
    ``moved_from`` and ``moved_to`` are lines that stand elsewhere now, also those of which some words differ.
    ``old_points`` and ``new_points`` rise together: place by place they say what answers to what.
    """

    changes: tuple[Change, ...]
    gone: Hits
    new: Hits
    moved_from: Hits
    moved_to: Hits
    old_points: array[int]
    new_points: array[int]

    def to_new(self, offset: int) -> int:
        """Return the place in the new text that answers to one in the old."""
        return _mapped(offset, self.old_points, self.new_points)

    def to_old(self, offset: int) -> int:
        """Return the place in the old text that answers to one in the new."""
        return _mapped(offset, self.new_points, self.old_points)


def diff_versions(old: str, new: str, *, stop: Callable[[], None] = lambda: None) -> VersionDiff:
    """Return how two texts differ; ``stop`` is called now and then, and may raise what ends the work."""
    return _Work(old, new, stop).diff()


class _Lines:
    """The lines of a text: what they say, white space aside, and where they begin."""

    def __init__(self, text: str) -> None:
        lines = text.split("\n")
        self.text = text
        self.keys = [" ".join(line.split()) for line in lines]
        self.starts = list(accumulate((len(line) + 1 for line in lines), initial=0))

    def span(self, part: slice) -> Span:
        """Return from where to where some lines go, with their line ends."""
        return min(self.starts[part.start], len(self.text)), min(self.starts[part.stop], len(self.text))

    def words(self, number: int) -> Span:
        """Return from where to where the words of a line go."""
        return self.starts[number], self.starts[number + 1] - 1

    def is_known_again(self, number: int, taken: AbstractSet[Span]) -> bool:
        """Tell whether a line is long enough to be known at another place, and is not among those ``taken``."""
        return len(self.keys[number]) >= _MOVED and self.words(number) not in taken


class _Work:
    """Makes one ``VersionDiff``."""

    def __init__(self, old: str, new: str, stop: Callable[[], None]) -> None:
        self._old, self._new = _Lines(old), _Lines(new)
        self._stop = stop
        self._points: tuple[array[int], array[int]] = (array("L"), array("L"))
        self._changes: list[Change] = []

    def diff(self) -> VersionDiff:
        runs = runs_of(self._old.keys, self._new.keys)
        differing = [run for run in runs if not run.same]
        moved = self._moved(differing)
        rewritten = self._rewritten(differing, moved)
        for run in runs:
            self._stop()
            if run.same:
                self._keep(run)
            else:
                self._compare(run)
        self._point(len(self._old.text), len(self._new.text))
        inside = [change for pair in rewritten for change in self._inside(pair)]
        moved = (*moved, *rewritten)
        changes = tuple(sorted((*self._beside(moved), *inside))) if moved else tuple(self._changes)
        gone, new = _spans(change.old for change in changes), _spans(change.new for change in changes)
        moved_from, moved_to = _spans(change.old for change in moved), _spans(change.new for change in moved)
        return VersionDiff(changes, gone, new, moved_from, moved_to, *self._points)

    def _point(self, old: int, new: int) -> None:
        self._points[0].append(old)
        self._points[1].append(new)

    def _keep(self, run: Run) -> None:
        """Let the lines of a run that is the same answer to each other."""
        for number, there in zip(_numbers(run.old), _numbers(run.new), strict=True):
            self._point(self._old.starts[number], self._new.starts[there])

    def _compare(self, run: Run) -> None:
        """Find the words that differ in a run that does, whatever the white space between them is."""
        old = _Spaced(self._old.text, *self._old.span(run.old))
        new = _Spaced(self._new.text, *self._new.span(run.new))
        at, there, gone = 0, 0, (old.place(0),) * 2
        for piece in _pieces(old.text, new.text):
            self._point(old.place(at), new.place(there))
            length = len(piece.text)
            if piece.change is Difference.SAME:
                self._point_words(old, new, at, there, length)
                at, there = at + length, there + length
                gone = (old.place(at),) * 2
            elif piece.change is Difference.GONE:
                gone = old.span(at, at + length)
                at += length
                if gone[0] < gone[1]:
                    self._changes.append(Change(gone, (new.place(there),) * 2))
            else:
                self._take_new(gone, new.span(there, there + length))
                there += length

    def _point_words(self, old: _Spaced, new: _Spaced, at: int, there: int, length: int) -> None:
        """Let words that are the same answer to each other one by one where the white space between them is not."""
        for start in old.word_starts(at + 1, at + length):
            here, other = old.place(start), new.place(there + start - at)
            if here - self._points[0][-1] != other - self._points[1][-1]:
                self._point(here, other)

    def _take_new(self, gone: Span, new: Span) -> None:
        """Note new words: in the place of those just gone, if any are."""
        if new[0] == new[1]:
            return
        if gone[0] < gone[1]:
            self._changes.pop()
        self._changes.append(Change(gone, new))

    def _moved(self, runs: Sequence[Run]) -> tuple[Change, ...]:
        """Return the lines that were taken out at one place and stand, word for word, at another."""
        old = _once(self._old.keys, [number for run in runs for number in _numbers(run.old)])
        new = _once(self._new.keys, [number for run in runs for number in _numbers(run.new)])
        return tuple(
            Change(self._old.words(number), self._new.words(new[key])) for key, number in old.items() if key in new
        )

    def _rewritten(self, runs: Sequence[Run], moved: Sequence[Change]) -> tuple[Change, ...]:
        """Return the lines that were taken out at one place and stand, much alike, at another: each with what is most like it."""
        left, right = {move.old for move in moved}, {move.new for move in moved}
        old = {number: run for run in runs for number in _numbers(run.old) if self._old.is_known_again(number, left)}
        new = {number: run for run in runs for number in _numbers(run.new) if self._new.is_known_again(number, right)}
        if len(old) * len(new) > _PAIRS:
            return ()
        found: dict[int, tuple[float, int]] = {}
        keys = {there: self._new.keys[there] for there in new}
        for number in old:
            self._stop()
            best = process.extractOne(self._old.keys[number], keys, scorer=fuzz.ratio, score_cutoff=_ALIKE)
            if best is not None and best[1] > found.get(best[2], (0.0, 0))[0]:
                found[best[2]] = best[1], number
        pairs = ((number, there) for there, (_, number) in found.items() if old[number] is not new[there])
        return tuple(Change(self._old.words(number), self._new.words(there)) for number, there in sorted(pairs))

    def _inside(self, pair: Change) -> Iterator[Change]:
        """Yield the words that differ between two lines."""
        (start, end), (other, other_end) = pair
        for old, new in diff_versions(self._old.text[start:end], self._new.text[other:other_end]).changes:
            yield Change((old[0] + start, old[1] + start), (new[0] + other, new[1] + other))

    def _beside(self, moved: Sequence[Change]) -> Iterator[Change]:
        """Yield the changes without the words that are only elsewhere now."""
        old = _spans(move.old for move in moved)
        new = _spans(move.new for move in moved)
        for change in self._changes:
            before, after = _left(self._old.text, change.old, old), _left(self._new.text, change.new, new)
            for number in range(max(len(before), len(after))):
                gone = before[number] if number < len(before) else (change.old[1],) * 2
                yield Change(gone, after[number] if number < len(after) else (change.new[1],) * 2)


class _Spaced:
    """The words of a stretch with one space or line end between any two, and where each of them really stands."""

    def __init__(self, text: str, start: int, end: int) -> None:
        found = [(match.start(), match[0]) for match in _WORD.finditer(text, start, end)]
        ends = [place + len(word) for place, word in found]
        gaps = ("\n" if "\n" in text[end:place] else " " for end, (place, _) in zip(ends, found[1:], strict=False))
        self.text = "".join(chain.from_iterable(zip_longest((word for _, word in found), gaps, fillvalue="")))
        self._end = ends[-1] if ends else end
        self._places = array("L", [place for place, _ in found])
        self._starts = array("L", accumulate((len(word) + 1 for _, word in found), initial=0))[: len(found)]

    def place(self, at: int) -> int:
        """Return where in the text something among the words stands."""
        if at >= len(self.text):
            return self._end
        number = bisect_right(self._starts, at) - 1
        return self._places[number] + at - self._starts[number]

    def span(self, start: int, end: int) -> Span:
        """Return from where to where words go in the text, without the space at their ends."""
        start, end = _without_blanks(self.text, start, end)
        return (self.place(start), self.place(end - 1) + 1) if start < end else (self.place(start),) * 2

    def word_starts(self, start: int, end: int) -> array[int]:
        """Return which of the words begin in a stretch of ``text``."""
        return self._starts[bisect_left(self._starts, start) : bisect_left(self._starts, end)]


def _pieces(old: str, new: str) -> Sequence[Piece]:
    """Return how two stretches differ, as far as it can be found out in some seconds."""
    if old.replace("\n", " ") == new.replace("\n", " "):
        return (Piece(old, Difference.SAME),)
    if len(old) + len(new) > _MOST:
        return (Piece(old, Difference.GONE), Piece(new, Difference.NEW))
    return word_diff(old, new)


def spans_of(spans: Iterable[Span]) -> Hits:
    """Return stretches in their order, those that overlap as one."""
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return _spans(joined)


def _numbers(part: slice) -> range:
    return range(part.start, part.stop)


def _once(keys: Sequence[str], numbers: Sequence[int]) -> dict[str, int]:
    """Return the lines among these that are long enough to be known again and are there once."""
    counts = Counter(keys[number] for number in numbers)
    return {keys[number]: number for number in numbers if counts[keys[number]] == 1 and len(keys[number]) >= _MOVED}


def _without_blanks(text: str, start: int, end: int) -> Span:
    """Return a stretch without the white space at its ends."""
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end


def _left(text: str, span: Span, holes: Hits) -> list[Span]:
    """Return what is left of a stretch of a text beside others, without the white space at its ends."""
    found = (_without_blanks(text, *part) for part in beside(span, holes))
    return [part for part in found if part[0] < part[1]]


def beside(span: Span, holes: Hits) -> Iterator[Span]:
    """Yield the parts of a stretch that stand beside others."""
    at = span[0]
    for number in holes.within(*span) if span[0] < span[1] else ():
        start, end = holes[number]
        if at < start:
            yield at, start
        at = max(at, end)
    if at < span[1]:
        yield at, span[1]


def _spans(spans: Iterable[Span]) -> Hits:
    """Return those of some stretches that hold something, in their order."""
    starts, ends = array("L"), array("L")
    for start, end in sorted(spans):
        if start < end:
            starts.append(start)
            ends.append(end)
    return Hits(starts, ends)


def _mapped(offset: int, here: array[int], there: array[int]) -> int:
    number = max(bisect_right(here, offset) - 1, 0)
    length = offset - here[number]
    room = there[number + 1] - there[number] if number + 1 < len(there) else 0
    return there[number] + max(0, min(length, room))
