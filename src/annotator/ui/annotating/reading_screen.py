"""The reading screen: one version or two side by side, and all that is done in the one that is worked in."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from annotator.domain.ids import EntityId
from annotator.ui.actions import Actions
from annotator.ui.annotating.bars import DetailsBar, Tabs
from annotator.ui.annotating.block_marking import BlockMarking
from annotator.ui.annotating.citation import citation
from annotator.ui.annotating.details_watch import DetailsWatch
from annotator.ui.annotating.gathering import GatheredBar, Gathering
from annotator.ui.annotating.hovering import Hovering
from annotator.ui.annotating.judgement import Judgement
from annotator.ui.annotating.link_opening import ask_to_open
from annotator.ui.annotating.marking import Marking
from annotator.ui.annotating.narrowing import Narrowing
from annotator.ui.annotating.open_pages import OpenPages
from annotator.ui.annotating.page_keys import bind_pages
from annotator.ui.annotating.passages import Passages
from annotator.ui.annotating.pointing import PointedReader
from annotator.ui.annotating.quoting import Quoting
from annotator.ui.annotating.reading_menu import open_aside_menu, open_menu
from annotator.ui.annotating.reading_page import ReadingPage
from annotator.ui.annotating.reading_view import ReadingView
from annotator.ui.annotating.unfinished import UnfinishedBar
from annotator.ui.annotating.version_switch import VersionSwitch
from annotator.ui.annotating.ways import Ways
from annotator.ui.desk import Desk
from annotator.ui.reading.find_bar import FindBar
from annotator.ui.reading.open_text import Aside

_ZOOM_STEP = 10


class ReadingScreen(QWidget):
    """Shows the versions that the desk selects, and the places that it is asked to show."""

    status = Signal(str)
    """What the person is about to do, in words for the status bar; empty for nothing."""

    def __init__(self, desk: Desk, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._actions = desk, actions
        self.open_pages = OpenPages(desk, actions, self)
        DetailsWatch(desk, self.open_pages)
        self.version_switch = VersionSwitch(desk, actions, self.open_pages, self)
        self.block_marking = BlockMarking(desk, self.open_pages)
        self.ways = Ways(desk, self.open_pages, self)
        self.unfinished_bar = UnfinishedBar()
        self.find_bar = FindBar(desk.jobs, actions)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.open_pages.halves, 1)
        column.addWidget(self.find_bar)
        column.addWidget(self.unfinished_bar)
        self.passages = Passages(desk, self)
        self.marking = Marking(desk, actions, self)
        self.hovering = Hovering(desk, self)
        self.narrowing = Narrowing(desk, self.passages, self.open_pages.halves, self)
        self.quoting = Quoting(desk, self.open_pages, self.marking, self.passages, column)
        self.gathering = Gathering(desk, self.open_pages, self.marking, self.passages)
        self.gathered_bar = GatheredBar()
        column.addWidget(self.gathered_bar)
        self._bind()
        self._listen()
        self._show_current()

    @property
    def view(self) -> ReadingView | None:
        """What is worked in: the text or the pages of a version."""
        return self.open_pages.view

    @property
    def tabs(self) -> Tabs:
        """The tabs of the side that is worked in."""
        return self.open_pages.halves.active.tabs

    @property
    def details(self) -> DetailsBar:
        """What is known of the version that is worked in."""
        return self.open_pages.halves.active.details

    # -- showing

    def _connect(self, view: ReadingView) -> None:
        view.settled.connect(self.marking.offer)
        view.unselected.connect(self.marking.withdraw)
        view.escaped.connect(self._escape)
        view.entered.connect(self._actions["edit_linkage"].trigger)
        view.clicked.connect(self.passages.click)
        view.stretched.connect(self.passages.stretch)
        view.dragged.connect(self.passages.reshape)
        view.link_asked.connect(lambda target: ask_to_open(target, self))
        view.menu_asked.connect(self._open_menu)
        if isinstance(view, PointedReader):
            view.aside_menu_asked.connect(self._open_aside_menu)
        view.zoom_asked.connect(lambda step: self._desk.set_zoom(self._desk.zoom + step * _ZOOM_STEP))
        view.verticalScrollBar().valueChanged.connect(lambda _: self.marking.follow())
        self.ways.listen(view)
        self.hovering.watch(view)

    def _on_opened(self, page: ReadingPage) -> None:
        self.marking.unfinished.load(page.opened.version.id)

    def _show_current(self) -> None:
        """Work on the view that is shown, and show its passages and those of the one beside it."""
        page, beside = self.open_pages.page, self.open_pages.beside
        version = page.opened.version.id if page else EntityId("")
        self.marking.set_view(page.view if page else None, version)
        self.find_bar.set_view(page.view if page else None)
        self.passages.set_views(
            (page.view, version) if page else None, (beside.view, beside.opened.version.id) if beside else None
        )
        self._show_unfinished()

    def _show_unfinished(self) -> None:
        page = self.open_pages.page
        begun = self.marking.unfinished.of(page.opened.version.id) if page and self.marking.target is None else []
        quote = page.opened.text.text[begun[0][0].spans[0][0] : begun[0][0].spans[-1][1]] if page and begun else ""
        self.unfinished_bar.show_begun(len(begun), quote)

    # -- what the keys do

    def _bind(self) -> None:
        passages, marking, pages = self.passages, self.marking, self.open_pages
        does = {
            "highlight": passages.highlight,
            "add_fragment": passages.add_fragment,
            "link": self._link,
            "gather": self.gathering.toggle,
            "who_says": marking.who_says,
            "note": marking.note,
            "next_under_cursor": passages.next_here,
            "next_passage": lambda: passages.step(forward=True),
            "previous_passage": lambda: passages.step(forward=False),
            "delete_passage": passages.delete,
            "filter_passages": self.narrowing.open,
            "show_card": lambda: self.hovering.show_at_caret(self.view),
            "fold_boilerplate": self._fold,
            "part_of_article": lambda: self.block_marking.mark(article=True),
            "not_of_article": lambda: self.block_marking.mark(article=False),
            "copy_citation": self._copy_citation,
            "zoom_in": lambda: self._desk.set_zoom(self._desk.zoom + _ZOOM_STEP),
            "zoom_out": lambda: self._desk.set_zoom(self._desk.zoom - _ZOOM_STEP),
            "zoom_reset": lambda: self._desk.set_zoom(100),
            "back": self.ways.back,
            "forward": self.ways.forward,
            "close_tab": lambda: pages.close(pages.halves.active.version),
            "next_tab": lambda: pages.halves.active.turn(1),
            "previous_tab": lambda: pages.halves.active.turn(-1),
            "check_quotation": self._check_quotation,
            "pages_or_text": self._switch,
            "split": self._split,
            "other_half": self._go_over,
            "move_tab": self._move,
        }
        for name, action in does.items():
            self._actions.bind(name, action)
        bind_pages(self._actions, self.open_pages, self.status.emit)

    def _listen(self) -> None:
        desk, pages = self._desk, self.open_pages
        pages.view_made.connect(self._connect)
        pages.shown.connect(self._show_current)
        pages.opened.connect(self._on_opened)
        desk.zoomed.connect(self._on_zoom)
        desk.link_wanted.connect(self._link_dropped)
        self.marking.status.connect(self.status)
        self.passages.status.connect(self.status)
        self.block_marking.status.connect(self.status)
        self.quoting.status.connect(self.status)
        self.gathering.status.connect(self.status)
        self.gathering.changed.connect(lambda: self.gathered_bar.show_gathered(self.gathering.quotes))
        self.gathered_bar.linked.connect(self.gathering.link_all)
        self.gathered_bar.forgotten.connect(self.gathering.forget)
        self.hovering.status.connect(self.status)
        self.narrowing.status.connect(self.status)
        self.version_switch.status.connect(self.status)
        self.marking.put.connect(self.passages.put)
        self.passages.made.connect(self.marking.close)
        self.marking.unfinished.changed.connect(self._show_unfinished)
        self.unfinished_bar.continued.connect(self.marking.go_on)
        self.unfinished_bar.discarded.connect(self.marking.discard)
        self._actions.keys_changed.connect(self._on_keys)

    def _escape(self) -> None:
        """Close what is open, then the find bar and the panel of quotations, then drop the selection, then the passage."""
        view = self.view
        if self.marking.is_open:
            self.marking.close()
        elif self.find_bar.is_open:
            self.find_bar.close_bar()
        elif self.quoting.is_open:
            self.quoting.close()
        elif view is not None and view.has_selection:
            view.unselect()
        else:
            self._desk.select_passage(EntityId(""))

    def _fold(self) -> None:
        if isinstance(self.view, PointedReader):
            self.view.toggle_folds()
        else:
            self.status.emit(
                self.tr("Pages have nothing to fold: {0} shows the text").format(self._key("pages_or_text"))
            )

    def _link(self) -> None:
        """Link what was gathered, where the chosen passage is one of it; else what is selected or chosen."""
        if not self.gathering.link():
            self.marking.link()

    def _link_dropped(self, claim: str, words: str) -> None:
        """Link what is selected to the claim on which it was dropped; beside all of them, its words are those of a new one."""
        self.window().activateWindow()
        self.marking.link(Judgement(claim=claim) if claim else Judgement(typed=words))

    def _check_quotation(self) -> None:
        if not self.isVisible():
            self._actions["show_read"].trigger()
        self.quoting.check()

    def _switch(self) -> None:
        page = self.open_pages.page
        if page is not None and not page.switch():
            self.status.emit(self.tr("This source has no pages: it is shown as text"))

    def _split(self) -> None:
        if not self.open_pages.split():
            self.status.emit(self.tr("There is no room for two sides: make the window wider, or hide a panel"))

    def _go_over(self) -> None:
        other = self.open_pages.halves.other
        if other is None:
            self.status.emit(self.tr("There is one side only: {0} makes two").format(self._key("split")))
            return
        self.open_pages.halves.activate(other)
        if self.view is not None:
            self.view.setFocus()

    def _move(self) -> None:
        if not self.open_pages.move(self.open_pages.halves.active.version):
            self.status.emit(self.tr("Open a second source first, or make the window wider"))

    def _copy_citation(self) -> None:
        view, row = self.view, self.passages.chosen()
        spans = (view.selected() if view else ()) or (row.spans if row else ())
        if view is None or not spans:
            self.status.emit(self.tr("Select some words first, or choose a passage"))
            return
        QGuiApplication.clipboard().setText(citation(view.opened, spans))
        self.status.emit(self.tr("Copied with where it stands"))

    def _on_zoom(self, percent: int) -> None:
        for page in self.open_pages.all:
            for view in page.views:
                view.set_zoom(percent)

    def _on_keys(self) -> None:
        for page in self.open_pages.all:
            for view in page.views:
                if isinstance(view, PointedReader):
                    view.fold_key = self._key("fold_boilerplate")
                    view.viewport().update()

    def _key(self, name: str) -> str:
        return self._actions.key(name)

    def _open_menu(self, where: QPoint, offset: int) -> None:
        open_menu(self._actions, self.view, where, offset, self, self.block_marking)

    def _open_aside_menu(self, where: QPoint, aside: Aside) -> None:
        open_aside_menu(self._actions, where, aside, self, self.block_marking)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the bubble at its words."""
        super().resizeEvent(event)
        self.marking.follow()
