"""The cells of a conflict: one value each, as a mark or as words, tinted where it is what the result takes."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from annotator.ui.controls import GRID, ConfidenceBars, StanceTile, VerdictChip, plain_label
from annotator.ui.exchanging.conflict_telling import ValueTold
from annotator.ui.theme import FOCUS_WIDTH, current_theme, draw_frame
from annotator.ui.word_diff import WordDiff

_PADDING = 2 * GRID


def value_widget(field: str, value: ValueTold, *, solid: bool = False) -> QWidget:
    """Return what shows a value: a chip, a sign or bars with the word, or words, of which those that differ are marked.

    ``solid`` is for what stands as a conclusion.
    """
    if value.code and field == "verdict":
        return VerdictChip(value.code, value.words, solid=solid)
    if value.code and field == "stance":
        return _marked(StanceTile(value.code, value.words), value.words)
    if value.bars:
        return _marked(ConfidenceBars(value.bars, value.words), value.words)
    if value.pieces and value.words:
        return WordDiff(value.pieces, side=value.side)
    label = plain_label(value.words or QCoreApplication.translate("conflicts", "nothing"), muted=not value.words)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label


def _marked(mark: QWidget, words: str) -> QWidget:
    both = QWidget()
    row = QHBoxLayout(both)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(GRID)
    row.addWidget(mark)
    row.addWidget(plain_label(words), 1)
    return both


class Cell(QWidget):
    """A part of the table: lines between it and its neighbours, a tint when it is taken, a frame when it is in hand."""

    clicked = Signal()

    def __init__(self, *content: QWidget, first: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._first = first
        self._taken = self._in_hand = False
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(_PADDING, GRID, GRID, GRID + 1)
        self.column.setSpacing(2)
        for widget in content:
            keeps = isinstance(widget, VerdictChip)
            self.column.addWidget(widget, 0, Qt.AlignmentFlag.AlignLeading if keeps else Qt.AlignmentFlag(0))
        self.column.addStretch(1)

    @property
    def is_taken(self) -> bool:
        """Whether the result takes what the cell holds."""
        return self._taken

    def show_state(self, *, taken: bool, in_hand: bool) -> None:
        """Tint the cell, or frame it."""
        if (taken, in_hand) != (self._taken, self._in_hand):
            self._taken, self._in_hand = taken, in_hand
            self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Tell that the cell was clicked."""
        event.accept()
        self.clicked.emit()

    def paintEvent(self, _: QPaintEvent) -> None:
        """Paint the ground, the lines and the frame."""
        theme, painter = current_theme(), QPainter(self)
        if self._taken:
            painter.fillRect(self.rect(), theme.row)
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme.hairline)
        if not self._first:
            left = 0 if self.isLeftToRight() else self.width() - 1
            painter.fillRect(left, 0, 1, self.height(), theme.hairline)
        if self._in_hand:
            draw_frame(painter, QRectF(self.rect()), None, theme.accent, FOCUS_WIDTH)
