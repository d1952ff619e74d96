"""The other side of ``isolate``: the process that parses strangers' files.

Started in one of two ways. As a *zygote* (Linux) it forks a process for each document, which dies with the document. As a
*worker* (elsewhere) it reads one document after the other until it is replaced. Either is confined before it looks at a
stranger's byte, as far as the system can.
"""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path
from typing import BinaryIO

from annotator.domain.errors import ImportFailedError
from annotator.domain.imported import Imported
from annotator.domain.protection import Protection
from annotator.importers import registry
from annotator.importers.annotations.registry import annotation_readers, read_foreign
from annotator.importers.confined import trying, wire
from annotator.walls.confining import Walls, limit
from annotator.walls.forking import serve
from annotator.walls.readable import package_places, python_places

_SELDOM = (50_000, 20, 20)
"""How often a process that dies with its document looks for garbage: what little there is goes with it."""


def main(arguments: list[str]) -> None:
    """Run as ``zygote <descriptor of the control socket>`` or as ``worker`` on standard input and output."""
    if arguments[0] == "zygote":
        walls = _walls()
        serve(int(arguments[1]), walls, _preload, lambda descriptors: _in_fork(descriptors[0], walls))
    else:
        _worker()


def _preload(importer: str) -> None:
    registry.preload(importer)
    gc.freeze()


def _walls() -> Walls:
    """Load every importer (they are light), and leave open what they may need to load later on."""
    modules = [__name__, *(one.read.__module__ for one in registry.importers())]
    modules += [one.read.__module__ for one in annotation_readers().values()]
    return Walls((*python_places(), *package_places(modules)))


def _in_fork(descriptor: int, walls: Walls) -> None:
    """Read one document."""
    gc.set_threshold(*_SELDOM)
    with open(descriptor, "rb", closefd=False) as source, open(descriptor, "wb") as answers:
        received = wire.receive_request(source)
        if received is not None:
            asked, data = received
            limit(memory=asked.limits.memory, cpu=asked.limits.cpu)
            _answer(source, answers, asked, data, walls.raise_())


def _worker() -> None:
    """Read documents from standard input until it ends; nothing a library prints can reach the answers."""
    answers = os.fdopen(os.dup(1), "wb")
    null = os.open(os.devnull, os.O_RDWR)
    os.dup2(null, 1)
    means = _walls().raise_()
    while (received := wire.receive_request(sys.stdin.buffer)) is not None:
        _answer(sys.stdin.buffer, answers, *received, means)


def _answer(source: BinaryIO, answers: BinaryIO, asked: wire.Asked, data: bytes, means: tuple[str, ...]) -> None:
    """Answer one request. Here ends whatever a reader may raise."""
    answer: wire.Answer
    try:
        if isinstance(asked, wire.Trial):
            answer = wire.Tried(Protection(barred=trying.barred(Path(asked.folder)), means=means))
        elif isinstance(asked, wire.AnnotationRequest):
            answer = wire.FinishedAnnotations(read_foreign(data, asked.name, asked.format))
        else:
            answer = _read(source, answers, asked, data)
    except ImportFailedError as error:
        answer = wire.Refused(str(error.data["reason"]), str(error.data["advice"]))
    except MemoryError:
        answer = MEMORY
    except PermissionError:
        answer = _BARRED
    except Exception as error:
        answer = wire.Refused(
            f"its reader failed on it ({type(error).__name__})",
            "The file may be damaged; try another copy, or save it in another format.",
        )
    try:
        wire.send_answer(answers, answer)
    except wire.AnswerTooLongError:
        wire.send_answer(answers, _TOO_LONG)


_TOO_LONG = wire.Refused("it holds more text than one source may", "Import the part of it that you need.")
_BARRED = wire.Refused(
    "its reader tried to reach other files, programs or the network, and was stopped",
    "It may be made to do harm; get another copy of it from somebody you trust.",
)
MEMORY = wire.Refused(
    "it takes more memory than one document may",
    "It may be damaged or made to do harm; try another copy of it, or a part.",
)


def _read(source: BinaryIO, answers: BinaryIO, request: wire.Request, data: bytes) -> wire.Answer:
    options = request.options
    importer = registry.importer_for(data, options)
    wire.send_answer(answers, wire.Chosen(importer.name))
    if len(data) > importer.max_bytes:
        return wire.Refused(
            f"it is larger than the {importer.max_bytes >> 20} MB that can be read of this kind",
            "Import the part of it that you need.",
        )
    if importer.parted is not None:
        return _read_parted(source, answers, importer.parted(data, options))

    def progress(done: int, total: int) -> None:
        wire.send_answer(answers, wire.Advanced(done, total))

    if not request.every or importer.every is None:
        return wire.Finished(importer.read(data, options, progress))
    first: Imported | None = None
    for page in importer.every(data, options, progress):
        first = first or page
        if first is not None and first.parts:
            wire.send_answer(answers, wire.Another(page))
    assert first is not None  # noqa: S101 it comes before the others, or an error in its place
    return wire.Finished(first)


def _read_parted(source: BinaryIO, answers: BinaryIO, document: registry.Parted) -> wire.Answer:
    """Read the ranges of pages that are asked for, until the whole is."""
    wire.send_answer(answers, wire.Parts(document.count))
    while isinstance(further := wire.receive_further(source), wire.Range):
        for number in range(further.start, further.stop):
            text, body = document.read(number)
            wire.send_answer(answers, wire.Piece(number, text, body))
        wire.send_answer(answers, wire.RangeRead())
    return wire.Finished(document.finish(further.bodies))
