"""Lets a process of its own do one piece of an export: it is bound, watched, and takes nothing with it.

The program writes frames (a ``LENGTH`` and that many bytes each), and reads a ``STATE`` and what it announces.
"""

from __future__ import annotations

import subprocess
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass

from annotator.exporters.apart_child import BROKEN, LENGTH, OVER, STATE
from annotator.walls.memory import resident_bytes
from annotator.walls.starting import command

_POLL = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class ApartLimits:
    """What one piece of work may cost: ``time`` and ``cpu`` in seconds, ``memory`` as resident size in bytes."""

    time: float = 300.0
    cpu: int = 300
    memory: int = 2 << 30


def worked_apart(
    module: str, frames: Sequence[bytes], watch: Callable[[], None], limits: ApartLimits
) -> tuple[int, bytes]:
    """Return what the process of ``module`` answers to the frames: a state and what goes with it.

    The state is ``OVER`` where it was ended for what it cost, and ``BROKEN`` where it answered nothing sound. ``watch`` is called
    now and then, and stops the work by raising.
    """
    process = _start(module, limits)
    answer: list[bytes] = []
    given = b"".join(part for frame in frames for part in (LENGTH.pack(len(frame)), frame))
    talk = threading.Thread(target=lambda: answer.append(_talk(process, given)), name="export-apart", daemon=True)
    talk.start()
    until = time.monotonic() + limits.time
    is_over = False
    try:
        while talk.is_alive():
            watch()
            if time.monotonic() > until or resident_bytes(process.pid) > limits.memory:
                is_over = True
                process.kill()
            talk.join(_POLL)
    finally:
        process.kill()
        talk.join()
        process.wait()
    return (OVER, b"") if is_over else _result(answer[0] if answer else b"")


def _result(answer: bytes) -> tuple[int, bytes]:
    if len(answer) >= STATE.size:
        state, length = STATE.unpack_from(answer)
        content = answer[STATE.size :]
        if len(content) == length:
            return int(state), content
    return BROKEN, b""


def _talk(process: subprocess.Popen[bytes], given: bytes) -> bytes:
    with suppress(OSError, ValueError):  # it has gone: what it answered tells
        return process.communicate(given)[0]
    return b""


def _start(module: str, limits: ApartLimits) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603 our own interpreter and module
        command(module, str(limits.memory), str(limits.cpu)),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
