"""The way from a version of a source to another one, at the same place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from annotator.domain.errors import CancelledError
from annotator.domain.ids import EntityId
from annotator.domain.version_diff import diff_versions
from annotator.ui.actions import Actions
from annotator.ui.annotating.open_pages import OpenPages
from annotator.ui.annotating.reading_page import Spot
from annotator.ui.desk import Desk

if TYPE_CHECKING:
    from annotator.services.project import Project
    from annotator.ui.jobs import Task

_LANE = "compare"


class VersionSwitch(QObject):
    """Shows another version of the source that is read, with what was at the top there as well."""

    status = Signal(str)

    def __init__(self, desk: Desk, actions: Actions, pages: OpenPages, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._pages = desk, pages
        pages.version_asked.connect(self.go_to)
        actions.bind("older_version", lambda: self.step(-1))
        actions.bind("newer_version", lambda: self.step(1))

    def step(self, by: int) -> None:
        """Go to the version after the one that is read, or to the one before."""
        page = self._pages.page
        if page is None:
            return
        ids = [version.id for version in page.opened.row.versions]
        number = ids.index(page.opened.version.id) + by
        if 0 <= number < len(ids):
            self.go_to(ids[number])
        else:
            self.status.emit(self.tr("This is the newest version") if by > 0 else self.tr("This is the first version"))

    def go_to(self, version: str) -> None:
        """Read another version of the same source at the same place."""
        page, id_ = self._pages.page, EntityId(version)
        if page is None or page.opened.version.id == id_:
            return
        here, offset, half = page.opened.text.text, page.view.top_place(), self._pages.halves.active
        view = page.shows
        self._desk.look(
            _LANE,
            lambda project, task: _answering(project, here, id_, offset, task),
            lambda place: self._pages.show_in(half, id_, Spot(place, view)),
            owner=half,
        )


def _answering(project: Project, text: str, other: EntityId, offset: int, task: Task[int]) -> int:
    """Return the place in another version that answers to one in this text."""

    def stop() -> None:
        if task.is_cancelled():
            raise CancelledError(what="going to another version")
        task.give_way()

    return diff_versions(text, project.text(other), stop=stop).to_new(offset) if offset else 0
