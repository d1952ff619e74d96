"""Painting words in lists: a few lines that end in … where there is no more room."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from annotator.domain.text import Utf16Map
from annotator.ui.icon_drawing import IconRole, draw_icon

_LINE = Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
_LEFT, _RIGHT = _LINE | Qt.AlignmentFlag.AlignLeft, _LINE | Qt.AlignmentFlag.AlignRight
"""How one line is painted at a side, made once: putting flags together takes as long as painting a word."""

_ASKED = 512
"""Texts whose lines are remembered: those of the lists that are seen."""


def wrapped(text: str, font: QFont, width: int, most: int) -> list[str]:
    """Return ``text`` as at most ``most`` lines that fit ``width`` px; the last ends in … where something is left out."""
    return list(_wrapped(text, font, width, most))


@lru_cache(_ASKED)
def _wrapped(text: str, font: QFont, width: int, most: int) -> tuple[str, ...]:
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
    return tuple(lines)


def draw_lines(painter: QPainter, rect: QRect, lines: list[str], font: QFont, line_height: int) -> None:
    """Paint lines from the top of ``rect``."""
    mirrored = painter.layoutDirection() == Qt.LayoutDirection.RightToLeft
    painter.setFont(font)
    for number, line in enumerate(lines):
        row = QRect(rect.left(), rect.top() + number * line_height, rect.width(), line_height)
        _draw_line(painter, row, line, at_right=mirrored)


def _draw_line(painter: QPainter, rect: QRect, line: str, *, at_right: bool) -> None:
    """Paint one line at a side, whichever way the layout goes; its words run as they are written."""
    direction = painter.layoutDirection()
    painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
    painter.drawText(rect, _RIGHT if at_right else _LEFT, line)
    painter.setLayoutDirection(direction)


class RowPainter:
    """Paints the parts of one list row, mirrored where the layout is."""

    def __init__(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        self.painter = painter
        self.rect: QRect = option.rect
        self._mirrored = option.direction == Qt.LayoutDirection.RightToLeft

    def part(self, left: int, top: int, width: int, height: int) -> QRect:
        """Return a part of the row, as it lies on the screen."""
        part = QRect(self.rect.left() + left, self.rect.top() + top, width, height)
        return QStyle.visualRect(Qt.LayoutDirection.RightToLeft, self.rect, part) if self._mirrored else part

    def icon(self, left: int, top: int, name: str, role: IconRole = "text") -> None:
        """Paint an icon of 16 px."""
        draw_icon(self.painter, self.part(left, top, 16, 16), name, role)

    def words(self, rect: QRect, text: str, font: QFont, colour: QColor, *, at_end: bool = False) -> int:
        """Paint one line, elided where it must be, and return its width."""
        metrics, room = QFontMetrics(font), rect.width()
        width = metrics.horizontalAdvance(text)
        if width >= room:
            text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
            width = metrics.horizontalAdvance(text)
        self.painter.setFont(font)
        self.painter.setPen(colour)
        _draw_line(self.painter, rect, text, at_right=at_end != self._mirrored)
        return width

    def whole_words(self, left: int, top: int, height: int, text: str, font: QFont, colour: QColor) -> int:
        """Paint one line that has room, and return its width."""
        width = QFontMetrics(font).horizontalAdvance(text)
        self.painter.setFont(font)
        self.painter.setPen(colour)
        _draw_line(self.painter, self.part(left, top, width + 1, height), text, at_right=self._mirrored)
        return width


def text_size(text: str, font: QFont) -> QSize:
    """Return the size of one line of words."""
    metrics = QFontMetrics(font)
    return QSize(metrics.horizontalAdvance(text), metrics.height())
