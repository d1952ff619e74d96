"""Puts what another program marked on the words of a text: by its place and by its words, and the words win.

Only the same words are taken for it, with the same or other white space. What is in doubt is not placed, and the doubt says why.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from annotator.domain.anchoring_score import likeness, unspaced, weight, words_apart
from annotator.domain.errors import WrongArgumentError
from annotator.domain.foreign import ForeignStretch
from annotator.domain.foreign_reasons import Why
from annotator.domain.nearest import Near, Quotation
from annotator.domain.passage import fragments_of

Span = tuple[int, int]
PageOf = Callable[[int], int | None]
"""Tells on which page (from 0) a code point stands."""

_CERTAIN = 32
"""So many characters in a row are no chance, whatever stands around them."""
_MARGIN = 4
"""By so many characters of its surroundings one place must beat the next."""
_AT_ITS_PLACE = 8
"""What the place that the file names is worth, in characters of the surroundings."""
_UNKNOWN, _FITTING = 0.5, 0.875
"""What surroundings count of which the file says nothing, and how alike both must be together, of two."""
_MORE = 8
_PLACES = 500
_LONGEST = 1_000_000


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why something was not placed, and the likeliest place (code points) if there is one."""

    why: Why
    detail: str = ""
    spans: tuple[Span, ...] = ()


class Ground:
    """A text that things are placed on; what the search needs is made once."""

    def __init__(self, text: str, page_of: PageOf, *, is_same: bool) -> None:
        """``is_same`` tells that it is the very text that the offsets are of."""
        self._text, self._page_of, self._is_same = text, page_of, is_same
        self._bare = ""
        self._at = array("L")

    def place(self, stretches: Iterable[ForeignStretch]) -> tuple[Span, ...] | Doubt:
        """Return where a passage stands, half-open code points, sorted and apart; or why that cannot be said."""
        spans: list[Span] = []
        doubt: Doubt | None = None
        for stretch in stretches:
            found = self._place(stretch)
            if isinstance(found, Doubt):
                doubt = doubt or found
                spans += found.spans
            else:
                spans.append(found)
        together = _together(spans)
        if doubt is not None:
            return Doubt(doubt.why, doubt.detail, together)
        try:
            fragments_of(self._text, together)
        except WrongArgumentError:
            return Doubt(Why.HALF_LETTER if together else Why.NO_WORDS)
        return together

    def near(self, stretches: Sequence[ForeignStretch]) -> Near | None:
        """Return the place of the text whose words come nearest to those of a passage; None where nothing comes near."""
        quote = " … ".join(stretch.quote for stretch in stretches)
        quotation = Quotation(quote) if quote and len(self._text) <= _LONGEST else None
        return quotation.nearest(self._text) if quotation is not None and quotation.can_be_found else None

    def _place(self, stretch: ForeignStretch) -> Span | Doubt:
        named = self._named(stretch)
        if (
            self._is_same
            and named is not None
            and self._text[slice(*named)] == (stretch.quote or self._text[slice(*named)])
        ):
            return named
        quote = stretch.quote.strip()
        if not any(letter.isalnum() for letter in quote):
            return Doubt(Why.NO_WORDS)
        found = list(self._places(quote))
        if not found:
            return Doubt(Why.NOT_THERE)
        if stretch.page is not None:
            found = [span for span in found if self._page_of(span[0]) in (stretch.page, None)] or found
        return self._chosen(stretch, quote, found, named)

    def _named(self, stretch: ForeignStretch) -> Span | None:
        """Return the place that the offsets name, where there is such a place in the text."""
        start, end = stretch.start, stretch.end
        return (start, end) if start is not None and end is not None and 0 <= start < end <= len(self._text) else None

    def _chosen(self, stretch: ForeignStretch, quote: str, found: list[Span], named: Span | None) -> Span | Doubt:
        around = [self._around(stretch, span) + _AT_ITS_PLACE * (span == named) for span in found]
        best = max(range(len(found)), key=around.__getitem__)
        others = [told for number, told in enumerate(around) if number != best]
        if others and around[best] < max(others) + _MARGIN:
            return Doubt(Why.SEVERAL, spans=(found[best],))
        span = found[best]
        told = weight(quote) + around[best]
        return span if told >= _CERTAIN or self._fits(stretch, span) else Doubt(Why.ELSEWHERE, spans=(span,))

    def _fits(self, stretch: ForeignStretch, span: Span) -> bool:
        """Tell whether as much as the file has of the surroundings is like what stands there."""
        before, behind = unspaced(stretch.prefix), unspaced(stretch.suffix)
        here, there = self._beside(stretch, span)
        alike = likeness(before, here[-len(before) :]) if before else _UNKNOWN
        alike += likeness(behind, there[: len(behind)]) if behind else _UNKNOWN
        return alike >= _FITTING

    def _around(self, stretch: ForeignStretch, span: Span) -> int:
        """Return how many characters before and behind a place are those that the file has there, white space apart."""
        before, behind = unspaced(stretch.prefix), unspaced(stretch.suffix)
        here, there = self._beside(stretch, span)
        return _alike(before[::-1], here[::-1]) + _alike(behind, there)

    def _beside(self, stretch: ForeignStretch, span: Span) -> tuple[str, str]:
        """Return what stands before and behind a place, without white space, at least as far as the file tells."""
        before = self._text[max(0, span[0] - 2 * len(stretch.prefix) - _MORE) : span[0]]
        return unspaced(before), unspaced(self._text[span[1] : span[1] + 2 * len(stretch.suffix) + _MORE])

    def _places(self, quote: str) -> Iterator[Span]:
        """Yield where the words stand: as they are, or else with other white space."""
        exact = [(at, at + len(quote)) for at in _occurrences(self._text, quote)]
        if exact:
            yield from exact
            return
        bare = unspaced(quote)
        if not self._at:
            self._at = array("L", (at for at, letter in enumerate(self._text) if not letter.isspace()))
            self._bare = unspaced(self._text)
        for at in _occurrences(self._bare, bare):
            start, end = self._at[at], self._at[at + len(bare) - 1] + 1
            if _same_words(self._text[start:end], quote):
                yield start, end


def _same_words(here: str, quote: str) -> bool:
    """Tell whether two stretches with the same letters have the same words; what a line parts here may be written together."""
    told, at = words_apart(quote), 0
    for part in here.split("\n"):
        words = words_apart(part).strip()
        at += at > 0 and told.startswith(" ", at) and bool(words)
        if not told.startswith(words, at):
            return words_apart(here) == told
        at += len(words)
    return at == len(told)


def _occurrences(text: str, words: str) -> Iterator[int]:
    at, count = text.find(words), 0
    while at >= 0 and count < _PLACES:
        yield at
        count += 1
        at = text.find(words, at + 1)


def _alike(one: str, other: str) -> int:
    count = 0
    for letter, there in zip(one, other, strict=False):
        if letter != there:
            break
        count += 1
    return count


def _together(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return stretches sorted, those that overlap made one."""
    apart: list[Span] = []
    for start, end in sorted(spans):
        if apart and start < apart[-1][1]:
            apart[-1] = apart[-1][0], max(apart[-1][1], end)
        else:
            apart.append((start, end))
    return tuple(apart)
