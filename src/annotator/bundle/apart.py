"""Has a bundle checked by a process of its own, which can be stopped and takes nothing with it."""

from __future__ import annotations

import atexit
import os
import subprocess
from contextlib import ExitStack
from functools import cache
from typing import BinaryIO

import msgspec

from annotator.bundle.answers import Advanced, Answer, Begin, Failed, Passed, Refused, receive, send
from annotator.bundle.layout import Progress
from annotator.bundle.refusal import Limits, Refusal
from annotator.walls.forking import ForkedProcess, Zygote, can_fork
from annotator.walls.guard import Guard, Why
from annotator.walls.starting import command

_CHILD = "annotator.bundle.child"
_BUNDLE = "the bundle"
_WORTH_HELP = 1 << 20


def check_apart(bundle: BinaryIO, spool: BinaryIO, limits: Limits, progress: Progress) -> Passed:
    """Return what the check of ``bundle`` found, its history laid down in ``spool``; both are files of the system.

    ``progress`` may stop the check. Raises ``Refusal``, and ``OSError`` where the system refuses to read or to write.
    """
    with ExitStack() as stack:
        helper = _forked(bundle, spool) if can_fork() and _is_worth_help(bundle) else None
        if helper is not None:
            stack.callback(helper.release, well=False)
        process = _Started(bundle, spool, limits) if not can_fork() else _forked(bundle, spool, helper)
        stack.callback(process.release, well=False)
        if isinstance(process, ForkedProcess):
            send(process.source, Begin(limits))
        guard = Guard(process, limits.memory, *([helper] if helper is not None else []))
        stack.callback(guard.end)
        return _passed(process.answers, guard, limits, progress)


def _is_worth_help(bundle: BinaryIO) -> bool:
    """Tell whether a bundle is so large, and this computer such, that a second process makes its check faster."""
    return len(os.sched_getaffinity(0)) > 1 and os.fstat(bundle.fileno()).st_size >= _WORTH_HELP


def _forked(bundle: BinaryIO, spool: BinaryIO, helper: ForkedProcess | None = None) -> ForkedProcess:
    handed = (bundle.fileno(), spool.fileno())
    return _zygote().take(handed=handed if helper is None else (*handed, helper.link))


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
    answer: Answer | None
    try:
        while isinstance(answer := receive(answers, Answer), Advanced) and not furthest < answer.done <= answer.total:
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
