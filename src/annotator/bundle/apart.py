"""Has a bundle checked by a process of its own, which can be stopped and takes nothing with it."""

from __future__ import annotations

import atexit
import subprocess
from functools import cache
from typing import BinaryIO

import msgspec

from annotator.bundle.answers import Advanced, Answer, Failed, Passed, Refused, receive, send
from annotator.bundle.layout import Progress
from annotator.bundle.refusal import Limits, Refusal
from annotator.walls.forking import ForkedProcess, Zygote, can_fork
from annotator.walls.guard import Guard, Why
from annotator.walls.starting import command

_CHILD = "annotator.bundle.child"
_BUNDLE = "the bundle"


def check_apart(bundle: BinaryIO, spool: BinaryIO, limits: Limits, progress: Progress) -> Passed:
    """Return what the check of ``bundle`` found, its history laid down in ``spool``; both are files of the system.

    ``progress`` may stop the check. Raises ``Refusal``, and ``OSError`` where the system refuses to read or to write.
    """
    process = _forked(bundle, spool, limits) if can_fork() else _Started(bundle, spool, limits)
    guard = Guard(process, limits.memory)
    try:
        return _passed(process.answers, guard, limits, progress)
    finally:
        guard.end()
        process.release(well=False)


def _forked(bundle: BinaryIO, spool: BinaryIO, limits: Limits) -> ForkedProcess:
    process = _zygote().take(handed=(bundle.fileno(), spool.fileno()))
    send(process.source, limits)
    return process


@cache
def _zygote() -> Zygote:
    """Return the one process that is forked for every bundle; it goes with the program."""
    zygote = Zygote(_CHILD)
    atexit.register(zygote.close)
    return zygote


class _Started:
    """A process for one bundle where none can be forked."""

    def __init__(self, bundle: BinaryIO, spool: BinaryIO, limits: Limits) -> None:
        self._process = subprocess.Popen(  # noqa: S603 our own interpreter and module
            command(_CHILD, "once", msgspec.json.encode(limits).decode()),
            stdin=bundle,
            stdout=spool,
            stderr=subprocess.PIPE,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        assert self._process.stderr is not None  # noqa: S101 PIPE
        self.pid = self._process.pid
        self.answers: BinaryIO = self._process.stderr  # type: ignore[assignment]

    def kill(self) -> None:
        """End it at once. Harmless when it has ended."""
        self._process.kill()

    def release(self, *, well: bool) -> None:
        """End it: no process is used twice."""
        del well
        self.kill()
        self._process.wait()
        self.answers.close()


def _passed(answers: BinaryIO, guard: Guard, limits: Limits, progress: Progress) -> Passed:
    """Follow the answers to the last one."""
    furthest = -1
    while True:
        with guard.within(limits.stall):
            answer = _next(answers, furthest)
        if isinstance(answer, Passed):
            return answer
        if isinstance(answer, Refused):
            raise Refusal(answer.member, answer.reason, answer.limit)
        if isinstance(answer, Failed):
            raise OSError(0, answer.problem)
        if answer is None:
            raise _stopped(guard.why, limits)
        furthest = answer.done
        progress(answer.done, answer.total)


def _next(answers: BinaryIO, furthest: int) -> Answer | None:
    """Return the next answer that says something new, none when there is no such: it broke, was stopped, or talks no sense."""
    try:
        while isinstance(answer := receive(answers), Advanced) and not furthest < answer.done <= answer.total:
            pass
    except (ValueError, msgspec.MsgspecError):
        return None
    return answer


def _stopped(why: Why | None, limits: Limits) -> Refusal:
    if why is Why.MEMORY:
        reason = f"takes more than the {limits.memory >> 20} MB of memory that its check may take"
        return Refusal(_BUNDLE, reason, "memory")
    if why is Why.LATE:
        return Refusal(_BUNDLE, f"was checked no further within {limits.stall} seconds", "stall")
    return Refusal(_BUNDLE, "broke down the process that checked it")
