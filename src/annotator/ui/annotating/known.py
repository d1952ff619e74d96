"""The codebook and the claims, at hand before a panel asks: what is typed after ``L`` must not wait for an answer.

Where there are many claims, those worked on last are at hand; others are looked for as they are typed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Signal

from annotator.domain.ids import EntityId
from annotator.domain.long_lists import Offer
from annotator.domain.rows import ClaimRow
from annotator.domain.scales import Codebook
from annotator.ui.desk import Desk

if TYPE_CHECKING:
    from annotator.services.project import Project
    from annotator.ui.annotating.link_panel import LinkPanel
    from annotator.ui.annotating.who_panel import WhoPanel
    from annotator.ui.jobs import Task

_FEW = 500
_LANE = "offer"


class _Read(NamedTuple):
    codebook: Codebook
    claims: tuple[ClaimRow, ...]
    whole: bool


class Known(QObject):
    """Keeps what every panel needs, and reads it again after each change."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.codebook: Codebook | None = None
        self.claims: tuple[ClaimRow, ...] = ()
        self.is_whole = True
        self._desk = desk
        self._asked = self._again = False
        self._looking: Task[Offer] | None = None
        desk.opened.connect(self._ask)
        desk.changed.connect(lambda _change: self._ask())
        desk.closed.connect(self._forget)
        self._ask()

    def serve(self, panel: LinkPanel | WhoPanel) -> None:
        """Bring a panel the claims that it wants and that are not at hand."""
        panel.row_wanted.connect(lambda claim: self._bring(panel, EntityId(claim)))

    def serve_picker(self, panel: LinkPanel) -> None:
        """Bring a panel claims as they are typed, too."""
        panel.set_claims(self.claims, whole=self.is_whole)
        self.serve(panel)
        panel.claims_wanted.connect(lambda typed: self._look_for(panel, typed))

    def _bring(self, panel: LinkPanel | WhoPanel, claim: EntityId) -> None:
        self._desk.look(
            _LANE,
            lambda project, _task: project.claim_rows_of([claim]),
            lambda rows: panel.add_claim(claim, rows[0] if rows else None),
            owner=panel,
        )

    def _look_for(self, panel: LinkPanel, typed: str) -> None:
        if self._looking is not None:
            self._looking.cancel()

        def take(offer: Offer) -> None:
            self._looking = None
            panel.take_claims(typed, offer)

        self._looking = self._desk.look(
            _LANE,
            lambda project, task: project.claims_offered(typed, cancelled=task.is_cancelled),
            take,
            owner=panel,
        )

    def _ask(self) -> None:
        self._again = self._asked
        if not self._asked and self._desk.project is not None:
            self._asked = True
            self._desk.ask(_read, self._take, owner=self)

    def _take(self, found: _Read) -> None:
        self.codebook, self.claims, self.is_whole = found
        self._asked = False
        self.changed.emit()
        if self._again:
            self._ask()

    def _forget(self) -> None:
        self.codebook, self.claims, self.is_whole = None, (), True
        self._asked = self._again = False


def _read(project: Project) -> _Read:
    if project.how_many("claims") <= _FEW:
        return _Read(project.codebook, project.claim_rows(), whole=True)
    return _Read(project.codebook, project.claims_offered().rows, whole=False)
