"""Below two versions: the chosen passage's words then and now, what rests on them, and what can be done."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from annotator.domain.anchoring import FOUND
from annotator.domain.word_diff import Difference
from annotator.ui.actions import Actions
from annotator.ui.controls import GRID, HairLine, PlainButton, plain_label
from annotator.ui.theme import current_theme, reading_font
from annotator.ui.versioning.passage_entries import decision_words
from annotator.ui.versioning.rests_on import RestsOn
from annotator.ui.versioning.settle_answers import SettleAnswers
from annotator.ui.versioning.told import Told
from annotator.ui.when import moment
from annotator.ui.word_diff import WordDiff

_SIDE, _ABOVE, _BETWEEN = 16, 12, 32
_MOST = 132
"""Px that the words then and now may take; longer ones scroll."""


class SettlePanel(QWidget):
    """Tells about one passage at a time."""

    back = Signal()
    forth = Signal()
    escaped = Signal()

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.told: Told | None = None
        self.answers = SettleAnswers(actions)
        self._then_head, self._now_head = plain_label(muted=True, wrap=False), plain_label(muted=True, wrap=False)
        self.then, self.now = WordDiff(font=reading_font(15), struck=True), WordDiff(font=reading_font(15))
        for each in (self.then, self.now):
            policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
            policy.setHeightForWidth(True)
            each.setSizePolicy(policy)
        self._gone = plain_label(muted=True, wrap=False)
        self.rests = RestsOn()
        self.decided = plain_label()
        self._words = QWidget()
        words = QGridLayout(self._words)
        words.setContentsMargins(_SIDE, _ABOVE, _SIDE, GRID)
        words.setHorizontalSpacing(_BETWEEN)
        words.setVerticalSpacing(4)
        words.setColumnStretch(0, 1)
        words.setColumnStretch(1, 1)
        for column, (head, each) in enumerate(((self._then_head, self.then), (self._now_head, self.now))):
            words.addWidget(head, 0, column)
            words.addWidget(each, 1, column, Qt.AlignmentFlag.AlignTop)
        words.addWidget(self._gone, 1, 1, Qt.AlignmentFlag.AlignTop)
        self._scroll = QScrollArea()
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.viewport().setAutoFillBackground(False)
        self._words.setAutoFillBackground(False)
        self._scroll.setWidget(self._words)
        self._build(actions)

    def _build(self, actions: Actions) -> None:
        rests = QVBoxLayout()
        rests.setContentsMargins(2 * GRID, 0, 2 * GRID, GRID)
        rests.setSpacing(4)
        rests.addWidget(self.rests)
        rests.addWidget(self.decided)
        foot = QHBoxLayout()
        foot.setContentsMargins(2 * GRID, GRID, GRID, GRID)
        foot.setSpacing(GRID)
        foot.addWidget(self.answers, 1)
        for text, action, signal in (
            (self.tr("Back"), "previous_anchor", self.back),
            (self.tr("Next"), "next_anchor", self.forth),
        ):
            button = PlainButton(text, key=actions.key(action), key_first=True)
            button.setFlat(True)
            button.clicked.connect(signal)
            foot.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(HairLine())
        column.addWidget(self._scroll)
        column.addLayout(rests)
        column.addWidget(HairLine())
        column.addLayout(foot)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def show_told(self, told: Told, *, old: int, new: int) -> None:
        """Tell about a passage of the version with the number ``old``, as it is in the one with the number ``new``.

        The number 0 is that of words that another program marked.
        """
        self.told = told
        anchor = told.anchor
        words = self.tr("Judged words, version {0}") if told.linkages else self.tr("Version {0}")
        marked = self.tr("Judged words, as another program has them") if told.linkages else self.tr("As it was marked")
        self._then_head.setText(words.format(old) if old else marked)
        stands = bool(anchor.stands)
        alike = self.tr("Now, version {0}, {1}% alike").format(new, anchor.score)
        self._now_head.setText(
            alike if stands and anchor.state not in FOUND else self.tr("Now, version {0}").format(new)
        )
        self.then.tell(told.pieces, side=Difference.GONE)
        self.now.tell(told.pieces, side=Difference.NEW)
        self.now.setVisible(stands)
        self._gone.setText(self.tr("These words are not there any more."))
        self._gone.setVisible(not stands)
        self.rests.show_told(told)
        who, at = told.decided
        said = (
            self.tr("{0}: {1}, {2}").format(decision_words(anchor.decision), who, moment(at)) if anchor.decision else ""
        )
        self.decided.setText(said)
        self.decided.setVisible(bool(said))
        self.answers.show_told(told, old=old)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Give up what is asked with Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the words wrap anew."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Make room for the words, as far as they may have it."""
        width = max((self.width() - 2 * _SIDE - _BETWEEN) // 2, 1)
        words = max(each.heightForWidth(width) for each in (self.then, self.now))
        needed = self._then_head.sizeHint().height() + words + _ABOVE + 4 + GRID
        self._scroll.setFixedHeight(min(needed, _MOST))

    def paintEvent(self, _: QPaintEvent) -> None:
        """Paint the ground."""
        QPainter(self).fillRect(self.rect(), current_theme().surface)
