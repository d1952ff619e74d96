"""How a program counted the positions of its selections, found out from the words that it names them by.

The standard counts code points of the text as it is written. Programs also count UTF-16 units, a line end of two characters as
one, one of one character as two, and a byte order mark or not. What names a selection is in most programs its words, cut with “…”
where they are long: the way of counting is taken by which the most names stand at their positions. Where names do not tell,
people do: they mark whole words, and a wrong way of counting soon begins and ends inside of them.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from annotator.domain.anchoring_score import unspaced
from annotator.domain.text import canonical_text

Span = tuple[int, int]

_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
_CUT = re.compile(r"(?:…|\.\.\.)\s*$")
_TELLING = 8
"""So many characters of a name tell a place."""
_SAMPLE = 2_000
_SURELY_WORDS = 20
"""A name so long that stands in the text was not made up."""
_CLEARLY = 4
"""So many selections of whole words tell two ways apart, where they are so many times those that speak for the other."""


@dataclass(frozen=True, slots=True)
class Counting:
    """One way of counting: UTF-16 units or code points; what a line end counts (``one``, ``two``, or as ``written``); a mark."""

    utf16: bool
    line_end: str
    mark: bool


_WAYS = tuple(
    Counting(utf16=utf16, line_end=line_end, mark=mark)
    for mark in (False, True)
    for line_end in ("written", "one", "two")
    for utf16 in (False, True)
)
"""In the order of their likeliness."""


class Counted:
    """A text with the positions that any way of counting gives it."""

    def __init__(self, raw: str, *, has_mark: bool, is_own: bool = True) -> None:
        """``raw`` is the text as it is written, line ends and all, without its byte order mark.

        ``is_own`` tells that it is the text that the program counted in, and not one that was read here of the same file.
        """
        self.text, self.is_own = canonical_text(raw), is_own
        self._has_mark = has_mark
        self._astral = [match.start() for match in _ASTRAL.finditer(self.text)]
        self._ends = [match.start() for match in re.finditer("\n", self.text)]
        self._wide_ends = _wide_ends(raw, self._ends)
        self._bare = unspaced(self.text)
        self._wide = cache(self._wide_of)

    def span(self, start: int, end: int, way: Counting) -> Span:
        """Return the code points of the canonical text that two positions mean; they may lie outside of it."""
        wide = self._wide(way)
        mark = 1 if way.mark and self._has_mark else 0
        return _narrow(start - mark, wide), _narrow(end - mark, wide)

    def fits(self, name: str, span: Span) -> bool:
        """Tell whether a selection that is called so may stand there."""
        words = name_words(name)
        there = unspaced(self.text[slice(*span)]) if _inside(span, self.text) else ""
        if not words or not there:
            return False
        return there == words or (
            (_CUT.search(name) is not None or len(words) >= _SURELY_WORDS) and there.startswith(words)
        )

    def is_just(self, name: str, span: Span) -> bool:
        """Tell whether just the words that a selection is called by stand there."""
        return _inside(span, self.text) and unspaced(self.text[slice(*span)]) == unspaced(name) != ""

    def holds(self, name: str) -> bool:
        """Tell whether a name is one of words of this text, long enough to tell a place."""
        words = name_words(name)
        return len(words) >= _TELLING and words in self._bare

    def only(self, name: str) -> Span | None:
        """Return where the words of a name stand, where they stand once; “…” at its end must stand there, else it was cut."""
        words = unspaced(name)
        at = self._bare.find(words) if len(words) >= _TELLING else -1
        if at < 0 or self._bare.find(words, at + 1) >= 0:
            return None
        return self._letters[at], self._letters[at + len(words) - 1] + 1

    def is_whole(self, span: Span) -> bool:
        """Tell whether a stretch has words and begins and ends inside of none."""
        return (
            _inside(span, self.text)
            and not self.text[slice(*span)].isspace()
            and not any(at and self.text[at - 1 : at + 1].isalnum() and at < len(self.text) for at in span)
        )

    def is_same(self, start: int, end: int, ways: Iterable[Counting]) -> bool:
        """Tell whether several ways of counting come to the same here."""
        return len({self.span(start, end, way) for way in ways}) == 1

    @cached_property
    def _letters(self) -> Sequence[int]:
        """Where the characters stand that are no white space."""
        return array("L", (at for at, letter in enumerate(self.text) if not letter.isspace()))

    def _wide_of(self, way: Counting) -> Sequence[int]:
        ends = {"one": (), "two": self._ends, "written": self._wide_ends}[way.line_end]
        return sorted([*(self._astral if way.utf16 else ()), *ends])


@dataclass(frozen=True, slots=True)
class Marked:
    """A selection as it is written: in which text, from where to where, and what it is called."""

    text: Counted
    start: int
    end: int
    name: str


class Settled:
    """The way of counting of one program, found out from all its selections."""

    def __init__(self, selections: Sequence[Marked]) -> None:
        named = [each for each in selections if len(name_words(each.name)) >= _TELLING]
        sample = named[:: len(named) // _SAMPLE + 1]
        hits = [
            sum(each.text.fits(each.name, each.text.span(each.start, each.end, way)) for each in sample)
            for way in _WAYS
        ]
        likely = [way for way, count in zip(_WAYS, hits, strict=True) if count == max(hits)]
        marks = _WordMarks(selections, likely)
        self._way = chosen = marks.best()
        self._rivals = tuple(
            way
            for way in likely
            if way.mark == chosen.mark
            and (way.line_end == "two") == (chosen.line_end == "two")
            and not marks.is_better(chosen, way)
        )
        """Those that nothing speaks against: where they differ, the place is in doubt."""

    def span(self, marked: Marked) -> Span | None:
        """Return where a selection stands in the canonical text of its source, or None where that is in doubt."""
        found = marked.text.span(marked.start, marked.end, self._way)
        if not marked.text.is_own:
            return found if marked.text.is_just(marked.name, found) else marked.text.only(marked.name)
        if marked.text.fits(marked.name, found):
            return found
        others = {marked.text.span(marked.start, marked.end, way) for way in _WAYS}
        fitting = [span for span in others if marked.text.fits(marked.name, span)]
        if marked.text.holds(marked.name) and len(fitting) == 1:
            return fitting[0]
        if marked.text.holds(marked.name) and len(name_words(marked.name)) >= _SURELY_WORDS:
            return None
        return found if marked.text.is_same(marked.start, marked.end, self._rivals) else None


class _WordMarks:
    """Which selections mark whole words, by each way of counting."""

    def __init__(self, selections: Sequence[Marked], ways: Sequence[Counting]) -> None:
        """``ways`` are those to be told apart, the likeliest first."""
        self._ways = ways
        sample = selections[:: len(selections) // _SAMPLE + 1] if len(ways) > 1 else ()
        self._whole = {
            way: [each.text.is_whole(each.text.span(each.start, each.end, way)) for each in sample] for way in ways
        }

    def best(self) -> Counting:
        """Return the likeliest way, unless another is clearly better."""
        most = max(self._ways, key=lambda way: sum(self._whole[way]))
        return most if self.is_better(most, self._ways[0]) else self._ways[0]

    def is_better(self, one: Counting, other: Counting) -> bool:
        """Tell whether far more selections mark whole words by one way only than by the other only."""
        pairs = list(zip(self._whole[one], self._whole[other], strict=True))
        ahead, behind = (
            sum(own and not theirs for own, theirs in each) for each in (pairs, [pair[::-1] for pair in pairs])
        )
        return ahead >= _CLEARLY and ahead >= _CLEARLY * behind


def is_words(name: str) -> bool:
    """Tell whether a name is surely the words of its selection, all of them."""
    return len(name_words(name)) >= _SURELY_WORDS and not _CUT.search(name)


def name_words(name: str) -> str:
    """Return the words of a name without white space and without the sign that it was cut."""
    return unspaced(_CUT.sub("", name))


def _wide_ends(raw: str, ends: Sequence[int]) -> list[int]:
    """Return where in the canonical text those line ends stand that are written with two characters."""
    written = re.findall("\r\n|\r|\n", raw)
    return [at for at, sign in zip(ends, written, strict=True) if len(sign) == 2]


def _narrow(position: int, wide: Sequence[int]) -> int:
    """Return the code point of a position that counts the characters at ``wide`` twice."""
    low, high = 0, len(wide)
    while low < high:
        middle = (low + high) // 2
        if wide[middle] + middle < position - 1:
            low = middle + 1
        else:
            high = middle
    return position - low


def _inside(span: Span, text: str) -> bool:
    return 0 <= span[0] < span[1] <= len(text)
