"""The big buttons of the start screen."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from annotator.ui.actions import Actions
from annotator.ui.controls import GRID
from annotator.ui.icon_drawing import draw_icon
from annotator.ui.marks import draw_keycap, keycap_size
from annotator.ui.theme import FOCUS_WIDTH, current_theme, draw_frame, panel_font

_SIGN = 16


class RailButton(QAbstractButton):
    """A way to begin: its sign, its words, its key."""

    def __init__(self, actions: Actions, name: str, sign: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sign = sign
        self._key = actions.key(name)
        self.setText(actions[name].text().rstrip("…"))
        self.setAccessibleName(self.text())
        self.setAccessibleDescription(self.tr("Key {0}").format(self._key) if self._key else "")
        self.setFont(panel_font())
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.clicked.connect(actions[name].trigger)

    def sizeHint(self) -> QSize:
        """Return a row of 40 px."""
        return QSize(240, max(5 * GRID, self.fontMetrics().height() + 2 * GRID))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take Enter as Space."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _: QPaintEvent) -> None:
        """Paint the sign, the words and the key cap."""
        theme = current_theme()
        painter = QPainter(self)
        around = QRectF(self.rect())
        fill = theme.hover if self.underMouse() else None
        draw_frame(painter, around, fill, theme.accent if self.hasFocus() else None, FOCUS_WIDTH)
        draw_icon(painter, self._part(GRID, _SIGN, _SIGN), self._sign, "accent")
        painter.setPen(theme.text)
        left = GRID + _SIGN + 2 * GRID
        start = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        painter.drawText(self._part(left, self.width() - left, self.height()), start, self.text())
        if self._key:
            cap = keycap_size(self._key)
            part = self._part(self.width() - cap.width() - GRID, cap.width(), cap.height())
            draw_keycap(painter, QRectF(part), self._key, theme)

    def _part(self, left: int, width: int, height: int) -> QRect:
        part = QRect(left, (self.height() - height) // 2, width, height)
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            part.moveRight(self.width() - 1 - left)
        return part
