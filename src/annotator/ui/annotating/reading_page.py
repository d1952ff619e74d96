"""One version in one half of the reader: its text, or its pages as published."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from annotator.domain.codec import Json
from annotator.ui.annotating.opened import Opened
from annotator.ui.annotating.reading_view import ReadingView

TEXT, PAGES = "text", "pages"
MakeView = Callable[[str, Opened], QWidget | None]
"""Makes a view of a version, ``text`` or ``pages``; None where it has none. What it makes is a ``ReadingView``."""


class Spot(NamedTuple):
    """Where one reads in a version: the code point at the top, and in which of its views."""

    offset: int = 0
    view: str = PAGES

    def to_body(self) -> Json:
        """Return what is kept of it."""
        return {"offset": self.offset, "view": self.view}

    @classmethod
    def from_body(cls, body: Json) -> Spot | None:
        """Return what was kept; None for what nobody can read."""
        if not isinstance(body, dict):
            return None
        offset, view = body.get("offset"), body.get("view")
        if not isinstance(offset, int) or offset < 0 or view not in (TEXT, PAGES):
            return None
        return cls(offset, str(view))


class ReadingPage(QWidget):
    """Shows one of the views of a version; the others are made when they are first asked for."""

    made = Signal(object)
    """A view was made: a ``ReadingView`` whose signals nobody listens to yet."""
    switched = Signal()
    """The other view is shown."""

    def __init__(
        self, opened: Opened, make_view: MakeView, parent: QWidget | None = None, *, first: str = PAGES
    ) -> None:
        """``first`` is the view to begin with, where the version has it."""
        super().__init__(parent)
        self.opened = opened
        self._make_view = make_view
        self._views: dict[str, QWidget] = {}
        self._shown = TEXT
        self._stack = QStackedWidget()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._stack, 1)
        if first != PAGES or not self._made(PAGES):
            self._made(TEXT)
            self._shown = TEXT
        else:
            self._shown = PAGES

    @property
    def view(self) -> ReadingView:
        """The view that is shown."""
        return cast("ReadingView", self.widget)

    @property
    def widget(self) -> QWidget:
        """The view that is shown, as a widget."""
        return self._views[self._shown]

    @property
    def views(self) -> tuple[ReadingView, ...]:
        """All views that have been made."""
        return tuple(cast("ReadingView", view) for view in self._views.values())

    @property
    def shows(self) -> str:
        """Which view is shown: ``text`` or ``pages``."""
        return self._shown

    def spot(self) -> Spot:
        """Return where one reads."""
        return Spot(self.view.top_place(), self._shown)

    def go_to(self, spot: Spot) -> None:
        """Go on where one read."""
        if spot.view != self._shown:
            self.switch(spot.view)
        self.view.restore(min(spot.offset, len(self.opened.text.text)))

    def switch(self, to: str = "") -> bool:
        """Show the other view, or the one named, at the same words; return whether there is one."""
        wanted = to or (TEXT if self._shown == PAGES else PAGES)
        if wanted == self._shown or not self._made(wanted):
            return False
        before, place = self.view, self.view.top_place()
        spans = before.selected()
        had_focus = self.widget.hasFocus() or self.widget.isAncestorOf(self.focusWidget() or self)
        self._shown = wanted
        self._stack.setCurrentWidget(self.widget)
        self.view.set_highlights(before.highlights)
        before.unselect()
        self.view.restore(place)
        if spans:
            self.view.select(spans[0][0], spans[-1][1])
        if had_focus:
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)
        self.switched.emit()
        return True

    def show_details(self, opened: Opened) -> None:
        """Take over what is known of the version by now."""
        self.opened = opened
        for view in self._views.values():
            cast("ReadingView", view).opened = opened
            view.setAccessibleName(opened.title)

    def shut(self) -> None:
        """End what the views do in the background: they are shown no more."""
        for view in self._views.values():
            if (shut := getattr(view, "shut", None)) is not None:
                shut()

    def _made(self, name: str) -> bool:
        """Have a view; tell whether the version has it at all."""
        if name not in self._views:
            view = self._make_view(name, self.opened)
            if view is None:
                return False
            self._views[name] = view
            self._stack.addWidget(view)
            self.made.emit(view)
        return True
