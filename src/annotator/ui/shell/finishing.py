"""Closing the window: what is under way is finished first, and is seen to be."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from annotator.ui.controls import GRID, plain_label
from annotator.ui.theme import current_theme

if TYPE_CHECKING:
    from annotator.ui.main_window import MainWindow

_PATIENCE = 250
"""Milliseconds after which one is told that something is being finished."""


def finish(window: MainWindow, then: Callable[[], object]) -> None:
    """Veil the window while something is under way; ``then`` is called when nothing is any more."""
    if window.findChild(_Veil) is not None:
        return
    window.actions_table.pause()
    window.setAcceptDrops(False)
    veil = _Veil(window)
    QTimer.singleShot(_PATIENCE, veil, veil.appear)
    once = Qt.ConnectionType.SingleShotConnection
    window.desk.jobs.idle.connect(lambda: QTimer.singleShot(0, window, then), once)


class _Veil(QWidget):
    """Covers the window and says what is waited for."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._said = plain_label(self.tr("Finishing what is under way…"), size=16, bold=True, wrap=False)
        self._said.setAlignment(Qt.AlignmentFlag.AlignCenter)
        bar = QProgressBar()
        bar.setRange(0, 0)
        bar.setTextVisible(False)
        bar.setFixedSize(240, 16)
        bar.setAccessibleName(self._said.text())
        column = QVBoxLayout(self)
        column.setSpacing(2 * GRID)
        column.addStretch()
        column.addWidget(self._said)
        column.addWidget(bar, alignment=Qt.AlignmentFlag.AlignHCenter)
        column.addStretch()
        self.hide()

    def appear(self) -> None:
        """Cover the window."""
        self.setGeometry(self._window.rect())
        self.show()
        self.raise_()

    def paintEvent(self, _: QPaintEvent) -> None:
        """Veil what is behind."""
        veil = QColor(current_theme().surface)
        veil.setAlphaF(0.9)
        QPainter(self).fillRect(self.rect(), veil)
