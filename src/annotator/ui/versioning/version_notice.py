"""Tells when a source has a new version: how many of its passages were found again, and how many wait for a person."""

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
    """The newest version of each source that has several, and what became of the passages in those not known before."""

    rows: tuple[RevisedRow, ...]
    reports: tuple[VersionReport, ...]


class VersionNotice(QObject):
    """Watches for new versions while a project is open; those that are there when it is opened are not told of."""

    told = Signal(str, str, str)
    """A sentence, what there is to do, and the version that is to be shown."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._known: dict[EntityId, EntityId] | None = None
        self._timer = QTimer(self, singleShot=True, interval=_SETTLE)
        self._timer.timeout.connect(self._ask)
        desk.opened.connect(self._begin)
        desk.closed.connect(self._forget)
        desk.changed.connect(lambda _change: self._timer.start())
        self._begin()

    def _begin(self) -> None:
        self._known = None
        self._ask()

    def _forget(self) -> None:
        self._timer.stop()
        self._known = None

    def _ask(self) -> None:
        known = self._known
        self._desk.ask(lambda project: _read(project, known), self._take, owner=self)

    def _take(self, seen: _Seen) -> None:
        is_first = self._known is None
        self._known = {row.source: row.newest for row in seen.rows}
        reports = () if is_first else seen.reports
        if len(reports) == 1:
            report = reports[0]
            title = next((row.title for row in seen.rows if row.newest == report.version.id), "")
            said = self.tr("“{0}” has a version {1}.").format(title, report.version.sequence)
            self.told.emit(said, self._counts(report), report.version.id)
        elif reports:
            waiting = sum(len(report.unsettled) for report in reports)
            said = self.tr("{0} sources have new versions.").format(len(reports))
            first = max(reports, key=lambda report: len(report.unsettled))
            self.told.emit(said, self.tr("{0} passages to settle.").format(waiting), first.version.id)

    def _counts(self, report: VersionReport) -> str:
        """Return how the passages were found again: “7 found again, 2 changed, 1 not found”."""
        found = len(report.exact) + len(report.moved) + len(report.whitespace)
        parts = [self.tr("{0} found again").format(found)]
        if report.changed:
            parts.append(self.tr("{0} changed").format(len(report.changed)))
        if report.orphaned:
            parts.append(self.tr("{0} not found").format(len(report.orphaned)))
        return self.tr("Passages: {0}.").format(", ".join(parts)) if found or len(parts) > 1 else ""


def _read(project: Project, known: dict[EntityId, EntityId] | None) -> _Seen:
    rows = project.revised_rows()
    fresh = [row for row in rows if known is not None and known.get(row.source) != row.newest]
    return _Seen(rows, tuple(project.version_report(row.newest) for row in fresh))
