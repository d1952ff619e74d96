"""Stance lines for a page full of them: each is painted once, long, and then as much of it is laid as is wanted."""

from __future__ import annotations

from collections.abc import Iterator
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
    ratio = painter.device().devicePixelRatioF()
    for stroke in strokes(rect, stance, theme, ratio, chosen=chosen, vertical=vertical):
        painter.drawPixmap(*stroke)


def strokes(
    rect: QRectF, stance: str, theme: Theme, ratio: float, *, chosen: bool = False, vertical: bool = False
) -> Iterator[Stroke]:
    """Yield what ``lay_stance_line`` lays, for a device with so many dots a px."""
    step = _REPEATS.get(stance, 0.0)
    x, y = rect.left(), rect.top()
    if vertical:
        length = rect.height()
        x += (rect.width() - THICK) / 2
    else:
        length = rect.width()
        y += (rect.height() - THICK) / 2
    left = length // step * step if step else length
    line = _painted(stance, theme.name, ratio, chosen=chosen, vertical=vertical)
    while left > 0:
        part = left if left < _LONG else _LONG
        source = QRectF(0, 0, THICK * ratio, part * ratio) if vertical else QRectF(0, 0, part * ratio, THICK * ratio)
        yield QPointF(x, y), line, source
        x, y, left = (x, y + part, left - part) if vertical else (x + part, y, left - part)


@cache
def _painted(stance: str, theme: str, ratio: float, *, chosen: bool, vertical: bool) -> QPixmap:
    width, height = (THICK, _LONG) if vertical else (_LONG, THICK)
    line = QPixmap(round(width * ratio), round(height * ratio))
    line.setDevicePixelRatio(ratio)
    line.fill(Qt.GlobalColor.transparent)
    painter = QPainter(line)
    draw_stance_line(painter, QRectF(0, 0, width, height), stance, load_theme(theme), chosen=chosen, vertical=vertical)
    painter.end()
    return line
