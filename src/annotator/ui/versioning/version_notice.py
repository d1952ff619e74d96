"""Tells when a source has a new version and what became of its passages, and when some came that were not looked for in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal

from annotator.domain.anchoring import VersionReport
from annotator.domain.ids import EntityId
from annotator.domain.rows import RevisedRow
from annotator.ui.desk import Desk

if TYPE_CHECKING:
    from annotator.services.project import Project

_SETTLE = 300
"""Milliseconds that a row of changes is given to end: a batch is told of once."""


class _Seen(NamedTuple):
    """The newest version of each source that has several, and what became of the passages in those not known before.

    ``unsought`` are those of the others in which there are more passages than before that were not looked for.
    """

    rows: tuple[RevisedRow, ...]
    reports: tuple[VersionReport, ...]
    unsought: tuple[RevisedRow, ...]


class VersionNotice(QObject):
    """Watches for new versions while a project is open; those that are there when it is opened are not told of."""

    told = Signal(str, str, str)
    """A sentence, what there is to do, and the version that is to be shown."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._known: dict[EntityId, RevisedRow] | None = None
        self._is_merged = False
        self._timer = QTimer(self, singleShot=True, interval=_SETTLE)
        self._timer.timeout.connect(self._ask)
        desk.opened.connect(self._begin)
        desk.closed.connect(self._forget)
        desk.changed.connect(self._later)
        self._begin()

    def _begin(self) -> None:
        self._known = None
        self._ask()

    def _later(self, change: object) -> None:
        """Ask once the changes have ended; one that is not named is a merge."""
        self._is_merged = self._is_merged or change is None
        self._timer.start()

    def _forget(self) -> None:
        self._timer.stop()
        self._known = None

    def _ask(self) -> None:
        known = self._known
        self._desk.ask(lambda project: _read(project, known), self._take, owner=self)

    def _take(self, seen: _Seen) -> None:
        is_first, is_merged = self._known is None, self._is_merged
        self._is_merged = False
        self._known = {row.source: row for row in seen.rows}
        reports = () if is_first else seen.reports
        if len(reports) == 1:
            report = reports[0]
            title = next((row.title for row in seen.rows if row.newest == report.version.id), "")
            said = self.tr("“{0}” has a version {1}.").format(title, report.version.sequence)
            if report.version.sequence == 1:
                said = self.tr("“{0}” has passages of another program that are in doubt.").format(title)
            self.told.emit(said, self._counts(report), report.version.id)
        elif reports:
            waiting = sum(len(report.unsettled) for report in reports)
            said = self.tr("{0} sources have new versions.").format(len(reports))
            first = max(reports, key=lambda report: len(report.unsettled))
            self.told.emit(said, self.tr("{0} passages to settle.").format(waiting), first.version.id)
        elif seen.unsought and is_merged:
            row = max(seen.unsought, key=lambda row: row.unsought)
            one, several = self.tr("1 passage"), self.tr("{0} passages")
            count = one if row.unsought == 1 else several.format(row.unsought)
            said = self.tr("“{0}”: {1} not looked for in the newest version yet.").format(row.title, count)
            self.told.emit(said, self.tr("They can be looked for below the list of passages."), row.newest)

    def _counts(self, report: VersionReport) -> str:
        """Return how the passages were found again: “7 found again, 2 changed, 1 not found”."""
        found = len(report.exact) + len(report.moved) + len(report.whitespace)
        parts = [self.tr("{0} found again").format(found)]
        if report.changed:
            parts.append(self.tr("{0} changed").format(len(report.changed)))
        if report.orphaned:
            parts.append(self.tr("{0} not found").format(len(report.orphaned)))
        return self.tr("Passages: {0}.").format(", ".join(parts)) if found or len(parts) > 1 else ""


def _read(project: Project, known: dict[EntityId, RevisedRow] | None) -> _Seen:
    rows = project.revised_rows()
    before = {row.source: row.newest for row in (known or {}).values()}
    fresh = [row for row in rows if known is not None and before.get(row.source) != row.newest]
    unsought = (row for row in rows if known and row.source in known and row.unsought > known[row.source].unsought)
    return _Seen(rows, tuple(project.version_report(row.newest) for row in fresh), tuple(unsought))
