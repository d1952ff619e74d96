"""Paints what lies under the words: passages, what is selected, list numbers, and the lines of what is folded."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QTextBlock

from annotator.domain.ids import EntityId
from annotator.domain.rows import PassageRow
from annotator.domain.structure import Block, BlockKind
from annotator.ui.annotating.highlights import Highlights, lanes, stances_of
from annotator.ui.annotating.layout import Box, ReaderLayout
from annotator.ui.annotating.margin import draw_stripe
from annotator.ui.annotating.stance_lines import THICK, lay_stance_line
from annotator.ui.reading.looks import INDENT, letters
from annotator.ui.reading.open_text import OpenText
from annotator.ui.theme import Theme, current_theme

_FIRST_LANE, _NEXT_LANE = 5.0, 4.5
_HANDLE, _KNOB = 2.0, 4.5
_NUMBER_GAP = 10
_BULLET = "•"

Span = tuple[int, int]


@dataclass(slots=True)
class Shown:
    """What is to be seen beside the words: passages, which one is chosen, the selection, and a place that is pointed out."""

    highlights: Highlights
    chosen: str = ""
    selection: Span = (0, 0)
    pulse: Span = (0, 0)
    strength: float = 0.0


@dataclass(frozen=True, slots=True)
class _Mark:
    row: PassageRow
    stance: str
    strip: QRectF


class Underlay:
    """Paints one paragraph after the other; the painter's origin is the paragraph's upper left corner."""

    def __init__(self, layout: ReaderLayout, text: OpenText, shown: Shown) -> None:
        self._layout = layout
        self._text = text
        self._shown = shown

    def paint(self, painter: QPainter, block: QTextBlock) -> None:
        """Paint what lies under one visible paragraph."""
        theme, box = current_theme(), self._layout.box(block)
        start, end = self.span(block)
        self._paint_kind(painter, block, box, theme)
        rows = self._shown.highlights.within(start, end + 1)
        marks = {row.id: self._marks(block, box, row) for row in rows}
        self._paint_grounds(painter, block, marks, theme)
        by_line: defaultdict[int, list[_Mark]] = defaultdict(list)
        for found in marks.values():
            for line, mark in found:
                by_line[line].append(mark)
        for line, found_marks in by_line.items():
            self._paint_lines(painter, box, line, found_marks, theme)
        for row in rows:
            lines = {line for line, _ in marks[row.id]}
            is_chosen = row.id == self._shown.chosen
            column = self._shown.highlights.column(row)
            draw_stripe(painter, box, row, column, lines, (start, end), theme, chosen=is_chosen)
            if is_chosen:
                self._paint_handles(painter, block, box, row, theme)

    def span(self, block: QTextBlock) -> Span:
        """Return from which to which code point a paragraph goes, without its line end."""
        to_code_points = self._text.units.to_code_points
        return to_code_points(block.position()), to_code_points(block.position() + block.length() - 1)

    def strips(self, block: QTextBlock, span: Span) -> Iterator[tuple[int, QRectF]]:
        """Yield the strips of a paragraph's lines on which the words of half-open code points stand."""
        first = block.position()
        start = max(self._text.units.to_utf16(span[0]) - first, 0)
        end = min(self._text.units.to_utf16(span[1]) - first, block.length() - 1)
        if start < end:
            yield from self._layout.rects(block, start, end)

    def handles(self, block: QTextBlock, box: Box, row: PassageRow) -> Iterator[tuple[bool, QPointF, float]]:
        """Yield the handles of a passage that stand in a paragraph: whether it is the right one, its top, its height."""
        start, end = self.span(block)
        for is_end, offset in ((False, row.start), (True, row.end)):
            if start <= offset <= end and not (is_end and offset == start) and not (not is_end and offset == end):
                position = self._text.units.to_utf16(offset) - block.position()
                layout = block.layout()
                line = layout.lineForTextPosition(position - 1 if is_end else position)
                x = line.cursorToX(position)[0] if line.isValid() else box.left  # type: ignore[index]
                yield is_end, QPointF(x, box.line_top(line.lineNumber()) + 1), box.pitch - 3

    def _marks(self, block: QTextBlock, box: Box, row: PassageRow) -> list[tuple[int, _Mark]]:
        return [
            (line, _Mark(row, stance, strip))
            for span in row.spans
            for line, strip in self.strips(block, span)
            for stance in stances_of(row)
        ]

    def _paint_grounds(
        self, painter: QPainter, block: QTextBlock, marks: Mapping[EntityId, list[tuple[int, _Mark]]], theme: Theme
    ) -> None:
        """Paint the tint of the chosen passage, the place that is pointed out, and the selection."""
        for _, mark in marks.get(EntityId(self._shown.chosen), ()):
            if mark.stance == stances_of(mark.row)[0]:
                painter.fillRect(_ground(mark.strip), theme.stance(mark.stance).tint)
        if self._shown.strength:
            colour = QColor(theme.accent)
            colour.setAlphaF(0.28 * self._shown.strength)
            for _, strip in self.strips(block, self._shown.pulse):
                painter.fillRect(_ground(strip), colour)
        for _, strip in self.strips(block, self._shown.selection):
            painter.fillRect(_ground(strip), theme.selection)

    def _paint_lines(self, painter: QPainter, box: Box, line: int, marks: list[_Mark], theme: Theme) -> None:
        base, zoom = box.line_base(line), self._layout.zoom
        places = lanes([(mark.stance, mark.strip.left(), mark.strip.right()) for mark in marks])
        for mark, lane in zip(marks, places, strict=True):
            y = base + (_FIRST_LANE + _NEXT_LANE * lane) * zoom
            if mark.stance:
                room = QRectF(mark.strip.left(), y - THICK / 2, mark.strip.width(), THICK)
                lay_stance_line(painter, room, mark.stance, theme, chosen=mark.row.id == self._shown.chosen)
            else:
                thick = 2 if mark.row.id == self._shown.chosen else 1
                painter.fillRect(QRectF(mark.strip.left(), round(y), mark.strip.width(), thick), theme.edge)

    def _paint_handles(self, painter: QPainter, block: QTextBlock, box: Box, row: PassageRow, theme: Theme) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.accent)
        for is_end, top, height in self.handles(block, box, row):
            painter.drawRect(QRectF(top.x() - _HANDLE / 2, top.y(), _HANDLE, height))
            painter.drawEllipse(QPointF(top.x(), top.y() + (height if is_end else 0)), _KNOB, _KNOB)
        painter.restore()

    # -- what kind of paragraph it is

    def _paint_kind(self, painter: QPainter, block: QTextBlock, box: Box, theme: Theme) -> None:
        """Paint a list item's number, a quotation's hairline, the line above a row of a table."""
        start, end = self.span(block)
        kind = self._text.block_at(start)
        if kind is None:
            return
        if kind.kind is BlockKind.QUOTATION:
            bottom = box.height if end < kind.end else box.line_top(block.layout().lineCount())
            x = box.left + (self._layout.measure - 8 if box.rtl else 6)
            painter.fillRect(QRectF(x, box.before, 2, bottom - box.before), theme.hairline)
        elif kind.kind is BlockKind.TABLE_CELL and kind.column == 0 and kind.start == start:
            painter.fillRect(QRectF(box.left, box.before - 3, self._layout.measure, 1), theme.hairline)
        elif kind.kind is BlockKind.LIST_ITEM and kind.start == start:
            self._paint_number(painter, kind, box, theme)

    def _paint_number(self, painter: QPainter, kind: Block, box: Box, theme: Theme) -> None:
        zoom = self._layout.zoom
        painter.setFont(letters(box.look, zoom))
        painter.setPen(QPen(theme.text if box.article else theme.dim))
        words = kind.number or _BULLET
        width, indent = painter.fontMetrics().horizontalAdvance(words), box.look.indent * zoom
        x = max(indent - _NUMBER_GAP * zoom - width, indent - INDENT * zoom)
        if box.rtl:
            x = self._layout.measure - x - width
        painter.drawText(QPointF(box.left + x, box.line_base(0)), words)


def _ground(strip: QRectF) -> QRectF:
    return QRectF(strip.left(), strip.top() + 1, strip.width(), strip.height() - 3)
