"""Keeps an eye on a process that reads a document: on its time, on its memory, on whether it still talks sense."""

from __future__ import annotations

import queue
import threading
import time
from contextlib import suppress

from annotator.importers.confined import wire
from annotator.importers.confined.child import MEMORY
from annotator.importers.confined.processes import Process
from annotator.walls.memory import resident_bytes

CRASHED = wire.Refused(
    "its reader broke down on it",
    "The file may be damaged; try another copy, or save it in another format.",
)

_POLL = 0.02


class Watch:
    """Sends a request to a process and follows its answers."""

    def __init__(self, process: Process, asked: wire.Asked, data: bytes) -> None:
        self._process = process
        self._limits = asked.limits
        self._deadline = time.monotonic() + self._limits.stall
        self._furthest = 0
        self._answers: queue.Queue[wire.Answer | None] = queue.Queue(maxsize=64)
        self._abandoned = threading.Event()
        self._thread = threading.Thread(target=self._listen, args=(asked, data), name="import", daemon=True)
        self._thread.start()
        self._telling: threading.Thread | None = None

    def _listen(self, asked: wire.Asked, data: bytes) -> None:
        try:
            wire.send_request(self._process.source, asked, data)
            del data
            while not self._abandoned.is_set():
                answer = wire.receive_answer(self._process.answers)
                self._answers.put(answer)
                if answer is None or isinstance(answer, wire.Outcome):
                    return
        except (OSError, ValueError):  # gone, or not talking sense
            self._answers.put(None)

    def look(self) -> wire.Answer | None:
        """Return the next answer, or what the program has to say in its place; none when nothing came for a moment."""
        if resident_bytes(self._process.pid) > self._limits.memory:
            return MEMORY
        if time.monotonic() > self._deadline:
            return _stalled(self._limits.stall)
        try:
            answer = self._answers.get(timeout=_POLL)
        except queue.Empty:
            return None
        if isinstance(answer, wire.Advanced):
            if answer.done <= self._furthest:
                return None
            self._furthest = answer.done
        if isinstance(answer, wire.Another):
            self._furthest = 0
        if not isinstance(answer, wire.Chosen):
            self._deadline = time.monotonic() + self._limits.stall
        return answer or CRASHED

    def want(self, further: wire.Further) -> None:
        """Ask for more of the document. A process that has gone, or does not listen, says so when it is next looked at."""
        self._deadline = time.monotonic() + self._limits.stall
        self._telling = threading.Thread(
            target=self._tell, args=(further, self._telling), name="import-tell", daemon=True
        )
        self._telling.start()

    def _tell(self, further: wire.Further, before: threading.Thread | None) -> None:
        if before is not None:
            before.join()
        with suppress(OSError):
            wire.send_further(self._process.source, further)

    def close(self, *, well: bool) -> None:
        """Give the process back, which has answered in full (``well``), or end it."""
        if not well:
            self._process.kill()
        self._abandoned.set()
        while self._thread.is_alive():
            try:
                self._answers.get(timeout=_POLL)
            except queue.Empty:
                continue
        if self._telling is not None:
            self._telling.join()
        self._process.release(well=well)


def _stalled(seconds: float) -> wire.Refused:
    return wire.Refused(
        f"nothing more came of it within {seconds:g} seconds",
        "It may be damaged or made to do harm; try another copy of it, or a part.",
    )
