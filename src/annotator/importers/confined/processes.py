"""Where the processes that parse come from: forked by a zygote on Linux, spawned and used again elsewhere."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
from contextlib import suppress
from typing import BinaryIO, Protocol

import msgspec

from annotator.importers.confined.child import Fork, Forked

_BOOT = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]); "
    "from annotator.importers.confined.child import main; main(sys.argv[2:])"
)
_MESSAGE = 4096
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


def can_fork() -> bool:
    """Tell whether this system has what a zygote needs (Linux 5.3 or newer)."""
    return sys.platform == "linux" and hasattr(os, "pidfd_open") and hasattr(signal, "pidfd_send_signal")


def _command(*arguments: str) -> list[str]:
    places = [place for place in sys.path if place]  # never the current folder
    return [sys.executable, "-P", "-c", _BOOT, json.dumps(places), *arguments]


class _Forked:
    """A process forked by the zygote. It is killed by its descriptor, which can never mean another process."""

    def __init__(self, link: socket.socket, pid: int, handle: int) -> None:
        self.pid = pid
        self._handle = handle
        self._link = link
        self.source: BinaryIO = link.makefile("wb")
        self.answers: BinaryIO = link.makefile("rb")

    def kill(self) -> None:
        try:
            signal.pidfd_send_signal(self._handle, signal.SIGKILL)
        except ProcessLookupError:
            return

    def release(self, *, well: bool) -> None:
        if not well:
            self.kill()
        self._link.close()
        self.answers.close()
        with suppress(OSError):  # what could not be sent is still in its buffer
            self.source.close()
        os.close(self._handle)


class Zygote:
    """Starts one helper process when first asked, and again should it die; it forks a process for each document."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._control: socket.socket | None = None
        self._process: subprocess.Popen[bytes] | None = None

    def take(self, preload: str) -> Process:
        """Return a freshly forked process. Raises ``OSError`` when none can be made."""
        ours, theirs = socket.socketpair()
        with self._lock, theirs:
            try:
                pid, handle = self._fork(preload, theirs)
            except OSError:  # it was killed from outside: once more with a new one
                self._stop()
                pid, handle = self._fork(preload, theirs)
        return _Forked(ours, pid, handle)

    def _fork(self, preload: str, theirs: socket.socket) -> tuple[int, int]:
        if self._control is None:
            self._start()
        assert self._control is not None  # noqa: S101 _start has set it
        socket.send_fds(self._control, [msgspec.msgpack.encode(Fork(preload))], [theirs.fileno()])
        message, handles, _, _ = socket.recv_fds(self._control, _MESSAGE, 1)
        if not message or not handles:
            raise ChildProcessError("the process that forks gave none")
        return msgspec.msgpack.decode(message, type=Forked).pid, handles[0]

    def _start(self) -> None:
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603 our own interpreter and module
                _command("zygote", str(theirs.fileno())),
                pass_fds=(theirs.fileno(),),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )

    def _stop(self) -> None:
        if self._control is not None:
            self._control.close()
        if self._process is not None:
            self._process.kill()
            self._process.wait()
        self._control = self._process = None

    def close(self) -> None:
        """End the helper process; the processes it has forked die with it."""
        with self._lock:
            self._stop()


class _Spawned:
    """A process of its own, given back to its nursery after each document."""

    def __init__(self, home: Spawner) -> None:
        self._home = home
        flags = 0
        if sys.platform == "win32":
            flags = subprocess.CREATE_NO_WINDOW
        self.process = subprocess.Popen(  # noqa: S603 our own interpreter and module
            _command("worker"),
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
