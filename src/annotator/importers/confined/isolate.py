"""Reads strangers' files in processes of their own, which can be stopped and take nothing with them.

Nothing of a file is looked at in the program's own process. The process that does is bound by ``Limits``: the time without
progress, the memory it holds, on Linux processor time and address space too. ``confining`` bars it from all else as far as the
system can; ``ImportWorker.protection`` finds out how far that is.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from types import TracebackType
from typing import Self

from annotator.domain.errors import CancelledError, ImportFailedError
from annotator.domain.foreign import Foreign
from annotator.domain.imported import Imported
from annotator.domain.protection import Protection, Reach
from annotator.domain.structure import Block, Inline, Line
from annotator.domain.text import canonical_text
from annotator.importers.annotations.registry import annotation_reader
from annotator.importers.confined import wire
from annotator.importers.confined.processes import CHILD, Nursery, Spawner
from annotator.importers.confined.ranges import MOST_PAGES, Arrived, Reading
from annotator.importers.confined.trying import PRIVATE, WRITTEN
from annotator.importers.confined.watching import CRASHED, Watch
from annotator.importers.confined.wire import Limits
from annotator.importers.registry import ReadOptions
from annotator.walls.forking import Zygote, can_fork

MAX_BYTES = 300 << 20
"""No file larger than this is sent to a child; each importer has a limit of its own below it."""

_EMPTY = wire.Refused("the file is empty", "Save or download it again.")
_TOO_LARGE = wire.Refused(
    f"it is larger than the {MAX_BYTES >> 20} MB that can be read", "Import the part of it that you need."
)


class ImportWorker:
    """Imports one document at a time, or several from as many threads. Use as a context manager, or call ``close``."""

    def __init__(self, *, forking: bool | None = None) -> None:
        """``forking``: whether to fork a process for each document (default: where the system can)."""
        self._nursery: Nursery = Zygote(CHILD) if (can_fork() if forking is None else forking) else Spawner()
        self._last = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the helper processes."""
        self._nursery.close()

    def read(
        self,
        data: bytes,
        options: ReadOptions,
        *,
        progress: Callable[[int, int], None] | None = None,
        arrived: Arrived | None = None,
        cancelled: Callable[[], bool] | None = None,
        limits: Limits | None = None,
    ) -> Imported:
        """Return what ``data`` holds; ``progress``, ``arrived`` and ``cancelled`` are called in this thread.

        ``arrived`` gets each page of a format that is read page by page, with its words, as soon as it is there.

        Raises ``ImportFailedError`` when it cannot be read within ``limits`` and ``CancelledError`` soon after
        ``cancelled`` has returned true.
        """
        name = _sendable(data, options.name)
        asked = wire.Request(replace(options, name=name), limits or Limits())
        return _imported(self._ask(asked, data, name, progress=progress, arrived=arrived, cancelled=cancelled), name)

    def read_every(
        self,
        data: bytes,
        options: ReadOptions,
        *,
        progress: Callable[[int, int], None] | None = None,
        arrived: Arrived | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> tuple[Imported, ...]:
        """Return what ``read`` does and, where that is a page of an archive, the others that can be read.

        The archive is gone through once. Should the process die of one page, each that is still missing gets its own.
        """
        name = _sendable(data, options.name)
        asked = wire.Request(replace(options, name=name), Limits(), every=True)
        pages: list[Imported] = []
        answer = self._ask(asked, data, name, progress=progress, arrived=arrived, cancelled=cancelled, pages=pages)
        if isinstance(answer, wire.Finished) or not pages:
            return (_imported(answer, name), *pages[1:])
        came = {page.part for page in pages}
        for part in pages[0].parts[:MOST_PAGES]:
            if part not in came:
                with suppress(ImportFailedError):
                    pages.append(self.read(data, replace(options, part=part), progress=progress, cancelled=cancelled))
        return tuple(pages)

    def read_annotations(
        self,
        data: bytes,
        name: str,
        *,
        format: str = "",  # noqa: A002 the word of the scripting face
        progress: Callable[[int, int], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
        limits: Limits | None = None,
    ) -> Foreign:
        """Return what a file of another program says; ``format`` is the code of its reader, empty to find out.

        Raises ``ImportFailedError``, ``WrongArgumentError`` naming the formats that exist, ``CancelledError``.
        """
        if format:
            annotation_reader(format)
        name = _sendable(data, name)
        asked = wire.AnnotationRequest(name, format, limits or Limits())
        answer = self._ask(asked, data, name, progress=progress, cancelled=cancelled)
        if isinstance(answer, wire.Refused):
            raise _error(name, answer)
        assert isinstance(answer, wire.FinishedAnnotations)  # noqa: S101 what answers a request
        return answer.foreign

    def protection(self) -> Protection:
        """Return what a process that reads a document is barred from, found out by letting one try."""
        with tempfile.TemporaryDirectory(prefix="annotator-") as folder:
            Path(folder, PRIVATE).write_bytes(b"private")
            answer = self._ask(wire.Trial(folder, Limits()), b"", "")
            if not isinstance(answer, wire.Tried):
                return Protection()
            found = answer.protection
            was_written = Path(folder, WRITTEN).exists()
        return replace(found, barred=tuple(each for each in found.barred if each != Reach.WRITING or not was_written))

    def _ask(
        self,
        asked: wire.Asked,
        data: bytes,
        name: str,
        *,
        progress: Callable[[int, int], None] | None = None,
        arrived: Arrived | None = None,
        cancelled: Callable[[], bool] | None = None,
        pages: list[Imported] | None = None,
    ) -> wire.Outcome:
        """Return the outcome; ``pages`` gets the sound pages of an archive that came before it."""

        def start(preload: str) -> Watch:
            return Watch(self._nursery.take(preload), asked, data)

        reading = Reading(start, self._last, progress, arrived)
        well = False
        try:
            while (outcome := reading.turn()) is None:
                if cancelled is not None and cancelled():
                    raise CancelledError(what=f"importing {name}")
            well = _fits(asked, outcome)
        finally:
            reading.close(well=well)
        self._last = reading.importer
        if pages is not None:
            pages += filter(_sound, reading.pages)
        return outcome if well or isinstance(outcome, wire.Refused) else CRASHED


def _sendable(data: bytes, name: str) -> str:
    """Return a document's name as it is sent. Raises ``ImportFailedError`` for one that is empty or too large for that."""
    name = canonical_text(name)
    if not data:
        raise _error(name, _EMPTY)
    if len(data) > MAX_BYTES:
        raise _error(name, _TOO_LARGE)
    return name


def _imported(answer: wire.Outcome, name: str) -> Imported:
    if isinstance(answer, wire.Refused):
        raise _error(name, answer)
    assert isinstance(answer, wire.Finished)  # noqa: S101 what answers a request
    return answer.imported


def _error(name: str, refused: wire.Refused) -> ImportFailedError:
    return ImportFailedError(name=name, reason=refused.reason, advice=refused.advice)


def _fits(asked: wire.Asked, answer: wire.Outcome) -> bool:
    """Tell whether this answers what was asked, in full and soundly."""
    if isinstance(asked, wire.Trial):
        return isinstance(answer, wire.Tried)
    if isinstance(asked, wire.AnnotationRequest):
        return isinstance(answer, wire.FinishedAnnotations)
    return isinstance(answer, wire.Finished) and _sound(answer.imported)


def _sound(imported: Imported) -> bool:
    """Tell whether the text is canonical and the offsets fit it: what comes from a child is not believed unseen."""
    if imported.text != canonical_text(imported.text):
        return False
    structure = imported.structure
    end = len(imported.text)
    parts: tuple[Sequence[Block | Inline | Line], ...] = (structure.blocks, structure.inlines, structure.lines)
    for ranges in parts:
        if any(not 0 <= one.start <= one.end <= end for one in ranges):
            return False
        if any(a.start > b.start for a, b in pairwise(ranges)):
            return False
    pages = len(structure.pages)
    return all(0 <= line.page < pages and len(line.edges) == 2 * (line.end - line.start) for line in structure.lines)
