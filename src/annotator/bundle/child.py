"""The process that checks a stranger's bundle.

It is handed the bundle and an empty file for the spool, and answers over a link of its own. Where it is forked, that is so from
the start, and a second one like it may help it (``helping``); elsewhere they are its standard input, standard output, and what
was standard error. Before it looks at the first byte it is bound as far as the system can: it opens no file, starts nothing,
reaches no network.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

import cryptography.hazmat.primitives.asymmetric.ed25519  # noqa: F401 loaded once, before there are walls
import msgspec

from annotator.bundle.answers import Advanced, Answer, Begin, Failed, Passed, Refused, receive, send
from annotator.bundle.archive import Archive, open_archive
from annotator.bundle.check import Checked, check
from annotator.bundle.helping import Helper, help_along
from annotator.bundle.refusal import Limits, Refusal
from annotator.bundle.spool import Spool
from annotator.bundle.tasks import Help
from annotator.walls.confining import Walls, limit, not_outlive_parent
from annotator.walls.forking import serve
from annotator.walls.readable import package_places, python_places

_SPOOLED = 8
"""A spool is at most this many times as large as what a bundle unpacks to: places and digests lie beside what is in its lines."""


def main(arguments: list[str]) -> None:
    """Run as ``zygote <descriptor of the control socket>``, or as ``once <Limits as JSON>``."""
    walls = Walls((*python_places(), *package_places([__name__])))
    if arguments[0] == "zygote":
        serve(int(arguments[1]), walls, lambda _: None, lambda handed: _in_fork(walls, *handed))
    else:
        _once(walls, msgspec.json.decode(arguments[1], type=Limits))


def _in_fork(walls: Walls, link: int, bundle: int, spool: int, helper: int | None = None) -> None:
    with open(link, "rb", closefd=False) as source, open(link, "wb") as answers:
        first = receive(source, Begin | Help)
        if isinstance(first, Help):
            _bind(walls, first.limits)
            with _both(bundle, spool) as (read, laid):
                help_along(first, source, answers, read, laid)
        elif first is not None:
            _check(walls, first.limits, bundle, spool, answers, helper)


def _once(walls: Walls, limits: Limits) -> None:
    bundle, spool, error = 0, 1, 2
    answers = os.fdopen(os.dup(error), "wb")
    os.dup2(os.open(os.devnull, os.O_RDWR), error)
    not_outlive_parent()
    _check(walls, limits, bundle, spool, answers)


def _check(walls: Walls, limits: Limits, bundle: int, spool: int, answers: BinaryIO, helper: int | None = None) -> None:
    _bind(walls, limits)
    with _both(bundle, spool) as (read, laid), _linked(helper) as helping:
        send(answers, _answer(read, laid, limits, answers, helping))


def _bind(walls: Walls, limits: Limits) -> None:
    limit(memory=limits.memory, cpu=limits.cpu)
    walls.raise_(written=_SPOOLED * limits.total_bytes)


@contextmanager
def _both(bundle: int, spool: int) -> Iterator[tuple[BinaryIO, BinaryIO]]:
    with open(bundle, "rb", closefd=False) as read, open(spool, "w+b", closefd=False) as laid:
        yield read, laid


@contextmanager
def _linked(helper: int | None) -> Iterator[Helper | None]:
    if helper is None:
        yield None
        return
    with os.fdopen(os.dup(helper), "rb") as answers, os.fdopen(helper, "wb") as link:
        yield Helper(link, answers)


def _answer(bundle: BinaryIO, spool: BinaryIO, limits: Limits, answers: BinaryIO, helper: Helper | None) -> Answer:
    def advanced(done: int, total: int) -> None:
        send(answers, Advanced(done, total))

    try:
        archive = open_archive(bundle, limits)
        return _passed(archive, check(archive, Spool(spool), limits, advanced, helper))
    except Refusal as refusal:
        return Refused(refusal.member, refusal.reason, refusal.limit)
    except OSError as error:
        return Failed(error.strerror or str(error))


def _passed(archive: Archive, checked: Checked) -> Passed:
    return Passed(
        report=checked.report,
        folder=archive.folder,
        places=archive.places,
        seen=checked.references.seen(),
        laid=checked.spool.laid_down(),
        disputed=checked.disputed,
    )
