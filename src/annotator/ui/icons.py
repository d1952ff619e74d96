"""Line icons (Lucide) that take the colours of the theme in force, sharp on every screen."""

from __future__ import annotations

from functools import cache
from typing import Literal

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from annotator.resources import resource
from annotator.ui.theme import current_theme, theme_notifier

IconRole = Literal["text", "muted", "accent", "on_accent", "error"]

_STROKE = "1.75"
_DISABLED_OPACITY = 0.45


@cache
def icon(name: str, role: IconRole = "text") -> QIcon:
    """Return the icon ``resources/icons/<name>.svg`` in the colour that the theme gives to ``role``.

    The icon stays right when the theme changes: whoever shows it repaints with the palette.
    Raises ``FileNotFoundError`` for a name that is not shipped.
    """
    _source(name)
    return QIcon(_ThemedIcon(name, role))


@cache
def _source(name: str) -> str:
    text = resource("icons", f"{name}.svg").read_text(encoding="utf-8")
    return text.replace('stroke-width="2"', f'stroke-width="{_STROKE}"')


@cache
def _render(name: str, colour: str, opacity: float, width: int, height: int) -> QPixmap:
    pixmap = QPixmap(width, height)
    pixmap.fill(Qt.GlobalColor.transparent)
    renderer = QSvgRenderer(QByteArray(_source(name).replace("currentColor", colour).encode()))
    painter = QPainter(pixmap)
    painter.setOpacity(opacity)
    renderer.render(painter, QRectF(0, 0, width, height))
    painter.end()
    return pixmap


def _drop_renderings() -> None:
    _render.cache_clear()


theme_notifier().changed.connect(_drop_renderings)


class _ThemedIcon(QIconEngine):
    """Renders an icon when it is painted, so that one ``QIcon`` serves every theme and every resolution."""

    def __init__(self, name: str, role: IconRole) -> None:
        super().__init__()
        self._name = name
        self._role: IconRole = role

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        """Paint the icon at the resolution of the screen that it is painted on."""
        side = min(rect.width(), rect.height())
        square = QRect(0, 0, side, side)
        square.moveCenter(rect.center())
        scale = painter.device().devicePixelRatioF()
        painter.drawPixmap(square, self.pixmap(square.size() * scale, mode, state))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """Return the icon in ``size`` device pixels."""
        colour: QColor = getattr(current_theme(), self._role)
        opacity = _DISABLED_OPACITY if mode == QIcon.Mode.Disabled else 1.0
        return _render(self._name, colour.name(), opacity, size.width(), size.height())

    def clone(self) -> QIconEngine:
        """Return a copy for a ``QIcon`` that is about to be changed."""
        copy = _ThemedIcon(self._name, self._role)
        _copies.append(copy)
        return copy


_copies: list[_ThemedIcon] = []
"""Qt owns the copies, but without a reference from here Python would free them under its hands."""
