"""The history screen: the project's changes, or those of one thing, and what each of them did."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from annotator.domain.ids import ChangeId, EntityId
from annotator.ui.actions import Actions
from annotator.ui.auditing.change_view import ChangeView
from annotator.ui.auditing.step_list import StepList, StepView
from annotator.ui.auditing.telling import ChangeTold, Steps, tell_change, tell_changes, tell_history
from annotator.ui.controls import GRID, ElidedLabel, HairLine, LinkButton
from annotator.ui.desk import Desk
from annotator.ui.fields import FilterField, Segments
from annotator.ui.theme import current_theme

_SETTLE = 150
_WIDTH = 400


class HistoryScreen(QWidget):
    """Changes on the left, newest first; what the chosen one did on the right."""

    wanted = Signal(str)
    """The id of an entity to be shown where one works on it."""

    def __init__(self, desk: Desk, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._entity = EntityId("")
        self._before: int | None = None
        self._asked = 0
        self._steps = StepList(self)
        self._view = StepView(self._steps)
        self._told = ChangeView()
        self._title = ElidedLabel(bold=True)
        self._all = LinkButton(self.tr("All changes"))
        self._order = Segments((self.tr("Newest first"), self.tr("Oldest first")), self.tr("Order"))
        self._order.choose(0)
        self._filter = FilterField(self.tr("Filter changes"))
        self._filter.set_key(actions.key("filter"))
        self._settle = QTimer(self, singleShot=True, interval=_SETTLE)
        self._build()
        self._listen()

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(2 * GRID, GRID, GRID, 0)
        head.addWidget(self._title, 1)
        head.addWidget(self._all)
        tools = QVBoxLayout()
        tools.setContentsMargins(2 * GRID, GRID // 2, 2 * GRID, GRID)
        tools.addWidget(self._filter)
        tools.addWidget(self._order)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addLayout(tools)
        column.addWidget(HairLine())
        column.addWidget(self._view, 1)
        left.setMinimumWidth(280)
        split = QSplitter()
        split.setChildrenCollapsible(False)
        split.addWidget(left)
        split.addWidget(self._told)
        split.setSizes([_WIDTH, 2 * _WIDTH])
        split.setStretchFactor(1, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(split)

    def _listen(self) -> None:
        self._all.clicked.connect(self.show_all)
        self._order.chosen.connect(lambda _number: self._steps.turn())
        self._filter.textChanged.connect(lambda _text: self._settle.start())
        self._filter.left.connect(self._view.setFocus)
        self._settle.timeout.connect(self._ask)
        self._steps.more_wanted.connect(self._ask_more)
        self._view.selectionModel().currentChanged.connect(lambda *_: self._tell())
        self._view.entered.connect(self._enter)
        self._told.show_wanted.connect(self.wanted)
        self._told.history_wanted.connect(lambda id_: self.show_of(EntityId(id_)))
        self._told.restore_wanted.connect(self._restore)
        self._desk.changed.connect(lambda _change: self._settle.start() if self.isVisible() else None)
        self._desk.closed.connect(self._clear)

    # -- what is shown

    def show_all(self) -> None:
        """Show the changes of the whole project, newest first."""
        self._show(EntityId(""))

    def show_of(self, entity: EntityId) -> None:
        """Show the history of one thing."""
        self._show(entity)

    def focus_filter(self) -> None:
        """Give the focus to the filter, or where there is none to the list."""
        (self._filter if self._filter.isVisible() else self._view).setFocus()

    def focus_list(self) -> None:
        """Give the focus to the list."""
        self._view.setFocus()

    def _show(self, entity: EntityId) -> None:
        self._entity = entity
        self._title.setText(self.tr("History"))
        self._all.setVisible(bool(entity))
        self._order.setVisible(bool(entity))
        self._order.choose(0)
        self._filter.setVisible(not entity)
        self._view.setFocus()
        self._ask()

    def _ask(self) -> None:
        self._settle.stop()
        self._asked += 1
        asked, entity, words = self._asked, self._entity, self._filter.text()
        if entity:
            self._desk.ask(lambda p: tell_history(p, entity), lambda s: self._take(asked, s), owner=self)
        else:
            self._desk.ask(lambda p: tell_changes(p, words, None), lambda s: self._take(asked, s), owner=self)

    def _ask_more(self) -> None:
        asked, words, before = self._asked, self._filter.text(), self._before
        self._desk.ask(lambda p: tell_changes(p, words, before), lambda s: self._take_more(asked, s), owner=self)

    def _take(self, asked: int, steps: Steps) -> None:
        if asked != self._asked:
            return
        chosen = self._view.chosen()
        self._before = steps.before
        rows = steps.rows if self._order.current() <= 0 else steps.rows[::-1]
        self._steps.show(rows, more=steps.before is not None)
        self._title.setText(steps.title or self.tr("History"))
        row = max(0, self._steps.row_of(chosen.change)) if chosen else 0
        self._view.setCurrentIndex(self._steps.index(row))
        self._tell()

    def _take_more(self, asked: int, steps: Steps) -> None:
        if asked == self._asked:
            self._before = steps.before
            self._steps.add(steps.rows, more=steps.before is not None)

    def _tell(self) -> None:
        step, only = self._view.chosen(), self._entity or None
        if step is None:
            self._told.tell(None)
            return
        change = step.change

        def take(told: ChangeTold | None) -> None:
            now = self._view.chosen()
            if now is not None and now.change == change:
                self._told.tell(told, with_history=only is None)

        self._desk.ask(lambda project: tell_change(project, change, only), take, owner=self)

    def _clear(self) -> None:
        self._asked += 1
        self._entity = EntityId("")
        self._steps.show((), more=False)
        self._told.tell(None)

    # -- what is done

    def _enter(self) -> None:
        first = self._entity or self._told.first()
        if first:
            self.wanted.emit(first)

    def _restore(self, entity: str, change: str) -> None:
        self._desk.do(lambda project: project.restore(EntityId(entity), ChangeId(change)))

    def paintEvent(self, _: QPaintEvent) -> None:
        """Paint the ground."""
        QPainter(self).fillRect(self.rect(), current_theme().surface)
