"""Lets a process of its own put marks on a stranger's PDF: it is bound, watched, and takes nothing with it.

The program writes the length of the document and its bytes, the length of the order and its bytes, and reads a ``STATE`` and what
it announces.
"""

from __future__ import annotations

import subprocess
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from annotator.domain.codec import canonical
from annotator.exporters.pdf_child import FINE, LENGTH, REFUSED, STATE
from annotator.exporters.pdf_mark import Order, PdfRefusedError
from annotator.walls.memory import resident_bytes
from annotator.walls.starting import command

_CHILD = "annotator.exporters.pdf_child"
_POLL = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkingLimits:
    """What one document may cost: ``time`` and ``cpu`` in seconds, ``memory`` as resident size in bytes."""

    time: float = 300.0
    cpu: int = 300
    memory: int = 2 << 30


def marked(data: bytes, order: Order, watch: Callable[[], None], limits: MarkingLimits | None = None) -> bytes:
    """Return a PDF with marks on its pages.

    ``watch`` is called now and then, and stops the work by raising. Raises ``PdfRefusedError``.
    """
    process = _start(limits := limits or MarkingLimits())
    answer: list[bytes] = []
    given = canonical(order)
    frames = (LENGTH.pack(len(data)), data, LENGTH.pack(len(given)), given)
    talk = threading.Thread(target=lambda: answer.append(_talk(process, frames)), name="pdf-marking", daemon=True)
    talk.start()
    until = time.monotonic() + limits.time
    try:
        while talk.is_alive():
            watch()
            if time.monotonic() > until or resident_bytes(process.pid) > limits.memory:
                process.kill()
            talk.join(_POLL)
    finally:
        process.kill()
        talk.join()
        process.wait()
    return _result(answer[0] if answer else b"")


def _result(answer: bytes) -> bytes:
    if len(answer) >= STATE.size:
        state, length = STATE.unpack_from(answer)
        content = answer[STATE.size :]
        if len(content) == length and state == FINE:
            return content
        if len(content) == length and state == REFUSED:
            raise PdfRefusedError(content.decode("utf-8", "replace"))
    raise PdfRefusedError("could not be written to; it may be damaged")


def _talk(process: subprocess.Popen[bytes], frames: tuple[bytes, ...]) -> bytes:
    with suppress(OSError, ValueError):  # it has gone: what it answered tells
        return process.communicate(b"".join(frames))[0]
    return b""


def _start(limits: MarkingLimits) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603 our own interpreter and module
        command(_CHILD, str(limits.memory), str(limits.cpu)),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
