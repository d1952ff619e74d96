"""The other side of ``isolate``: the process that parses strangers' files.

Started in one of two ways. As a *zygote* (Linux) it forks a process for each document, which can do little and dies with
the document. As a *worker* (elsewhere) it reads one document after the other until it is replaced.
"""

from __future__ import annotations

import gc
import os
import signal
import socket
import sys
from typing import BinaryIO

import msgspec

from annotator.domain.errors import ImportFailedError
from annotator.importers import registry, wire
from annotator.importers.confining import confine

_SOCKET = 3
_MESSAGE = 4096


class Fork(msgspec.Struct, frozen=True):
    """Asks the zygote for a process, after loading what the importer ``preload`` needs (empty: nothing)."""

    preload: str = ""


class Forked(msgspec.Struct, frozen=True):
    """The zygote's answer; a process descriptor comes with it unless ``pid`` is 0."""

    pid: int


def main(arguments: list[str]) -> None:
    """Run as ``zygote <descriptor of the control socket>`` or as ``worker`` on standard input and output."""
    if arguments[0] == "zygote":
        _zygote(socket.socket(fileno=int(arguments[1])))
    else:
        _worker()


def _zygote(control: socket.socket) -> None:
    """Fork a process for each message that brings a socket, until the program closes its end."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the system buries the children
    while True:
        message, descriptors, _, _ = socket.recv_fds(control, _MESSAGE, 1)
        if not message:
            return
        request = msgspec.msgpack.decode(message, type=Fork)
        if request.preload:
            registry.preload(request.preload)
            gc.freeze()
        pid = os.fork()
        if pid == 0:
            _in_fork(descriptors[0])
        os.close(descriptors[0])
        _announce(control, pid)


def _announce(control: socket.socket, pid: int) -> None:
    try:
        handle = os.pidfd_open(pid)
    except OSError:
        control.send(msgspec.msgpack.encode(Forked(0)))
        return
    socket.send_fds(control, [msgspec.msgpack.encode(Forked(pid))], [handle])
    os.close(handle)


def _in_fork(descriptor: int) -> None:
    """Read one document and leave the world; nothing is inherited but the socket."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    null = os.open(os.devnull, os.O_RDWR)
    moved = os.dup2(descriptor, _SOCKET) if descriptor != _SOCKET else descriptor
    for standard in (0, 1, 2):
        os.dup2(null, standard)
    os.closerange(_SOCKET + 1, max(os.sysconf("SC_OPEN_MAX"), descriptor + 1, null + 1))
    status = 1
    try:
        with socket.socket(fileno=moved) as link:
            _serve(link.makefile("rb"), link.makefile("wb"), confined=True)
        status = 0
    except OSError:
        status = 2  # the program has gone or has lost interest
    finally:
        os._exit(status)


def _worker() -> None:
    """Read documents from standard input until it ends; nothing a library prints can reach the answers."""
    answers = os.fdopen(os.dup(1), "wb")
    null = os.open(os.devnull, os.O_RDWR)
    os.dup2(null, 1)
    while _serve(sys.stdin.buffer, answers, confined=False):
        pass


def _serve(source: BinaryIO, answers: BinaryIO, *, confined: bool) -> bool:
    """Answer one request; false when there was none. Here ends whatever a reader may raise."""
    received = wire.receive_request(source)
    if received is None:
        return False
    request, data = received
    answer: wire.Answer
    try:
        if confined:
            confine(memory=request.limits.memory, cpu=request.limits.cpu)
        answer = _read(answers, request, data)
    except ImportFailedError as error:
        answer = wire.Refused(str(error.data["reason"]), str(error.data["advice"]))
    except MemoryError:
        answer = MEMORY
    except Exception as error:
        answer = wire.Refused(
            f"its reader failed on it ({type(error).__name__})",
            "The file may be damaged; try another copy, or save it in another format.",
        )
    wire.send_answer(answers, answer)
    return True


MEMORY = wire.Refused(
    "it takes more memory than one document may",
    "It may be damaged or made to do harm; try another copy of it, or a part.",
)


def _read(answers: BinaryIO, request: wire.Request, data: bytes) -> wire.Answer:
    options = request.options
    importer = registry.importer_for(data, options)
    wire.send_answer(answers, wire.Chosen(importer.name))
    if len(data) > importer.max_bytes:
        return wire.Refused(
            f"it is larger than the {importer.max_bytes >> 20} MB that can be read of this kind",
            "Import the part of it that you need.",
        )

    def progress(done: int, total: int) -> None:
        wire.send_answer(answers, wire.Advanced(done, total))

    return wire.Finished(importer.read(data, options, progress))
