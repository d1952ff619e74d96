"""Stands at the selection and says what can be done with it; what is chosen opens below, in the same place."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from annotator.ui.controls import AccentButton, HairLine, PlainButton
from annotator.ui.icons import icon
from annotator.ui.tab_order import go_on
from annotator.ui.theme import current_theme, draw_frame

COPY = "copy_citation"
WIDTH = 640
_HEIGHT = 24
_EDGE = 8
_GAP = 6


class Bubble(QFrame):
    """A row of actions, and below it at most one panel. Lies over the window; keeps Tab inside while a panel is open."""

    asked = Signal(str)
    """One of the actions was clicked: its name in the table of actions."""
    left = Signal()

    def __init__(self, actions: Mapping[str, tuple[str, str]], parent: QWidget) -> None:
        """``actions`` are names with their words and keys."""
        super().__init__(parent)
        self.panel: QWidget | None = None
        self.panel_name = ""
        self._plain: dict[str, PlainButton] = {}
        self._accent: dict[str, AccentButton] = {}
        self._row = QHBoxLayout()
        self._row.setContentsMargins(8, 8, 8, 8)
        self._row.setSpacing(4)
        for name, (words, key) in actions.items():
            self._add_action(name, words, key)
        self.copy = QToolButton()
        self.copy.setIcon(icon("copy"))
        self.copy.setAutoRaise(True)
        self.copy.setFixedSize(_HEIGHT, _HEIGHT)
        self.copy.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.copy.clicked.connect(lambda: self.asked.emit(COPY))
        self._row.addWidget(self.copy)
        self._row.addStretch()
        close = PlainButton(self.tr("Close"), key=self.tr("Esc"), height=_HEIGHT)
        close.setFlat(True)
        close.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        close.clicked.connect(self.left)
        self._row.addWidget(close)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(1, 1, 1, 1)
        self._column.setSpacing(0)
        self._column.addLayout(self._row)
        self._line = HairLine()
        self._column.addWidget(self._line)
        self._line.hide()
        self.setAccessibleName(self.tr("What to do with the selection"))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.hide()

    def _add_action(self, name: str, words: str, key: str) -> None:
        plain = PlainButton(words, key=key, key_first=True, height=_HEIGHT)
        plain.setFlat(True)
        accent = AccentButton(words, key=key, key_first=True, height=_HEIGHT)
        accent.hide()
        for button in (plain, accent):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(lambda _checked=False: self.asked.emit(name))
            self._row.addWidget(button)
        self._plain[name], self._accent[name] = plain, accent

    def offer(self, names: set[str]) -> None:
        """Show these actions only."""
        for name, button in self._plain.items():
            button.setVisible(name in names and name != self.panel_name)
            self._accent[name].setVisible(name == self.panel_name)
        self.copy.setVisible(COPY in names)

    def name_copy(self, words: str) -> None:
        """Say what the sign for copying does, and with which key."""
        self.copy.setToolTip(words)
        self.copy.setAccessibleName(words)

    def open_panel(self, name: str, panel: QWidget, offered: set[str]) -> None:
        """Open a panel below the row; ``name`` is the action that it belongs to."""
        self.close_panel()
        self.panel, self.panel_name = panel, name
        self._column.addWidget(panel)
        self._line.show()
        panel.show()
        self.offer(offered)

    def close_panel(self) -> None:
        """Close the panel; the row stays."""
        if self.panel is not None:
            self._column.removeWidget(self.panel)
            self.panel.hide()
            self.panel.deleteLater()
        self.panel, self.panel_name = None, ""
        self._line.hide()

    def wanted_size(self, most: int) -> QRect:
        """Return the size for what is shown, at most so wide."""
        self._column.activate()
        width = min(WIDTH, most) if self.panel else min(self._column.minimumSize().width(), most)
        return QRect(0, 0, max(width, self._column.minimumSize().width()), self._column.totalSizeHint().height())

    def place(self, strip: QRect, left: int, room: QRect) -> None:
        """Stand below ``strip`` at ``left``, within ``room``; above it where there is no room below."""
        rect = self.wanted_size(room.width() - 2 * _EDGE)
        rect.moveTopLeft(QPoint(left, strip.bottom() + _GAP))
        if rect.bottom() > room.bottom() - _EDGE:
            above = strip.top() - _GAP - rect.height()
            rect.moveTop(above if above >= room.top() + _EDGE else room.bottom() - _EDGE - rect.height())
        rect.moveLeft(max(room.left() + _EDGE, min(left, room.right() - _EDGE - rect.width())))
        rect.moveTop(max(rect.top(), room.top()))
        self.setGeometry(rect)
        self.raise_()

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: FBT001 Qt's own signature
        """Go round inside the panel."""
        if self.panel is None or self.focusWidget() is None:
            return super().focusNextPrevChild(forward)
        return go_on(self, forwards=forward) is not None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close with Esc, and let no other key through to what lies below."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()

    def event(self, event: QEvent) -> bool:
        """Keep clicks on the frame from what lies below."""
        if event.type() in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease, QEvent.Type.Wheel):
            return True
        return super().event(event)

    def paintEvent(self, _: QPaintEvent) -> None:
        """Paint ground and frame."""
        theme = current_theme()
        draw_frame(QPainter(self), self.rect().toRectF(), theme.raised, theme.edge)
