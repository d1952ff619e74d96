"""A page in the middle of the merge screen: what is going on, or what came of it, and what can be done next."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from annotator.ui.controls import GRID, plain_label
from annotator.ui.exchanging.merge_sign import Sign
from annotator.ui.icon_drawing import IconRole
from annotator.ui.theme import current_theme

_WIDTH = 560
_SIGN = 32


class MergeNotice(QWidget):
    """A sign, a headline, sentences, how far it is, and buttons."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sign = Sign(size=_SIGN)
        self._said: list[str] = []
        self.headline = plain_label(size=20, bold=True)
        self._sentences = QVBoxLayout()
        self._sentences.setSpacing(GRID // 2)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("How far it is"))
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(GRID)
        inner = QWidget()
        inner.setMaximumWidth(_WIDTH)
        column = QVBoxLayout(inner)
        column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        column.setSpacing(2 * GRID)
        column.addWidget(self._sign)
        column.addWidget(self.headline)
        column.addLayout(self._sentences)
        column.addWidget(self.bar)
        column.addLayout(self._buttons)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(inner, 100)
        row.addStretch(1)
        whole = QVBoxLayout(self)
        whole.addStretch(1)
        whole.addLayout(row)
        whole.addStretch(2)

    def say(
        self,
        sign: str,
        headline: str,
        sentences: Sequence[str | QWidget] = (),
        buttons: Sequence[QPushButton] = (),
        *,
        role: IconRole = "accent",
        working: bool = False,
    ) -> None:
        """Show other words and buttons, and whether there is work under way; the first button gets the focus."""
        self._sign.show_sign(sign, role)
        self.headline.setText(headline)
        self.setAccessibleName(headline)
        for layout in (self._sentences, self._buttons):
            while (item := layout.takeAt(0)) is not None:
                widget = item.widget()
                if widget is not None:
                    widget.hide()
                    widget.deleteLater()
        self._said = [each if isinstance(each, str) else each.accessibleName() for each in sentences]
        for each in sentences:
            said = plain_label(each) if isinstance(each, str) else each
            if isinstance(said, QLabel):
                said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._sentences.addWidget(said)
        self.bar.setRange(0, 0)
        self.bar.setVisible(working)
        for button in buttons:
            self._buttons.addWidget(button)
        self._buttons.addStretch(1)

    def words(self) -> str:
        """Return everything that is said."""
        return "\n".join((self.headline.text(), *self._said))

    def show_progress(self, done: int, total: int) -> None:
        """Show how far it is."""
        self.bar.setRange(0, total)
        self.bar.setValue(done)

    def paintEvent(self, _: QPaintEvent) -> None:
        """Paint the ground."""
        QPainter(self).fillRect(self.rect(), current_theme().raised)
