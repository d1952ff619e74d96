"""The parts of the find bar: the field that is typed in, and the buttons for how it is looked for."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QSizePolicy, QStyle, QToolButton, QWidget

from annotator.ui.icon_drawing import draw_icon
from annotator.ui.icons import icon
from annotator.ui.theme import FOCUS_WIDTH, current_theme, draw_frame, panel_font

HEIGHT = 26
_ICON = 16
_PADDING = 7
_LEAST = 96
_ENDS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape)


class FindField(QLineEdit):
    """What is looked for. Enter goes to the next hit, Shift+Enter to the one before, Esc leaves."""

    stepped = Signal(bool)
    """To the next hit, or to the one before."""
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFont(panel_font())
        self.setPlaceholderText(self.tr("Find in this source"))
        self.setAccessibleName(self.tr("Find in this source"))
        self.setFixedHeight(max(HEIGHT, self.fontMetrics().height() + 8))
        self.setTextMargins(_ICON + 10, 0, 4, 0)
        self.setMinimumWidth(_LEAST)

    def event(self, event: QEvent) -> bool:
        """Claim Enter and Esc before any shortcut does."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() in _ENDS:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Step with Enter, leave with Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in _ENDS:
            self.stepped.emit(not event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the field and its icon."""
        super().paintEvent(event)
        mark = QRect(7, (self.height() - _ICON) // 2, _ICON, _ICON)
        draw_icon(QPainter(self), QStyle.visualRect(self.layoutDirection(), self.rect(), mark), "search", "muted")


class OptionButton(QAbstractButton):
    """One way to look: words where there is room, else a sign. What is on stands in a frame."""

    def __init__(self, words: str, sign: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words, self._sign = words, sign
        self._is_wide = True
        self.setText(words)
        self.setCheckable(True)
        self.setFont(panel_font())
        self.setAccessibleName(words)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def explain(self, sentence: str, key: str) -> None:
        """Say in the tooltip what it does, and with which key."""
        self.setToolTip(f"{sentence} ({key})" if key else sentence)
        self.setAccessibleDescription(self.toolTip())

    def width_of(self, *, wide: bool) -> int:
        """Return how much room it takes with words, or with its sign."""
        words = self._words if wide else self._sign
        return max(self.fontMetrics().horizontalAdvance(words) + 2 * _PADDING, HEIGHT)

    def set_wide(self, *, wide: bool) -> None:
        """Show the words, or the sign."""
        self._is_wide = wide
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return room for what is shown."""
        return QSize(self.width_of(wide=self._is_wide), max(HEIGHT, self.fontMetrics().height() + 6))

    def paintEvent(self, _: QPaintEvent) -> None:
        """Paint the frame of what is on, and the words."""
        theme, painter, on = current_theme(), QPainter(self), self.isChecked()
        lit = self.underMouse() or self.isDown()
        fill = theme.row if on else theme.hover if lit else None
        line = theme.accent if on or self.hasFocus() else None
        draw_frame(painter, QRectF(self.rect()), fill, line, FOCUS_WIDTH if self.hasFocus() else 1.0)
        painter.setPen(theme.text if on else theme.muted)
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._words if self._is_wide else self._sign)


def icon_button(name: str, words: str, parent: QWidget | None = None) -> QToolButton:
    """Return a button that shows an icon, and says in its tooltip what it does."""
    button = QToolButton(parent)
    button.setIcon(icon(name))
    button.setIconSize(QSize(_ICON, _ICON))
    button.setFixedSize(HEIGHT, HEIGHT)
    button.setAutoRaise(True)
    button.setAccessibleName(words)
    button.setToolTip(words)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
