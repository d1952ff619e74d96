"""Stops a process that takes too long over what it was asked, or holds too much memory meanwhile."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum, auto
from typing import Protocol

from annotator.walls.memory import resident_bytes

_POLL = 0.1


class Why(Enum):
    """Why a process was stopped."""

    LATE = auto()
    MEMORY = auto()


class Watched(Protocol):
    """A process that can be ended at once."""

    pid: int

    def kill(self) -> None:
        """End it. Harmless when it has ended."""


class Guard(threading.Thread):
    """Watches one process, and those that help it, while it is ``within`` a request.

    ``why`` says why they were stopped, should they have been.
    """

    def __init__(self, process: Watched, memory: int, *helpers: Watched) -> None:
        """``memory`` is the resident size that each process may reach, in bytes."""
        super().__init__(name="guard", daemon=True)
        self.why: Why | None = None
        self._processes, self._memory = (process, *helpers), memory
        self._busy = threading.Event()
        self._until = 0.0
        self._ended = threading.Event()
        self.start()

    @contextmanager
    def within(self, seconds: float) -> Iterator[None]:
        """Give the request made in this context so much time."""
        self._until = time.monotonic() + seconds
        self._busy.set()
        try:
            yield
        finally:
            self._busy.clear()

    def end(self) -> None:
        """Watch no more."""
        self._ended.set()
        self._busy.set()
        self.join()

    def run(self) -> None:
        """Look now and then while a request is on its way."""
        while self._busy.wait() and not self._ended.wait(_POLL):
            if self._busy.is_set() and time.monotonic() > self._until:
                self.why = Why.LATE
            elif any(resident_bytes(each.pid) > self._memory for each in self._processes):
                self.why = Why.MEMORY
            else:
                continue
            for each in self._processes:
                each.kill()
