"""What one concludes on a claim: verdict, confidence, flags and why, resting on the linkages that stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from annotator.domain.errors import AnnotatorError
from annotator.domain.ids import EntityId
from annotator.ui.actions import Actions
from annotator.ui.claiming.board import Board
from annotator.ui.claiming.conclusion_form import ConclusionForm
from annotator.ui.claiming.conclusion_rest import OtherConclusions, RestsOn
from annotator.ui.claiming.review_lines import ReviewLines
from annotator.ui.controls import GRID, AccentButton, HairLine, LinkButton, PlainButton, SectionHead
from annotator.ui.desk import Desk
from annotator.ui.drafts import Drafts
from annotator.ui.fields import KeyedWords
from annotator.ui.forms import plain_label
from annotator.ui.messages import next_step, sentence
from annotator.ui.theme import current_theme

if TYPE_CHECKING:
    from annotator.services.project import Project


class ConclusionPanel(QWidget):
    """The conclusion of whoever is at work, beside those of others. What is not yet concluded is kept as a draft."""

    def __init__(self, desk: Desk, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._actions = desk, actions
        self._drafts = Drafts(desk, self)
        self._board: Board | None = None
        self._has_focus = False
        self._form = ConclusionForm(desk)
        self._rests, self._others, self._reviews = RestsOn(desk), OtherConclusions(desk), ReviewLines()
        self._reviews.setContentsMargins(2 * GRID, 0, 2 * GRID, 0)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Conclusion"))
        self._build()
        self._form.changed.connect(self._on_change)
        self._give_up.clicked.connect(self.give_up)
        self._send.clicked.connect(self.conclude)
        self._history.clicked.connect(actions["history"].trigger)
        QApplication.instance().focusChanged.connect(self._on_focus)  # type: ignore[union-attr]
        self.show_board(None)

    def _build(self) -> None:
        self._head = SectionHead(self.tr("Conclusion"))
        self._remark = plain_label(muted=True)
        self._give_up = LinkButton(self.tr("Give up the changes"), height=24)
        self._problem = plain_label()
        self._problem.setForegroundRole(self._problem.palette().ColorRole.BrightText)
        self._send = AccentButton(self.tr("Conclude"), key=self.tr("Ctrl Enter"))
        self._history = PlainButton(self.tr("History"))
        self._history.setFlat(True)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, GRID)
        column.setSpacing(GRID)
        for part in (self._form, self._reviews, HairLine(), self._rests, self._others):
            column.addWidget(part)
        column.addStretch()
        self._scroll = QScrollArea()
        self._scroll.setWidget(inner)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        state = QHBoxLayout()
        state.setContentsMargins(2 * GRID, 0, 2 * GRID, 0)
        state.addWidget(self._remark, 1)
        state.addWidget(self._give_up)
        foot = QHBoxLayout()
        foot.setContentsMargins(2 * GRID, GRID, GRID, GRID)
        foot.addWidget(self._send)
        foot.addStretch()
        foot.addWidget(self._history)
        page = QWidget()
        body = QVBoxLayout(page)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(0)
        body.addWidget(self._scroll, 1)
        body.addWidget(HairLine())
        body.addSpacing(4)
        body.addLayout(state)
        body.addWidget(self._problem)
        body.addLayout(foot)
        empty = QWidget()
        around = QVBoxLayout(empty)
        around.setContentsMargins(2 * GRID, GRID, 2 * GRID, 0)
        around.addWidget(KeyedWords(self.tr("Choose a claim to conclude on it.")))
        around.addStretch()
        self._stack = QStackedWidget()
        self._stack.addWidget(page)
        self._stack.addWidget(empty)
        head = QHBoxLayout()
        head.setContentsMargins(2 * GRID, 0, 2 * GRID, 0)
        head.addWidget(self._head)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 2, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(head)
        whole.addWidget(self._stack, 1)

    # -- showing

    def show_board(self, board: Board | None) -> None:
        """Show the conclusions on a claim; what is being typed on the same claim stays."""
        before, self._board = self._board, board
        self._stack.setCurrentIndex(0 if board else 1)
        self._head.set_remark(self.tr("by {0}").format(board.annotator_name) if board else "")
        if board is None:
            self._drafts.flush()
            return
        self._form.show_disputed(board.own, board.disputed.get(board.own.id, ()) if board.own else ())
        self._reviews.show_reviews(board.reviews.get(board.own.id, ()) if board.own else ())
        self._rests.show_board(board)
        self._others.show_board(board)
        same = before is not None and before.claim.id == board.claim.id
        if same and self._form.touched and before is not None and before.own == board.own:
            self._say_state()
            return
        self._drafts.flush()
        self._form.show_conclusion(board.own, board.codebook, speculative="speculative" in board.claim.types)
        self._say_state()
        claim = board.claim.id
        self._drafts.fetch(self._key(claim), lambda body: self._take_up(claim, body), self)

    def _take_up(self, claim: EntityId, body: Any) -> None:
        if isinstance(body, dict) and self._board is not None and self._board.claim.id == claim:
            self._form.take_up(body)
            self._say_state()

    @staticmethod
    def _key(claim: EntityId) -> str:
        return f"conclusion:{claim}"

    @Slot()
    def _on_change(self) -> None:
        if self._board is not None:
            self._drafts.keep(self._key(self._board.claim.id), self._form.given())
        self._say_state()

    def _say_state(self) -> None:
        board, touched = self._board, self._form.touched
        if board is None:
            return
        new = board.own is None
        self._problem.setVisible(False)
        self._give_up.setVisible(touched)
        if touched:
            words = self.tr("Kept, but not concluded yet.")
        elif board.own is not None and frozenset(board.own.linkage_ids) != board.standing:
            words = self.tr("The evidence has changed since.")
        else:
            words = self.tr("Nothing concluded yet.") if new else ""
        self._remark.setText(words)
        self._remark.setVisible(bool(words))
        stale = board.own is not None and frozenset(board.own.linkage_ids) != board.standing
        self._send.setEnabled(bool(self._form.given()["verdict"]) and (touched or stale))
        self._send.setText(self.tr("Conclude") if new else self.tr("Change conclusion"))
        self._send.updateGeometry()
        self._show_keys()

    def _show_keys(self) -> None:
        self._form.set_keys_work(work=self._has_focus and not self._form.is_typing())

    # -- doing

    def conclude(self) -> None:
        """Make the conclusion, or change it: one change. Says what is missing."""
        board = self._board
        if board is None:
            return
        problem = self._form.problem()
        if problem:
            self._say_problem(problem)
            return
        if not self._send.isEnabled():
            return
        claim, given, settled = board.claim.id, self._form.given(), self._form.settled()

        def conclude(project: Project) -> None:
            conclusion = project.conclude(claim, **given)
            for field in settled:
                if field in project.disputed(conclusion.id).get(conclusion.id, ()):
                    project.settle(conclusion.id, field, given[field])

        self._desk.do(
            conclude,
            lambda _: self._done(claim),
            owner=self,
            otherwise=self._refuse,
        )

    def _done(self, claim: EntityId) -> None:
        self._drafts.drop(self._key(claim))
        if self._board is not None and self._board.claim.id == claim:
            self._form.settle()
            self._say_state()

    @Slot()
    def give_up(self) -> None:
        """Go back to what is concluded."""
        if self._board is not None:
            self._drafts.drop(self._key(self._board.claim.id))
            claim = self._board.claim
            self._form.show_conclusion(self._board.own, self._board.codebook, speculative="speculative" in claim.types)
            self._say_state()

    def _refuse(self, error: AnnotatorError) -> None:
        self._say_problem(" ".join(part for part in (sentence(error), next_step(error)) if part))

    def _say_problem(self, words: str) -> None:
        self._problem.setContentsMargins(2 * GRID, 0, 2 * GRID, 0)
        self._problem.setText(words)
        self._problem.setVisible(True)

    # -- keys and focus

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer by a single key."""
        if self._board is None or event.modifiers() or not self._form.answer(event.text()):
            super().keyPressEvent(event)

    @Slot(QWidget, QWidget)
    def _on_focus(self, _old: QObject | None, new: QObject | None) -> None:
        inside = isinstance(new, QWidget) and (new is self or self.isAncestorOf(new))
        if inside or inside != self._has_focus:
            self._has_focus = inside
            self._show_keys()
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the bar that shows the focus."""
        super().paintEvent(event)
        if self._has_focus:
            QPainter(self).fillRect(0, 0, self.width(), 2, current_theme().accent)
