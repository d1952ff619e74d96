"""Tiles of stances and verdicts for lists and pages full of them: each is painted once and then laid."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap

from annotator.ui.marks import SIGN, VERDICT_TILE, draw_stance_tile, draw_verdict_tile
from annotator.ui.theme import Theme, load_theme


def lay_stance_tile(painter: QPainter, at: QPoint, stance: str, theme: Theme) -> None:
    """Lay a stance's tile of 16 px with its upper left corner at a point, as ``draw_stance_tile`` paints it."""
    painter.drawPixmap(at, stance_tile(stance, theme.name, painter.device().devicePixelRatioF()))


def lay_verdict_tile(painter: QPainter, at: QPoint, verdict: str, theme: Theme, *, solid: bool = False) -> None:
    """Lay a verdict's tile of 20 px with its upper left corner at a point, as ``draw_verdict_tile`` paints it."""
    painter.drawPixmap(at, _verdict_tile(verdict, theme.name, painter.device().devicePixelRatioF(), solid=solid))


@cache
def stance_tile(stance: str, theme: str, ratio: float, *, solid: bool = False) -> QPixmap:
    """Return the picture of a stance's tile in the theme of this name, for a device with so many dots a px."""
    tile, painter = _begun(SIGN, ratio)
    draw_stance_tile(painter, QRectF(0, 0, SIGN, SIGN), stance, load_theme(theme), solid=solid)
    painter.end()
    return tile


@cache
def _verdict_tile(verdict: str, theme: str, ratio: float, *, solid: bool) -> QPixmap:
    tile, painter = _begun(VERDICT_TILE, ratio)
    draw_verdict_tile(painter, QRectF(0, 0, VERDICT_TILE, VERDICT_TILE), verdict, load_theme(theme), solid=solid)
    painter.end()
    return tile


def _begun(side: int, ratio: float) -> tuple[QPixmap, QPainter]:
    tile = QPixmap(round(side * ratio), round(side * ratio))
    tile.setDevicePixelRatio(ratio)
    tile.fill(Qt.GlobalColor.transparent)
    return tile, QPainter(tile)
