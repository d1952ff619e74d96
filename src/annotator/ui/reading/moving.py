"""Where a caret goes in a text by characters, words and paragraphs; pure. No place is inside a grapheme cluster."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import pairwise, zip_longest

import regex
from PySide6.QtCore import QTextBoundaryFinder

from annotator.domain.text import is_grapheme_boundary, snap_to_graphemes
from annotator.ui.reading.selection import Span

_BREAK = regex.compile(r"(?w)\b")
"""Word boundaries of UAX #29."""

_RUNS = tuple(
    regex.compile(pattern)
    for pattern in (
        r"\s+",
        r"[\p{Han}々〇〻ヶ]+",
        r"[\p{Hiragana}ー]+",
        r"[\p{Katakana}ー]+",
        r"[\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]+",
        r"[^\w\s]+",
    )
)
"""Neighbours of one of these kinds are taken together; UAX #29 has nothing but single letters and signs for them."""

_THAI = regex.compile(r"\p{Thai}")
_A_THAI_WORD = "สวัสดี"

_NEAR = 400
"""Code points looked at on each side of a place."""


def next_character(text: str, offset: int) -> int:
    """Return the end of the character that begins at a place, or the end of the text."""
    return snap_to_graphemes(text, min(offset + 1, len(text)), min(offset + 1, len(text)))[1]


def previous_character(text: str, offset: int) -> int:
    """Return the beginning of the character that ends at a place, or that of the text."""
    return snap_to_graphemes(text, max(offset - 1, 0), max(offset - 1, 0))[0]


def next_word(text: str, offset: int) -> int:
    """Return where the next word, run of signs or line end begins."""
    if offset >= len(text):
        return len(text)
    if text[offset] == "\n":
        return offset + 1
    end = offset
    for start, end in words(text, offset):
        if start > offset and not text[start:end].isspace():
            return start
    return end


def previous_word(text: str, offset: int) -> int:
    """Return where the word or run of signs before a place begins, or where the paragraph before ends."""
    if offset <= 0:
        return 0
    if text[offset - 1] == "\n":
        return offset - 1
    start = offset
    for start, end in reversed(words(text, offset)):
        if start < offset and not text[start:end].isspace():
            return start
    return start


def word_around(text: str, offset: int) -> Span:
    """Return the word, the signs or the blanks of which the character at a place is; at a line end what is before it."""
    found = offset, offset
    for found in words(text, offset):
        if offset < found[1]:
            break
    return found


def words(text: str, offset: int) -> list[Span]:
    """Return what stands around a place in its paragraph: words, runs of signs, runs of blanks, without a gap between.

    In Chinese and Japanese, which do not part words, neighbours of one script are a word; Thai is parted where Qt can.
    """
    first, last = paragraph_around(text, offset)
    first, last = snap_to_graphemes(text, max(first, offset - _NEAR), min(last, offset + _NEAR))
    edges = [first + edge for edge in _edges(text[first:last])]
    return list(pairwise(edge for edge in edges if is_grapheme_boundary(text, edge)))


def paragraph_around(text: str, offset: int) -> Span:
    """Return the paragraph in which a place stands, without its line end."""
    end = text.find("\n", offset)
    return text.rfind("\n", 0, offset) + 1, len(text) if end < 0 else end


def next_paragraph(text: str, offset: int) -> int:
    """Return where the next paragraph begins, or the end of the text."""
    return min(paragraph_around(text, offset)[1] + 1, len(text))


def previous_paragraph(text: str, offset: int) -> int:
    """Return where the paragraph begins, or the one before where the place is its beginning."""
    start = paragraph_around(text, offset)[0]
    return start if start < offset else paragraph_around(text, max(start - 1, 0))[0]


def _edges(near: str) -> list[int]:
    """Return where the words, runs of signs and runs of blanks of some words begin, and where the last one ends."""
    edges = sorted({0, len(near), *(match.start() for match in _BREAK.finditer(near))})
    found, start = [0], 0
    for stop, following in zip_longest(edges[1:], edges[2:]):
        if following is None or not _is_one_run(near[start:following]):
            found += [*_thai_edges(near, start, stop), stop]
            start = stop
    return found


def _is_one_run(words: str) -> bool:
    return any(kind.fullmatch(words) for kind in _RUNS)


def _thai_edges(near: str, start: int, end: int) -> Iterator[int]:
    """Yield where words begin within a run of Thai, as far as Qt knows them: it asks a library that not all systems have."""
    if _THAI.match(near, start, end) and _knows_thai():
        finder = QTextBoundaryFinder(QTextBoundaryFinder.BoundaryType.Word, near[start:end])
        while 0 <= (edge := finder.toNextBoundary()) < end - start:
            yield start + edge


@cache
def _knows_thai() -> bool:
    finder = QTextBoundaryFinder(QTextBoundaryFinder.BoundaryType.Word, _A_THAI_WORD)
    return finder.toNextBoundary() == len(_A_THAI_WORD)
