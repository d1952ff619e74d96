"""Work off the window's thread. Jobs never touch widgets; what they come to arrives as calls on the window's thread."""

from __future__ import annotations

import threading
from collections.abc import Callable
from time import monotonic, sleep
from typing import TYPE_CHECKING, Generic, TypeVar

from PySide6.QtCore import QObject, Signal, Slot
from shiboken6 import isValid

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

    from annotator.domain.errors import AnnotatorError

T = TypeVar("T")

_SPELL = 0.005
"""Seconds that long work runs, and then rests."""


class Task(QObject, Generic[T]):
    """One piece of work on its way. ``progressed`` carries whatever the work reports (done, total, remark).

    Qt's part of it is deleted on the window's thread once it has ``finished``.
    """

    progressed = Signal(int, int, object)
    finished = Signal()

    def __init__(self, work: Callable[[Task[T]], T], lane: str, title: str = "") -> None:
        """``title`` says in the person's language what is being done (“Importing”); empty for what takes a moment."""
        super().__init__()
        self._rested = 0.0
        self.lane = lane
        self.title = title
        self._work = work
        self._stop = threading.Event()

    def cancel(self) -> None:
        """Ask the work to stop; it ends soon after with ``CancelledError``."""
        self._stop.set()

    def is_cancelled(self) -> bool:
        """Tell the work whether it was asked to stop."""
        return self._stop.is_set()

    def report(self, done: int, total: int, remark: object = None) -> None:
        """Say how far the work is; called from its own thread."""
        self.progressed.emit(done, total, remark)

    def give_way(self) -> None:
        """Leave the interpreter to the window half of the time: both cannot run at once. Long work calls this between steps."""
        if monotonic() - self._rested > _SPELL:
            sleep(_SPELL)
            self._rested = monotonic()

    def run(self) -> T:
        """Do the work."""
        if self.is_cancelled():
            from annotator.domain.errors import CancelledError

            raise CancelledError(what="waiting work")
        return self._work(self)


class Jobs(QObject):
    """Runs work in lanes (``read``, ``write``, ``long``) and delivers what it comes to on the window's thread.

    A lane is one thread: what is asked in one lane is answered in the order asked.
    """

    failed = Signal(object)
    """An ``AnnotatorError`` that nobody else takes care of."""
    crashed = Signal(object)
    """Any other exception: a bug."""
    started = Signal(object)
    """A ``Task`` with a title was taken on: somebody should show how far it is."""
    idle = Signal()
    """Nothing is on its way any more."""
    _delivered = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lanes: dict[str, ThreadPoolExecutor] = {}
        self._running: set[Task[object]] = set()
        self._delivered.connect(self._deliver)

    def run(
        self,
        lane: str,
        work: Callable[[Task[T]], T],
        then: Callable[[T], None] | None = None,
        *,
        otherwise: Callable[[AnnotatorError], None] | None = None,
        owner: QObject | None = None,
        title: str = "",
    ) -> Task[T]:
        """Run ``work`` in a lane. ``then`` gets its result, ``otherwise`` its error (default: ``failed``).

        Nothing is delivered once ``owner`` has been destroyed.
        """
        task = Task(work, lane, title)
        self._running.add(task)  # type: ignore[arg-type]
        self._lane(lane).submit(self._work, task, then, otherwise, owner)
        if title:
            self.started.emit(task)
        return task

    def cancel(self) -> None:
        """Ask all work to stop but that in the lane ``write``: what a person did is never dropped."""
        for task in tuple(self._running):
            if task.lane != "write":
                task.cancel()

    def barriers(self) -> list[Future[None]]:
        """Return what is done once everything is done that the lanes but ``write`` were given until now."""
        return [pool.submit(lambda: None) for name, pool in self._lanes.items() if name != "write"]

    def _lane(self, name: str) -> ThreadPoolExecutor:
        """Return the thread of a lane, made when it is first needed: not before the window is painted."""
        if name not in self._lanes:
            from concurrent.futures import ThreadPoolExecutor

            self._lanes[name] = ThreadPoolExecutor(1, thread_name_prefix=f"job-{name}")
        return self._lanes[name]

    @property
    def busy(self) -> bool:
        """Whether anything is still on its way."""
        return bool(self._running)

    def close(self) -> None:
        """Cancel what can be cancelled and wait for the rest."""
        self.cancel()
        for executor in self._lanes.values():
            executor.shutdown(wait=True)

    def _work(
        self,
        task: Task[T],
        then: Callable[[T], None] | None,
        otherwise: Callable[[AnnotatorError], None] | None,
        owner: QObject | None,
    ) -> None:
        from annotator.domain.errors import AnnotatorError

        def settle(call: Callable[[], None]) -> None:
            self._delivered.emit((task, owner, call))

        try:
            result = task.run()
        except AnnotatorError as error:
            taken = otherwise or self._fail
            settle(lambda error=error: taken(error))  # type: ignore[misc]
        except Exception as error:
            settle(lambda error=error: self.crashed.emit(error))  # type: ignore[misc]
        else:
            settle(lambda: then(result) if then else None)

    def _fail(self, error: AnnotatorError) -> None:
        from annotator.domain.errors import CancelledError

        if not isinstance(error, CancelledError):
            self.failed.emit(error)

    @Slot(object)
    def _deliver(self, delivery: tuple[Task[object], QObject | None, Callable[[], None]]) -> None:
        task, owner, call = delivery
        self._running.discard(task)
        task.finished.emit()
        task.deleteLater()
        try:
            if owner is None or isValid(owner):
                call()
        finally:
            if not self._running:
                self.idle.emit()
