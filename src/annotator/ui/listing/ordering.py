"""Asking for the order of a long list: the newest wish counts, and changes wait as long as the asking took."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Generic, TypeVar

from PySide6.QtCore import QObject, QTimer

from annotator.ui.desk import Desk

if TYPE_CHECKING:
    from annotator.services.project import Project

T = TypeVar("T")
Read = Callable[["Project", Callable[[], bool]], T]
_CHANGES = 400
"""Milliseconds in which changes are gathered."""


class Ordering(QObject, Generic[T]):
    """Reads an order beside all else that is asked, and gives it to ``take``, unless another one is wanted by then.

    ``wish`` returns what reads it, as things are when it is asked: that gets the project, and tells whether it is to stop.
    """

    def __init__(self, desk: Desk, lane: str, wish: Callable[[], Read[T]], take: Callable[[T], None]) -> None:
        super().__init__(desk)
        self._desk, self._lane, self._wish, self._take = desk, lane, wish, take
        self._asked, self._took = 0, 0.0
        self._stop: Callable[[], None] = lambda: None
        self._later = QTimer(self, singleShot=True)
        self._later.timeout.connect(self.now)

    def now(self) -> None:
        """Ask, instead of what is being read."""
        self.forget()
        asked, read, began = self._asked, self._wish(), time.monotonic()
        task = self._desk.look(
            self._lane,
            lambda project, task: read(project, task.is_cancelled),
            lambda found: self._on_found(asked, found, time.monotonic() - began),
            owner=self,
        )
        if task is not None:
            self._stop = task.cancel

    def later(self) -> None:
        """Ask again once what is changing has changed."""
        if not self._later.isActive():
            self._later.start(max(_CHANGES, round(2000 * self._took)))

    def forget(self) -> None:
        """Want nothing any more."""
        self._later.stop()
        self._stop()
        self._stop = lambda: None
        self._asked += 1

    def _on_found(self, asked: int, found: T, took: float) -> None:
        if asked == self._asked:
            self._stop, self._took = (lambda: None), took
            self._take(found)
