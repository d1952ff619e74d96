"""Lines on what does not simply come in: a heading that counts them, and the lines, each with its reason."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QVBoxLayout, QWidget

from annotator.domain.foreign_reasons import LeftOut
from annotator.ui.controls import GRID, plain_label
from annotator.ui.exchanging.foreign_words import left_out_words

_LINES = 8
_MOST = 2_000
"""So many are shown; the command line has them all."""


class ForeignLines(QWidget):
    """Shown where there is at least one line."""

    def __init__(self, name: str, *, lines: int = _LINES) -> None:
        """``name`` is what a screen reader calls the list, ``lines`` how many are in sight at most."""
        super().__init__()
        self._most = lines
        self.head = plain_label(bold=True)
        self.list = QListWidget()
        self.list.setAccessibleName(name)
        self.list.setWordWrap(True)
        self.list.setTabKeyNavigation(False)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID)
        layout.addWidget(self.head)
        layout.addWidget(self.list)

    def show_lines(self, head: str, told: Sequence[LeftOut]) -> None:
        """Show these lines under a heading; nothing where there is none."""
        self.head.setText(head)
        self.list.clear()
        self.list.addItems([left_out_words(each) for each in told[:_MOST]])
        line = self.list.fontMetrics().height() + GRID
        self.list.setFixedHeight(min(self._most, max(2, 2 * len(told))) * line)
        self.setVisible(bool(told))
