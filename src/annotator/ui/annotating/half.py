"""One half of the reader, or all of it: the tabs of the versions that lie open there, and the one that is read."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from annotator.domain.ids import EntityId
from annotator.ui.actions import Actions
from annotator.ui.annotating.bars import DetailsBar, Tabs, icon_button
from annotator.ui.annotating.opened import Opened
from annotator.ui.annotating.reading_page import PAGES, ReadingPage
from annotator.ui.controls import EmptyState
from annotator.ui.pages.choosing import has_pages

if TYPE_CHECKING:
    from annotator.ui.pages.page_tools import PageTools
    from annotator.ui.pages.pages_view import PagesView

LEAST = 400
"""How narrow a half may become beside another, in px."""

_LOW = 160


class Half(QWidget):
    """Tabs, the bar of details, and a page for each version that lies open here."""

    chosen = Signal(str)
    """A tab was chosen: its version."""
    close_asked = Signal(str)
    move_asked = Signal(str)
    """A tab is wanted on the other side: its version."""
    version_asked = Signal(str)
    """Another version of what is read here is wanted."""
    back_asked = Signal()
    forward_asked = Signal()

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actions = actions
        self._pages: dict[str, ReadingPage] = {}
        self.tools: PageTools | None = None
        self._can_move = False
        self.tabs, self.details = Tabs(), DetailsBar(actions)
        self._split = self._split_button()
        self._head = QWidget()
        head = QHBoxLayout(self._head)
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(0)
        head.addWidget(self.tabs, 1)
        head.addWidget(self._split)
        self._stack = QStackedWidget()
        words = self.tr("Choose a source on the left, and its text opens here.")
        self._empty = EmptyState("book-open", self.tr("Nothing is open"), words)
        self._stack.addWidget(self._empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head)
        column.addWidget(self.details)
        column.addWidget(self._stack, 1)
        self.tabs.currentChanged.connect(self._on_tab)
        self.tabs.tabBarClicked.connect(self._on_click)
        self.tabs.closed.connect(self.close_asked)
        self.tabs.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.tabs.customContextMenuRequested.connect(self._open_menu)
        self.details.pages.clicked.connect(actions["pages_or_text"].trigger)
        self.details.version.wanted.connect(self.version_asked)
        self.details.back.clicked.connect(self.back_asked)
        self.details.forward.clicked.connect(self.forward_asked)
        self._show_bars()

    # -- what lies open here

    @property
    def page(self) -> ReadingPage | None:
        """The page that is shown, if any."""
        shown = self._stack.currentWidget()
        return shown if isinstance(shown, ReadingPage) else None

    @property
    def version(self) -> EntityId:
        """The version that is read here; empty for none."""
        page = self.page
        return page.opened.version.id if page else EntityId("")

    @property
    def pages(self) -> tuple[ReadingPage, ...]:
        """All pages, in the order in which they were opened."""
        return tuple(self._pages.values())

    def page_of(self, version: str) -> ReadingPage | None:
        """Return the page of a version."""
        return self._pages.get(version)

    def add(self, page: ReadingPage) -> None:
        """Open a page here; it is not shown yet."""
        self._pages[page.opened.version.id] = page
        self._stack.addWidget(page)
        page.switched.connect(self._show_tools)
        self._quietly_add(page.opened)
        self._show_bars()

    def show_page(self, version: str) -> None:
        """Show a page that lies open here."""
        page = self._pages[version]
        self.tabs.blockSignals(True)
        self.tabs.setCurrentIndex(self.tabs.index_of(version))
        self.tabs.blockSignals(False)
        self._stack.setCurrentWidget(page)
        self.details.show_details(page.opened)
        self._show_tools()

    def remove(self, version: str) -> ReadingPage | None:
        """Take a page out and return it; the neighbour of its tab is shown then."""
        page = self._pages.pop(version, None)
        if page is None:
            return None
        page.switched.disconnect(self._show_tools)
        was_shown = page is self.page
        self.tabs.blockSignals(True)
        self.tabs.removeTab(self.tabs.index_of(version))
        self.tabs.blockSignals(False)
        self._stack.removeWidget(page)
        if self._pages and was_shown:
            self.show_page(self.tabs.version(self.tabs.currentIndex()))
        elif not self._pages:
            self._stack.setCurrentWidget(self._empty)
        self._show_tools()
        self._show_bars()
        return page

    def show_details(self, page: ReadingPage) -> None:
        """Show what is known of a version by now."""
        version = page.opened.version.id
        self.tabs.show_details(self.tabs.index_of(version), page.opened)
        if page is self.page:
            self.details.show_details(page.opened)

    def turn(self, step: int) -> None:
        """Show the next tab, or the one before."""
        if self.tabs.count():
            self.tabs.setCurrentIndex((self.tabs.currentIndex() + step) % self.tabs.count())

    # -- beside another half

    def set_active(self, *, active: bool) -> None:
        """Show that what is done is done here, or on the other side."""
        self.tabs.set_active(active=active)

    def show_split(self, *, offered: bool, split: bool) -> None:
        """Offer to split the reader, or to make it one again."""
        self._split.setVisible(offered)
        self._split.setChecked(split)
        self._can_move = offered or split

    def minimumSizeHint(self) -> QSize:
        """Return how small it may become beside another."""
        return QSize(LEAST, _LOW)

    # -- inside

    def _split_button(self) -> QToolButton:
        button = icon_button("columns-2", self.tr("Show two sources side by side, or one"))
        button.setCheckable(True)
        button.setFixedSize(32, 32)
        button.clicked.connect(self._actions["split"].trigger)
        return button

    def _quietly_add(self, opened: Opened) -> None:
        self.tabs.blockSignals(True)
        self.tabs.add(opened)
        self.tabs.blockSignals(False)

    def _show_bars(self) -> None:
        for widget in (self._head, self.details):
            widget.setVisible(bool(self._pages))

    def _show_tools(self) -> None:
        """Put the tools for pages into the bar while pages are shown, and the way to them while the text is."""
        page = self.page
        shows_pages = page is not None and page.shows == PAGES
        self.details.pages.setVisible(not shows_pages and page is not None and has_pages(page.opened))
        if page is None or not shows_pages:
            self.details.set_tools(None)
            if self.tools is not None:
                self.tools.follow(None)
            return
        if self.tools is None:
            from annotator.ui.pages.page_tools import PageTools

            self.tools = PageTools(self._actions, self.details)
        self.tools.follow(cast("PagesView", page.widget))
        self.details.set_tools(self.tools)

    def _on_tab(self, index: int) -> None:
        version = self.tabs.version(index)
        if version:
            self.chosen.emit(version)

    def _on_click(self, index: int) -> None:
        """Take a click on the tab that is shown already: it leads to this side."""
        if index >= 0 and index == self.tabs.currentIndex():
            self.chosen.emit(self.tabs.version(index))

    def _open_menu(self, where: QPoint) -> None:
        index = self.tabs.tabAt(where)
        if index < 0:
            return
        version = self.tabs.version(index)
        menu = QMenu(self)
        move = menu.addAction(self.tr("Move to the other side"), lambda: self.move_asked.emit(version))
        move.setEnabled(self._can_move)
        menu.addAction(self.tr("Close"), lambda: self.close_asked.emit(version))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.tabs.mapToGlobal(where))
