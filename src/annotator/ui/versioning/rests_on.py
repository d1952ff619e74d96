"""What rests on a passage: each judgement in one line, and the conclusion that was drawn from it."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from annotator.domain.rows import LinkageRow
from annotator.ui.claiming.levels import bars, label, short_verdict
from annotator.ui.controls import GRID, ConfidenceBars, ElidedLabel, StanceTile, VerdictChip, plain_label
from annotator.ui.versioning.told import Told
from annotator.ui.when import moment

_MOST = 2


class RestsOn(QWidget):
    """Shows judgements; of many the first ones, and how many more there are."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)

    def show_told(self, told: Told) -> None:
        """Show what rests on a passage."""
        while (item := self._column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for row in told.linkages[:_MOST]:
            self._column.addWidget(self._line(told, row))
        left = len(told.linkages) - _MOST
        if left > 0:
            words = self.tr("and 1 more judgement") if left == 1 else self.tr("and {0} more judgements").format(left)
            self._column.addWidget(plain_label(words, muted=True))
        if not told.linkages:
            self._column.addWidget(plain_label(self.tr("No judgement rests on it."), muted=True))

    def _line(self, told: Told, row: LinkageRow) -> QWidget:
        book, linkage = told.codebook, row.linkage
        line = QWidget()
        parts = QHBoxLayout(line)
        parts.setContentsMargins(0, 0, 0, 0)
        parts.setSpacing(GRID)
        parts.addWidget(StanceTile(linkage.stance, label(book, "stance", linkage.stance)))
        parts.addWidget(ElidedLabel(row.claim))
        if linkage.verdict:
            parts.addWidget(VerdictChip(linkage.verdict, short_verdict(book, linkage.verdict)))
        if linkage.confidence:
            words = label(book, "confidence", linkage.confidence)
            parts.addWidget(ConfidenceBars(bars(book, linkage.confidence), words))
        parts.addWidget(ElidedLabel(f"{row.annotator}, {moment(row.at)}", muted=True))
        conclusion = told.conclusions.get(row.claim_id)
        if conclusion is not None:
            parts.addWidget(ElidedLabel(self.tr("Concluded:"), muted=True))
            parts.addWidget(VerdictChip(conclusion.verdict, short_verdict(book, conclusion.verdict), solid=True))
        parts.addStretch(1)
        return line
