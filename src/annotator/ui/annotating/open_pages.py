"""Which versions lie open on which side, and how they get there: opened, closed, moved, split."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAccessible

from annotator.domain.ids import EntityId
from annotator.ui.actions import Actions
from annotator.ui.annotating.half import Half
from annotator.ui.annotating.halves import Halves
from annotator.ui.annotating.reading_page import PAGES, TEXT, ReadingPage, Spot
from annotator.ui.annotating.reading_view import ReadingView
from annotator.ui.annotating.spots import Found, Sides, Spots, find, find_sides
from annotator.ui.annotating.views import Views
from annotator.ui.desk import Desk


class OpenPages(QObject):
    """Keeps the halves of the reader in step with the version that the desk has selected."""

    shown = Signal()
    """Another page is shown, or worked in."""
    opened = Signal(object)
    """A ``ReadingPage`` was opened."""
    view_made = Signal(object)
    """A ``ReadingView`` was made, and nobody listens to it yet."""
    left = Signal(object, int)
    """A ``ReadingPage`` is left for another, and on which side it stands."""
    version_asked = Signal(str)
    """Another version of what is read is wanted in its place."""
    back_asked = Signal()
    forward_asked = Signal()

    def __init__(self, desk: Desk, actions: Actions, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk, self._actions = desk, actions
        self._views = Views(desk, actions)
        self.spots = Spots(desk, self)
        self.halves = Halves(self._make_half)
        self._is_directing = False
        desk.version_selected.connect(self._on_version)
        desk.opened.connect(self._restore_sides)
        desk.closing.connect(self.keep)
        desk.closed.connect(self._close_all)
        self.halves.activated.connect(self._on_activated)
        if desk.project is not None:
            self._restore_sides()

    # -- what there is

    @property
    def page(self) -> ReadingPage | None:
        """The page that is worked in."""
        return self.halves.active.page

    @property
    def view(self) -> ReadingView | None:
        """The view that is worked in."""
        page = self.page
        return page.view if page else None

    @property
    def beside(self) -> ReadingPage | None:
        """The page that is seen on the other side, if any."""
        other = self.halves.other
        return other.page if other is not None and other.isVisibleTo(self.halves) else None

    @property
    def all(self) -> tuple[ReadingPage, ...]:
        """All pages that lie open, on either side."""
        return tuple(page for half in self.halves.all for page in half.pages)

    # -- opening and closing

    def show_in(self, half: Half, version: EntityId, spot: Spot | None = None) -> None:
        """Show a version on a side, and work there from now on; ``spot`` says where in it."""
        self._select(half, version)
        page = half.page_of(version)
        if page is not None:
            self._show(half, page)
            if spot is not None:
                page.go_to(spot)
            return
        if spot is not None:
            self.spots.set(version, spot)
        self._ask(half, version)

    def close(self, version: str, half: Half | None = None) -> None:
        """Close the tab of a version; where one was in it is remembered. A side without tabs goes."""
        half = half or self.halves.active
        page = half.page_of(version)
        if page is None:
            return
        self.spots.leave(page)
        self._drop(half, page)
        self._tidy(half)

    def close_everywhere(self, version: str) -> None:
        """Close the tabs of a version on both sides."""
        for half in self.halves.all:
            self.close(version, half)

    def show_details(self, page: ReadingPage) -> None:
        """Show what is known of a version by now."""
        for half in self.halves.all:
            if half.page_of(page.opened.version.id) is page:
                half.show_details(page)

    def move(self, version: str) -> bool:
        """Move the tab of a version to the other side, which is made where there is none; False where it cannot be."""
        half = next((half for half in (self.halves.active, *self.halves.all) if half.page_of(version)), None)
        if half is None or (self.halves.other is None and (len(half.pages) < 2 or not self.halves.has_room)):
            return False
        other = next((each for each in self.halves.all if each is not half), None) or self.halves.split()
        page = half.page_of(version)
        if page is None:
            return False
        spot = page.spot()
        if other.page_of(version):
            self._drop(half, page)
        else:
            half.remove(version)
            other.add(page)
        self.show_in(other, EntityId(version), spot)
        self._tidy(half)
        return True

    def split(self) -> bool:
        """Show what is read a second time beside itself, pages beside their text; or make two sides one.

        Returns False where there is no room for two.
        """
        page, other = self.page, self.halves.other
        if other is not None:
            self._join(other)
        elif page is None or not self.halves.has_room:
            return page is None
        else:
            spot = page.spot()
            self.show_in(self.halves.split(), page.opened.version.id, Spot(spot.offset, _other_than(page)))
        return True

    def keep(self) -> None:
        """Remember where one is in everything that lies open, and how the reader is split."""
        self.spots.leave(*self.all)
        halves = self.halves
        is_split = len(halves.all) > 1
        self.spots.leave_sides(
            Sides(halves.all[0].version, halves.all[1].version, halves.share, halves.side(halves.active))
            if is_split
            else None
        )

    # -- inside

    def _make_half(self) -> Half:
        half = Half(self._actions)
        half.chosen.connect(lambda version: self.show_in(half, EntityId(version)))
        half.close_asked.connect(lambda version: self.close(version, half))
        half.move_asked.connect(self.move)
        half.version_asked.connect(lambda version: self._ask_version(half, version))
        half.back_asked.connect(self.back_asked)
        half.forward_asked.connect(self.forward_asked)
        return half

    def _ask_version(self, half: Half, version: str) -> None:
        self.halves.activate(half)
        self.version_asked.emit(version)

    def _on_version(self, id_: str) -> None:
        """Show what the desk has selected: where it is seen already, else on the side that is worked in."""
        if self._is_directing or not id_:
            self.shown.emit()
            return
        half, other = self.halves.active, self.halves.other
        if half.page_of(id_) is None and other is not None and other.version == id_:
            half = other
        self.show_in(half, EntityId(id_))

    def _select(self, half: Half, version: EntityId) -> None:
        page = self.page
        if page is not None and page.opened.version.id != version:
            self.left.emit(page, self.halves.side(self.halves.active))
        self._is_directing = True
        self.halves.activate(half)
        self._desk.select_version(version)
        self._is_directing = False

    def _ask(self, half: Half, version: EntityId) -> None:
        self._desk.ask(lambda project: find(project, version), lambda found: self._take(found, half), owner=half)

    def _take(self, found: Found | None, half: Half) -> None:
        if found is None or half.page_of(found.opened.version.id):
            return
        spot = self.spots.of(found)
        page = ReadingPage(found.opened, self._views.make, first=spot.view if spot else _usual_view())
        page.made.connect(self.view_made)
        page.switched.connect(self.shown)
        for view in page.views:
            self.view_made.emit(view)
        half.add(page)
        self._show(half, page, is_chosen=found.opened.version.id == self._desk.version_id)
        if spot is not None:
            page.go_to(spot)
        self.opened.emit(page)

    def _show(self, half: Half, page: ReadingPage, *, is_chosen: bool = True) -> None:
        before = half.page
        had_focus = self.halves.isAncestorOf(half.window().focusWidget() or self.halves)
        if is_chosen or before is None:
            if before is not None and before is not page:
                self.spots.leave(before)
            half.show_page(page.opened.version.id)
        if had_focus and half is self.halves.active and is_chosen:
            page.view.setFocus()
        self.shown.emit()

    def _drop(self, half: Half, page: ReadingPage) -> None:
        half.remove(page.opened.version.id)
        page.shut()
        page.deleteLater()

    def _tidy(self, half: Half) -> None:
        """Take an empty side away, and select what is read now."""
        other = next((each for each in self.halves.all if each is not half), None)
        if not half.pages and other is not None:
            self.halves.join(half)
        self._follow()

    def _join(self, gone: Half) -> None:
        kept = next(half for half in self.halves.all if half is not gone)
        shown = kept.version
        self.spots.leave(*gone.pages)
        for page in gone.pages:
            version = page.opened.version.id
            if kept.page_of(version):
                self._drop(gone, page)
            else:
                gone.remove(version)
                kept.add(page)
        self.halves.join(gone)
        self.show_in(kept, shown)

    def _on_activated(self) -> None:
        if not self._is_directing:
            self._follow()

    def _follow(self) -> None:
        """Let the desk select what is worked in now."""
        self._is_directing = True
        self._desk.select_version(self.halves.active.version)
        self._is_directing = False
        self.shown.emit()

    def _restore_sides(self) -> None:
        self._desk.ask(find_sides, self._take_sides, owner=self)

    def _take_sides(self, sides: Sides | None) -> None:
        """Split the reader as it was; what was worked in is opened by whoever opened the project."""
        if sides is None or self.halves.other is not None:
            return
        new = self.halves.split(sides.share, on_left=bool(sides.active))
        self._ask(new, EntityId(sides.left if sides.active else sides.right))

    def _close_all(self) -> None:
        for page in self.all:
            page.shut()
            for half in self.halves.all:
                if half.page_of(page.opened.version.id) is page:
                    self._drop(half, page)
        other = self.halves.other
        if other is not None:
            self.halves.join(other)
        self.shown.emit()


def _usual_view() -> str:
    """Return how a PDF is shown that has not been read yet: to a screen reader its pages are pictures."""
    return TEXT if QAccessible.isActive() else PAGES


def _other_than(page: ReadingPage) -> str:
    return TEXT if page.shows == PAGES else PAGES
