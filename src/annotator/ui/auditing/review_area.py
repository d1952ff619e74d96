"""The review: one item of the queue after the other, and a decision on each by one key."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from annotator.domain.errors import AnnotatorError
from annotator.domain.finding import Finding
from annotator.domain.ids import EntityId
from annotator.domain.review import Decision
from annotator.domain.review_queue import ReviewItem
from annotator.ui.actions import AUDIT, Actions
from annotator.ui.auditing.audit_words import decision_words, why_sentence
from annotator.ui.auditing.finding_groups import FindingGroups
from annotator.ui.auditing.review_bar import DECISIONS, ReviewBar
from annotator.ui.auditing.review_choice import Choice, choices, first_choice
from annotator.ui.auditing.review_deciding import decide
from annotator.ui.auditing.review_judgement import ReviewReading
from annotator.ui.auditing.review_page import ReviewPage
from annotator.ui.auditing.review_queue_list import QueueList
from annotator.ui.auditing.review_reading import read_review
from annotator.ui.controls import GRID, ElidedLabel, HairLine, PlainButton
from annotator.ui.desk import Desk
from annotator.ui.refresher import Refresher
from annotator.ui.theme import current_theme


class ReviewArea(QWidget):
    """Shows an item of a ``QueueList``, records decisions and goes on."""

    moved = Signal(int)
    """The number of the item that is shown, or -1."""
    shown_wanted = Signal(str)
    history_wanted = Signal(str)
    failed = Signal()
    """A decision was refused: the queue is to be read again."""

    def __init__(self, desk: Desk, actions: Actions, queue: QueueList, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._actions, self._queue = desk, actions, queue
        self._item: ReviewItem | None = None
        self._number = -1
        self._asked = 0
        self._reading: ReviewReading | None = None
        self._findings = FindingGroups()
        self._choices: tuple[Choice, ...] = ()
        self._chosen = 0
        self._pending = 0
        self.page = ReviewPage()
        self.bar = ReviewBar(actions)
        self._place, self._why = ElidedLabel(muted=False), ElidedLabel(muted=True)
        self._refresher = Refresher(self, self._read)
        self._build()
        self._bind()
        desk.changed.connect(self._refresher.later)
        desk.closed.connect(self.clear)
        self.page.picked.connect(self._pick)
        self.page.shown_wanted.connect(self.shown_wanted)
        self.page.history_wanted.connect(self.history_wanted)
        self.bar.chosen.connect(self._choose)
        self.bar.comment_left.connect(self.page.setFocus)

    def _build(self) -> None:
        back = PlainButton(self.tr("Back"), key=self._actions.key("previous_review"), key_first=True, height=24)
        on = PlainButton(self.tr("Next"), key=self._actions.key("next_review"), key_first=True, height=24)
        head = QHBoxLayout()
        head.setContentsMargins(2 * GRID, GRID, GRID, GRID)
        head.setSpacing(GRID)
        head.addWidget(ElidedLabel(self.tr("Review"), bold=True))
        head.addWidget(self._place)
        head.addWidget(self._why, 1)
        for button, name in ((back, "previous_review"), (on, "next_review")):
            button.setFlat(True)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(self._actions[name].trigger)
            head.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(HairLine())
        column.addWidget(self.page, 1)
        column.addWidget(HairLine())
        column.addWidget(self.bar)
        self.first_stops = self.page, self.bar.comment
        self.setFocusProxy(self.page)

    def _bind(self) -> None:
        actions = self._actions
        actions.place(AUDIT, self)
        for name, decision in DECISIONS.items():
            actions.bind(name, partial(self.decide, decision))
        actions.bind("next_review", lambda: self.show_number(self._number + 1))
        actions.bind("previous_review", lambda: self.show_number(self._number - 1))
        actions.bind("judge_before", lambda: self._choose(self._chosen - 1))
        actions.bind("judge_after", lambda: self._choose(self._chosen + 1))

    # -- what is shown

    @property
    def reviewing(self) -> bool:
        """Whether there is something to decide on."""
        return self._item is not None

    @property
    def busy(self) -> bool:
        """Whether a decision is on its way to the disk: what was read before does not know it."""
        return self._pending > 0

    @property
    def reading(self) -> ReviewReading | None:
        """What is shown."""
        return self._reading

    def refresh(self) -> None:
        """Follow the queue after it was read again: the same item, or what took its place."""
        number = self._queue.number_of(self._item)
        if number < 0:
            number = min(max(0, self._number), len(self._queue.items) - 1)
        self.show_number(number)

    def show_number(self, number: int) -> None:
        """Show an item of the queue; beyond its ends nothing happens."""
        items = self._queue.items
        if not items:
            self.clear()
        elif 0 <= number < len(items):
            same = self._item is not None and set(self._item.entities) & set(items[number].entities)
            self._item, self._number = items[number], number
            if not same:
                self._reading = None
                self.bar.comment.clear()
            self._tell()
            self._read()
            self.moved.emit(number)

    def show_about(self, ids: Sequence[EntityId]) -> None:
        """Show the first item that is about one of these."""
        for number, item in enumerate(self._queue.items):
            if set(ids) & set(item.entities):
                if number != self._number:
                    self.show_number(number)
                return

    def show_findings(self, findings: FindingGroups) -> None:
        """Show those of the findings that stand and concern the item."""
        self._findings = findings
        if self._reading is not None:
            self.page.show_reading(self._reading, self._here(self._reading))

    def clear(self) -> None:
        """Show nothing."""
        self._asked += 1
        self._item = self._reading = None
        self._number = -1
        self._choices = ()
        self.page.show_reading(None)
        self.bar.comment.clear()
        self.moved.emit(-1)

    def _read(self) -> None:
        item = self._item
        if item is None:
            return
        self._asked += 1
        asked = self._asked

        def take(reading: ReviewReading | None) -> None:
            if asked == self._asked and reading is not None:
                self._take(reading)

        self._desk.ask(lambda project: read_review(project, item), take, owner=self)

    def _take(self, reading: ReviewReading) -> None:
        same = self._reading is not None and self._reading.item.entities == reading.item.entities
        kept = self._choices[self._chosen].columns if same and self._choices else None
        self._reading = reading
        self._choices = choices(reading)
        columns = [choice.columns for choice in self._choices]
        first = first_choice(reading, self._choices)
        self._chosen = columns.index(kept) if kept in columns and kept is not None else first
        self.page.show_reading(reading, self._here(reading))
        if not same:
            self.page.verticalScrollBar().setValue(0)
        self._tell()

    def _here(self, reading: ReviewReading) -> list[Finding]:
        """Return the findings about what is shown; of a conclusion also those about its claim."""
        ids = set(reading.concerned)
        if reading.item.kind == "conclusion":
            ids.add(reading.item.claim_id)
        return self._findings.about(ids)

    def _tell(self) -> None:
        """Say where one is, why this is here, and on what one decides."""
        item, items = self._item, self._queue.items
        if item is None:
            return
        left = sum(each.decision is None for each in items)
        place = self.tr("{0} of {1}").format(self._number + 1, len(items))
        self._place.setText(place if left else self.tr("{0}, all decided").format(place))
        self._why.setText(why_sentence(item.why))
        if self._reading is None:
            return
        names = [choice.words for choice in self._choices]
        self._chosen = max(0, min(self._chosen, len(names) - 1))
        self.bar.show_choice(names, self._chosen, self._remark(self._reading))
        self.page.choose(self._choices[self._chosen].columns if self._choices else ())

    def _remark(self, reading: ReviewReading) -> str:
        """Return what there is to know before one decides: a dispute, or what one decided before."""
        columns = self._choices[self._chosen].columns if self._choices else ()
        chosen = [reading.judgements[number] for number in columns]
        disputed = [field for judgement in chosen for field in judgement.disputed]
        if disputed:
            return self.tr("In dispute: {0}").format(", ".join(dict.fromkeys(disputed)))
        item = self._item or reading.item
        mine = {item.decisions[each.id] for each in chosen if each.id in item.decisions}
        if len(mine) == 1:
            return self.tr("You said: {0}").format(decision_words(mine.pop()))
        return ""

    # -- whose judgement

    def _pick(self, column: int) -> None:
        """Choose the judgement of a column that was clicked."""
        for number, choice in enumerate(self._choices):
            if choice.columns == (column,):
                self._choose(number)

    def _choose(self, number: int) -> None:
        if 0 <= number < len(self._choices):
            self._chosen = number
            self._tell()

    # -- deciding

    def decide(self, decision: Decision) -> None:
        """Record a decision on what is chosen and go on; on nothing that is not yet on the screen."""
        item, reading = self._item, self._reading
        if item is None or reading is None or not self._choices:
            return
        columns = self._choices[self._chosen].columns
        ids = [reading.judgements[number].id for number in columns]
        comment = self.bar.comment.text().strip()
        self._pending += 1
        self._desk.do(
            lambda project: project.review_many(ids, decision, comment=comment), self._done, otherwise=self._refused
        )
        self.bar.comment.clear()
        decided = decide(item, reading, ids, decision)
        self._item = decided
        self._queue.put(decided)
        self._go_on(decided)

    def _go_on(self, decided: ReviewItem) -> None:
        """Go to what is to be decided next: another judgement of the item, else the next item that has no decision."""
        if decided.decision is None:
            reading = self._reading
            assert reading is not None  # noqa: S101 it was decided on
            open_ = (
                number
                for number, choice in enumerate(self._choices)
                if len(choice.columns) == 1 and reading.judgements[choice.columns[0]].id not in decided.decisions
            )
            self._choose(next(open_, self._chosen))
            return
        items = self._queue.items
        order = [*range(self._number + 1, len(items)), *range(self._number)]
        undecided = (number for number in order if items[number].decision is None)
        following = next(undecided, min(self._number + 1, len(items) - 1))
        self.show_number(following)

    def _done(self, _reviews: object) -> None:
        self._pending -= 1

    def _refused(self, error: AnnotatorError) -> None:
        self._pending -= 1
        self._desk.refused.emit(error, None)
        self.failed.emit()

    def paintEvent(self, _: QPaintEvent) -> None:
        """Paint the ground."""
        QPainter(self).fillRect(self.rect(), current_theme().surface)
