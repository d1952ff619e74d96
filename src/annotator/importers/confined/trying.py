"""What a bound process can still do, found out by trying."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from annotator.domain.protection import Reach

PRIVATE, WRITTEN = "private", "written"
"""What the files are called that are tried to be read and to be written."""
_DISCARD = ("127.0.0.1", 9)
_WAIT = 0.5


def barred(folder: Path) -> tuple[Reach, ...]:
    """Try to go beyond the reading of a document, and return what was refused. ``folder`` holds a file called ``PRIVATE``."""
    ways: tuple[tuple[Reach, Callable[[], object]], ...] = (
        (Reach.READING, (folder / PRIVATE).read_bytes),
        (Reach.WRITING, lambda: (folder / WRITTEN).write_bytes(b"written")),
        (Reach.NETWORK, _send),
        (Reach.PROGRAMS, _start),
    )
    return tuple(reach for reach, way in ways if _is_refused(way))


def _is_refused(way: Callable[[], object]) -> bool:
    """Tell whether leave was refused; anything else that goes wrong means that it would have been given."""
    try:
        way()
    except PermissionError:
        return True
    except OSError:
        return False
    return False


def _send() -> None:
    """Try both ways over the network, towards this computer itself; one that is open is enough."""
    try:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as link:
            link.sendto(b"", _DISCARD)
    except PermissionError:
        with socket.create_connection(_DISCARD, timeout=_WAIT):
            return


def _start() -> None:
    """Try to start a program, and to reach the one that started this process; one that works is enough."""
    try:
        subprocess.run([sys.executable, "-I", "-S", "-c", ""], check=False, stdin=subprocess.DEVNULL)
    except PermissionError:
        if sys.platform == "win32":
            raise
        os.kill(os.getppid(), 0)
