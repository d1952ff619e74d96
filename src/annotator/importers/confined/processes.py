"""Where the processes that parse come from: forked by a zygote on Linux (``walls.forking``), spawned and used again elsewhere."""

from __future__ import annotations

import subprocess
import sys
import threading
from contextlib import suppress
from typing import BinaryIO, Protocol

from annotator.walls.starting import command

CHILD = "annotator.importers.confined.child"
_DOCUMENTS_A_WORKER = 25


class Process(Protocol):
    """One process for one document: write the request, read the answers."""

    pid: int
    source: BinaryIO
    answers: BinaryIO

    def kill(self) -> None:
        """End it at once. Harmless when it has ended."""

    def release(self, *, well: bool) -> None:
        """Give it back; ``well`` when it answered in full. Not to be used afterwards."""


class Nursery(Protocol):
    """Makes processes."""

    def take(self, preload: str) -> Process:
        """Return a process that waits for a request. ``preload`` names an importer likely to be used (or is empty)."""

    def close(self) -> None:
        """End what is idle."""


class _Spawned:
    """A process of its own, given back to its nursery after each document."""

    def __init__(self, home: Spawner) -> None:
        self._home = home
        flags = 0
        if sys.platform == "win32":
            flags = subprocess.CREATE_NO_WINDOW
        self.process = subprocess.Popen(  # noqa: S603 our own interpreter and module
            command(CHILD, "worker"),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            creationflags=flags,
        )
        assert self.process.stdin is not None  # noqa: S101 PIPE
        assert self.process.stdout is not None  # noqa: S101 PIPE
        self.pid = self.process.pid
        self.source: BinaryIO = self.process.stdin  # type: ignore[assignment]
        self.answers: BinaryIO = self.process.stdout  # type: ignore[assignment]
        self.documents = 0

    def kill(self) -> None:
        self.process.kill()

    def release(self, *, well: bool) -> None:
        self.documents += 1
        if well and self.documents < _DOCUMENTS_A_WORKER:
            self._home.give_back(self)
        else:
            self.end()

    def end(self) -> None:
        self.process.kill()
        self.process.wait()
        self.answers.close()
        with suppress(OSError):  # what could not be sent is still in its buffer
            self.source.close()


class Spawner:
    """Keeps spawned processes for the next document; each is replaced after some, and after any trouble."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._idle: list[_Spawned] = []
        self._closed = False

    def take(self, preload: str) -> Process:
        """Return an idle process or a new one; ``preload`` needs no care, a used process has loaded it."""
        del preload
        with self._lock:
            if self._idle:
                return self._idle.pop()
        return _Spawned(self)

    def give_back(self, process: _Spawned) -> None:
        """Keep a process that did well for the next document."""
        with self._lock:
            if not self._closed:
                self._idle.append(process)
                return
        process.end()

    def close(self) -> None:
        """End the idle processes; those at work end when they are given back."""
        with self._lock:
            self._closed = True
            idle, self._idle = self._idle, []
        for process in idle:
            process.end()
