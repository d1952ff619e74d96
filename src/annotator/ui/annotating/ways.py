"""Back and forward over the places one was at, and to the places that are asked for."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from annotator.domain.ids import EntityId
from annotator.ui.annotating.been import Been, Place
from annotator.ui.annotating.mouse_ways import MouseWays
from annotator.ui.annotating.open_pages import OpenPages
from annotator.ui.annotating.reading_page import ReadingPage, Spot
from annotator.ui.annotating.reading_view import ReadingView
from annotator.ui.desk import Desk


class Ways(QObject):
    """Notes what is left for what, and leads back."""

    def __init__(self, desk: Desk, pages: OpenPages, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk, self._pages = desk, pages
        self._been = Been()
        self._wanted: tuple[str, int, int] | None = None
        self._is_going = False
        self._mouse = MouseWays(self)
        self._mouse.asked.connect(lambda forward: self._go(forward=forward))
        pages.left.connect(self._leave)
        pages.shown.connect(self._show)
        pages.opened.connect(self._on_opened)
        pages.back_asked.connect(self.back)
        pages.forward_asked.connect(self.forward)
        desk.shown.connect(self._on_place)
        desk.closed.connect(self._been.forget)
        self._show()

    def listen(self, view: ReadingView) -> None:
        """Let the side buttons of the mouse lead back and forward from a view."""
        view.viewport().installEventFilter(self._mouse)

    def back(self) -> None:
        """Go to where one was before."""
        self._go(forward=False)

    def forward(self) -> None:
        """Go to where one came back from."""
        self._go(forward=True)

    # -- inside

    def _on_place(self, version: str, start: int, end: int) -> None:
        page = self._pages.page
        self._wanted = (version, start, end)
        if page is not None and page.opened.version.id == version:
            self._leave(page, self._side)
            self._show_wanted(page)

    def _on_opened(self, page: ReadingPage) -> None:
        if self._wanted is not None and self._wanted[0] == page.opened.version.id:
            self._show_wanted(page)

    def _show_wanted(self, page: ReadingPage) -> None:
        if self._wanted is None:
            return
        _, start, end = self._wanted
        self._wanted = None
        if end > start:
            page.view.show_place(start, end, pulse=True)
        page.view.setFocus()

    def _leave(self, page: ReadingPage, side: int) -> None:
        """Note the place that is left. Switching and scrolling to a place are one step."""
        if not self._is_going:
            self._is_going = True
            QTimer.singleShot(0, self, self._arrive)
            self._been.leave(Place(page.opened.version.id, page.view.top_place(), side))
            self._show()

    def _arrive(self) -> None:
        self._is_going = False

    def _go(self, *, forward: bool) -> None:
        page = self._pages.page
        here = Place(self._desk.version_id, page.view.top_place() if page else 0, self._side)
        place = self._been.forward(here) if forward else self._been.back(here)
        if place is not None:
            half = self._pages.halves.half(place.side)
            there = half.page_of(place.version)
            view = there.shows if there else Spot().view
            self._is_going = True
            self._pages.show_in(half, EntityId(place.version), Spot(place.offset, view))
            self._is_going = False
            if self._pages.view is not None:
                self._pages.view.setFocus()
        self._show()

    @property
    def _side(self) -> int:
        return self._pages.halves.side(self._pages.halves.active)

    def _show(self) -> None:
        for half in self._pages.halves.all:
            half.details.show_ways(back=self._been.can_go_back, forward=self._been.can_go_forward)
