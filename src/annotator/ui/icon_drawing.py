"""Paints line icons (Lucide) in the colours of the theme in force, sharp on every screen."""

from __future__ import annotations

from functools import cache
from typing import Literal

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from annotator.resources import resource
from annotator.ui.theme import current_theme, theme_notifier

IconRole = Literal["text", "muted", "accent", "on_accent", "error"]

_STROKE = "1.75"
_FADED = 0.45


def draw_icon(painter: QPainter, rect: QRect, name: str, role: IconRole = "text", *, faded: bool = False) -> None:
    """Paint an icon in the middle of a rectangle, at the resolution of the screen that it is painted on.

    ``role`` is which of the theme's colours it has; what cannot be used is ``faded``.
    Raises ``FileNotFoundError`` for a name that is not shipped.
    """
    side = min(rect.width(), rect.height())
    square = QRect(0, 0, side, side)
    square.moveCenter(rect.center())
    scale = painter.device().devicePixelRatioF()
    painter.drawPixmap(square, icon_pixmap(name, square.size() * scale, role, faded=faded))


def icon_pixmap(name: str, size: QSize, role: IconRole, *, faded: bool = False) -> QPixmap:
    """Return an icon in ``size`` device pixels."""
    colour: QColor = getattr(current_theme(), role)
    return _render(name, colour.name(), _FADED if faded else 1.0, size.width(), size.height())


@cache
def icon_source(name: str) -> str:
    """Return the icon ``resources/icons/<name>.svg`` as SVG; raises ``FileNotFoundError`` for a name that is not shipped."""
    text = resource("icons", f"{name}.svg").read_text(encoding="utf-8")
    return text.replace('stroke-width="2"', f'stroke-width="{_STROKE}"')


@cache
def _render(name: str, colour: str, opacity: float, width: int, height: int) -> QPixmap:
    pixmap = QPixmap(width, height)
    pixmap.fill(Qt.GlobalColor.transparent)
    renderer = QSvgRenderer(QByteArray(icon_source(name).replace("currentColor", colour).encode()))
    painter = QPainter(pixmap)
    painter.setOpacity(opacity)
    renderer.render(painter, QRectF(0, 0, width, height))
    painter.end()
    return pixmap


def _drop_renderings() -> None:
    _render.cache_clear()


theme_notifier().changed.connect(_drop_renderings)
