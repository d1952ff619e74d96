"""Runs the checks in the background: at once where they are seen, with more patience where only their number is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from time import perf_counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from annotator.domain.errors import AnnotatorError, CancelledError
from annotator.domain.ids import EntityId
from annotator.domain.review_queue import ReviewItem
from annotator.ui.auditing.finding_groups import FindingGroups, grouped
from annotator.ui.desk import Desk
from annotator.ui.jobs import Task

if TYPE_CHECKING:
    from annotator.services.project import Project

_SEEN, _UNSEEN = 150, 2_000
"""Milliseconds that a row of changes is given to end."""
_REST = 10
"""How many times as long as the checks took they then rest, so that they never take more than a tenth of the time."""
_LONGEST_REST = 60_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What the checks came to. ``at`` is the time (UTC, ISO 8601), ``names`` are those of the annotators."""

    findings: FindingGroups
    queue: tuple[ReviewItem, ...]
    names: Mapping[EntityId, str]
    linkages: int
    at: str
    seconds: float


def check(project: Project, task: Task[Checked]) -> Checked:
    """Run all checks; called by a job."""

    def progress(done: int, total: int) -> None:
        if task.is_cancelled():
            raise CancelledError(what="the checks")
        task.give_way()
        task.report(done, total)

    def read() -> None:
        if task.is_cancelled():
            raise CancelledError(what="the checks")
        task.give_way()

    begun = perf_counter()
    found = project.audit(progress=progress, on_read=read)
    return Checked(
        findings=grouped(found.findings),
        queue=found.queue,
        names={each.id: each.name for each in project.annotators()},
        linkages=found.linkages,
        at=datetime.now(UTC).isoformat(),
        seconds=perf_counter() - begun,
    )


class AuditWatch(QObject):
    """Keeps what the checks last came to. ``checked`` tells that they have run, ``forgotten`` that no project is open."""

    checked = Signal(object)
    forgotten = Signal()

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.now: Checked | None = None
        self._desk = desk
        self._seen = False
        self._stale = False
        self._task: Task[Checked] | None = None
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._run)
        desk.opened.connect(self.again)
        desk.changed.connect(lambda _change: self.again())
        desk.closed.connect(self._forget)
        if desk.project is not None:
            self.again()

    @property
    def stale(self) -> bool:
        """Whether something has changed since the checks last ran."""
        return self._stale

    def see(self, *, seen: bool) -> None:
        """Say whether the findings are on the screen."""
        self._seen = seen
        if seen and self._stale and self._task is None:
            self._timer.start(0)

    def again(self) -> None:
        """Run the checks again soon."""
        self._stale = True
        if self._task is None:
            self._timer.start(self._patience())

    def _patience(self) -> int:
        took = int(self.now.seconds * 1000) if self.now else 0
        return min(_LONGEST_REST, max(_SEEN if self._seen else _UNSEEN, took * (1 if self._seen else _REST)))

    def _run(self) -> None:
        project = self._desk.project
        if project is None:
            return
        self._stale = False

        def take(found: Checked) -> None:
            self._task = None
            if self._desk.project is project:
                self.now = found
                self.checked.emit(found)
                if self._stale:
                    self._timer.start(self._patience())

        def fail(error: AnnotatorError) -> None:
            self._task = None
            if self._desk.project is project and not isinstance(error, CancelledError):
                self._desk.refused.emit(error, None)

        self._task = self._desk.do_long(check, take, owner=self, otherwise=fail)

    def _forget(self) -> None:
        self._timer.stop()
        self._task = None
        self._stale = False
        self.now = None
        self.forgotten.emit()
