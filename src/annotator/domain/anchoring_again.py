"""Finds passages again in a newer text: one pass over both texts, then a search for those that this pass loses.

What a judged passage says is never changed silently. Only the same words, at their place or elsewhere, with the same or other
white space, are found; any other words are a change that waits for a person, and what is in doubt is given up.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from annotator.domain.anchoring import FOUND, AnchorState
from annotator.domain.anchoring_places import Span, Texts
from annotator.domain.anchoring_score import ENOUGH, Side, likeness, score, unspaced, weight, words_apart
from annotator.domain.anchoring_search import Lost
from annotator.domain.anchoring_tokens import Stop
from annotator.domain.text import snap_to_graphemes

DIFF, SEARCH, NOWHERE = "diff", "search", ""
"""How a passage was found: at the place that the differences give, by looking for it, or not at all."""

_CERTAIN = 32
"""So many characters, with what stands the same around them, are no chance."""
_LINE = 14
"""The edge of a line is worth so many of them."""
_ALIKE = 0.5
_SURVIVING, _SURROUNDED = 0.4, 0.4
_AROUND = 12
_LONG, _VERY_ALIKE = 40, 0.62
_SURE, _WHOLE = 95, 100


@dataclass(frozen=True, slots=True)
class Again:
    """How a passage was found again: in which state, where (half-open code points), how, and how well (per cent)."""

    state: AnchorState
    spans: tuple[Span, ...] = ()
    method: str = NOWHERE
    score: int = 0


@dataclass(frozen=True, slots=True)
class _Found:
    state: AnchorState
    span: Span
    method: str
    score: int


_GONE = Again(AnchorState.ORPHANED)


class Finder:
    """Finds passages of one text again in another."""

    def __init__(self, old: str, new: str, stop: Stop = lambda: None) -> None:
        """Lay the texts against each other; ``stop`` is called all the while."""
        self._old, self._new, self._stop = old, new, stop
        self._texts = Texts(old, new, stop)

    @cached_property
    def _lost(self) -> Lost:
        return Lost(self._texts)

    def find(self, spans: Sequence[Span]) -> Again:
        """Return where a passage with these fragments (half-open code points, sorted, apart) stands in the new text."""
        self._stop()
        found = [self._find(*span) for span in spans]
        here = [each for each in found if each is not None]
        if not here:
            return _GONE
        state = _worst([each.state for each in here])
        places = [each.span for each in here]
        apart = _apart(places)
        if len(here) < len(found) or apart != places:
            state = AnchorState.CHANGED
        method = SEARCH if any(each.method == SEARCH for each in here) else DIFF
        return Again(state, tuple(apart), method, sum(each.score for each in here) // len(found))

    def _find(self, start: int, end: int) -> _Found | None:
        old = Side(self._old, start, end)
        mapped = self._texts.mapped(start, end)
        if mapped is not None and (found := self._in_place(old, self._whole(*mapped))):
            return found
        return self._elsewhere(old)

    def _whole(self, start: int, end: int) -> Side:
        return Side(self._new, *snap_to_graphemes(self._new, start, end))

    # -- at its place

    def _in_place(self, old: Side, new: Side) -> _Found | None:
        state = _state(old.words, new.words)
        if state is None:
            return self._changed(old, new)
        if old.prefix == new.prefix and old.suffix == new.suffix:
            return _Found(state, (new.start, new.end), DIFF, _WHOLE)
        fits = score(old, new)
        certain = _says_something(old.words) and (fits >= ENOUGH or _evidence(old, new) >= _CERTAIN)
        return _Found(state if certain else AnchorState.CHANGED, (new.start, new.end), DIFF, fits)

    def _changed(self, old: Side, new: Side) -> _Found | None:
        fits = score(old, new)
        is_it = fits >= ENOUGH or (
            self._texts.kept(old.start, old.end, _AROUND) >= _SURROUNDED
            and (likeness(old.words, new.words) >= _ALIKE or self._texts.kept(old.start, old.end) >= _SURVIVING)
        )
        return _Found(AnchorState.CHANGED, (new.start, new.end), DIFF, fits) if is_it else None

    # -- elsewhere

    def _elsewhere(self, old: Side) -> _Found | None:
        best: _Found | None = None
        same: set[Span] = set()
        for span in self._lost.candidates(old.start, old.end):
            found = self._judged(old, self._whole(*span))
            if found is None:
                continue
            if found.state in FOUND:
                same.add(found.span)
            if best is None or (found.state in FOUND, found.score) > (best.state in FOUND, best.score):
                best = found
        if best is not None and best.state in FOUND and self._is_in_doubt(old.words, best, len(same)):
            return _Found(AnchorState.CHANGED, best.span, SEARCH, best.score)
        return best

    def _is_in_doubt(self, words: str, best: _Found, places: int) -> bool:
        """Tell whether it may be others of the same words that moved.

        Where they stood more than once, their surroundings tell which it is, unless one of them went.
        """
        stood = self._old.count(words)
        if best.score < _SURE:
            return places > 1 or stood > 1
        return stood > 1 and self._new.count(words) < stood

    def _judged(self, old: Side, new: Side) -> _Found | None:
        fits, state = score(old, new), _state(old.words, new.words)
        span = new.start, new.end
        if state is not None:
            if not _says_something(old.words):
                return None
            if _evidence(old, new) < _CERTAIN:
                return _Found(AnchorState.CHANGED, span, SEARCH, fits) if fits >= ENOUGH else None
            return _Found(AnchorState.MOVED if state is AnchorState.EXACT else state, span, SEARCH, fits)
        is_long = weight(old.words) >= _LONG and likeness(old.words, new.words) >= _VERY_ALIKE
        return _Found(AnchorState.CHANGED, span, SEARCH, fits) if fits >= ENOUGH or is_long else None


def find_again(old: str, new: str, passages: Iterable[Sequence[Span]], stop: Stop = lambda: None) -> Iterator[Again]:
    """Yield where each passage of ``old``, given by its fragments, stands in ``new``."""
    finder = Finder(old, new, stop)
    return map(finder.find, passages)


def _state(old: str, new: str) -> AnchorState | None:
    """Return the state of words that are the same, None where they are not: two that became one word are another word."""
    if old == new:
        return AnchorState.EXACT
    if unspaced(old) != unspaced(new):
        return None
    return AnchorState.WHITESPACE if words_apart(old) == words_apart(new) else None


def _says_something(words: str) -> bool:
    """Tell whether there is a letter or a digit: of a row of dots or dashes any part looks like any other."""
    return any(letter.isalnum() for letter in words)


_ORDER = (AnchorState.EXACT, AnchorState.MOVED, AnchorState.WHITESPACE, AnchorState.CHANGED)


def _worst(states: Iterable[AnchorState]) -> AnchorState:
    return max(states, key=_ORDER.index)


def _apart(places: Sequence[Span]) -> list[Span]:
    """Return stretches sorted, those that overlap made one."""
    apart: list[Span] = []
    for start, end in sorted(places):
        if apart and start < apart[-1][1]:
            apart[-1] = apart[-1][0], max(apart[-1][1], end)
        else:
            apart.append((start, end))
    return apart


def _evidence(old: Side, new: Side) -> int:
    """Return how much stands the same in both places without a break: the words, what is around them, and edges of lines."""
    before = _alike(old.prefix[::-1], new.prefix[::-1])
    behind = _alike(old.suffix, new.suffix)
    told = weight(old.words) + weight(old.prefix[len(old.prefix) - before :]) + weight(old.suffix[:behind])
    return told + _LINE * (_begins(old) and _begins(new)) + _LINE * (_ends(old) and _ends(new))


def _alike(one: str, other: str) -> int:
    count = 0
    for letter, there in zip(one, other, strict=False):
        if letter != there:
            break
        count += 1
    return count


def _begins(side: Side) -> bool:
    return side.start == 0 or side.text[side.start - 1] == "\n"


def _ends(side: Side) -> bool:
    return side.end == len(side.text) or side.text[side.end] == "\n"
