"""Painting words in lists: a few lines that end in … where there is no more room."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from annotator.domain.text import Utf16Map
from annotator.ui.icon_drawing import IconRole, draw_icon


def wrapped(text: str, font: QFont, width: int, most: int) -> list[str]:
    """Return ``text`` as at most ``most`` lines that fit ``width`` px; the last ends in … where something is left out."""
    words = text.replace("\n", " ")
    units = Utf16Map(words)
    layout = QTextLayout(words, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    lines: list[str] = []
    while len(lines) < most and (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        start = units.to_code_points(line.textStart())
        end = units.to_code_points(line.textStart() + line.textLength())
        if len(lines) == most - 1:
            lines.append(QFontMetrics(font).elidedText(words[start:], Qt.TextElideMode.ElideRight, width))
        else:
            lines.append(words[start:end].rstrip())
    layout.endLayout()
    return lines


def draw_lines(painter: QPainter, rect: QRect, lines: list[str], font: QFont, line_height: int) -> None:
    """Paint lines from the top of ``rect``."""
    side = QStyle.visualAlignment(painter.layoutDirection(), Qt.AlignmentFlag.AlignLeft)
    painter.setFont(font)
    for number, line in enumerate(lines):
        row = QRect(rect.left(), rect.top() + number * line_height, rect.width(), line_height)
        draw_line(painter, row, line, side)


def draw_line(painter: QPainter, rect: QRect, line: str, side: Qt.AlignmentFlag) -> None:
    """Paint one line at that side, whichever way the layout goes; its words run as they are written."""
    direction = painter.layoutDirection()
    painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
    absolute = Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
    painter.drawText(rect, side | absolute | Qt.TextFlag.TextSingleLine, line)
    painter.setLayoutDirection(direction)


class RowPainter:
    """Paints the parts of one list row, mirrored where the layout is."""

    def __init__(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        self.painter = painter
        self.rect: QRect = option.rect
        self._direction = option.direction

    def part(self, left: int, top: int, width: int, height: int) -> QRect:
        """Return a part of the row, as it lies on the screen."""
        part = QRect(self.rect.left() + left, self.rect.top() + top, width, height)
        return QStyle.visualRect(self._direction, self.rect, part)

    def icon(self, left: int, top: int, name: str, role: IconRole = "text") -> None:
        """Paint an icon of 16 px."""
        draw_icon(self.painter, self.part(left, top, 16, 16), name, role)

    def words(self, rect: QRect, text: str, font: QFont, colour: QColor, *, at_end: bool = False) -> int:
        """Paint one line, elided where it must be, and return its width."""
        metrics = QFontMetrics(font)
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        side = QStyle.visualAlignment(
            self._direction, Qt.AlignmentFlag.AlignRight if at_end else Qt.AlignmentFlag.AlignLeft
        )
        self.painter.setFont(font)
        self.painter.setPen(colour)
        draw_line(self.painter, rect, shown, side)
        return metrics.horizontalAdvance(shown)


def text_size(text: str, font: QFont) -> QSize:
    """Return the size of one line of words."""
    metrics = QFontMetrics(font)
    return QSize(metrics.horizontalAdvance(text), metrics.height())
