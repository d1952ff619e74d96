"""Line icons for what shows a ``QIcon``: buttons, menus, tabs. Our own widgets paint theirs with ``draw_icon``."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap

from annotator.ui.icon_drawing import IconRole, draw_icon, icon_pixmap, icon_source


@cache
def icon(name: str, role: IconRole = "text") -> QIcon:
    """Return the icon ``resources/icons/<name>.svg`` in the colour that the theme gives to ``role``.

    The icon stays right when the theme changes: whoever shows it repaints with the palette.
    Raises ``FileNotFoundError`` for a name that is not shipped.
    """
    icon_source(name)
    return QIcon(_ThemedIcon(name, role))


class _ThemedIcon(QIconEngine):
    """Renders an icon when it is painted, so that one ``QIcon`` serves every theme and every resolution."""

    def __init__(self, name: str, role: IconRole) -> None:
        super().__init__()
        self._name = name
        self._role: IconRole = role

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, _state: QIcon.State) -> None:
        """Paint the icon at the resolution of the screen that it is painted on."""
        draw_icon(painter, rect, self._name, self._role, faded=mode == QIcon.Mode.Disabled)

    def pixmap(self, size: QSize, mode: QIcon.Mode, _state: QIcon.State) -> QPixmap:
        """Return the icon in ``size`` device pixels."""
        return icon_pixmap(self._name, size, self._role, faded=mode == QIcon.Mode.Disabled)

    def clone(self) -> QIconEngine:
        """Return a copy for a ``QIcon`` that is about to be changed."""
        copy = _ThemedIcon(self._name, self._role)
        _copies.append(copy)
        return copy


_copies: list[_ThemedIcon] = []
"""Qt owns the copies, but without a reference from here Python would free them under its hands."""
