"""The screen of long lists: everything there is, in tables that can be sorted and narrowed, however long they are."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QMenu, QStackedWidget, QVBoxLayout, QWidget

from annotator.domain.errors import AnnotatorError, CancelledError
from annotator.domain.ids import EntityId
from annotator.domain.listing import LISTS, ClaimLine, Line, LinkageLine, Order, PassageLine, SourceLine
from annotator.domain.scales import Codebook
from annotator.ui.actions import LISTS as LISTS_PLACE
from annotator.ui.actions import Actions
from annotator.ui.controls import GRID, HairLine
from annotator.ui.desk import Desk
from annotator.ui.fields import KeyedWords
from annotator.ui.icons import icon
from annotator.ui.jobs import Task
from annotator.ui.listing.columns import KINDS, count_words, kind_words
from annotator.ui.listing.empty_words import nothing_here
from annotator.ui.listing.list_head import ListHead
from annotator.ui.listing.list_view import ListView
from annotator.ui.listing.paged_rows import PagedRows
from annotator.ui.listing.pages import Asked
from annotator.ui.theme import current_theme

if TYPE_CHECKING:
    from annotator.services.project import Project

_TYPING, _CHANGES, _CHOOSING, _PATIENCE = 150, 400, 150, 250
"""Milliseconds: that typing is given to end, changes, and going from row to row; and before it is said that sorting goes on."""


@dataclass(frozen=True, slots=True)
class _Query:
    """A list as it is asked for, and what to find again in it: the row in hand, the one at the top, what is selected."""

    kind: str
    sort: str
    falling: bool
    words: str
    only: tuple[str, ...]
    in_hand: int
    at_top: int
    selected: str


@dataclass(frozen=True, slots=True)
class _Read:
    """A list in order, and the rows of what was to be found again (-1: not in it)."""

    order: Order
    codebook: Codebook
    in_hand: int
    at_top: int
    selected: int


def _read(project: Project, query: _Query, task: Task[_Read]) -> _Read:
    order = project.row_order(
        query.kind,
        sort=query.sort,
        falling=query.falling,
        words=query.words,
        only=query.only,
        cancelled=task.is_cancelled,
    )
    selected = project.row_number(EntityId(query.selected)) if query.selected else 0
    places = (order.place(number) if number else -1 for number in (query.in_hand, query.at_top, selected))
    return _Read(order, project.codebook, *places)


class ListsScreen(QWidget):
    """One list at a time: its head, its table. Rows are read as they are looked at; order comes from a job."""

    def __init__(self, desk: Desk, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._actions = desk, actions
        self._sorting = {kind: (each.columns[-1], each.columns[-1] in each.falling) for kind, each in LISTS.items()}
        self._head = ListHead(actions)
        self._rows = PagedRows(self)
        self.view = ListView(self._rows)
        self._empty = KeyedWords("")
        self._task: Task[_Read] | None = None
        self._asked = 0
        self._shown: _Query | None = None
        self._stale, self._again, self._took = True, False, 0.0
        self._typing = self._timer(_TYPING, lambda: self._ask(to_top=True))
        self._changes = self._timer(_CHANGES, self._ask_again)
        self._choosing = self._timer(_CHOOSING, self._select)
        self._patience = self._timer(_PATIENCE, lambda: self._head.say(self.tr("Sorting…")))
        self.setAccessibleName(self.tr("Lists"))
        self.view.setAccessibleName(kind_words(self._head.kind))
        self._build()
        self._listen()

    def _timer(self, milliseconds: int, does: Callable[[], object]) -> QTimer:
        timer = QTimer(self, singleShot=True, interval=milliseconds)
        timer.timeout.connect(does)
        return timer

    def _build(self) -> None:
        nothing = QWidget()
        around = QVBoxLayout(nothing)
        around.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 0)
        around.addWidget(self._empty)
        around.addStretch()
        self._stack = QStackedWidget()
        self._stack.addWidget(self.view)
        self._stack.addWidget(nothing)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head)
        column.addWidget(HairLine())
        column.addWidget(self._stack, 1)
        sort, falling = self._sorting[self._head.kind]
        self.view.heads.show_sorted(self._head.kind, sort, falling=falling)

    def _listen(self) -> None:
        desk, head, actions = self._desk, self._head, self._actions
        head.kind_chosen.connect(self.show_kind)
        head.narrowed.connect(self._typing.start)
        head.words.left.connect(self.focus_list)
        self.view.heads.sectionClicked.connect(self._sort_by_section)
        self.view.opened.connect(self._open)
        self.view.customContextMenuRequested.connect(self._show_menu)
        self.view.selectionModel().currentChanged.connect(lambda *_: self._choosing.start())
        self._rows.page_wanted.connect(self._ask_page)
        desk.changed.connect(lambda _change: self._on_changed())
        desk.opened.connect(self._on_opened)
        desk.closed.connect(self._on_closed)
        actions.keys_changed.connect(self._say)
        actions.place(LISTS_PLACE, self)
        actions.bind("sort_by_column", lambda: self._sort_by_section(max(0, self.view.currentIndex().column())))
        for kind in KINDS:
            actions.bind(f"list_{kind}", partial(self.show_kind, kind))

    # -- what others call

    def show_kind(self, kind: str) -> None:
        """Show the list of sources, passages, claims or linkages."""
        if kind != self._head.kind:
            self._head.show_kind(kind)
            self._shown = None
            self._head.say("")
            self._rows.show(kind, Order(self._rows.order.numbers[:0], 0, 0), self._rows.codebook)
        self.view.setAccessibleName(kind_words(kind))
        self._ask(to_top=self._shown is None)
        self.focus_list()

    def focus_filter(self) -> None:
        """Put the cursor into the filter."""
        self._head.words.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._head.words.selectAll()

    def focus_list(self) -> None:
        """Put the focus on the table, or where there is none on the choice of the list."""
        target = (
            self.view if self._stack.currentIndex() == 0 else self._head.segments.button(KINDS.index(self._head.kind))
        )
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def busy(self) -> bool:
        """Whether order or rows are on their way, or about to be asked for."""
        timers = (self._typing, self._changes, self._choosing)
        return self._task is not None or self._rows.is_reading or any(timer.isActive() for timer in timers)

    # -- asking for the order

    def _ask(self, *, to_top: bool) -> None:
        """Ask for the list as it is wanted now; what was asked before is dropped."""
        if self._desk.project is None or not self.isVisible():
            self._stale = True
            return
        self._stale = self._again = False
        self._typing.stop()
        self._changes.stop()
        if self._task is not None:
            self._task.cancel()
        kind = self._head.kind
        sort, falling = self._sorting[kind]
        row, top = self.view.currentIndex().row(), self.view.verticalScrollBar().value() // self.view.row_height
        query = _Query(
            kind=kind,
            sort=sort,
            falling=falling,
            words=self._head.text,
            only=self._head.only,
            in_hand=self._rows.number(row),
            at_top=self._rows.number(top),
            selected=self._selected_elsewhere(kind) if to_top else "",
        )
        self._asked += 1
        asked, began = self._asked, time.monotonic()
        self._patience.start()
        self._task = self._desk.look(
            "order",
            lambda project, task: _read(project, query, task),
            lambda read: self._take(asked, query, read, began, to_top=to_top),
            owner=self,
            otherwise=lambda error: self._give_up(asked, error),
        )

    def _ask_again(self) -> None:
        """Ask for the order as it is after changes; while one is on its way, that one is waited for."""
        if self._task is not None:
            self._again = True
        else:
            self._ask(to_top=False)

    def _take(self, asked: int, query: _Query, read: _Read, began: float, *, to_top: bool) -> None:
        if asked != self._asked:
            return
        self._task = None
        self._patience.stop()
        self._took = time.monotonic() - began
        bar, view = self.view.verticalScrollBar(), self.view
        within, position = bar.value() % view.row_height, bar.value()
        row, column = view.currentIndex().row(), max(0, view.currentIndex().column())
        self._shown = query
        view.heads.show_sorted(query.kind, query.sort, falling=query.falling)
        if to_top:
            self._rows.show(query.kind, read.order, read.codebook)
            view.heads.fit(view.viewport().width())
            self._say()
            bar.setValue(0)
            view.go_to(max(0, read.selected), column=column)
        else:
            self._rows.reorder(read.order, read.codebook)
            self._say()
            bar.setValue(read.at_top * view.row_height + within if read.at_top >= 0 else position)
            view.go_to(read.in_hand if read.in_hand >= 0 else min(row, len(read.order) - 1), scroll=False)
        if self._again:
            self._changes.start()

    def _give_up(self, asked: int, error: AnnotatorError) -> None:
        if asked == self._asked:
            self._task = None
            self._patience.stop()
        if not isinstance(error, CancelledError):
            self._desk.refused.emit(error, None)

    def _ask_page(self, asked: Asked) -> None:
        kind, numbers = self._rows.kind, asked.numbers
        self._desk.look(
            "page",
            lambda project, _task: project.rows_of(kind, numbers),
            lambda lines: self._rows.take(asked, lines) if self._rows.kind == kind else None,
            owner=self,
        )

    # -- what happens elsewhere

    def _on_changed(self) -> None:
        if not self.isVisible():
            self._stale = True
            return
        self._rows.grow_old()
        self._changes.start(max(_CHANGES, round(2000 * self._took)))

    def _on_opened(self) -> None:
        self._stale = True
        if self.isVisible():
            self._ask(to_top=True)

    def _on_closed(self) -> None:
        self._asked += 1
        self._task, self._shown, self._stale = None, None, True
        for timer in (self._typing, self._changes, self._choosing, self._patience):
            timer.stop()
        self._head.clear()
        self._head.say("")
        self._rows.show(self._head.kind, Order(self._rows.order.numbers[:0], 0, 0), self._rows.codebook)

    def _selected_elsewhere(self, kind: str) -> str:
        desk = self._desk
        of = {"passages": desk.passage_id, "claims": desk.claim_id, "linkages": desk.linkage_id}
        return of.get(kind, "")

    def _select(self) -> None:
        """Select on the desk what the current row shows, so that its history and its details can be asked for."""
        if not self.isVisible() or self._desk.project is None:
            return
        line = self.view.current_line()
        if line is None:
            if self._rows.is_reading:
                self._choosing.start()
        elif isinstance(line, ClaimLine):
            self._desk.select_claim(line.id)
        elif isinstance(line, LinkageLine):
            self._desk.select_linkage(line.id)

    # -- what is done

    def _sort_by_section(self, section: int) -> None:
        """Sort by a column; by the same one again, the other way round."""
        kind = self._head.kind
        code, (sort, falling) = self._rows.columns[section].code, self._sorting[kind]
        self._sorting[kind] = (code, not falling if code == sort else code in LISTS[kind].falling)
        self.view.heads.show_sorted(kind, code, falling=self._sorting[kind][1])
        self._ask(to_top=True)

    def _open(self, line: Line) -> None:
        match line:
            case SourceLine(version_id=version) if version:
                self._desk.show_place(version)
            case PassageLine(version_id=version) if version:
                self._desk.show_place(version, line.start, line.end)
                self._desk.select_passage(line.id)
            case ClaimLine():
                self._desk.select_claim(line.id)
                self._actions["show_claims"].trigger()
            case LinkageLine():
                self._desk.select_claim(line.claim_id)
                self._desk.select_linkage(line.id)
                self._actions["show_claims"].trigger()

    def _show_menu(self, at: QPoint) -> None:
        index = self.view.indexAt(at)
        if not index.isValid():
            return
        self.view.go_to(index.row(), column=index.column())
        line, menu = self.view.current_line(), QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(icon("book-open"), self.tr("Show where one works on it"), self.view.open_current)
        menu.addAction(self._actions["sort_by_column"])
        if line is not None and line.disputed:
            menu.addAction(self.tr("Settle what is disputed…"), lambda: self._desk.dispute_wanted.emit(line.id))
        menu.popup(self.view.viewport().mapToGlobal(at))

    def _say(self) -> None:
        """Say how much is listed, or what to do when nothing is."""
        if self._shown is None:
            return
        kind, order, head = self._head.kind, self._rows.order, self._head
        head.say(count_words(kind, len(order), order.total) if order.total else "")
        if not len(order):
            had_focus = self.view.hasFocus()
            words, keys = nothing_here(self._actions, kind, words=bool(head.text), only=head.only)
            self._empty.set_words(words, keys)
            self._stack.setCurrentIndex(1)
            if had_focus:
                self.focus_list()
        else:
            self._stack.setCurrentIndex(0)

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what changed while another screen was shown."""
        super().showEvent(event)
        if self._stale:
            QTimer.singleShot(0, self, lambda: self._ask(to_top=self._shown is None))

    def hideEvent(self, event: QHideEvent) -> None:
        """Sort no more for a screen that is not seen."""
        super().hideEvent(event)
        if self._task is not None:
            self._task.cancel()
            self._stale = True

    def paintEvent(self, _: QPaintEvent) -> None:
        """Paint the ground."""
        QPainter(self).fillRect(self.rect(), current_theme().surface)
