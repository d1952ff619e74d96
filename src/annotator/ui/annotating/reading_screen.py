"""The reading screen: a tab for each open version, and the text of one."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QPoint, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QMenu, QStackedWidget, QVBoxLayout, QWidget

from annotator.domain.ids import EntityId
from annotator.ui.actions import READER, Actions
from annotator.ui.annotating.bars import DetailsBar, Tabs
from annotator.ui.annotating.been import Been, Place
from annotator.ui.annotating.citation import citation
from annotator.ui.annotating.link_opening import ask_to_open
from annotator.ui.annotating.marking import Marking
from annotator.ui.annotating.opened import Opened, find_version, open_version
from annotator.ui.annotating.passages import Passages
from annotator.ui.annotating.pointing import PointedReader
from annotator.ui.annotating.unfinished import UnfinishedBar
from annotator.ui.controls import EmptyState
from annotator.ui.desk import Desk

_ZOOM_STEP = 10


@dataclass(slots=True)
class _Page:
    opened: Opened
    view: PointedReader


class ReadingScreen(QWidget):
    """Shows the versions that the desk selects, and the places that it is asked to show."""

    status = Signal(str)
    """What the person is about to do, in words for the status bar; empty for nothing."""

    def __init__(self, desk: Desk, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._actions = desk, actions
        self._pages: dict[str, _Page] = {}
        self._kept_places: dict[str, int] = {}
        self._wanted: tuple[str, int, int] | None = None
        self._been = Been()
        self._is_going = False
        self.tabs, self.details, self.unfinished_bar = Tabs(), DetailsBar(), UnfinishedBar()
        self._stack = QStackedWidget()
        self._empty = EmptyState(
            "book-open", self.tr("Nothing is open"), self.tr("Choose a source on the left, and its text opens here.")
        )
        self._stack.addWidget(self._empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.tabs)
        column.addWidget(self.details)
        column.addWidget(self._stack, 1)
        column.addWidget(self.unfinished_bar)
        self.passages = Passages(desk, self)
        self.marking = Marking(desk, actions, self)
        self._bind()
        self._listen()
        self._show_current()

    @property
    def view(self) -> PointedReader | None:
        """The text that is read."""
        page = self._pages.get(self._desk.version_id)
        return page.view if page else None

    # -- opening and closing

    def _on_version(self, id_: str) -> None:
        version = EntityId(id_)
        if not id_ or id_ in self._pages:
            self._show_current()
        else:
            self._desk.ask(lambda project: open_version(project, version), self._take, owner=self)

    def _take(self, opened: Opened | None) -> None:
        if opened is None or opened.version.id in self._pages:
            return
        view = PointedReader(opened)
        view.set_zoom(self._desk.zoom)
        view.fold_key = self._actions.key("fold_boilerplate")
        self._actions.place(READER, view)
        self._pages[opened.version.id] = _Page(opened, view)
        self._connect(view)
        self._stack.addWidget(view)
        self.tabs.blockSignals(True)
        self.tabs.add(opened)
        self.tabs.blockSignals(False)
        self.marking.unfinished.load(opened.version.id)
        self._show_current()
        if opened.version.id in self._kept_places:
            view.restore(self._kept_places[opened.version.id])
        if self._wanted is not None and self._wanted[0] == opened.version.id:
            self._show_wanted()

    def _connect(self, view: PointedReader) -> None:
        view.settled.connect(self.marking.offer)
        view.unselected.connect(self.marking.withdraw)
        view.escaped.connect(self._escape)
        view.entered.connect(self._actions["edit_linkage"].trigger)
        view.clicked.connect(self.passages.click)
        view.stretched.connect(self.passages.stretch)
        view.dragged.connect(self.passages.reshape)
        view.link_asked.connect(lambda target: ask_to_open(target, self))
        view.menu_asked.connect(self._open_menu)
        view.zoom_asked.connect(lambda step: self._desk.set_zoom(self._desk.zoom + step * _ZOOM_STEP))
        view.verticalScrollBar().valueChanged.connect(lambda _: self.marking.follow())

    def close_version(self, id_: str) -> None:
        """Close a tab; where one was is remembered."""
        page = self._pages.pop(id_, None)
        if page is None:
            return
        self._kept_places[id_] = page.view.top_place()
        index = self.tabs.index_of(id_)
        self.tabs.blockSignals(True)
        self.tabs.removeTab(index)
        self.tabs.blockSignals(False)
        if self._desk.version_id == id_:
            self.marking.set_view(None, EntityId(""))
            self._desk.select_version(self.tabs.version(self.tabs.currentIndex()))
        self._stack.removeWidget(page.view)
        page.view.deleteLater()
        self._show_current()

    def _close_all(self) -> None:
        for id_ in tuple(self._pages):
            self.close_version(id_)
        self._kept_places.clear()
        self._been.forget()
        self._show_current()

    # -- showing

    def _show_current(self) -> None:
        id_ = self._desk.version_id
        page = self._pages.get(id_)
        is_any = bool(self._pages)
        for widget in (self.tabs, self.details):
            widget.setVisible(is_any)
        if page is None:
            if not is_any:
                self._stack.setCurrentWidget(self._empty)
                self.unfinished_bar.hide()
                self.passages.set_view(None, EntityId(""))
                self.marking.set_view(None, EntityId(""))
            return
        before = self._stack.currentWidget()
        if isinstance(before, PointedReader) and before is not page.view:
            self._leave(before)
        self.tabs.blockSignals(True)
        self.tabs.setCurrentIndex(self.tabs.index_of(id_))
        self.tabs.blockSignals(False)
        self._stack.setCurrentWidget(page.view)
        self.details.show_details(page.opened)
        if before is not page.view:
            self.marking.set_view(page.view, id_)
            self.passages.set_view(page.view, id_)
            if before is not None and before.isAncestorOf(self.focusWidget() or self):
                page.view.setFocus()
        self._show_unfinished()
        self._show_ways()

    def _on_shown(self, version: str, start: int, end: int) -> None:
        view = self.view
        if view is not None and self._stack.currentWidget() is view:
            self._leave(view)
        self._wanted = (version, start, end)
        if version in self._pages:
            self._show_wanted()

    def _show_wanted(self) -> None:
        if self._wanted is None or self._wanted[0] not in self._pages:
            return
        version, start, end = self._wanted
        self._wanted = None
        view = self._pages[version].view
        if end > start:
            view.show_place(start, end, pulse=True)
        view.setFocus()

    def _leave(self, view: PointedReader) -> None:
        if not self._is_going:
            self._is_going = True
            QTimer.singleShot(0, self, self._arrive)
            self._been.leave(Place(view.opened.version.id, view.top_place()))
            self._show_ways()

    def _arrive(self) -> None:
        """From now on, going elsewhere is a step of its own: switching and scrolling to a place was one."""
        self._is_going = False

    def _go(self, *, forward: bool) -> None:
        view = self.view
        if view is None:
            return
        here = Place(self._desk.version_id, view.top_place())
        place = self._been.forward(here) if forward else self._been.back(here)
        if place is not None:
            self._kept_places[place.version] = place.offset
            self._is_going = True
            self._desk.select_version(place.version)
            if place.version in self._pages:
                self._pages[place.version].view.restore(place.offset)
            self._is_going = False
        self._show_ways()

    def _show_ways(self) -> None:
        self.details.show_ways(back=self._been.can_go_back, forward=self._been.can_go_forward)

    def _show_unfinished(self) -> None:
        view, version = self.view, self._desk.version_id
        begun = self.marking.unfinished.of(version) if view and self.marking.target is None else []
        quote = view.text.text[begun[0][0].spans[0][0] : begun[0][0].spans[-1][1]] if view and begun else ""
        self.unfinished_bar.show_begun(len(begun), quote)

    def _on_changed(self) -> None:
        """Read the details of all open versions again; close those whose source is gone."""

        def take(rows: tuple[object, ...]) -> None:
            for id_, page in tuple(self._pages.items()):
                found = find_version(rows, EntityId(id_))  # type: ignore[arg-type]
                if found is None:
                    self.close_version(id_)
                elif found != (page.opened.row, page.opened.version):
                    page.opened = replace(page.opened, row=found[0], version=found[1])
                    page.view.opened = page.opened
                    page.view.setAccessibleName(page.opened.title)
                    self.tabs.show_details(self.tabs.index_of(id_), page.opened)
                    if id_ == self._desk.version_id:
                        self.details.show_details(page.opened)

        if self._pages:
            self._desk.ask(lambda project: project.source_rows(), take, owner=self)

    # -- what the keys do

    def _bind(self) -> None:
        passages, marking = self.passages, self.marking
        does = {
            "highlight": passages.highlight,
            "add_fragment": passages.add_fragment,
            "link": marking.link,
            "who_says": marking.who_says,
            "note": marking.note,
            "next_under_cursor": passages.next_here,
            "next_passage": lambda: passages.step(forward=True),
            "previous_passage": lambda: passages.step(forward=False),
            "delete_passage": passages.delete,
            "fold_boilerplate": self._fold,
            "copy_citation": self._copy_citation,
            "zoom_in": lambda: self._desk.set_zoom(self._desk.zoom + _ZOOM_STEP),
            "zoom_out": lambda: self._desk.set_zoom(self._desk.zoom - _ZOOM_STEP),
            "zoom_reset": lambda: self._desk.set_zoom(100),
            "back": lambda: self._go(forward=False),
            "forward": lambda: self._go(forward=True),
            "close_tab": lambda: self.close_version(self._desk.version_id),
            "next_tab": lambda: self._turn(1),
            "previous_tab": lambda: self._turn(-1),
        }
        for name, action in does.items():
            self._actions.bind(name, action)

    def _listen(self) -> None:
        desk = self._desk
        desk.version_selected.connect(self._on_version)
        desk.shown.connect(self._on_shown)
        desk.closed.connect(self._close_all)
        desk.changed.connect(lambda _change: self._on_changed())
        desk.zoomed.connect(self._on_zoom)
        self.tabs.currentChanged.connect(lambda index: self._desk.select_version(self.tabs.version(index)))
        self.tabs.closed.connect(self.close_version)
        self.details.back.clicked.connect(lambda: self._go(forward=False))
        self.details.forward.clicked.connect(lambda: self._go(forward=True))
        self.marking.status.connect(self.status)
        self.passages.status.connect(self.status)
        self.marking.put.connect(self.passages.put)
        self.passages.made.connect(self.marking.close)
        self.marking.unfinished.changed.connect(self._show_unfinished)
        self.unfinished_bar.continued.connect(self.marking.go_on)
        self.unfinished_bar.discarded.connect(self.marking.discard)
        self._actions.keys_changed.connect(self._on_keys)

    def _escape(self) -> None:
        """Close what is open, then drop the selection, then the passage."""
        view = self.view
        if self.marking.is_open:
            self.marking.close()
        elif view is not None and view.textCursor().hasSelection():
            view.unselect()
        else:
            self._desk.select_passage(EntityId(""))

    def _fold(self) -> None:
        if self.view is not None:
            self.view.toggle_folds()

    def _turn(self, step: int) -> None:
        if self.tabs.count():
            self.tabs.setCurrentIndex((self.tabs.currentIndex() + step) % self.tabs.count())

    def _copy_citation(self) -> None:
        view, row = self.view, self.passages.chosen()
        spans = (view.selected() if view else ()) or (row.spans if row else ())
        if view is None or not spans:
            self.status.emit(self.tr("Select some words first, or choose a passage"))
            return
        QGuiApplication.clipboard().setText(citation(view.opened, spans))
        self.status.emit(self.tr("Copied with where it stands"))

    def _on_zoom(self, percent: int) -> None:
        for page in self._pages.values():
            page.view.set_zoom(percent)

    def _on_keys(self) -> None:
        for page in self._pages.values():
            page.view.fold_key = self._actions.key("fold_boilerplate")
            page.view.viewport().update()

    def _open_menu(self, where: QPoint, offset: int) -> None:
        """Open the menu of what can be done with the selection, the chosen passage, or the link at a place."""
        menu = QMenu(self)
        for name in ("highlight", "add_fragment", "link", "who_says", "note", "delete_passage"):
            menu.addAction(self._actions[name])
        menu.addSeparator()
        view = self.view
        if view is not None:
            menu.addAction(self.tr("Copy"), view.copy)
        menu.addAction(self._actions["copy_citation"])
        target = view.text.link_at(offset) if view else ""
        if target:
            menu.addSeparator()
            menu.addAction(self.tr("Open link…"), lambda: ask_to_open(target, self))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(where)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the bubble at its words."""
        super().resizeEvent(event)
        self.marking.follow()
