"""A second process that does a half of what takes long in checking a bundle, so that both cores of a computer work."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import BinaryIO

from annotator.bundle.answers import receive, send
from annotator.bundle.archive import Archive
from annotator.bundle.blobs import Blobs
from annotator.bundle.comparing import compare_parts
from annotator.bundle.derived import annotation_lines
from annotator.bundle.entities import EntityCheck, NotPlainError
from annotator.bundle.fixity import check_digests
from annotator.bundle.history import HistoryCheck, check_parts
from annotator.bundle.layout import ANNOTATIONS, HISTORY, LINES_A_PART, Progress, steps
from annotator.bundle.references import References
from annotator.bundle.refusal import Limits, Refusal
from annotator.bundle.spool import Spool
from annotator.bundle.standing import StandingView
from annotator.bundle.tasks import (
    STEPS,
    CompareAnnotations,
    Going,
    Help,
    HoldDigests,
    LaidDown,
    LayDown,
    Reply,
    Task,
    Trouble,
    Well,
)


class Helper:
    """The helping process, as the one that it helps sees it: it does one task at a time."""

    def __init__(self, link: BinaryIO, answers: BinaryIO) -> None:
        self._link = link
        self._answers = answers

    def begin(self, limits: Limits, archive: Archive) -> None:
        """Tell it what is to be checked."""
        self._tell(Help(limits, archive.folder, archive.places, archive.expected))

    def ask(self, task: Task) -> None:
        """Have it begin a task."""
        self._tell(task)

    def reply(self, seen: Callable[[int], None]) -> Reply:
        """Wait for the end of the task and return how it went: with ``Trouble`` where the process has ended.

        ``seen`` is told meanwhile how many of ``STEPS`` of it are done.
        """
        try:
            while isinstance(said := receive(self._answers, Reply | Going), Going):
                seen(said.done)
        except OSError:
            said = None
        reply: Reply = Trouble() if said is None else said
        return reply

    def _tell(self, what: Help | Task) -> None:
        with suppress(OSError):  # it has ended, as the reply will tell
            send(self._link, what)


def help_along(help_: Help, tasks: BinaryIO, answers: BinaryIO, bundle: BinaryIO, spool: BinaryIO) -> None:
    """Do what comes in ``tasks``, one after the other, until nobody asks any more."""
    archive = Archive(bundle, help_.limits, help_.folder, help_.places)
    archive.expected = help_.expected

    def going(done: int, _total: int) -> None:
        send(answers, Going(done))

    while (task := receive(tasks, Task)) is not None:
        try:
            reply = _done(task, archive, help_.limits, spool, going)
        except (Refusal, NotPlainError):
            reply = Trouble()
        send(answers, reply)


def _done(task: Task, archive: Archive, limits: Limits, spool: BinaryIO, going: Progress) -> Reply:
    if isinstance(task, HoldDigests):
        told = sum(archive.size(name) for name, _ in task.listed)
        check_digests(archive, task.listed, steps(going, 0, STEPS, told))
        return Well(list(archive.expected))
    if isinstance(task, LayDown):
        return _laid_down(task, archive, limits, spool, going)
    return _compared(task, archive, limits, spool, going)


def _laid_down(task: LayDown, archive: Archive, limits: Limits, spool: BinaryIO, going: Progress) -> LaidDown:
    laid, references = Spool(spool, task.start), References()
    entities = EntityCheck(laid, Blobs(archive, references), references, limits)
    seen = steps(going, 0, STEPS, sum(map(archive.size, check_parts(HISTORY, archive.names)[task.begin :])))
    history = HistoryCheck(archive, laid, references, entities, seen, limits, task.extent, at_once=False)
    checkpoint = history.run(task.begin)
    history.check_basis(task.extent.basis)
    left = list(archive.expected)
    return LaidDown(left, laid.part(), references.seen(), checkpoint, history.withheld, history.last_time)


def _compared(task: CompareAnnotations, archive: Archive, limits: Limits, spool: BinaryIO, going: Progress) -> Well:
    laid, references = Spool.lying_in(spool, task.laid), References(task.seen)
    blobs = Blobs(archive, references)
    entities = EntityCheck(laid, blobs, references, limits)
    entities.disputed = task.disputed
    names = check_parts(ANNOTATIONS, archive.names)[task.begin :]
    view = StandingView(laid, blobs, entities, first=task.first)
    seen = steps(going, 0, STEPS, len(names) * LINES_A_PART)
    compare_parts(archive, names, annotation_lines(view), ANNOTATIONS, seen)
    return Well(list(archive.expected))
