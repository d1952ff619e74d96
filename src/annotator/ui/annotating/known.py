"""The codebook and the claims, at hand before a panel asks: what is typed after ``L`` must not wait for an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from annotator.domain.rows import ClaimRow
from annotator.domain.scales import Codebook
from annotator.ui.desk import Desk

if TYPE_CHECKING:
    from annotator.services.project import Project


class Known(QObject):
    """Keeps what every panel needs, and reads it again after each change."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.codebook: Codebook | None = None
        self.claims: tuple[ClaimRow, ...] = ()
        self._desk = desk
        self._asked = self._again = False
        desk.opened.connect(self._ask)
        desk.changed.connect(lambda _change: self._ask())
        desk.closed.connect(self._forget)
        self._ask()

    def _ask(self) -> None:
        self._again = self._asked
        if not self._asked and self._desk.project is not None:
            self._asked = True
            self._desk.ask(_read, self._take, owner=self)

    def _take(self, found: tuple[Codebook, tuple[ClaimRow, ...]]) -> None:
        self.codebook, self.claims = found
        self._asked = False
        self.changed.emit()
        if self._again:
            self._ask()

    def _forget(self) -> None:
        self.codebook, self.claims = None, ()
        self._asked = self._again = False


def _read(project: Project) -> tuple[Codebook, tuple[ClaimRow, ...]]:
    return project.codebook, project.claim_rows()
