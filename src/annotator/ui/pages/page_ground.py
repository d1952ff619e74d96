"""Paints the sheet that a page is printed on, and the words that stand in the place of one."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from annotator.ui.theme import Theme, load_theme, panel_font

PAPER = QColor(255, 255, 255)
"""Pages stay white by night, too: their pictures and colours are part of what was published."""

_PADDING = 24
_HEAD = 24


def paper_theme() -> Theme:
    """Return the colours that can be read on paper, whatever the window's theme."""
    return load_theme("light")


def draw_ground(painter: QPainter, rect: QRectF, theme: Theme) -> None:
    """Paint an empty sheet with a hairline around it."""
    painter.fillRect(rect.adjusted(-1, -1, 1, 1), theme.hairline)
    painter.fillRect(rect, PAPER)


def draw_problem(painter: QPainter, rect: QRectF, words: str) -> None:
    """Say on an empty sheet why it is empty."""
    painter.setFont(panel_font())
    painter.setPen(paper_theme().muted)
    flags = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap
    painter.drawText(rect.adjusted(_PADDING, _PADDING, -_PADDING, -_PADDING), flags, words)


def draw_head(painter: QPainter, rect: QRectF, words: str, theme: Theme) -> None:
    """Say something about a page above it."""
    painter.setFont(panel_font())
    painter.setPen(theme.muted)
    room = QRectF(rect.left(), rect.top() - _HEAD, rect.width(), _HEAD)
    flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextSingleLine
    shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, int(room.width()))
    painter.drawText(room, flags, shown)
