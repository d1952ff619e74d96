"""The panels beside the centre: they can be moved to the other side, torn off and hidden."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QDockWidget, QWidget

from annotator.ui.controls import GRID
from annotator.ui.theme import current_theme

_DOT, _STEP = 1.0, 5
_MOVABLE = QDockWidget.DockWidgetFeature.DockWidgetMovable
_FLOATABLE = QDockWidget.DockWidgetFeature.DockWidgetFloatable


class Dock(QDockWidget):
    """A panel with a narrow grip at its upper edge instead of a title: the panel has a head of its own."""

    moved = Signal()

    def __init__(self, name: str, title: str, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(title, parent)
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.setAllowedAreas(Qt.DockWidgetArea.LeftDockWidgetArea | Qt.DockWidgetArea.RightDockWidgetArea)
        self.setFeatures(_MOVABLE | _FLOATABLE)
        self._grip = _Grip(self)
        self.setTitleBarWidget(self._grip)
        self.setWidget(content)
        self.topLevelChanged.connect(self._on_floating)
        self.dockLocationChanged.connect(lambda _area: self.moved.emit())
        self.visibilityChanged.connect(lambda _seen: self.moved.emit())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell those who follow the width."""
        super().resizeEvent(event)
        self.moved.emit()

    def _on_floating(self, floating: bool) -> None:  # noqa: FBT001 Qt's own form
        self.setTitleBarWidget(None if floating else self._grip)  # type: ignore[arg-type]
        self._grip.setVisible(not floating)
        self.moved.emit()


class _Grip(QWidget):
    """Three dots under the mouse, to drag the panel by."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setToolTip(self.tr("Drag to move this panel; a double click tears it off"))
        self.setCursor(Qt.CursorShape.SizeAllCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def sizeHint(self) -> QSize:
        return QSize(GRID, GRID)

    def minimumSizeHint(self) -> QSize:
        return QSize(GRID, GRID)

    def paintEvent(self, _: QPaintEvent) -> None:
        theme = current_theme()
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.surface)
        if self.underMouse():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.edge)
            middle = QPointF(self.rect().center())
            for n in (-2, -1, 0, 1, 2):
                painter.drawEllipse(middle + QPointF(n * _STEP, 0), _DOT, _DOT)


def first_focusable(part: QWidget) -> QWidget | None:
    """Return where the focus goes when one enters a part of the window with a key."""
    for widget in (part, *part.findChildren(QWidget)):
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible() and widget.isEnabled():
            return widget
    return None
