"""Moves the ends of a passage by characters and words; pure."""

from __future__ import annotations

import regex

from annotator.domain.text import snap_to_graphemes

Span = tuple[int, int]

_CLUSTER = regex.compile(r"\X")
_WORDS = regex.compile(r"\w+(?:['’\-]\w+)*|[^\w\s]+")
_NEAR = 400


def stretched(text: str, spans: tuple[Span, ...], *, is_end: bool, step: int, by_word: bool) -> tuple[Span, ...]:
    """Return ``spans`` (half-open code points) with their right or left end one step on (1) or back (-1).

    Unchanged where the text or the passage ends: no fragment becomes empty, and none runs into the next.
    """
    offset = spans[-1][1] if is_end else spans[0][0]
    target = _word_step(text, offset, step, is_end=is_end) if by_word else _character_step(text, offset, step)
    return with_end(spans, target, is_end=is_end) or spans


def with_end(spans: tuple[Span, ...], offset: int, *, is_end: bool) -> tuple[Span, ...]:
    """Return ``spans`` with their right or left end at ``offset``; fragments beyond it go, one becomes shorter.

    Nothing is returned where nothing would be left.
    """
    if is_end:
        kept = [(start, end) for start, end in spans if start < offset]
        return (*kept[:-1], (kept[-1][0], offset)) if kept else ()
    kept = [(start, end) for start, end in spans if end > offset]
    return ((offset, kept[0][1]), *kept[1:]) if kept else ()


def word_edge(text: str, offset: int, *, is_end: bool) -> int:
    """Return the end (for the right end of a passage) or the beginning (for the left one) of a word nearest to a place."""
    first, last = max(0, offset - _NEAR), min(len(text), offset + _NEAR)
    edges = [match.end() if is_end else match.start() for match in _WORDS.finditer(text, first, last)]
    if not edges:
        return snap_to_graphemes(text, offset, offset)[1 if is_end else 0]
    edge = min(edges, key=lambda place: abs(place - offset))
    return snap_to_graphemes(text, edge, edge)[1 if is_end else 0]


def _character_step(text: str, offset: int, step: int) -> int:
    if step > 0:
        match = _CLUSTER.match(text, offset)
        return match.end() if match else offset
    start = max(0, offset - _NEAR)
    starts = [match.start() for match in _CLUSTER.finditer(text, start, offset)]
    return starts[-1] if starts else offset


def _word_step(text: str, offset: int, step: int, *, is_end: bool) -> int:
    """Return the next or previous end (for the right end) or beginning (for the left one) of a word."""
    first, last = max(0, offset - _NEAR), min(len(text), offset + _NEAR)
    words = _WORDS.finditer(text, first, last)
    edges = [match.end() if is_end else match.start() for match in words]
    if step > 0:
        return next((edge for edge in edges if edge > offset), offset)
    return next((edge for edge in reversed(edges) if edge < offset), offset)
