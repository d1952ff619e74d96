"""What a conclusion rests on, and what others concluded."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from annotator.ui.claiming.board import Board, Judge
from annotator.ui.claiming.levels import bars, column_words, label, short_verdict, stage_words
from annotator.ui.claiming.review_lines import ReviewLines
from annotator.ui.controls import GRID, ConfidenceBars, ElidedLabel, HairLine, StanceTile, VerdictChip
from annotator.ui.desk import Desk
from annotator.ui.disputes import DisputedLine
from annotator.ui.forms import plain_label
from annotator.ui.laying_out import emptied
from annotator.ui.versioning.changed_words import ChangedLine
from annotator.ui.when import published

_CHANGED = 2
_END = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class RestsOn(QWidget):
    """A small table: passages and sources by stance, and which of the words changed since."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk

    def show_board(self, board: Board) -> None:
        """Show the evidence of a claim in numbers."""
        emptied(self)
        grid = QGridLayout(self)
        grid.setContentsMargins(2 * GRID, 0, 2 * GRID, 0)
        grid.setHorizontalSpacing(GRID)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        grid.addWidget(plain_label(self.tr("Rests on"), muted=True), 0, 0, 1, 2)
        for place, words in ((2, self.tr("passages")), (3, self.tr("sources"))):
            grid.addWidget(ElidedLabel(words, muted=True), 0, place, _END)
        columns = [column for column in board.columns if column.passages]
        for number, column in enumerate(columns, start=1):
            grid.addWidget(StanceTile(column.stance, label(board.codebook, "stance", column.stance)), number, 0)
            grid.addWidget(ElidedLabel(column_words(column.stance)), number, 1)
            grid.addWidget(ElidedLabel(str(column.passages)), number, 2, _END)
            grid.addWidget(ElidedLabel(str(column.sources)), number, 3, _END)
        if not columns:
            grid.addWidget(plain_label(self.tr("Nothing is linked to this claim yet.")), 1, 0, 1, 4)
        for number, changed in enumerate(board.changed[:_CHANGED], start=len(columns) + 2):
            line = ChangedLine(self._desk)
            grid.addWidget(line, number, 0, 1, 4)
            line.show_of(changed)
        if len(board.changed) > _CHANGED:
            words = self.tr("and {0} more passages with other words").format(len(board.changed) - _CHANGED)
            grid.addWidget(plain_label(words, muted=True), len(columns) + 2 + _CHANGED, 0, 1, 4)


class OtherConclusions(QWidget):
    """The conclusions of the other annotators, one below the other."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk

    def show_board(self, board: Board) -> None:
        """Show what others concluded; nothing when nobody did."""
        emptied(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        for judge in board.others:
            column.addWidget(HairLine())
            column.addWidget(self._one(judge, board))
        self.setVisible(bool(board.others))

    def _one(self, judge: Judge, board: Board) -> QWidget:
        book, conclusion = board.codebook, judge.conclusion
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(2 * GRID, 0, 2 * GRID, 0)
        column.setSpacing(4)
        row = QHBoxLayout()
        row.setSpacing(GRID)
        row.addWidget(ElidedLabel(judge.name, bold=True), 1)
        row.addWidget(VerdictChip(conclusion.verdict, short_verdict(book, conclusion.verdict), solid=True))
        if level := bars(book, conclusion.confidence):
            row.addWidget(ConfidenceBars(level, label(book, "confidence", conclusion.confidence)))
        column.addLayout(row)
        disputed = DisputedLine(self._desk)
        column.addWidget(disputed)
        disputed.show_of(conclusion.id, board.disputed.get(conclusion.id, ()))
        parts = [stage_words(conclusion.stage), *(label(book, "flags", flag) for flag in conclusion.flags)]
        if conclusion.as_of:
            parts.append(self.tr("as of {0}").format(published(conclusion.as_of)))
        column.addWidget(plain_label(", ".join(parts), muted=True))
        if board.own is not None and board.own.verdict != conclusion.verdict:
            differs = plain_label(self.tr("≠ Differs from yours"))
            differs.setForegroundRole(differs.palette().ColorRole.BrightText)
            column.addWidget(differs)
        if conclusion.justification:
            column.addWidget(plain_label(conclusion.justification))
        reviews = ReviewLines()
        column.addWidget(reviews)
        reviews.show_reviews(board.reviews.get(conclusion.id, ()))
        return holder
