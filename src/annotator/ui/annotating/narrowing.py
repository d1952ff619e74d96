"""Shows only some of the passages, in all that lies open, and says so above the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Signal

from annotator.domain.claim import Claim
from annotator.domain.ids import EntityId
from annotator.ui.annotating.filter_button import Choices, FilterMenu
from annotator.ui.annotating.filtering import Kinds, PassageFilter
from annotator.ui.annotating.half import Half
from annotator.ui.annotating.halves import Halves
from annotator.ui.annotating.passages import Passages
from annotator.ui.annotating.reading_view import ReadingView
from annotator.ui.desk import Desk

if TYPE_CHECKING:
    from annotator.services.project import Project


class Narrowing(QObject):
    """Opens the menu of the filter, and keeps the buttons of both halves up to date."""

    status = Signal(str)

    def __init__(self, desk: Desk, passages: Passages, halves: Halves, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._passages, self._halves = desk, passages, halves
        self.menu: FilterMenu | None = None
        self._told = PassageFilter()
        passages.narrowed.connect(self._show_counts)
        desk.closed.connect(self._forget)

    def open(self) -> None:
        """Open the menu below the button of the half that is worked in."""
        half = self._halves.active
        version = half.version
        claim = self._desk.claim_id
        if version:
            self._desk.ask(
                lambda project: _choices(project, version, claim), lambda found: self._offer(half, found), owner=self
            )

    def _offer(self, half: Half, choices: Choices) -> None:
        button = half.details.filter
        if not choices.kinds.total:
            self.status.emit(self.tr("No passages yet: select words and press H"))
            return
        self.menu = FilterMenu(self._passages.filter, choices, button)
        self.menu.picked.connect(self._passages.set_filter)
        self.menu.destroyed.connect(self._closed)
        self.menu.popup(button.mapToGlobal(QPoint(0, button.height() + 2)))

    def _closed(self) -> None:
        self.menu = None

    def _show_counts(self, view: ReadingView, shown: int, total: int) -> None:
        is_narrowed = not self._passages.filter.is_empty
        for half in self._halves.all:
            if half.page is not None and half.page.view is view:
                half.details.filter.show_counts(shown, total, narrowed=is_narrowed)
        if self._passages.filter != self._told:
            self._told = self._passages.filter
            words = self.tr("{0} of {1} passages shown") if is_narrowed else self.tr("All {1} passages shown")
            self.status.emit(words.format(shown, total))

    def _forget(self) -> None:
        self._passages.set_filter(PassageFilter())
        for half in self._halves.all:
            half.details.filter.show_counts(0, 0, narrowed=False)


def _choices(project: Project, version: EntityId, claim: str) -> Choices:
    kinds = Kinds.of(project.passage_rows(version))
    people = {annotator.id: annotator.name for annotator in project.annotators()}
    claims = {id_: found.text for id_ in kinds.claims if isinstance(found := project.entity(id_), Claim)}
    return Choices(kinds, project.codebook, people, claims, claim)
