"""Finding words in one text: all places, in code points, whatever stands between and over the letters."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import overload

from annotator.domain.find_pattern import pattern_spans
from annotator.domain.letters import Alike
from annotator.domain.shadow import Shadow
from annotator.domain.shadow_kinds import Rules, Stop
from annotator.domain.word_edges import is_whole_words

Span = tuple[int, int]
"""Half-open code points."""

MOST = 1_000_000
"""So many hits are counted and shown; of more it is said that there are more."""

_KEPT = 2
_OFTEN = 4_096
_WINDOW = 1 << 18


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for. ``case``: capitals matter; ``words``: whole words only; ``fold``: accents do not matter.

    ``regex``: ``text`` is a regular expression, where ``^`` and ``$`` are the ends of a paragraph.
    """

    text: str
    case: bool = False
    words: bool = False
    fold: bool = True
    regex: bool = False


class Hits(Sequence[Span]):
    """Places found: sorted, disjoint, never inside a grapheme. A million of them take 8 MB."""

    __slots__ = ("complete", "ends", "starts")

    def __init__(self, starts: array[int], ends: array[int], *, complete: bool = True) -> None:
        """``complete`` is false where there are more than these."""
        self.starts, self.ends, self.complete = starts, ends, complete

    def __len__(self) -> int:
        return len(self.starts)

    @overload
    def __getitem__(self, index: int) -> Span: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Span]: ...
    def __getitem__(self, index: int | slice) -> Span | Sequence[Span]:
        if isinstance(index, slice):
            return list(zip(self.starts[index], self.ends[index], strict=True))
        return self.starts[index], self.ends[index]

    def within(self, start: int, end: int) -> range:
        """Return the numbers of the hits that reach into half-open code points."""
        return range(bisect_right(self.ends, start), max(bisect_right(self.ends, start), bisect_left(self.starts, end)))

    def first_from(self, offset: int) -> int:
        """Return the number of the first hit that begins at an offset or behind it; ``len`` if there is none."""
        return bisect_left(self.starts, offset)


NO_HITS = Hits(array("I"), array("I"))


class Finder:
    """Finds in one text. Its shadows are kept for the next query: one finder belongs to a text as long as it is read."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._shadows: OrderedDict[Rules, Shadow] = OrderedDict()

    def find(self, query: Query, stop: Stop = lambda: None) -> Hits:
        """Return all places, leftmost first. White space at the ends of a plain query is not looked for.

        ``stop`` is called now and then, and may raise what ends the search. Raises ``PatternError`` for what is no regular
        expression and ``PatternTooSlowError`` for one that would take minutes.
        """
        spans = self._matches(query, stop) if query.regex else self._plain(query, stop)
        starts, ends, complete = array("I"), array("I"), True
        for number, (start, end) in enumerate(spans):
            if number == MOST:
                complete = False
                break
            if number % _OFTEN == 0:
                stop()
            starts.append(start)
            ends.append(end)
        return Hits(starts, ends, complete=complete)

    def _plain(self, query: Query, stop: Stop) -> Iterator[Span]:
        rules = Rules(Alike(case=not query.case, accents=query.fold))
        wanted = Shadow(query.text, rules).text.strip(" ")
        if not wanted:
            return
        shadow = self._shadow(rules, stop)
        length, at, stopped = len(wanted), 0, 0
        while at < len(shadow.text):
            if at >= stopped:
                stop()
                stopped = at + _WINDOW
            found = shadow.text.find(wanted, at, stopped + length - 1)
            if found < 0:
                at = stopped
                continue
            span = shadow.span(found, found + length)
            if span is None or (query.words and not is_whole_words(self.text, *span)):
                at = found + 1
            else:
                at = found + length
                yield span

    def _matches(self, query: Query, stop: Stop) -> Iterator[Span]:
        rules = Rules(Alike(case=False, accents=True), literally=True)
        shadow = self._shadow(rules, stop) if query.fold else Shadow("", rules)
        return pattern_spans(
            self.text, shadow if query.fold else None, query.text, case=query.case, words=query.words, stop=stop
        )

    def _shadow(self, rules: Rules, stop: Stop) -> Shadow:
        """Return the text folded by some rules, made when it is first needed."""
        shadow = self._shadows.pop(rules, None) or Shadow(self.text, rules, stop)
        self._shadows[rules] = shadow
        if len(self._shadows) > _KEPT:
            self._shadows.popitem(last=False)
        return shadow
