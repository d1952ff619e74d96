"""Folds away what is not part of the article. Hidden paragraphs stay in the text: no position changes."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtGui import QTextBlock, QTextDocument

from annotator.ui.reading.open_text import Aside, OpenText


class Folds:
    """Knows which asides are closed, and above or below which paragraph the line stands that tells of each."""

    def __init__(self, document: QTextDocument, text: OpenText) -> None:
        self.asides = text.asides
        self._document = document
        self._blocks = [tuple(_number(document, text, offset) for offset in (a.start, a.end)) for a in text.asides]
        self._first = {first: index for index, (first, _) in enumerate(self._blocks)}
        self._after = {last + 1: index for index, (_, last) in enumerate(self._blocks)}
        self.closed: set[int] = set()
        self._last = document.blockCount() - 1

    def above(self, number: int) -> int | None:
        """Return the aside whose line stands above a paragraph: an open one that begins there, a closed one before it."""
        index = self._first.get(number)
        if index is not None:
            return index
        index = self._after.get(number)
        return index if index in self.closed else None

    def below(self, number: int) -> int | None:
        """Return the closed aside at the end of the text whose line stands below a paragraph."""
        index = self._first.get(number + 1)
        return index if index in self.closed and self._blocks[index][1] == self._last else None

    def is_first(self, number: int) -> bool:
        """Tell whether nothing visible stands before a paragraph."""
        index = self._after.get(number)
        return number == 0 or (index in self.closed and self._blocks[index][0] == 0)

    def is_last(self, number: int) -> bool:
        """Tell whether nothing visible stands behind a paragraph."""
        return number == self._last or self.below(number) is not None

    def ends_at(self, number: int) -> bool:
        """Tell whether an open aside ends with a paragraph."""
        index = self._after.get(number + 1)
        return index is not None and index not in self.closed

    def holding(self, start: int, end: int) -> list[int]:
        """Return the closed asides that reach into half-open code points."""
        return [i for i in sorted(self.closed) if self.asides[i].start < end and start < self.asides[i].end]

    def shown(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Yield the parts of a stretch that are not folded away."""
        for index in self.holding(start, end):
            aside = self.asides[index]
            if start < aside.start:
                yield start, aside.start
            start = max(start, aside.end)
        if start < end:
            yield start, end

    def set_closed(self, indexes: list[int], *, closed: bool) -> None:
        """Fold asides away, or show them again."""
        first, last = self._last, 0
        for index in indexes:
            (self.closed.add if closed else self.closed.discard)(index)
            begin, end = self._blocks[index]
            for block in self._range(begin, end):
                block.setVisible(not closed)
            first, last = min(first, begin - 1), max(last, end + 1)
        if indexes:
            begin_block = self._document.findBlockByNumber(max(first, 0))
            end_block = self._document.findBlockByNumber(min(last, self._last))
            length = end_block.position() + end_block.length() - begin_block.position()
            self._document.markContentsDirty(begin_block.position(), length - 1)

    def _range(self, begin: int, end: int) -> Iterator[QTextBlock]:
        block = self._document.findBlockByNumber(begin)
        while block.isValid() and block.blockNumber() <= end:
            yield block
            block = block.next()


def visible_block(block: QTextBlock, *, forward: bool) -> QTextBlock:
    """Return the nearest paragraph that is not folded away, looking first one way and then the other."""
    for ahead in (forward, not forward):
        found = block
        while found.isValid() and not found.isVisible():
            found = found.next() if ahead else found.previous()
        if found.isValid():
            return found
    return block


def described(aside: Aside) -> tuple[tuple[str, ...], int, bool]:
    """Return what the line of an aside says: its labels, at most two, how many blocks, and whether they are all links."""
    return aside.labels[:2], aside.count, aside.links


def _number(document: QTextDocument, text: OpenText, offset: int) -> int:
    return document.findBlock(text.units.to_utf16(offset)).blockNumber()
