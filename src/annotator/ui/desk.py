"""What every widget gets: a project to ask and to work on, and what is selected.

Widgets read frozen rows by ``ask`` and write only by ``do``; both run off the window's thread and answer later.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, cast

from PySide6.QtCore import QObject, Signal, Slot

from annotator.ui.jobs import Jobs, Task

if TYPE_CHECKING:
    from annotator.domain.change import Change
    from annotator.domain.errors import AnnotatorError
    from annotator.domain.ids import EntityId
    from annotator.services.project import Project

T = TypeVar("T")

_NOTHING = cast("EntityId", "")


class Desk(QObject):
    """The project on the desk, if any, and the selection. Selections are ids; an empty one means none."""

    opened = Signal()
    closing = Signal()
    """The project is about to be closed: what is done now is still written."""
    closed = Signal()
    changed = Signal(object)
    """A ``Change`` was committed, or (None) anything may have changed: whoever shows what it touches asks again."""
    refused = Signal(object, object)
    """An ``AnnotatorError`` that nobody else takes care of, and what tries the same again, or None."""
    zoomed = Signal(int)
    """The size of what is read, in per cent."""
    _committed = Signal(object, object)
    version_selected = Signal(str)
    passage_selected = Signal(str)
    claim_selected = Signal(str)
    linkage_selected = Signal(str)
    stacked = Signal(int, int)
    """Which of how many passages under the cursor is selected, counted from 1."""
    shown = Signal(str, int, int)
    """A place to be shown in the reader: version, and half-open code points (equal: the beginning)."""

    link_wanted = Signal(str, str)
    """What is selected in the reader is to be linked: to this claim, or (empty) to one with these words."""

    settle_wanted = Signal(str, str)
    """A version is to be shown beside the one before it, with this passage (or none) in hand."""

    dispute_wanted = Signal(str)
    """What stands side by side in an entity is to be shown, so that it can be settled."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.jobs = Jobs(self)
        self.project: Project | None = None
        self.make_ready: Callable[[], None] = lambda: None
        """What a job does before a project comes onto the desk: whoever shows projects may have something to load."""
        self.zoom = 100
        self._committed.connect(self._tell)
        self.jobs.failed.connect(lambda error: self.refused.emit(error, None))
        self.version_id = _NOTHING
        self.passage_id = _NOTHING
        self.claim_id = _NOTHING
        self.linkage_id = _NOTHING

    # -- the project

    def open(
        self,
        path: Path,
        *,
        annotator: str,
        create: bool = False,
        otherwise: Callable[[AnnotatorError], None] | None = None,
    ) -> None:
        """Put a project on the desk; the one that lies there stays until the new one is open. ``opened`` tells."""

        def work(_task: Task[Project]) -> Project:
            from annotator.services.project import open_project

            self.make_ready()
            return open_project(path, annotator=annotator, create=create)

        self.jobs.run("write", work, self._take, otherwise=otherwise, owner=self)

    def close_project(self) -> None:
        """Take the project off the desk; behind the window, everything asked of it is still done and written."""
        if self.project is not None:
            self.closing.emit()
            project, self.project = self.project, None
            for select in (self.select_version, self.select_passage, self.select_claim, self.select_linkage):
                select(_NOTHING)
            self.jobs.cancel()
            before = self.jobs.barriers()

            def work(_task: Task[None]) -> None:
                for lane in before:
                    lane.result()
                project.close()

            self.jobs.run("write", work, owner=self, title=self.tr("Finishing"))
            self.closed.emit()

    def _take(self, project: Project) -> None:
        self.close_project()
        self.project = project
        project.on_change.append(lambda change: self._committed.emit(project, change))
        self.opened.emit()

    @Slot(object, object)
    def _tell(self, project: Project, change: Change | None) -> None:
        if project is self.project:
            self.changed.emit(change)

    # -- asking and doing

    def ask(
        self,
        question: Callable[[Project], T],
        then: Callable[[T], None],
        *,
        owner: QObject,
        otherwise: Callable[[AnnotatorError], None] | None = None,
    ) -> None:
        """Read from the project in the background; answers come in the order asked, and only while ``owner`` lives."""
        project = self.project
        if project is None:
            return
        taken = self._while_open(project, then)
        self.jobs.run("read", lambda _: question(project), taken, otherwise=otherwise, owner=owner)

    def look(
        self,
        lane: str,
        question: Callable[[Project, Task[T]], T],
        then: Callable[[T], None],
        *,
        owner: QObject,
        otherwise: Callable[[AnnotatorError], None] | None = None,
    ) -> Task[T] | None:
        """Read beside everything else that is asked: a long list's ``order``, or a ``page`` of it. The task can be cancelled."""
        project = self.project
        if project is None:
            return None
        taken = self._while_open(project, then)
        return self.jobs.run(lane, lambda task: question(project, task), taken, otherwise=otherwise, owner=owner)

    def do(
        self,
        job: Callable[[Project], T],
        then: Callable[[T], None] | None = None,
        *,
        owner: QObject | None = None,
        otherwise: Callable[[AnnotatorError], None] | None = None,
    ) -> None:
        """Change the project; ``then`` gets the result once it is on the disk. ``changed`` tells everybody else."""
        project = self.project
        if project is None:
            return
        taken = self._while_open(project, then) if then else None

        def refuse(error: AnnotatorError) -> None:
            from annotator.domain.errors import ProjectNotWritableError

            again = isinstance(error, ProjectNotWritableError)
            self.refused.emit(error, (lambda: self.do(job, then, owner=owner)) if again else None)

        self.jobs.run("write", lambda _: job(project), taken, otherwise=otherwise or refuse, owner=owner or self)

    def do_long(
        self,
        job: Callable[[Project, Task[T]], T],
        then: Callable[[T], None] | None = None,
        *,
        owner: QObject | None = None,
        otherwise: Callable[[AnnotatorError], None] | None = None,
        title: str = "",
    ) -> Task[T] | None:
        """Do work that takes more than a moment (import, export); the task returned reports progress and can be cancelled.

        ``title`` (“Importing”) lets the status bar show it.
        """
        project = self.project
        if project is None:
            return None
        return self.jobs.run(
            "long", lambda task: job(project, task), then, otherwise=otherwise, owner=owner or self, title=title
        )

    def undo(self) -> None:
        """Undo the last step."""
        self.do(lambda project: project.undo(), otherwise=self._unless_nothing)

    def redo(self) -> None:
        """Do the last undone step again."""
        self.do(lambda project: project.redo(), otherwise=self._unless_nothing)

    @property
    def undo_label(self) -> str:
        """What undo would take back, or nothing."""
        return self.project.done[-1].label if self.project and self.project.done else ""

    @property
    def redo_label(self) -> str:
        """What redo would do again, or nothing."""
        return self.project.undone[-1].label if self.project and self.project.undone else ""

    def _unless_nothing(self, error: AnnotatorError) -> None:
        from annotator.domain.errors import NothingToUndoError

        if not isinstance(error, NothingToUndoError):
            self.refused.emit(error, None)

    def _while_open(self, project: Project, then: Callable[[T], None]) -> Callable[[T], None]:
        """Return ``then`` for answers that still matter: those about the project on the desk."""

        def deliver(result: T) -> None:
            if self.project is project:
                then(result)

        return deliver

    # -- the selection

    def select_version(self, id_: EntityId) -> None:
        """Select the version that is read."""
        if id_ != self.version_id:
            self.version_id = id_
            self.version_selected.emit(id_)

    def select_passage(self, id_: EntityId) -> None:
        """Select a passage."""
        if id_ != self.passage_id:
            self.passage_id = id_
            self.passage_selected.emit(id_)

    def select_claim(self, id_: EntityId) -> None:
        """Select a claim."""
        if id_ != self.claim_id:
            self.claim_id = id_
            self.claim_selected.emit(id_)

    def select_linkage(self, id_: EntityId) -> None:
        """Select a linkage."""
        if id_ != self.linkage_id:
            self.linkage_id = id_
            self.linkage_selected.emit(id_)

    def set_zoom(self, percent: int) -> None:
        """Show what is read larger or smaller: 50 to 300 per cent."""
        percent = max(50, min(300, percent))
        if percent != self.zoom:
            self.zoom = percent
            self.zoomed.emit(percent)

    def show_place(self, version: EntityId, start: int = 0, end: int = 0) -> None:
        """Show a place (half-open code points) of a version in the reader."""
        self.select_version(version)
        self.shown.emit(version, start, end)

    def close(self) -> None:
        """Wait for all work and let go of the project."""
        self.jobs.close()
        if self.project is not None:
            project, self.project = self.project, None
            project.close()
