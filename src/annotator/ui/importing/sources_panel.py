"""The dock of sources: find one, open it, correct it, take more in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, Qt, Slot
from PySide6.QtWidgets import QMenu, QStackedLayout, QToolButton, QVBoxLayout, QWidget

from annotator.domain.ids import EntityId
from annotator.domain.long_lists import SourceOrder
from annotator.domain.rows import SourceRow
from annotator.ui.actions import SOURCES, Actions
from annotator.ui.controls import GRID, SectionHead
from annotator.ui.desk import Desk
from annotator.ui.fields import FilterField, KeyedWords
from annotator.ui.icons import icon
from annotator.ui.importing.source_doing import SourceDoing
from annotator.ui.importing.source_entries import GroupEntry, SourceEntry, VersionEntry
from annotator.ui.importing.source_list import Chosen, SourceList
from annotator.ui.importing.source_notices import SourceNotices
from annotator.ui.importing.source_view import SourceView
from annotator.ui.listing.ordering import Ordering
from annotator.ui.listing.pages import Asked
from annotator.ui.refresher import Refresher

if TYPE_CHECKING:
    from annotator.services.project import Project

_FEW = 500
"""So many sources are read at once; of more only the order is, and rows as they are looked at."""


@dataclass(frozen=True, slots=True)
class _Sources:
    """How many sources there are, and their rows where they are few."""

    total: int
    rows: tuple[SourceRow, ...]


@dataclass(frozen=True, slots=True)
class _Ordered:
    """The order of many sources, the one that is read, and the place of that which was the current one."""

    order: SourceOrder
    chosen: Chosen
    number: int
    place: int


def _read(project: Project) -> _Sources:
    total = project.how_many("sources")
    return _Sources(total, project.source_rows() if total <= _FEW else ())


def _chosen(project: Project, version: EntityId, order: SourceOrder) -> Chosen:
    """Return the source that is read, and where it stands in the order."""
    row = project.source_row(version) if version else None
    number = project.row_number(row.source.id) if row else 0
    return Chosen(version, row, order.place(number) if number else -1)


class SourcesPanel(QWidget):
    """All sources of the project, grouped by how far one is with them."""

    def __init__(self, desk: Desk, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._actions = desk, actions
        self._model = SourceList(self)
        self._filter = FilterField(self.tr("Filter sources"))
        self._view = SourceView(desk, self._model, self)
        self._ordering = Ordering(desk, "order", self._wish, self._take_order)
        self._empty = KeyedWords("")
        self.setAccessibleName(self.tr("Sources"))
        self._refresher = Refresher(self, self.refresh)
        self.notices = SourceNotices(desk, self)
        self._doing = SourceDoing(desk, actions, self._target, self)
        self.setMinimumWidth(200)
        self._build()
        self._connect()
        self._retitle()
        self._refresher.later()

    # -- what others call

    def focus_filter(self) -> None:
        """Put the cursor into the filter."""
        self._filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._filter.selectAll()

    def focus_list(self) -> None:
        """Put the focus on the list."""
        self._view.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """Ask for the sources again."""
        if self._desk.project is None:
            self._ordering.forget()
            self._take(_Sources(0, ()))
        elif self._model.is_long:
            self._model.grow_old()
            self._ordering.later()
        else:
            self._desk.ask(_read, self._take, owner=self)

    # -- building

    def _build(self) -> None:
        self._add = QToolButton(self)
        self._add.setIcon(icon("plus"))
        self._add.setAutoRaise(True)
        self._add.setToolTip(self.tr("Take sources in"))
        self._add.setAccessibleName(self.tr("Take sources in"))
        menu = QMenu(self._add)
        menu.addActions(
            [
                self._actions[name]
                for name in ("import", "import_folder", "fetch_address", "paste_source", "type_source")
            ]
        )
        self._add.clicked.connect(lambda: menu.popup(self._add.mapToGlobal(self._add.rect().bottomLeft())))
        self._head = SectionHead(self.tr("Sources"), trailing=self._add)
        top = QWidget()
        column = QVBoxLayout(top)
        column.setContentsMargins(2 * GRID, 0, 2 * GRID, GRID)
        column.setSpacing(0)
        column.addWidget(self._head)
        column.addWidget(self._filter)
        column.addWidget(self.notices)
        nothing = QWidget()
        around = QVBoxLayout(nothing)
        around.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 0)
        around.addWidget(self._empty)
        around.addStretch()
        self._stack = QStackedLayout()
        self._stack.addWidget(self._view)
        self._stack.addWidget(nothing)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(top)
        whole.addLayout(self._stack, 1)
        for before, after in pairwise((self._view, self._filter, self._add)):
            QWidget.setTabOrder(before, after)
        self.setFocusProxy(self._view)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def _connect(self) -> None:
        desk, actions = self._desk, self._actions
        for signal in (desk.opened, desk.closed, desk.changed):
            signal.connect(self._refresher.later)
        desk.version_selected.connect(self._choose)
        self._filter.textChanged.connect(self._narrow)
        self._filter.left.connect(self.focus_list)
        self._view.clicked.connect(self._open)
        self._view.opening.connect(self.open_current)
        self._view.folding.connect(lambda folded: self.fold_current(folded=folded))
        self._view.deleting.connect(self._doing.delete)
        self._view.focused.connect(self.go_to_first)
        self._model.pages.wanted.connect(self._ask_page)
        self.notices.confirm_wanted.connect(self._doing.confirming.begin)
        self._view.customContextMenuRequested.connect(self._show_menu)
        actions.keys_changed.connect(self._retitle)
        actions.place(SOURCES, self)

    # -- showing

    @Slot()
    def _retitle(self) -> None:
        self._filter.set_key(self._actions.key("filter"))
        self._say_empty()

    def _take(self, found: _Sources) -> None:
        if found.total > _FEW:
            self._ordering.now()
            return
        self._ordering.forget()
        self._keeping_place(lambda: self._model.show(found.rows))
        self._head.set_remark(str(found.total) if found.total else "")
        self._say_empty()

    def _wish(self) -> Callable[[Project, Callable[[], bool]], _Ordered]:
        """Return what reads the order of many sources as they are wanted now."""
        words, version = self._filter.text(), self._desk.version_id
        place = self._model.place(self._view.currentIndex())
        number = self._model.order.numbers[place] if place >= 0 and self._model.is_long else 0

        def read(project: Project, cancelled: Callable[[], bool]) -> _Ordered:
            order = project.source_order(words, cancelled=cancelled)
            return _Ordered(order, _chosen(project, version, order), number, order.place(number) if number else -1)

        return read

    def _take_order(self, found: _Ordered) -> None:
        if found.order.total <= _FEW:
            self._model.show(())
            self.refresh()
            return
        place = self._model.place(self._view.currentIndex())
        is_same = place >= 0 and self._model.is_long and self._model.order.numbers[place] == found.number
        self._keeping_place(
            lambda: self._model.show_order(found.order, found.chosen), to=found.place if is_same else -1
        )
        self._head.set_remark(str(found.order.total))
        self._say_empty()
        if found.chosen.version != self._desk.version_id:
            self._choose(self._desk.version_id)

    def _ask_page(self, asked: Asked) -> None:
        self._desk.look(
            "page",
            lambda project, _task: project.sources_numbered(asked.numbers),
            lambda rows: self._model.pages.take(asked, rows),
            owner=self,
        )

    @Slot(str)
    def _choose(self, version: str) -> None:
        id_ = EntityId(version)
        if not self._model.is_long:
            self._show_chosen(Chosen(id_, None, -1))
            return
        order = self._model.order

        def take(chosen: Chosen) -> None:
            if chosen.version == self._desk.version_id and order.numbers is self._model.order.numbers:
                self._show_chosen(chosen)

        self._desk.look("page", lambda project, _task: _chosen(project, id_, order), take, owner=self)

    def _show_chosen(self, chosen: Chosen) -> None:
        self._keeping_place(lambda: self._model.choose(chosen))
        row = self._model.source_of(chosen.version)
        if row is not None:
            self._go_to(self._model.index_of(row.source.id))

    @Slot(str)
    def _narrow(self, text: str) -> None:
        self._keeping_place(lambda: self._model.set_filter(text))
        if self._model.is_long:
            self._view.scrollToTop()
            self._ordering.now()
        else:
            self._say_empty()

    def _keeping_place(self, change: Callable[[], None], *, to: int = -1) -> None:
        """Change the model; the current entry (``to``: its place in a new order, where known) and the scroll position stay."""
        entry, place = self._model.entry(self._view.currentIndex()), self._model.place(self._view.currentIndex())
        bar, numbers = self._view.verticalScrollBar(), self._model.order.numbers
        position = bar.value()
        change()
        if entry is not None and not self._view.currentIndex().isValid():
            if to < 0 and numbers is self._model.order.numbers:
                to = place
            index = self._model.index_at(to) if to >= 0 else self._model.index_of(entry.key)
            if index.isValid():
                self._view.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self._view.doItemsLayout()
        bar.setValue(position)

    def _say_empty(self) -> None:
        if self._model.rowCount():
            self._stack.setCurrentIndex(0)
            return
        if self._model.total:
            self._empty.set_words(self.tr("No source has these words. {0} shows all again."), ("Esc",))
        else:
            key = self._actions.key("import")
            words = (
                self.tr("No sources yet. Drop some here, or press {0}")
                if key
                else self.tr("No sources yet. Drop some here.")
            )
            self._empty.set_words(words, (key,))
        self._stack.setCurrentIndex(1)

    # -- moving and opening

    def go_to_first(self) -> None:
        """Make the source that is read, or the first one, the current entry."""
        row = self._model.source_of(self._desk.version_id)
        index = self._model.index_of(row.source.id) if row else QModelIndex()
        self._go_to(index if index.isValid() else self._model.index(min(1, max(0, self._model.rowCount() - 1))))

    def _go_to(self, index: QModelIndex) -> None:
        if index.isValid():
            self._view.setCurrentIndex(index)

    def open_current(self) -> None:
        """Open the current source or version in the reader; fold or unfold a group."""
        self._open(self._view.currentIndex())

    @Slot(QModelIndex)
    def _open(self, index: QModelIndex) -> None:
        entry = self._model.entry(index)
        if isinstance(entry, GroupEntry):
            self._keeping_place(lambda: self._model.toggle(entry.group))
        elif isinstance(entry, VersionEntry):
            self._desk.show_place(entry.version.id)
        elif isinstance(entry, SourceEntry) and entry.row.versions:
            self._desk.show_place(entry.row.versions[-1].id)

    def fold_current(self, *, folded: bool) -> None:
        """Fold or unfold the group of the current entry."""
        entry = self._model.entry(self._view.currentIndex())
        if isinstance(entry, GroupEntry):
            self._keeping_place(lambda: self._model.toggle(entry.group, folded=folded))

    # -- what is done to a source

    def _target(self) -> tuple[SourceRow, EntityId] | None:
        """Return the source and version meant: the current ones while the list has the focus, else what is read."""
        entry = self._model.entry(self._view.currentIndex())
        if self._view.hasFocus() and isinstance(entry, SourceEntry) and entry.row.versions:
            return entry.row, entry.row.versions[-1].id
        if self._view.hasFocus() and isinstance(entry, VersionEntry):
            return entry.row, entry.version.id
        row = self._model.source_of(self._desk.version_id)
        return (row, self._desk.version_id) if row else None

    @Slot(QPoint)
    def _show_menu(self, at: QPoint) -> None:
        index = self._view.indexAt(at)
        if not isinstance(self._model.entry(index), SourceEntry | VersionEntry):
            return
        self._view.setFocus(Qt.FocusReason.PopupFocusReason)
        self._go_to(index)
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(icon("book-open"), self.tr("Open"), self.open_current)
        self._doing.fill(menu)
        entry = self._model.entry(index)
        if isinstance(entry, SourceEntry | VersionEntry) and len(entry.row.versions) > 1:
            version = entry.version.id if isinstance(entry, VersionEntry) else entry.row.versions[-1].id
            compare = self._actions["compare_versions"]
            menu.addAction(compare.icon(), compare.text(), lambda: self._desk.settle_wanted.emit(version, ""))
        if isinstance(entry, SourceEntry) and entry.row.disputed:
            source = entry.row.source.id
            menu.addAction(self.tr("Settle what is disputed…"), lambda: self._desk.dispute_wanted.emit(source))
        menu.popup(self._view.viewport().mapToGlobal(at))
