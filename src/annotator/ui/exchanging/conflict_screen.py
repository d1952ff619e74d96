"""The conflicts screen: what colleagues see differently, one thing after the other, settled by keys."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from annotator.domain.codec import Json
from annotator.domain.conflict import Conflict
from annotator.domain.errors import AnnotatorError
from annotator.domain.ids import EntityId
from annotator.ui.actions import CONFLICT, Actions
from annotator.ui.auditing.field_words import kind_words
from annotator.ui.controls import GRID, EmptyState, HairLine, PlainButton, SectionHead
from annotator.ui.desk import Desk
from annotator.ui.exchanging.conflict_answers import SIDE_ACTIONS
from annotator.ui.exchanging.conflict_docket import Docket
from annotator.ui.exchanging.conflict_list import OPEN, EntryList, EntryView
from annotator.ui.exchanging.conflict_page import ConflictPage
from annotator.ui.exchanging.conflict_table import BASE, NEW
from annotator.ui.exchanging.conflict_telling import ConflictTold, RowTold, tell_conflicts
from annotator.ui.refresher import Refresher
from annotator.ui.theme import current_theme

if TYPE_CHECKING:
    from annotator.services.project import Project

_NONE = EntityId("")
_WIDTH = 360


class ConflictScreen(QWidget):
    """What is in conflict on the left, the chosen one on the right. What is settled stays in its place, with a check."""

    in_hand_changed = Signal()
    """Whether something can be settled has changed."""

    def __init__(self, desk: Desk, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._actions = desk, actions
        self._docket = Docket()
        self._entity = _NONE
        self._asked = 0
        self._has_read = False
        self.entries = EntryList(self)
        self.list = EntryView(self.entries)
        self.page = ConflictPage(actions)
        alike = PlainButton(self.tr("All alike…"), key=actions.key("settle_all"))
        alike.clicked.connect(actions["settle_all"].trigger)
        self._head = SectionHead(self.tr("Conflicts"), trailing=alike)
        self._merge = PlainButton(self.tr("Merge a bundle…"), icon_name="package-open", key=actions.key("merge"))
        self._merge.clicked.connect(actions["merge"].trigger)
        self._nothing = EmptyState(
            "check",
            self.tr("No conflicts"),
            self.tr("When a bundle is merged and both sides have set the same field, the values are compared here."),
            (self._merge,),
        )
        self._refresher = Refresher(self, self._ask)
        self._build()
        self._listen()
        self._refresher.later()

    def _build(self) -> None:
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(2 * GRID, GRID // 2, GRID, GRID // 2)
        head.addWidget(self._head)
        column.addLayout(head)
        column.addWidget(HairLine())
        column.addWidget(self.list, 1)
        left.setMinimumWidth(240)
        self._split = QSplitter()
        self._split.setChildrenCollapsible(False)
        self._split.addWidget(left)
        self._split.addWidget(self.page)
        self._split.setSizes([_WIDTH, 2 * _WIDTH])
        self._split.setStretchFactor(1, 1)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._nothing)
        self._pages.addWidget(self._split)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._pages)

    def _listen(self) -> None:
        actions, answers = self._actions, self.page.answers
        actions.place(CONFLICT, self)
        for number, name in enumerate(SIDE_ACTIONS):
            actions.bind(name, partial(self.take, number))
        actions.bind("take_base", partial(self.take, BASE))
        actions.bind("write_new", answers.write)
        actions.bind("leave_both", self.leave)
        actions.bind("next_conflict", lambda: self.step(1))
        actions.bind("previous_conflict", lambda: self.step(-1))
        answers.taken.connect(self.take)
        answers.written.connect(self._write)
        answers.left_standing.connect(self.leave)
        answers.stayed.connect(self.focus_first)
        self.page.back.connect(lambda: self.step(-1))
        self.page.forth.connect(lambda: self.step(1))
        self.list.selectionModel().currentChanged.connect(lambda *_: self._on_chosen())
        self.list.entered.connect(self.page.focus_table)
        self._desk.changed.connect(self._refresher.later)
        self._desk.opened.connect(self._begin)
        self._desk.closed.connect(self._begin)

    # -- what is shown

    @property
    def can_settle(self) -> bool:
        """Whether there is something to settle on the screen."""
        return self.has_anything and self.page.row is not None

    @property
    def has_anything(self) -> bool:
        """Whether anything is shown, be it settled or not."""
        return bool(self.entries.entries)

    def focus_first(self) -> None:
        """Give the focus to the list, or to what there is to do."""
        target: QWidget = self.list if self.has_anything else self._merge
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_entity(self, entity: EntityId) -> None:
        """Choose a thing, as soon as it is known to be in conflict."""
        self._entity = entity
        self._choose(entity)
        self._refresher.later()

    def _begin(self) -> None:
        self._docket, self._entity, self._has_read = Docket(), _NONE, False
        self._asked += 1
        self.entries.show(())
        self._pages.setCurrentWidget(self._nothing)
        self._refresher.later()

    def _ask(self) -> None:
        self._asked += 1
        asked = self._asked
        self._desk.ask(_read, lambda found: self._take_in(asked, found), owner=self)

    def _take_in(self, asked: int, conflicts: tuple[Conflict, ...]) -> None:
        if asked != self._asked:
            return
        self._docket.take(conflicts)
        entries = self._docket.entries()
        had_focus = self._merge.hasFocus() or not self._has_read
        self._has_read = True
        self.entries.show(entries)
        self._pages.setCurrentWidget(self._split if entries else self._nothing)
        settled, left = self._docket.settled, self._docket.still_open
        self._head.set_remark(self.tr("{0} settled, {1} left").format(settled, left) if entries else "")
        if entries:
            known = self.entries.row_of(self._entity) >= 0
            first = next((each for each in entries if each.state == OPEN), entries[0])
            self._choose(self._entity if known else first.entity_id)
            self._tell()
        if had_focus and self.isVisible():
            self.focus_first()
        self.in_hand_changed.emit()

    def _choose(self, entity: EntityId) -> None:
        row = self.entries.row_of(entity)
        index = self.entries.index(row)
        if row >= 0 and not self.list.selectionModel().isSelected(index):
            self.list.setCurrentIndex(index)

    def _on_chosen(self) -> None:
        entry = self.list.chosen()
        if entry is not None and entry.entity_id != self._entity:
            self._entity = entry.entity_id
            self.page.field = ""
        self._tell()

    def _tell(self) -> None:
        entity, conflicts = self._entity, self._docket.conflicts_of(self._entity)
        if conflicts:
            self._desk.ask(lambda p: tell_conflicts(p, conflicts), lambda t: self._show(entity, t), owner=self)

    def _show(self, entity: EntityId, told: ConflictTold) -> None:
        if entity != self._entity:
            return
        open_ = self._docket.open_fields(entity)
        stays = self.page.field in open_ or (not open_ and told.row(self.page.field) is not None)
        field = self.page.field if stays else (open_[0] if open_ else told.rows[0].field)
        place, count = self.entries.row_of(entity) + 1, len(self.entries.entries)
        where = self.tr("Conflict {0} of {1}, {2}").format(place, count, kind_words(told.kind).lower())
        if self.page.answers.editor.isHidden() or self.page.told != told:
            self.page.show_conflicts(told, self._docket.taken(entity), where, field)
        self.in_hand_changed.emit()

    # -- what is done

    def take(self, choice: int) -> None:
        """Settle the field in hand with what stands in a column: ``BASE``, or the number of a side."""
        row = self.page.row
        if row is None or choice >= len(row.sides) or (choice == BASE and row.is_removal):
            return
        value = _base_value(row) if choice == BASE else row.sides[choice].value.value
        self._settle(row, choice, value)

    def _write(self, value: object) -> None:
        row = self.page.row
        if row is not None:
            self._settle(row, NEW, value)
            self.focus_first()

    def _settle(self, row: RowTold, choice: int, value: Json) -> None:
        entity, field, docket = self._entity, row.field, self._docket
        docket.settle(entity, field, choice)

        def refuse(error: AnnotatorError) -> None:
            docket.refuse(entity, field)
            self._refresher.later()
            self._desk.refused.emit(error, None)

        self._desk.do(lambda project: project.settle(entity, field, value), owner=self, otherwise=refuse)

    def leave(self) -> None:
        """Let all values of the thing stand for now, and go on."""
        if self._docket.open_fields(self._entity):
            self._docket.leave(self._entity)
            self.entries.show(self._docket.entries())
            self.step(1)

    def step(self, by: int) -> None:
        """Go to the next thing, or to the one before."""
        row = self.list.currentIndex().row() + by
        if 0 <= row < self.entries.rowCount():
            self.list.setCurrentIndex(self.entries.index(row))
            self.list.scrollTo(self.entries.index(row))

    def paintEvent(self, _: QPaintEvent) -> None:
        """Paint the ground."""
        QPainter(self).fillRect(self.rect(), current_theme().surface)


def _base_value(row: RowTold) -> Json:
    """Return what all had seen; where it was not set, what stands for nothing in this field."""
    if row.base.value is not None:
        return row.base.value
    return {"words": "", "line": "", "level": "", "levels": []}.get(row.editor)


def _read(project: Project) -> tuple[Conflict, ...]:
    return project.conflicts()
