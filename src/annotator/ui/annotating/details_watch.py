"""Keeps what is said of the open versions true: their titles, who published them, whether they are still there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from annotator.domain.ids import EntityId
from annotator.domain.rows import SourceRow
from annotator.ui.annotating.open_pages import OpenPages
from annotator.ui.annotating.opened import find_version
from annotator.ui.desk import Desk

if TYPE_CHECKING:
    from annotator.services.project import Project


class DetailsWatch(QObject):
    """Reads the details of all open versions again after every change, and closes those whose source is gone."""

    def __init__(self, desk: Desk, pages: OpenPages) -> None:
        super().__init__(pages)
        self._desk, self._pages = desk, pages
        desk.changed.connect(lambda _change: self._read_again())

    def _read_again(self) -> None:
        versions = {page.opened.version.id for page in self._pages.all}

        def take(rows: tuple[SourceRow, ...]) -> None:
            for page in self._pages.all:
                id_ = page.opened.version.id
                found = find_version(rows, id_)
                if id_ in versions and found is None:
                    self._pages.close_everywhere(id_)
                elif found is not None and found != (page.opened.row, page.opened.version):
                    page.show_details(replace(page.opened, row=found[0], version=found[1]))
                    self._pages.show_details(page)

        if versions:
            self._desk.ask(lambda project: _rows_of(project, versions), take, owner=self)


def _rows_of(project: Project, versions: Iterable[EntityId]) -> tuple[SourceRow, ...]:
    return tuple(row for version in versions if (row := project.source_row(version)) is not None)
