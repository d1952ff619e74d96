"""Draws pages of strangers' PDFs as published, in a process of their own that is kept warm and can be stopped.

The program writes the length of the document and its bytes, and reads ``OPENED`` and a ``SIZE`` for each page. For each page
to be drawn it writes ``WANTED`` and reads ``DRAWN``; the pixels then stand at the beginning of the shared memory.
"""

from __future__ import annotations

import subprocess
from contextlib import suppress
from dataclasses import dataclass
from typing import BinaryIO

from annotator.importers.confined.pages_child import (
    BROKEN,
    BYTES_A_PIXEL,
    DRAWN,
    FINE,
    LENGTH,
    LOCKED,
    OPENED,
    SIZE,
    WANTED,
)
from annotator.importers.confined.shared_memory import SharedMemory
from annotator.walls.guard import Guard
from annotator.walls.starting import command

MOST_PIXELS = 16 << 20
"""No picture of a page has more."""

MOST_PAGES = 20_000
_CHILD = "annotator.importers.confined.pages_child"


ARCHIVES = ("warc", "wacz")
"""The importers whose originals are archives, with the document in them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageLimits:
    """What drawing may cost.

    ``opening`` and ``stall`` are the seconds for opening the document and for one page, ``memory`` is the resident size in
    bytes, ``cpu`` the processor time in seconds for all pages.
    """

    opening: float = 30.0
    stall: float = 10.0
    memory: int = 1 << 30
    cpu: int = 3600


class DocumentUnreadableError(Exception):
    """The document cannot be opened; ``locked`` with a password, or damaged."""

    def __init__(self, *, locked: bool) -> None:
        super().__init__()
        self.locked = locked


class ProcessEndedError(Exception):
    """The process has gone: it broke down, or was stopped because it took too long or too much."""


class PageProcess:
    """One document in a process of its own. Not for two threads at once, but that any may ``kill`` it."""

    def __init__(self, limits: PageLimits | None = None, archive: str = "", part: str = "") -> None:
        """Start it; ``open`` comes next.

        ``archive`` is the importer of the web archive that the document lies in (empty: none), ``part`` its key there.
        """
        self._limits = limits = limits or PageLimits()
        self._memory = SharedMemory(MOST_PIXELS * BYTES_A_PIXEL)
        self._process = _start(self._memory, limits, archive, part)
        assert self._process.stdin is not None  # noqa: S101 PIPE
        assert self._process.stdout is not None  # noqa: S101 PIPE
        self._requests: BinaryIO = self._process.stdin  # type: ignore[assignment]
        self._answers: BinaryIO = self._process.stdout  # type: ignore[assignment]
        self._guard = Guard(self._process, limits.memory)
        self.sizes: tuple[tuple[int, int], ...] = ()

    def open(self, data: bytes) -> None:
        """Open the document: ``sizes`` then has the width and height of each page in 1/100 pt, 0 where it cannot be read.

        Raises ``DocumentUnreadableError`` and ``ProcessEndedError``.
        """
        with self._guard.within(self._limits.opening):
            self._send(LENGTH.pack(len(data)), data)
            state, count = OPENED.unpack(self._receive(OPENED.size))
            if state != FINE or count > MOST_PAGES:
                raise DocumentUnreadableError(locked=state == LOCKED)
            self.sizes = tuple(SIZE.iter_unpack(self._receive(SIZE.size * count)))

    def draw(self, page: int, width: int, height: int) -> bytes | None:
        """Return the pixels of a page (from 0): blue, green, red and an unused byte each, row by row; None for a damaged page.

        ``width`` times ``height`` may be ``MOST_PIXELS``. Raises ``ProcessEndedError``.
        """
        with self._guard.within(self._limits.stall):
            self._send(WANTED.pack(page, width, height))
            (state,) = DRAWN.unpack(self._receive(DRAWN.size))
        return None if state == BROKEN else self._memory.view[: width * height * BYTES_A_PIXEL]

    def _send(self, *parts: bytes) -> None:
        try:
            for part in parts:
                self._requests.write(part)
            self._requests.flush()
        except OSError as error:
            raise ProcessEndedError from error

    def _receive(self, length: int) -> bytes:
        found = self._answers.read(length)
        if len(found) < length:
            raise ProcessEndedError
        return found

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._process.pid

    def kill(self) -> None:
        """Stop the process: who waits for it gets ``ProcessEndedError``. It still has to be closed."""
        self._process.kill()

    def close(self) -> None:
        """End the process."""
        self._guard.end()
        self.kill()
        self._process.wait()
        self._answers.close()
        with suppress(OSError):  # what could not be sent is still in its buffer
            self._requests.close()
        self._memory.view.close()


def _start(memory: SharedMemory, limits: PageLimits, archive: str, part: str) -> subprocess.Popen[bytes]:
    numbers = (str(len(memory.view)), str(limits.memory), str(limits.cpu))
    try:
        return subprocess.Popen(  # noqa: S603 our own interpreter and module
            command(_CHILD, memory.name, *numbers, archive, part),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            pass_fds=memory.handles,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    finally:
        memory.handed_over()
