"""Ends what takes too long in this very process: a page over which a reader written in Python broods."""

from __future__ import annotations

import ctypes
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

Found = TypeVar("Found")

_POLL = 0.05


class TooSlowError(BaseException):
    """The time was over. No ``Exception``, so that a reader which swallows all of those does not swallow this one."""


def within(seconds: float, work: Callable[[], Found]) -> Found:
    """Return what ``work`` returns, in the main thread. Raises ``TooSlowError`` once it has had ``seconds`` of processor time.

    Only Python is interrupted; whoever watches the process from outside ends what hangs in a library.
    """
    with _watched(seconds):
        return work()


if sys.platform == "win32":

    @contextmanager
    def _watched(seconds: float) -> Iterator[None]:
        """Have a thread count; elsewhere readers may not start one."""
        watch = _Watch(seconds)
        try:
            yield
        except TooSlowError:
            watch.arrived()
            raise
        finally:
            watch.end()

    class _Watch(threading.Thread):
        """Counts the processor time of the process, which does nothing else meanwhile."""

        def __init__(self, seconds: float) -> None:
            super().__init__(name="patience", daemon=True)
            self._target = threading.get_ident()
            self._until = time.process_time() + seconds
            self._ended = threading.Event()
            self._fired = False
            self._lock = threading.Lock()
            self.start()

        def run(self) -> None:
            while not self._ended.wait(_POLL):
                with self._lock:
                    if self._ended.is_set():
                        return
                    if time.process_time() > self._until:
                        self._fired = True
                        target, thrown = ctypes.c_ulong(self._target), ctypes.py_object(TooSlowError)
                        ctypes.pythonapi.PyThreadState_SetAsyncExc(target, thrown)
                        return

        def arrived(self) -> None:
            """Hear that what was thrown has been caught."""
            self._fired = False

        def end(self) -> None:
            """Watch no more; what has been thrown and not caught yet arrives in here and no later."""
            with self._lock:
                self._ended.set()
            while self._fired:
                time.sleep(0)

else:

    @contextmanager
    def _watched(seconds: float) -> Iterator[None]:
        """Have the system count; it rings again should a reader swallow the first."""
        signal.signal(signal.SIGPROF, _ring)
        signal.setitimer(signal.ITIMER_PROF, seconds, _POLL)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)

    def _ring(*_: object) -> None:
        raise TooSlowError
