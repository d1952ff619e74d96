"""What colleagues decided on a judgement, quietly below it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from annotator.ui.auditing.audit_words import decision_words, quoted
from annotator.ui.auditing.review_marks import DecisionMark
from annotator.ui.auditing.review_told import ReviewTold
from annotator.ui.claiming.judgement_rows import LABEL_WIDTH
from annotator.ui.forms import plain_label


class ReviewLines(QWidget):
    """Sign and word of each decision, who decided, why, and whether the judgement has changed since. Not there for none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 4, 0, 4)
        row.setSpacing(4)
        name = plain_label(self.tr("Reviews"), muted=True)
        name.setFixedWidth(LABEL_WIDTH)
        row.addWidget(name, 0, Qt.AlignmentFlag.AlignTop)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(8)
        row.addLayout(self._lines, 1)
        self.hide()

    def show_reviews(self, reviews: Sequence[ReviewTold]) -> None:
        """Show the reviews of a judgement, the newest first."""
        while (item := self._lines.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for told in reversed(reviews):
            self._lines.addWidget(self._one(told))
        self.setVisible(bool(reviews))

    def _one(self, told: ReviewTold) -> QWidget:
        review = told.review
        who = self.tr("You") if told.own else told.reviewer
        holder = QWidget()
        holder.setAccessibleName(self.tr("Review by {0}: {1}").format(who, decision_words(review.decision)))
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(DecisionMark(review.decision), 0, Qt.AlignmentFlag.AlignLeading)
        if review.comment:
            comment = plain_label(quoted(review.comment))
            comment.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            column.addWidget(comment)
        column.addWidget(plain_label(f"{who}, {told.at}" if told.at else who, muted=True))
        if told.outdated:
            column.addWidget(plain_label(self.tr("The judgement has changed since."), muted=True))
        return holder
