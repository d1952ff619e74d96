"""What the importer of ``outside`` is told to do beyond reading its document: every way out of its process that we know."""

from __future__ import annotations

import ctypes
import os
import signal
import socket
import subprocess
import threading
from collections.abc import Callable
from pathlib import Path


def _write(detail: str) -> str:
    Path(detail).write_text("written", encoding="utf-8")
    return "done"


def _peek(detail: str) -> str:
    return Path(detail).read_text(encoding="utf-8")


def _look_around(detail: str) -> str:
    return " ".join(os.listdir(detail))  # noqa: PTH208


def _append(detail: str) -> str:
    with Path(detail).open("a", encoding="utf-8") as file:
        file.write("more")
    return "done"


def _empty(detail: str) -> str:
    os.close(os.open(detail, os.O_RDONLY | os.O_TRUNC))
    return "done"


def _remove(detail: str) -> str:
    Path(detail).unlink()
    return "done"


def _rename(detail: str) -> str:
    Path(detail).rename(f"{detail}.renamed")
    return "done"


def _lock_out(detail: str) -> str:
    Path(detail).chmod(0)
    return "done"


def _folder(detail: str) -> str:
    Path(detail).mkdir()
    return "done"


def _link(detail: str) -> str:
    Path(f"{detail}.linked").hardlink_to(detail)
    return "done"


def _connect(detail: str) -> str:
    with socket.create_connection(("127.0.0.1", int(detail)), timeout=5) as link:
        link.sendall(b"words of the article")
    return "done"


def _datagram(detail: str) -> str:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as link:
        link.sendto(b"words of the article", ("127.0.0.1", int(detail)))
    return "done"


def _local(detail: str) -> str:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as link:
        link.connect(detail)
    return "done"


def _become(detail: str) -> str:
    os.execv("/bin/sh", ["/bin/sh", "-c", f"echo > {detail}"])  # noqa: S606


def _shell(detail: str) -> str:
    subprocess.run(["/bin/sh", "-c", f"echo > {detail}"], check=True)
    return "done"


def _multiply(_detail: str) -> str:
    while True:
        os.fork()


def _thread(_detail: str) -> str:
    try:
        threading.Thread(target=str).start()
    except RuntimeError as error:  # all that Python says of it
        raise PermissionError from error
    return "done"


def _stop(detail: str) -> str:
    os.kill(int(detail), signal.SIGTERM)
    return "done"


def _trace(detail: str) -> str:
    call = ctypes.CDLL(None, use_errno=True)
    if call.ptrace(16, int(detail), 0, 0) < 0:  # PTRACE_ATTACH
        raise OSError(ctypes.get_errno(), "ptrace")
    return "done"


def _rings(_detail: str) -> str:
    call = ctypes.CDLL(None, use_errno=True)
    if call.syscall(425, 8, ctypes.create_string_buffer(120)) < 0:  # io_uring_setup: calls that no filter sees
        raise OSError(ctypes.get_errno(), "io_uring_setup")
    return "done"


def _loosen(_detail: str) -> str:
    import resource

    try:
        resource.setrlimit(resource.RLIMIT_AS, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    except ValueError as error:  # all that Python says of it
        raise PermissionError from error
    return "done"


WAYS: dict[str, Callable[[str], str]] = {
    "write": _write, "append": _append, "empty": _empty, "remove": _remove, "rename": _rename, "lock": _lock_out,
    "folder": _folder, "link": _link, "peek": _peek, "look": _look_around, "connect": _connect, "datagram": _datagram,
    "local": _local, "become": _become, "shell": _shell, "multiply": _multiply, "thread": _thread, "stop": _stop,
    "trace": _trace, "rings": _rings, "loosen": _loosen,
}  # fmt: skip
