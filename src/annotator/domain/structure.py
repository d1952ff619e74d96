"""The structure of a canonical text: blocks, inline marks, and for pages the place of every character.

Kept beside the text and stored once by digest; highlights and structure never share storage with the words.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice


class BlockKind(StrEnum):
    """What a block of text is on the page it was published on."""

    TITLE = "title"
    BYLINE = "byline"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    QUOTATION = "quotation"
    TABLE_CELL = "table_cell"
    CAPTION = "caption"
    FOOTNOTE = "footnote"
    PREFORMATTED = "preformatted"


class InlineKind(StrEnum):
    """What a stretch of text inside a block is."""

    EMPHASIS = "emphasis"
    STRONG = "strong"
    LINK = "link"


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One block: ``start`` to ``end`` are half-open code points, without the line end that joins it to the next.

    ``level`` is that of a heading (1-6) or the depth of a list item (1 = outermost); ``number`` is what was printed before
    a list item; ``row`` and ``column`` (from 0) place a table cell; ``article`` is false for what is not part of the
    article (navigation, teasers, running heads), whose ``label`` may say what it is.
    """

    kind: BlockKind
    start: int
    end: int
    level: int = 0
    number: str = ""
    row: int = 0
    column: int = 0
    article: bool = True
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Inline:
    """A mark inside a block, in half-open code points; ``target`` is the address of a link, never fetched."""

    kind: InlineKind
    start: int
    end: int
    target: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One published page: its size in 1/100 pt, and the engine that read it."""

    width: int
    height: int
    engine: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One printed line: canonical code points ``start`` to ``end`` stand on ``page`` (from 0).

    ``top`` and ``bottom`` are 1/100 pt from the page's upper edge. ``edges`` holds, for each code point, the left and the
    right edge of its box as differences from the number before, in 1/100 pt from the page's left edge.
    """

    page: int
    start: int
    end: int
    top: int
    bottom: int
    edges: Sequence[int]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page in 1/100 pt from its upper left corner; ``page`` counts from 0."""

    page: int
    left: int
    top: int
    right: int
    bottom: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Structure:
    """All that is known of a text beside its words. Blocks, inlines and lines are sorted by ``start``."""

    blocks: tuple[Block, ...] = ()
    inlines: tuple[Inline, ...] = ()
    pages: tuple[Page, ...] = ()
    lines: tuple[Line, ...] = ()

    def block_at(self, offset: int) -> Block | None:
        """Return the block that holds the code point at ``offset``."""
        index = bisect_right(self.blocks, offset, key=lambda block: block.start) - 1
        if index < 0 or offset >= self.blocks[index].end:
            return None
        return self.blocks[index]

    def boxes(self, start: int, end: int) -> Iterator[Box]:
        """Yield where the half-open range of code points stands: one box a printed line."""
        first = max(bisect_right(self.lines, start, key=lambda line: line.start) - 1, 0)
        for line in islice(self.lines, first, None):
            if line.start >= end:
                return
            lo, hi = max(start, line.start) - line.start, min(end, line.end) - line.start
            if lo < hi:
                edges = _absolute(line.edges)[2 * lo : 2 * hi]
                yield Box(line.page, min(edges), line.top, max(edges), line.bottom)


def _absolute(differences: Iterable[int]) -> list[int]:
    position, edges = 0, []
    for difference in differences:
        position += difference
        edges.append(position)
    return edges


def relative_edges(edges: list[int]) -> tuple[int, ...]:
    """Return absolute left and right edges (1/100 pt) as the differences that a ``Line`` stores."""
    return tuple(b - a for a, b in zip([0, *edges], edges, strict=False))
