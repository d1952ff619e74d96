"""A process that is loaded once and forked for each stranger's file (Linux): forking costs milliseconds, loading a second.

The program asks it over a control socket (``Zygote``); it answers with the number of the fork and a descriptor of the process
(``serve``). Each fork has a link of its own to the program, and nothing else but what it was handed.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from itertools import pairwise
from typing import BinaryIO

import msgspec

from annotator.walls.confining import Walls, not_outlive_parent
from annotator.walls.starting import command

_STANDARD = (0, 1, 2)
_MESSAGE = 4096
_HANDED = 4


class Fork(msgspec.Struct, frozen=True):
    """Asks for a process, after making ready what ``preload`` names (empty: nothing)."""

    preload: str = ""


class Forked(msgspec.Struct, frozen=True):
    """The answer; a process descriptor comes with it unless ``pid`` is 0."""

    pid: int


def can_fork() -> bool:
    """Tell whether this system has what a zygote needs (Linux 5.3 or newer)."""
    return sys.platform == "linux" and hasattr(os, "pidfd_open") and hasattr(signal, "pidfd_send_signal")


class ForkedProcess:
    """A process forked by the zygote. It is killed by its descriptor, which can never mean another process.

    ``link`` is the descriptor of the program's end of what connects the two.
    """

    def __init__(self, link: socket.socket, pid: int, handle: int) -> None:
        self.pid = pid
        self._handle = handle
        self._link = link
        self.link = link.fileno()
        self.source: BinaryIO = link.makefile("wb")
        self.answers: BinaryIO = link.makefile("rb")

    def kill(self) -> None:
        """End it at once. Harmless when it has ended."""
        try:
            signal.pidfd_send_signal(self._handle, signal.SIGKILL)
        except ProcessLookupError:
            return

    def release(self, *, well: bool) -> None:
        """Give it back; ``well`` when it answered in full. Not to be used afterwards."""
        if not well:
            self.kill()
        self._link.close()
        self.answers.close()
        with suppress(OSError):  # what could not be sent is still in its buffer
            self.source.close()
        os.close(self._handle)


class Zygote:
    """Starts one helper process when first asked, and again should it die; it forks a process for each document."""

    def __init__(self, module: str) -> None:
        """``module`` has the ``main`` that is to call ``serve`` with the descriptor it gets after the word ``zygote``."""
        self._module = module
        self._lock = threading.Lock()
        self._control: socket.socket | None = None
        self._process: subprocess.Popen[bytes] | None = None

    def take(self, preload: str = "", handed: Sequence[int] = ()) -> ForkedProcess:
        """Return a freshly forked process, ``handed`` these open files besides. Raises ``OSError`` when none can be made."""
        ours, theirs = socket.socketpair()
        with self._lock, theirs:
            descriptors = [theirs.fileno(), *handed]
            try:
                pid, handle = self._fork(preload, descriptors)
            except OSError:  # it was killed from outside: once more with a new one
                self._stop()
                pid, handle = self._fork(preload, descriptors)
        return ForkedProcess(ours, pid, handle)

    def close(self) -> None:
        """End the helper process; the processes it has forked die with it."""
        with self._lock:
            self._stop()

    def _fork(self, preload: str, descriptors: list[int]) -> tuple[int, int]:
        if self._control is None:
            self._start()
        assert self._control is not None  # noqa: S101 _start has set it
        socket.send_fds(self._control, [msgspec.msgpack.encode(Fork(preload))], descriptors)
        message, handles, _, _ = socket.recv_fds(self._control, _MESSAGE, 1)
        if not message or not handles:
            raise ChildProcessError("the process that forks gave none")
        return msgspec.msgpack.decode(message, type=Forked).pid, handles[0]

    def _start(self) -> None:
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603 our own interpreter and module
                command(self._module, "zygote", str(theirs.fileno())),
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


def serve(control: int, walls: Walls, ready: Callable[[str], None], run: Callable[[list[int]], None]) -> None:
    """Fork a process for each message that brings a link, until the program closes its end of ``control``.

    ``ready`` makes ready what a message wants preloaded. In the fork ``run`` gets the descriptors of the link and of what was
    handed with it, and is to raise the ``walls``; nothing else is inherited.
    """
    link = socket.socket(fileno=control)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the system buries the children
    while True:
        message, descriptors, _, _ = socket.recv_fds(link, _MESSAGE, _HANDED)
        if not message:
            return
        request = msgspec.msgpack.decode(message, type=Fork)
        if request.preload:
            ready(request.preload)
        pid = os.fork()
        if pid == 0:
            _in_fork(descriptors, walls, run)
        for descriptor in descriptors:
            os.close(descriptor)
        _announce(link, pid)


def _announce(control: socket.socket, pid: int) -> None:
    try:
        handle = os.pidfd_open(pid)
    except OSError:
        control.send(msgspec.msgpack.encode(Forked(0)))
        return
    socket.send_fds(control, [msgspec.msgpack.encode(Forked(pid))], [handle])
    os.close(handle)


def _in_fork(descriptors: list[int], walls: Walls, run: Callable[[list[int]], None]) -> None:
    """Do what is asked for and leave the world; nothing is inherited but what was handed over."""
    not_outlive_parent()
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    null = os.open(os.devnull, os.O_RDWR)
    for standard in _STANDARD:
        os.dup2(null, standard)
    kept = sorted({*_STANDARD, *descriptors, *walls.handles, os.sysconf("SC_OPEN_MAX")})
    for before, after in pairwise(kept):
        os.closerange(before + 1, after)
    status = 1
    try:
        run(descriptors)
        status = 0
    except OSError:
        status = 2  # the program has gone or has lost interest
    finally:
        os._exit(status)
