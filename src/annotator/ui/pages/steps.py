"""Steps of a caret through a text: characters, words, paragraphs; pure. All offsets are code points."""

from __future__ import annotations

import regex

from annotator.ui.reading.open_text import OpenText

Span = tuple[int, int]

_WORD = regex.compile(r"[\w\p{M}]+(?:['’\-][\w\p{M}]+)*")
_CLUSTER = regex.compile(r"\X")
_NEAR = 400


def next_character(text: str, offset: int, step: int) -> int:
    """Return where the next character ends (1), or the one before begins (-1)."""
    if step > 0:
        found = _CLUSTER.match(text, offset)
        return int(found.end()) if found else offset
    starts = [int(each.start()) for each in _CLUSTER.finditer(text, max(0, offset - _NEAR), offset)]
    return starts[-1] if starts else 0


def next_word(text: str, offset: int, step: int) -> int:
    """Return where the next word begins (1), or the one before (-1); the ends of the text where there is none."""
    if step > 0:
        starts = (int(each.start()) for each in _WORD.finditer(text, max(0, offset - _NEAR)))
        return next((start for start in starts if start > offset), len(text))
    before = [int(each.start()) for each in _WORD.finditer(text, max(0, offset - _NEAR), offset)]
    return next((start for start in reversed(before) if start < offset), max(0, offset - _NEAR))


def word_at(text: str, offset: int) -> Span:
    """Return the word over a place, or right before it; the character there where there is no word."""
    found = [each.span() for each in _WORD.finditer(text, max(0, offset - _NEAR), offset + _NEAR)]
    over = [span for span in found if span[0] <= offset < span[1]] or [span for span in found if span[1] == offset]
    if over:
        return over[0]
    return offset, next_character(text, offset, 1)


def paragraph_at(text: OpenText, offset: int) -> Span:
    """Return the block that holds a place."""
    block = text.block_at(offset)
    return (block.start, block.end) if block else (offset, offset)
