"""Stance lines for a page full of them: each is painted once, long, and then as much of it is laid as is wanted."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap

from annotator.ui.marks import draw_stance_line
from annotator.ui.theme import Theme, load_theme

THICK = 6
_LONG = 1_200
"""Px of a painted line; a multiple of the lengths in which waves (8 px), dashes (10 px) and dots (4 px) repeat."""

_REPEATS = {"refutes": 1.0, "contextualises": 4.0}
"""The stances whose lines look odd when cut anywhere, and the px of which a whole number must show."""


Stroke = tuple[QPointF, QPixmap, QRectF]
"""A part of a painted line: where it is laid, the whole line, and which dots of it."""


def lay_stance_line(
    painter: QPainter, rect: QRectF, stance: str, theme: Theme, *, chosen: bool = False, vertical: bool = False
) -> None:
    """Paint the line of a stance along the middle of ``rect``, as ``draw_stance_line`` does but many times faster."""
    lines, x, y = StanceLines(theme, painter.device().devicePixelRatioF()), rect.left(), rect.top()
    if vertical:
        found = lines.down(stance, x + (rect.width() - THICK) / 2, y, rect.height(), chosen=chosen)
    else:
        found = lines.across(stance, x, y + (rect.height() - THICK) / 2, rect.width(), chosen=chosen)
    for stroke in found:
        painter.drawPixmap(*stroke)


class StanceLines:
    """Tells what is laid for the lines of a theme on a device with so many dots a px. Places and lengths are px.

    A line is ``THICK``; ``x`` and ``y`` are its upper left corner.
    """

    def __init__(self, theme: Theme, ratio: float) -> None:
        self._theme, self._ratio, self._thick = theme.name, ratio, THICK * ratio
        self._parts: dict[float, QRectF] = {}
        """Which dots of a line from left to right are so long; full lines of text, the most of all, are of one length."""

    def across(self, stance: str, x: float, y: float, length: float, *, chosen: bool = False) -> list[Stroke]:
        """Return what is laid for a line from left to right."""
        found: list[Stroke] = []
        line = _painted(stance, self._theme, self._ratio, chosen, False)
        left = _whole(stance, length)
        while left > 0:
            part = left if left < _LONG else _LONG
            dots = self._parts.get(part)
            if dots is None:
                dots = self._parts[part] = QRectF(0, 0, part * self._ratio, self._thick)
            found.append((QPointF(x, y), line, dots))
            x, left = x + part, left - part
        return found

    def down(self, stance: str, x: float, y: float, length: float, *, chosen: bool = False) -> list[Stroke]:
        """Return what is laid for a line from top to bottom."""
        found: list[Stroke] = []
        line = _painted(stance, self._theme, self._ratio, chosen, True)
        left = _whole(stance, length)
        while left > 0:
            part = left if left < _LONG else _LONG
            found.append((QPointF(x, y), line, QRectF(0, 0, self._thick, part * self._ratio)))
            y, left = y + part, left - part
        return found


def _whole(stance: str, length: float) -> float:
    """Return how much of a length a line shows."""
    step = _REPEATS.get(stance)
    return length // step * step if step else length


@cache
def _painted(stance: str, theme: str, ratio: float, chosen: bool, vertical: bool) -> QPixmap:  # noqa: FBT001
    width, height = (THICK, _LONG) if vertical else (_LONG, THICK)
    line = QPixmap(round(width * ratio), round(height * ratio))
    line.setDevicePixelRatio(ratio)
    line.fill(Qt.GlobalColor.transparent)
    painter = QPainter(line)
    draw_stance_line(painter, QRectF(0, 0, width, height), stance, load_theme(theme), chosen=chosen, vertical=vertical)
    painter.end()
    return line
