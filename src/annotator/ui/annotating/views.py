"""Makes what shows a version: its text, or its pages as published."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from annotator.domain.ids import EntityId
from annotator.ui.actions import READER, Actions
from annotator.ui.annotating.opened import Opened
from annotator.ui.annotating.pointing import PointedReader
from annotator.ui.annotating.reading_page import TEXT
from annotator.ui.annotating.spoken import SpokenPassages
from annotator.ui.desk import Desk
from annotator.ui.pages.choosing import has_pages

if TYPE_CHECKING:
    from annotator.ui.pages.pages_view import PagesView


class Views:
    """Makes views, with the keys of the reader in force on each and at the size that the person has chosen."""

    def __init__(self, desk: Desk, actions: Actions) -> None:
        self._desk, self._actions = desk, actions

    def make(self, name: str, opened: Opened) -> QWidget | None:
        """Return the view with a name, ``text`` or ``pages``; None where the version has no such."""
        if name != TEXT:
            return self._pages(opened)
        view = PointedReader(opened)
        view.fold_key = self._actions.key("fold_boilerplate")
        SpokenPassages(view, self._desk)
        view.set_zoom(self._desk.zoom)
        self._actions.place(READER, view)
        return view

    def _pages(self, opened: Opened) -> PagesView | None:
        project = self._desk.project
        if project is None or not has_pages(opened):
            return None
        from annotator.ui.pages.pages_view import PagesView

        version = opened.version.id
        view = PagesView(opened, lambda: project.page_pictures(version))
        view.set_zoom(self._desk.zoom)
        SpokenPassages(view, self._desk)
        view.area_clicked.connect(lambda passage: self._desk.select_passage(EntityId(passage)))
        self._desk.closing.connect(view.shut)
        self._actions.place(READER, view)
        return view
