"""A canonical text with its structure, as the reader needs it, and which parts of it are not the article."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from annotator.domain.structure import Block, BlockKind, Inline, InlineKind, Structure
from annotator.domain.text import Utf16Map


@dataclass(frozen=True, slots=True)
class Aside:
    """Neighbouring blocks that are not part of the article: half-open code points, what they are, how many, all links or not."""

    start: int
    end: int
    labels: tuple[str, ...]
    count: int
    links: bool


class OpenText:
    """A canonical text with its structure. Offsets are code points; positions are the UTF-16 units that Qt counts in."""

    def __init__(self, text: str, structure: Structure) -> None:
        self.text = text
        self._inlines = structure.inlines
        self._starts = [block.start for block in structure.blocks]
        self._inline_starts = [inline.start for inline in structure.inlines]
        self._longest_inline = max((inline.end - inline.start for inline in structure.inlines), default=0)
        self._links = {inline.start: inline.end for inline in structure.inlines if inline.kind is InlineKind.LINK}
        self._blocks: tuple[Block, ...] = ()
        self.asides: tuple[Aside, ...] = ()
        self.correct(structure.blocks)

    def correct(self, blocks: tuple[Block, ...]) -> None:
        """Take over what is said of the blocks by now: the same blocks, of which others are the article."""
        self._blocks = blocks
        self.asides = _asides(blocks, self._links) if any(block.article for block in blocks) else ()

    @cached_property
    def units(self) -> Utf16Map:
        """The UTF-16 units of the whole text, for those who count in them; worked out when first asked for."""
        return Utf16Map(self.text)

    def block_at(self, offset: int) -> Block | None:
        """Return the block that holds a code point, or that begins or ends there."""
        number = bisect_right(self._starts, offset) - 1
        if number < 0 or offset > self._blocks[number].end:
            return None
        return self._blocks[number]

    def first_block(self, start: int, end: int) -> Block | None:
        """Return the block of a line: the row of a table may begin with empty cells, which are none."""
        return self.block_at(start) or next(iter(self.blocks_within(start, end)), None)

    def blocks_within(self, start: int, end: int) -> tuple[Block, ...]:
        """Return the blocks that begin within half-open code points."""
        return self._blocks[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def table_at(self, offset: int) -> tuple[Block, ...]:
        """Return the cells of the table that one of them, at ``offset``, is of."""
        first = last = bisect_right(self._starts, offset) - 1
        row = self._blocks[first].row
        while first > 0 and self._is_cell(first - 1) and self._blocks[first - 1].row <= row:
            first -= 1
            row = self._blocks[first].row
        row = self._blocks[last].row
        while last + 1 < len(self._blocks) and self._is_cell(last + 1) and self._blocks[last + 1].row >= row:
            last += 1
            row = self._blocks[last].row
        return self._blocks[first : last + 1]

    def inlines(self, start: int, end: int) -> list[Inline]:
        """Return the inline marks that reach into a stretch."""
        first = bisect_left(self._inline_starts, start - self._longest_inline)
        last = bisect_left(self._inline_starts, end)
        return [inline for inline in self._inlines[first:last] if inline.end > start]

    def link_at(self, offset: int) -> str:
        """Return the address that the words at a place link to, if it is one of the web."""
        for inline in self.inlines(offset, offset + 1):
            if inline.kind is InlineKind.LINK and inline.target.startswith(("http://", "https://")):
                return inline.target
        return ""

    def _is_cell(self, number: int) -> bool:
        return self._blocks[number].kind is BlockKind.TABLE_CELL


def _asides(blocks: Iterable[Block], links: Mapping[int, int]) -> tuple[Aside, ...]:
    asides: list[Aside] = []
    group: list[Block] = []
    for block in (*blocks, None):
        if block is not None and not block.article:
            group.append(block)
        elif group:
            asides.append(_aside(group, links))
            group = []
    return tuple(asides)


def _aside(group: Sequence[Block], links: Mapping[int, int]) -> Aside:
    labels = dict.fromkeys(block.label for block in group if block.label and block.label != "other")
    linked = all(links.get(block.start, -1) >= block.end for block in group)
    return Aside(group[0].start, group[-1].end, tuple(labels), len(group), linked)
