"""The words of a passage with some of the text around them."""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from annotator.domain.structure import Block, BlockKind, Structure

_RUNNING = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.QUOTATION, BlockKind.PREFORMATTED)
_WORD = re.compile(r"\S+")
_AROUND = 30
_AROUND_CHARACTERS = 260
_BETWEEN_CHARACTERS = 320


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of words, highlighted or not; ``gap`` stands for words left out."""

    words: str
    highlighted: bool = False
    gap: bool = False


GAP = Piece("…", gap=True)


def excerpt(text: str, structure: Structure, spans: Sequence[tuple[int, int]]) -> tuple[Piece, ...]:
    """Return the half-open code point ``spans`` of ``text`` with up to 30 words before and after.

    The words around come from running text only: they end where a table, a caption or a running head begins. What lies between
    two spans is given whole where it is short, else left out in its middle.
    """
    first, last = spans[0][0], spans[-1][1]
    floor, ceiling = _running_text(structure, first, last)
    start, end = max(_back(text, first), floor), min(_ahead(text, last), ceiling)
    pieces = [GAP] if start > 0 else []
    at = start
    for span_start, span_end in spans:
        pieces += _between(text, at, span_start, whole=at == start)
        pieces.append(Piece(text[span_start:span_end], highlighted=True))
        at = span_end
    pieces.append(Piece(text[at:end]))
    if end < len(text.rstrip()):
        pieces.append(GAP)
    return tuple(piece for piece in pieces if piece.words)


def _running_text(structure: Structure, first: int, last: int) -> tuple[int, int]:
    """Return the stretch of running text around a passage; where blocks are unknown, everything."""
    blocks = structure.blocks
    at = bisect_right(blocks, first, key=lambda block: block.start) - 1
    if at < 0:
        return 0, sys.maxsize
    low = high = at
    while high + 1 < len(blocks) and blocks[high + 1].start < last:
        high += 1
    while low > 0 and _runs_on(blocks[low - 1]):
        low -= 1
    while high + 1 < len(blocks) and _runs_on(blocks[high + 1]):
        high += 1
    return min(blocks[low].start, first), max(blocks[high].end, last)


def _runs_on(block: Block) -> bool:
    return block.article and block.kind in _RUNNING


def _between(text: str, start: int, end: int, *, whole: bool) -> list[Piece]:
    if whole or end - start <= _BETWEEN_CHARACTERS:
        return [Piece(text[start:end])]
    return [Piece(text[start : _ahead(text, start)]), GAP, Piece(text[_back(text, end) : end])]


def _back(text: str, offset: int) -> int:
    """Return where the words before ``offset`` begin."""
    lowest = max(0, offset - _AROUND_CHARACTERS)
    starts = [match.start() for match in _WORD.finditer(text, lowest, offset)]
    if lowest and starts and not text[lowest - 1].isspace():
        starts = starts[1:] or starts
    return starts[-_AROUND:][0] if starts else offset


def _ahead(text: str, offset: int) -> int:
    """Return where the words behind ``offset`` end."""
    highest = min(len(text), offset + _AROUND_CHARACTERS)
    ends = [match.end() for match in _WORD.finditer(text, offset, highest)]
    if highest < len(text) and ends and not text[highest].isspace():
        ends = ends[:-1] or ends
    return ends[:_AROUND][-1] if ends else offset
