"""One place that comes near to a quotation: in which source, how near, and the differing words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import groupby

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from annotator.domain.nearest import tidied
from annotator.domain.quoted import QuotedPlace
from annotator.domain.word_diff import Difference, Piece, word_diff
from annotator.ui.controls import GRID, ElidedLabel
from annotator.ui.theme import reading_font
from annotator.ui.word_diff import WordDiff

_QUOTE = 15


class QuoteRow(QWidget):
    """Shows a place. What only the source has is struck through, what only the quotation has is marked."""

    def __init__(self, place: QuotedPlace, quotation: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.place = place
        self._pieces = word_diff(tidied(place.words), tidied(quotation))
        self._title = ElidedLabel(place.title, bold=True)
        self._nearness = QLabel(self._said(_differing(self._pieces)))
        self._nearness.setTextFormat(Qt.TextFormat.PlainText)
        self._nearness.setForegroundRole(self.foregroundRole())
        self.words = WordDiff(self._pieces, font=reading_font(_QUOTE))
        head = QHBoxLayout()
        head.setSpacing(2 * GRID)
        head.addWidget(self._title, 1)
        head.addWidget(self._nearness)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        column.setSpacing(GRID // 2)
        column.addLayout(head)
        column.addWidget(self.words)

    @property
    def nearness(self) -> str:
        """How near the place comes, in words."""
        return self._nearness.text()

    @property
    def spoken(self) -> str:
        """What a screen reader says."""
        return f"{self._title.text()}. {self.nearness}. {self.words.accessibleName()}"

    def height_for(self, width: int) -> int:
        """Return how high the row is at a width in px."""
        inner = width - 4 * GRID
        return self._title.sizeHint().height() + self.words.heightForWidth(inner) + 2 * GRID + GRID // 2

    def _said(self, differing: int) -> str:
        if self.place.is_verbatim:
            return self.tr("Word for word") if differing == 0 else self.tr("Word for word, but for signs")
        share = min(99, int(self.place.score * 100))
        if differing == 1:
            return self.tr("1 word differs, {0} % of the letters are there").format(share)
        return self.tr("{0} words differ, {1} % of the letters are there").format(differing, share)


def _differing(pieces: Sequence[Piece]) -> int:
    """Return how many words differ; one that stands for another counts once."""
    count = 0
    for same, group in groupby(pieces, key=lambda piece: piece.change is Difference.SAME):
        if not same:
            words = Counter[Difference]()
            for piece in group:
                words[piece.change] += len(piece.text.split())
            count += max(words.values())
    return count
