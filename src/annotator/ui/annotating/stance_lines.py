"""Stance lines for a page full of them: waves and dots are painted once and then laid as tiles."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap

from annotator.ui.marks import draw_stance_line
from annotator.ui.theme import Theme, load_theme

THICK = 6
_TILE = 40
"""A multiple of the lengths in which waves (8 px) and dots (4 px) repeat."""

_REPEATS = {"refutes": 1.0, "contextualises": 4.0}
"""The stances whose lines are costly to paint, and the px of which a whole number must show."""


def lay_stance_line(
    painter: QPainter, rect: QRectF, stance: str, theme: Theme, *, chosen: bool = False, vertical: bool = False
) -> None:
    """Paint the line of a stance along the middle of ``rect``, as ``draw_stance_line`` does but some 200 times faster."""
    step = _REPEATS.get(stance)
    if step is None:
        draw_stance_line(painter, rect, stance, theme, chosen=chosen, vertical=vertical)
        return
    tile = _tile(stance, theme.name, painter.device().devicePixelRatioF(), chosen=chosen, vertical=vertical)
    whole = QRectF(rect)
    if vertical:
        whole.setHeight(rect.height() // step * step)
        whole.moveLeft(rect.center().x() - THICK / 2)
        whole.setWidth(THICK)
    else:
        whole.setWidth(rect.width() // step * step)
        whole.moveTop(rect.center().y() - THICK / 2)
        whole.setHeight(THICK)
    painter.drawTiledPixmap(whole, tile)


@cache
def _tile(stance: str, theme: str, ratio: float, *, chosen: bool, vertical: bool) -> QPixmap:
    width, height = (THICK, _TILE) if vertical else (_TILE, THICK)
    tile = QPixmap(round(width * ratio), round(height * ratio))
    tile.setDevicePixelRatio(ratio)
    tile.fill(Qt.GlobalColor.transparent)
    painter = QPainter(tile)
    room = QRectF(0, -_TILE, width, 3 * height) if vertical else QRectF(-_TILE, 0, 3 * width, height)
    draw_stance_line(painter, room, stance, load_theme(theme), chosen=chosen, vertical=vertical)
    painter.end()
    return tile
