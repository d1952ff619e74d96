"""Says in one line what did not work, or what came of something, and what to do next, without getting in the way."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from annotator.domain.errors import AnnotatorError
from annotator.ui.announcing import announce
from annotator.ui.controls import GRID, PlainButton, plain_label
from annotator.ui.icon_drawing import draw_icon
from annotator.ui.messages import next_step, sentence
from annotator.ui.theme import current_theme

_HEIGHT = 48


class ErrorBar(QWidget):
    """One sentence and its next step. It stays until it is closed, or the next one takes its place."""

    left = Signal()
    """It was closed, or its button pressed: there is room for what can wait."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._again: Callable[[], None] | None = None
        self._is_error = True
        self._said = plain_label(bold=True)
        self._next = plain_label()
        self._retry = PlainButton(self.tr("Try again"))
        self._retry.clicked.connect(self._try_again)
        close = PlainButton(self.tr("Close"), icon_name="x", height=24)
        close.setFlat(True)
        close.clicked.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(5 * GRID, GRID, GRID, GRID)
        row.setSpacing(2 * GRID)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch(1)
        words.addWidget(self._said)
        words.addWidget(self._next)
        words.addStretch(1)
        row.addLayout(words, 1)
        row.addWidget(self._retry)
        row.addWidget(close)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setMinimumHeight(_HEIGHT)
        self.hide()

    def say(self, error: AnnotatorError, again: Callable[[], None] | None = None) -> None:
        """Show an error; ``again`` tries once more what it stopped."""
        self.say_words(sentence(error), next_step(error), again)

    def say_words(self, said: str, step: str = "", again: Callable[[], None] | None = None) -> None:
        """Show what did not work and a next step; ``again`` tries once more."""
        self._show(said, step, again, self.tr("Try again"), is_error=True)

    def tell(self, said: str, step: str = "", does: Callable[[], None] | None = None, button: str = "") -> None:
        """Show something that is no error; ``does`` is what the button with these words does."""
        self._show(said, step, does, button, is_error=False)

    def _show(self, said: str, step: str, does: Callable[[], None] | None, button: str, *, is_error: bool) -> None:
        self._is_error = is_error
        self._said.setText(said)
        self._next.setText(step)
        self._next.setVisible(bool(step))
        self._again = does
        self._retry.setText(button)
        self._retry.updateGeometry()
        self._retry.setVisible(does is not None)
        self.setAccessibleName(said)
        self.setAccessibleDescription(step)
        self.show()
        self.update()
        announce(self, f"{said} {step}".strip(), at_once=is_error)

    def _try_again(self) -> None:
        again, self._again = self._again, None
        self.hide()
        if again is not None:
            again()

    def hideEvent(self, event: QHideEvent) -> None:
        """Tell that there is room again."""
        super().hideEvent(event)
        self.left.emit()

    def paintEvent(self, _: QPaintEvent) -> None:
        """Paint the ground, a line of the colour of what is said, and its sign."""
        theme = current_theme()
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.surface)
        painter.fillRect(0, 0, self.width(), 1, theme.hairline)
        start = QRect(0, 0, 3, self.height())
        sign = QRect(2 * GRID, (self.height() - 16) // 2, 16, 16)
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            start.moveRight(self.width() - 1)
            sign.moveRight(self.width() - 2 * GRID)
        painter.fillRect(start, theme.error if self._is_error else theme.accent)
        draw_icon(painter, sign, *(("circle-x", "error") if self._is_error else ("info", "accent")))
