"""Reads one document, a long one in two processes; one that dies costs the page it died of, and no other."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass

from annotator.domain.imported import Imported
from annotator.importers.confined import wire
from annotator.importers.confined.watching import CRASHED, Watch

LONG = 16
"""From so many pages on, a second process pays."""

_DEATHS = 5
"""After so many processes have died of a document, what is left of their ranges is given up."""

_TOO_LONG = wire.Refused("it holds more text than one source may", "Import the part of it that you need.")

MOST_PAGES = 1000
"""No archive gives more of them."""

Arrived = Callable[[int, str], None]
"""Called with the number of a page that has been read (from 0) and its words."""


@dataclass(slots=True)
class _Reader:
    """A process, the page it is at and where its range ends; whether it has said how many pages there are, which it does once."""

    watch: Watch
    page: int = 0
    stop: int = 0
    has_counted: bool = False
    is_done: bool = False


class Reading:
    """One document being read. ``start`` starts a process with the request for it, and gets the importer to load beforehand."""

    def __init__(
        self,
        start: Callable[[str], Watch],
        importer: str,
        progress: Callable[[int, int], None] | None,
        arrived: Arrived | None,
    ) -> None:
        """Start the first process; ``importer`` is the one that it will probably need."""
        self.importer = importer
        self._start, self._progress, self._arrived = start, progress, arrived
        self._readers = [_Reader(start(importer))]
        self._bodies: list[bytes] = []
        self._came = self._size = self._deaths = 0
        self.pages: list[Imported] = []
        """The pages of an archive that have come."""
        self._failure: wire.Refused | None = None
        self._is_finishing = False

    def turn(self) -> wire.Outcome | None:
        """Look once at every process; return the outcome when there is one."""
        for reader in [one for one in self._readers if not one.is_done]:
            answer = reader.watch.look()
            outcome = None if answer is None else self._hear(reader, answer)
            if outcome is not None:
                return outcome
        if self._size > wire.MAX_ANSWER:
            return _TOO_LONG
        if self._bodies and not self._is_finishing and all(reader.is_done for reader in self._readers):
            return self._finish()
        return None

    def close(self, *, well: bool) -> None:
        """Give back the process that has answered in full (``well``), and end the others."""
        for reader in self._readers:
            reader.watch.close(well=well and not reader.is_done)

    def _hear(self, reader: _Reader, answer: wire.Answer) -> wire.Outcome | None:
        if isinstance(answer, wire.Chosen):
            self.importer = answer.importer
        elif isinstance(answer, wire.Advanced):
            self._tell(answer.done, answer.total)
        elif isinstance(answer, wire.Parts) and not reader.has_counted:
            reader.has_counted = True
            self._share(reader, answer.count)
        elif isinstance(answer, wire.Piece) and answer.number == reader.page < reader.stop:
            self._take(reader, answer)
        elif isinstance(answer, wire.Another) and self._came < MOST_PAGES and not self._bodies:
            self._keep(answer.imported)
        elif isinstance(answer, wire.RangeRead) and reader.page == reader.stop:
            reader.is_done = True
        elif self._bodies and not self._is_finishing:
            self._bury(reader, answer if isinstance(answer, wire.Refused) else CRASHED)
        else:
            return answer if isinstance(answer, wire.Outcome) else CRASHED
        return None

    def _share(self, reader: _Reader, count: int) -> None:
        """Give a process its range of pages, and the second half of a long document to another one."""
        if self._is_finishing:
            reader.watch.want(wire.Finish(self._bodies))
            return
        if not self._bodies:
            self._bodies = [b""] * count
            reader.stop = count // 2 if count >= LONG and _cores() > 1 else count
            if reader.stop < count:
                self._readers.append(_Reader(self._start(self.importer), reader.stop, count))
        reader.watch.want(wire.Range(reader.page, reader.stop))

    def _take(self, reader: _Reader, piece: wire.Piece) -> None:
        self._bodies[piece.number] = piece.body
        self._size += len(piece.body)
        reader.page += 1
        self._came += 1
        if self._arrived is not None:
            self._arrived(piece.number, piece.text)
        self._tell(self._came, len(self._bodies))

    def _keep(self, page: Imported | None) -> None:
        self._came += 1
        if page is not None:
            self._size += len(page.text)
            self.pages.append(page)

    def _tell(self, done: int, total: int) -> None:
        if self._progress is not None:
            self._progress(done, total)

    def _bury(self, reader: _Reader, failure: wire.Refused) -> None:
        """Go on in a new process, behind the page that one has died of."""
        reader.watch.close(well=False)
        self._readers.remove(reader)
        self._failure = failure
        self._deaths += 1
        if reader.page + 1 < reader.stop and self._deaths < _DEATHS:
            self._readers.append(_Reader(self._start(self.importer), reader.page + 1, reader.stop))

    def _finish(self) -> wire.Outcome | None:
        """Have the pages put together, by a process that has read some or by a new one."""
        if self._failure is not None and not any(self._bodies):
            return self._failure
        self._is_finishing = True
        if self._readers:
            self._readers[0].is_done = False
            self._readers[0].watch.want(wire.Finish(self._bodies))
        else:
            self._readers.append(_Reader(self._start(self.importer)))
        return None


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
