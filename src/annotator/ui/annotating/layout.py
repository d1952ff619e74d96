"""Lays a text out paragraph by paragraph, when a paragraph is about to be seen. The words are never touched."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QTextBlock, QTextDocument, QTextLayout, QTextLine, QTextOption
from PySide6.QtWidgets import QPlainTextDocumentLayout

from annotator.domain.structure import Block, BlockKind
from annotator.ui.annotating.folding import Folds
from annotator.ui.reading.looks import (
    BAR,
    BAR_GAP,
    BLANK,
    BOTTOM,
    MARGIN,
    MEASURE,
    TOP,
    Look,
    block_format,
    format_range,
    inline_format,
    letters,
    look_of,
)
from annotator.ui.reading.open_text import OpenText

_CLOSE = (BlockKind.LIST_ITEM, BlockKind.TABLE_CELL, BlockKind.FOOTNOTE)
"""Blocks that stand closer to their like than to others."""

_TOUCHING = 1.5
"""Runs of glyphs that are at most this many px apart are painted as one."""


@dataclass(frozen=True, slots=True)
class Box:
    """How a paragraph lies, in px from its upper left corner: the lines begin below ``before``, each ``pitch`` high.

    ``bar_above`` and ``bar_below`` are where the line of an aside stands, or -1.
    """

    look: Look
    article: bool
    left: float
    before: float
    pitch: float
    baseline: float
    height: float
    bar_above: float = -1
    bar_below: float = -1
    rtl: bool = False

    def line_top(self, number: int) -> float:
        """Return where a line's own strip begins."""
        return self.before + number * self.pitch

    def line_base(self, number: int) -> float:
        """Return where a line's letters stand."""
        return self.line_top(number) + self.baseline


class ReaderLayout(QPlainTextDocumentLayout):
    """The layout of one opened text. Paragraphs get their formats and lines when they are first asked for."""

    def __init__(self, document: QTextDocument, text: OpenText) -> None:
        super().__init__(document)
        self._text = text
        self._boxes: dict[int, Box] = {}
        self._baselines: dict[Look, float] = {}
        self._left, self._measure, self._telling = float(MARGIN), float(MEASURE), False
        self.zoom = 1.0
        self.folds = Folds(QTextDocument(), text)

    def start(self) -> None:
        """Take the text that the document has been given."""
        self.folds = Folds(self.document(), self._text)
        self._boxes.clear()

    def set_measure(self, left: float, measure: float) -> None:
        """Say where the text begins and how wide it is, in px."""
        self._left, self._measure = left, measure

    def set_zoom(self, zoom: float) -> None:
        """Take another size, 1.0 being the usual."""
        self.zoom = zoom
        self._baselines.clear()
        self.document().setDefaultFont(letters(Look(), zoom))

    def forget(self) -> None:
        """Lay everything out again when it is next seen."""
        self._boxes.clear()

    @property
    def laid_out(self) -> int:
        """How many paragraphs have been laid out since the last change of size."""
        return len(self._boxes)

    @property
    def left(self) -> float:
        """Where the text begins."""
        return self._left

    @property
    def measure(self) -> float:
        """How wide the text is at most."""
        return self._measure

    def box(self, block: QTextBlock) -> Box:
        """Return how a visible paragraph lies."""
        layout, number = block.layout(), block.blockNumber()
        if not layout.lineCount() or number not in self._boxes:
            self._boxes[number] = self._lay_out(block, layout)
        return self._boxes[number]

    def blockBoundingRect(self, block: QTextBlock) -> QRectF:
        """Return the room that a paragraph takes."""
        if not block.isValid() or not block.isVisible():
            return QRectF()
        return QRectF(0, 0, self._left + self._measure, self.box(block).height)

    def rects(self, block: QTextBlock, start: int, end: int) -> Iterator[tuple[int, QRectF]]:
        """Yield the strips on which the words of a stretch stand: the number of the line, and the strip.

        ``start`` and ``end`` are UTF-16 units from the paragraph's beginning. Right for text of both directions.
        """
        box, layout = self.box(block), block.layout()
        for number in range(layout.lineCount()):
            line = layout.lineAt(number)
            begin, stop = max(start, line.textStart()), min(end, line.textStart() + line.textLength())
            if begin < stop:
                for left, right in _extents(line, begin, stop - begin):
                    yield number, QRectF(left, box.line_top(number), right - left, box.pitch)

    # -- laying out

    def _lay_out(self, block: QTextBlock, layout: QTextLayout) -> Box:
        start = self._text.units.to_code_points(block.position())
        kind = self._text.block_at(start)
        look, is_blank = look_of(kind), block.length() == 1
        box = self._box(block, kind, look, is_blank=is_blank)
        self._set_formats(block, layout, look, article=box.article)
        before = self.document().lineCount()
        layout.setTextOption(self._option(block, kind, box))
        layout.beginLayout()
        lines, indent = 0, look.indent * self.zoom
        left = self._left if box.rtl else self._left + indent
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(self._measure - indent, 40))
            line.setPosition(QPointF(left, box.line_base(lines) - line.ascent()))
            lines += 1
        layout.endLayout()
        block.setLineCount(max(lines, 1))
        if self.document().lineCount() != before and not self._telling:
            self._telling = True
            self.documentSizeChanged.emit(self.documentSize())
            self._telling = False
        return _with_lines(box, lines)

    def _box(self, block: QTextBlock, kind: Block | None, look: Look, *, is_blank: bool) -> Box:
        """Return the box of a paragraph as if it had no line."""
        number, zoom, folds = block.blockNumber(), self.zoom, self.folds
        end = self._text.units.to_code_points(block.position() + block.length() - 1)
        goes_on = kind is not None and end < kind.end
        is_apart = not is_blank and not goes_on and block.next().length() > 1
        begins = kind is not None and self._text.units.to_utf16(kind.start) == block.position()
        before = (TOP if folds.is_first(number) else 0) + (look.before * zoom if begins else 0.0)
        after = (self._room_below(look, kind, end) if is_apart else 0.0) + (BOTTOM if folds.is_last(number) else 0)
        bar_above = bar_below = -1.0
        if folds.above(number) is not None:
            bar_above = TOP if folds.is_first(number) else 0.0
            before += BAR + BAR_GAP
        if folds.ends_at(number):
            after += BAR_GAP
        if folds.below(number) is not None:
            bar_below = BLANK * zoom
            after += BAR + BAR_GAP
        pitch = (BLANK if is_blank else look.pitch) * zoom
        article = kind is None or kind.article or not folds.asides
        rtl = block.textDirection() == Qt.LayoutDirection.RightToLeft
        return Box(look, article, self._left, before, pitch, self._baseline(look), after, bar_above, bar_below, rtl)

    def _room_below(self, look: Look, kind: Block | None, end: int) -> float:
        """Return the room between a block and the next; the last one of a list or table has that of a paragraph."""
        following = self._text.block_at(end + 1)
        is_last = kind is not None and kind.kind in _CLOSE and following is not None and following.kind is not kind.kind
        return (BLANK if is_last else look.after) * self.zoom

    def _baseline(self, look: Look) -> float:
        """Return how far below the top of its strip a line's letters stand."""
        found = self._baselines.get(look)
        if found is None:
            metrics = QFontMetricsF(letters(look, self.zoom))
            spare = look.pitch * self.zoom - metrics.ascent() - metrics.descent()
            found = self._baselines[look] = metrics.ascent() + min(spare / 2, 2 * self.zoom)
        return found

    def _set_formats(self, block: QTextBlock, layout: QTextLayout, look: Look, *, article: bool) -> None:
        units, first, length = self._text.units, block.position(), block.length() - 1
        whole = block_format(look, self.zoom, length, article=article)
        formats = [whole] if whole else []
        start, end = units.to_code_points(first), units.to_code_points(first + length)
        for inline in self._text.inlines(start, end):
            begin = max(units.to_utf16(inline.start) - first, 0)
            stop = min(units.to_utf16(inline.end) - first, length)
            formats.append(format_range(begin, stop - begin, inline_format(inline, article=article)))
        if formats or layout.formats():
            layout.setFormats(formats)

    def _option(self, block: QTextBlock, kind: Block | None, box: Box) -> QTextOption:
        option = QTextOption(self.document().defaultTextOption())
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        if box.rtl:
            option.setAlignment(Qt.AlignmentFlag.AlignRight)
        if kind is not None and kind.kind is BlockKind.TABLE_CELL:
            option.setTabStopDistance(self._measure / (block.text().count("\t") + 1))
        return option


def _with_lines(box: Box, lines: int) -> Box:
    """Return a box with its lines between what stands before and after them."""
    body = box.before + max(lines, 1) * box.pitch
    below = body + box.bar_below if box.bar_below >= 0 else -1.0
    return replace(box, height=body + box.height, bar_below=below)


def _extents(line: QTextLine, start: int, length: int) -> list[tuple[float, float]]:
    """Return from where to where the glyphs of a stretch reach, without blanks that hang over the line's end."""
    whole = line.naturalTextRect()
    runs = sorted((rect.left(), rect.right()) for run in line.glyphRuns(start, length) if (rect := run.boundingRect()))
    found: list[tuple[float, float]] = []
    for left, right in runs:
        begin, stop = max(left, whole.left()), min(right, whole.right())
        if found and begin <= found[-1][1] + _TOUCHING:
            found[-1] = found[-1][0], max(stop, found[-1][1])
        elif begin < stop:
            found.append((begin, stop))
    return found
