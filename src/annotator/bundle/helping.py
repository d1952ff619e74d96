"""A second process that does a half of what takes long in checking a bundle, so that both cores of a computer work."""

from __future__ import annotations

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
from annotator.bundle.layout import ANNOTATIONS
from annotator.bundle.references import References
from annotator.bundle.refusal import Limits, Refusal
from annotator.bundle.spool import Spool
from annotator.bundle.standing import StandingView
from annotator.bundle.tasks import CompareAnnotations, Help, HoldDigests, LaidDown, LayDown, Reply, Task, Trouble, Well


class Helper:
    """The helping process, as the one that it helps sees it: it does one task at a time."""

    def __init__(self, link: BinaryIO, answers: BinaryIO) -> None:
        self._link = link
        self._answers = answers
        self._is_busy = False

    def begin(self, limits: Limits, archive: Archive) -> None:
        """Tell it what is to be checked."""
        self._tell(Help(limits, archive.folder, archive.places, archive.expected))

    def ask(self, task: Task) -> None:
        """Have it begin a task."""
        self._tell(task)
        self._is_busy = True

    def reply(self) -> Reply:
        """Wait for the end of the task and return how it went: with ``Trouble`` where the process has ended."""
        self._is_busy = False
        try:
            reply: Reply | None = receive(self._answers, Reply)
        except OSError:
            reply = None
        return Trouble() if reply is None else reply

    def _tell(self, what: Help | Task) -> None:
        with suppress(OSError):  # it has ended, as the reply will tell
            send(self._link, what)

    def settle(self) -> None:
        """Wait until it does nothing."""
        if self._is_busy:
            self.reply()


def help_along(help_: Help, tasks: BinaryIO, answers: BinaryIO, bundle: BinaryIO, spool: BinaryIO) -> None:
    """Do what comes in ``tasks``, one after the other, until nobody asks any more."""
    archive = Archive(bundle, help_.limits, help_.folder, help_.places)
    archive.expected = help_.expected
    while (task := receive(tasks, Task)) is not None:
        try:
            reply = _done(task, archive, help_.limits, spool)
        except (Refusal, NotPlainError):
            reply = Trouble()
        send(answers, reply)


def _done(task: Task, archive: Archive, limits: Limits, spool: BinaryIO) -> Reply:
    if isinstance(task, HoldDigests):
        check_digests(archive, task.listed, lambda _: None)
        return Well(list(archive.expected))
    if isinstance(task, LayDown):
        return _laid_down(task, archive, limits, spool)
    return _compared(task, archive, limits, spool)


def _laid_down(task: LayDown, archive: Archive, limits: Limits, spool: BinaryIO) -> LaidDown:
    laid, references = Spool(spool, task.start), References()
    entities = EntityCheck(laid, Blobs(archive, references), references, limits)
    history = HistoryCheck(archive, laid, references, entities, lambda _: None, limits, task.extent, at_once=False)
    checkpoint = history.run(task.begin)
    history.check_basis(task.extent.basis)
    left = list(archive.expected)
    return LaidDown(left, laid.part(), references.seen(), checkpoint, history.withheld, history.last_time)


def _compared(task: CompareAnnotations, archive: Archive, limits: Limits, spool: BinaryIO) -> Well:
    laid, references = Spool.lying_in(spool, task.laid), References(task.seen)
    blobs = Blobs(archive, references)
    entities = EntityCheck(laid, blobs, references, limits)
    entities.disputed = task.disputed
    names = check_parts(ANNOTATIONS, archive.names)[task.begin :]
    view = StandingView(laid, blobs, entities, first=task.first)
    compare_parts(archive, names, annotation_lines(view), ANNOTATIONS, lambda _: None)
    return Well(list(archive.expected))
