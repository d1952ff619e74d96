"""One item of the review: claim, words in their context, the judgements side by side, findings and earlier reviews."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from annotator.domain.finding import Finding
from annotator.ui.auditing.audit_words import (
    decision_words,
    finding_title,
    finding_words,
    quoted,
)
from annotator.ui.auditing.review_compare import Comparison
from annotator.ui.auditing.review_judgement import Judgement, ReviewReading, Where
from annotator.ui.auditing.review_marks import ClaimWords, DecisionMark, LevelSign, StanceEdge
from annotator.ui.auditing.review_told import ReviewTold
from annotator.ui.claiming.evidence_card import QuoteInContext
from annotator.ui.claiming.levels import label
from annotator.ui.controls import GRID, ElidedLabel, LinkButton, plain_label
from annotator.ui.theme import current_theme
from annotator.ui.when import published

_WORDS = 17, 28
_LONGEST = 700
"""Code points of a passage that are shown."""
_MOST = 30
"""Findings that are shown of one item."""


class ReviewPage(QScrollArea):
    """Shows a ``ReviewReading``. It only asks for what is clicked."""

    picked = Signal(int)
    """The number of the judgement whose column was clicked."""
    shown_wanted = Signal(str)
    """The id of an entity to be shown where one works on it."""
    history_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("What is to be reviewed"))
        self.comparison: Comparison | None = None
        self._reading: ReviewReading | None = None
        self._findings: tuple[Finding, ...] = ()
        self._chosen: tuple[int, ...] = ()
        self._where = -1
        self._narrow: list[_Part] = []
        self.show_reading(None)

    def show_reading(self, reading: ReviewReading | None, findings: Sequence[Finding] = ()) -> None:
        """Show an item, or nothing; the same one with other findings stays where it was scrolled to."""
        before, position = self._reading, self.verticalScrollBar().value()
        self._reading, self._findings = reading, tuple(findings)
        same = before is not None and reading is not None and before.item.entities == reading.item.entities
        if not same:
            self._chosen = ()
        self._fill()
        if same:
            self.verticalScrollBar().setValue(position)

    def choose(self, numbers: Sequence[int]) -> None:
        """Mark the judgements that are decided on, and show the words of the first of them."""
        self._chosen = tuple(numbers)
        if self.comparison is not None:
            self.comparison.choose(self._chosen)
        if self._reading is not None and self._place_of(self._chosen) != self._where:
            self._show_words()

    def _fill(self) -> None:
        page = _Page()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 2 * GRID, 0, 2 * GRID)
        column.setSpacing(GRID)
        self.comparison = None
        self._where = -1
        reading = self._reading
        self._narrow = [_Part(), _Part()]
        if reading is not None:
            self._add_claim(self._narrow[0].column, reading)
            self._words = QVBoxLayout()
            self._words.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
            self._narrow[0].column.addLayout(self._words)
            self._show_words()
            column.addWidget(self._narrow[0])
            self.comparison = Comparison(reading)
            self.comparison.choose(self._chosen)
            self.comparison.picked.connect(self.picked)
            column.addWidget(self.comparison)
            below = self._narrow[1].column
            if len(reading.judgements) == 1:
                below.addLayout(_indented(plain_label(self._alone(reading.judgements[0]), muted=True)))
            self._add_findings(below)
            self._add_reviews(below, reading)
            column.addWidget(self._narrow[1])
        column.addStretch(1)
        self._bound()
        self.setWidget(page)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the words within what can be seen, however many judgements stand side by side."""
        super().resizeEvent(event)
        self._bound()

    def _bound(self) -> None:
        for part in self._narrow:
            part.setMaximumWidth(self.viewport().width())

    def _add_claim(self, column: QVBoxLayout, reading: ReviewReading) -> None:
        head = QHBoxLayout()
        caption = self.tr("Claim") if reading.item.kind == "linkage" else self.tr("Conclusion on the claim")
        head.addWidget(plain_label(caption, muted=True, wrap=False))
        head.addStretch(1)
        for words, signal, id_ in (
            (self.tr("Evidence board"), self.shown_wanted, reading.item.claim_id),
            (self.tr("History"), self.history_wanted, reading.item.entity_id),
        ):
            link = LinkButton(words, height=24)
            link.clicked.connect(lambda _checked=False, signal=signal, id_=id_: signal.emit(id_))
            head.addWidget(link)
        column.addLayout(_indented(head))
        column.addLayout(_indented(ClaimWords(reading.item.claim)))

    def _alone(self, judgement: Judgement) -> str:
        who = judgement.annotator
        return self.tr("Only {0} has judged this: there is nothing to compare.").format(who)

    # -- the words

    def _place_of(self, chosen: Sequence[int]) -> int:
        return chosen[0] if chosen else 0

    def _show_words(self) -> None:
        reading = self._reading
        assert reading is not None  # noqa: S101 called only while something is shown
        self._where = self._place_of(self._chosen)
        while (item := self._words.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        judgement = reading.judgements[min(self._where, len(reading.judgements) - 1)]
        where = reading.places.get(judgement.id)
        if where is not None:
            self._words.addWidget(self._passage(judgement, where, reading))

    def _passage(self, judgement: Judgement, where: Where, reading: ReviewReading) -> QWidget:
        stance = getattr(judgement.made, "stance", "")
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID)
        row.addWidget(StanceEdge(stance, label(reading.codebook, "stance", stance)))
        column = QVBoxLayout()
        column.setSpacing(4)
        if where.pieces:
            column.addWidget(QuoteInContext(where.pieces, stance, size=_WORDS, longest=_LONGEST))
        else:
            column.addWidget(plain_label(self.tr("An area of a page"), muted=True))
        line = QHBoxLayout()
        line.setSpacing(GRID)
        line.addWidget(ElidedLabel(where.title, muted=True))
        if where.date:
            line.addWidget(plain_label(published(where.date), muted=True, wrap=False))
        open_ = LinkButton(self.tr("Open in the reader"), height=24)
        if judgement.passages:
            open_.clicked.connect(lambda: self.shown_wanted.emit(judgement.passages[0]))
            line.addWidget(open_)
        line.addStretch(1)
        column.addLayout(line)
        row.addLayout(column, 1)
        return whole

    # -- below the judgements

    def _add_findings(self, column: QVBoxLayout) -> None:
        if not self._findings:
            return
        column.addSpacing(GRID)
        column.addLayout(_indented(plain_label(self.tr("Findings here"), bold=True)))
        for finding in self._findings[:_MOST]:
            line = QHBoxLayout()
            line.setSpacing(GRID)
            line.addWidget(LevelSign(finding.level), 0, Qt.AlignmentFlag.AlignTop)
            line.addWidget(plain_label(f"{finding_title(finding)}. {finding_words(finding)}"), 1)
            column.addLayout(_indented(line))
        if len(self._findings) > _MOST:
            more = self.tr("and {0} more").format(len(self._findings) - _MOST)
            column.addLayout(_indented(plain_label(more, muted=True)))

    def _add_reviews(self, column: QVBoxLayout, reading: ReviewReading) -> None:
        told = [(judgement, review) for judgement in reading.judgements for review in judgement.reviews]
        if not told:
            return
        column.addSpacing(GRID)
        column.addLayout(_indented(plain_label(self.tr("Reviews so far"), bold=True)))
        for judgement, review in told:
            column.addLayout(_indented(self._review(judgement, review)))

    def _review(self, judgement: Judgement, told: ReviewTold) -> QVBoxLayout:
        review = told.review
        who = self.tr("You") if told.own else told.reviewer
        words = self.tr("{0} on {1}: {2}, {3}")
        said = words.format(who, judgement.annotator, decision_words(review.decision), told.at)
        whole = QVBoxLayout()
        whole.setSpacing(2)
        line = QHBoxLayout()
        line.addWidget(DecisionMark(review.decision, said))
        line.addStretch(1)
        whole.addLayout(line)
        if review.comment:
            comment = plain_label(quoted(review.comment))
            comment.setContentsMargins(20, 0, 0, 0)
            whole.addWidget(comment)
        if told.outdated:
            outdated = plain_label(self.tr("The judgement has changed since."))
            outdated.setContentsMargins(20, 0, 0, 0)
            outdated.setForegroundRole(QPalette.ColorRole.BrightText)
            whole.addWidget(outdated)
        return whole


class _Part(QWidget):
    """Words that are never wider than what can be seen of the page."""

    def __init__(self) -> None:
        super().__init__()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(GRID)


class _Page(QWidget):
    def paintEvent(self, _: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), current_theme().raised)


def _indented(part: QWidget | QHBoxLayout | QVBoxLayout) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setContentsMargins(2 * GRID, 0, 2 * GRID, 0)
    if isinstance(part, QWidget):
        row.addWidget(part)
    else:
        row.addLayout(part)
    return row
