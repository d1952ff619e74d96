"""Stance tiles for a page full of them: each is painted once and then laid."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap

from annotator.ui.marks import SIGN, draw_stance_tile
from annotator.ui.theme import load_theme


@cache
def painted_tile(stance: str, theme: str, ratio: float, *, solid: bool = False) -> QPixmap:
    """Return the picture of a stance's tile in the theme of this name, for a device with so many dots a px."""
    tile = QPixmap(round(SIGN * ratio), round(SIGN * ratio))
    tile.setDevicePixelRatio(ratio)
    tile.fill(Qt.GlobalColor.transparent)
    painter = QPainter(tile)
    draw_stance_tile(painter, QRectF(0, 0, SIGN, SIGN), stance, load_theme(theme), solid=solid)
    painter.end()
    return tile
