"""A bundle is checked in a process that is bound, watched, and not believed unseen."""

from __future__ import annotations

import os
import signal
import struct
import subprocess
import sys
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import BytesIO
from itertools import chain
from pathlib import Path
from tempfile import TemporaryFile

import msgspec
import pytest

from annotator.bundle import apart
from annotator.bundle.answers import Advanced, Answer, Passed, Refused, send
from annotator.bundle.apart import check_apart
from annotator.bundle.layout import silent
from annotator.bundle.read import USUAL, read_bundle
from annotator.bundle.refusal import Limits, Refusal
from annotator.domain.errors import BundleOverLimitError, BundleRefusedError
from annotator.domain.kinds import Linkage
from annotator.walls.forking import can_fork
from annotator.walls.guard import Guard

_TRIES = 20

linux = pytest.mark.skipif(not can_fork(), reason="only Linux forks and has these walls")


@pytest.fixture(params=[pytest.param("forked", marks=linux), "started"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Let the process be forked, or started as on systems that cannot fork."""
    if request.param == "started":
        monkeypatch.setattr(apart, "can_fork", lambda: False)
    return str(request.param)


@pytest.mark.usefixtures("way")
def test_a_sound_bundle_passes_and_a_damaged_one_names_its_member(bundle: Path, tmp_path: Path) -> None:
    with read_bundle(bundle) as read:
        assert list(read.all(Linkage))
    damaged = tmp_path / "damaged.zip"
    damaged.write_bytes(bundle.read_bytes()[:-5])
    with pytest.raises(BundleRefusedError, match="ZIP directory"):
        read_bundle(damaged)


@linux
def test_the_process_is_bound_before_it_reads(bundle: Path) -> None:
    states: list[str] = []

    def look(_done: int, _total: int) -> None:
        process = apart._zygote()._process
        assert process is not None
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
        for child in children:
            with suppress(FileNotFoundError):
                states.append(Path(f"/proc/{child}/status").read_text())

    for _ in range(_TRIES):
        with read_bundle(bundle, progress=look):
            pass
        if states:
            break
    assert states, "the process had ended whenever it was looked for"
    for state in states:
        assert "NoNewPrivs:\t1" in state
        assert "Seccomp:\t2" in state


@linux
def test_a_fork_server_that_was_killed_is_replaced(bundle: Path) -> None:
    read_bundle(bundle).close()
    process = apart._zygote()._process
    assert process is not None
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    read_bundle(bundle).close()


@pytest.mark.parametrize(
    ("limit", "lowest"),
    [("members", 3), ("member_bytes", 100), ("total_bytes", 1000), ("line_bytes", 90), ("revisions", 1)],
)
def test_a_limit_names_itself_and_can_be_raised_for_one_bundle(bundle: Path, limit: str, lowest: int) -> None:
    limits = Limits(**{limit: lowest})
    with pytest.raises(BundleOverLimitError, match=f"Allow more of “{limit}”") as refused:
        read_bundle(bundle, limits=limits)
    assert refused.value.data["limit"] == limit
    while getattr(limits, limit) < getattr(USUAL, limit):
        limits = limits.raised(limit)
    read_bundle(bundle, limits=limits).close()


def test_only_limits_that_there_are_can_be_raised() -> None:
    with pytest.raises(ValueError, match="patience"):
        USUAL.raised("patience")


class Mute:
    """A process that says nothing, for ever."""

    def __init__(self) -> None:
        self._process = subprocess.Popen([sys.executable, "-c", "import sys; sys.stdin.read()"], stdin=-1, stdout=-1)
        assert self._process.stdout is not None
        self.answers = self._process.stdout
        self.pid = self._process.pid

    def kill(self) -> None:
        self._process.kill()

    def end(self) -> None:
        self._process.kill()
        self._process.communicate()


@contextmanager
def mute() -> Iterator[Mute]:
    process = Mute()
    try:
        yield process
    finally:
        process.end()


@pytest.mark.parametrize(
    ("limits", "limit", "reason"),
    [
        (Limits(stall=0), "stall", "no further within 0 seconds"),
        (Limits(memory=1), "memory", "of memory that its check may take"),
    ],
)
def test_a_process_that_takes_too_much_is_stopped(limits: Limits, limit: str, reason: str) -> None:
    with mute() as process:
        guard = Guard(process, limits.memory)
        with pytest.raises(Refusal) as refused:
            apart._passed(process.answers, guard, limits, silent)  # type: ignore[arg-type]
        guard.end()
    assert refused.value.limit == limit
    assert reason in refused.value.reason


def said(*answers: Answer) -> BytesIO:
    link = BytesIO()
    for answer in answers:
        send(link, answer)
    link.seek(0)
    return link


_ENDLESS = struct.pack(">Q", 1 << 40)
_FOREIGN = msgspec.msgpack.encode({"type": "Passed", "report": 7})


@pytest.mark.parametrize(
    "link",
    [
        BytesIO(),
        BytesIO(b"\0\0"),
        BytesIO(_ENDLESS),
        BytesIO(struct.pack(">Q", 1) + b"\xc1"),
        BytesIO(struct.pack(">Q", len(_FOREIGN)) + _FOREIGN),
        said(*[Advanced(1, 3)] * 1000),
        said(Advanced(4, 3)),
    ],
)
def test_a_process_that_talks_no_sense_is_refused(link: BytesIO) -> None:
    told: list[int] = []
    with mute() as process:
        guard = Guard(process, USUAL.memory)
        with pytest.raises(Refusal, match="broke down the process"):
            apart._passed(link, guard, USUAL, lambda done, _total: told.append(done))
        guard.end()
    assert told in ([], [1])


def test_what_a_process_refuses_is_refused() -> None:
    with mute() as process:
        guard = Guard(process, USUAL.memory)
        with pytest.raises(Refusal) as refused:
            apart._passed(said(Refused("bagit.txt", "is missing")), guard, USUAL, silent)
        guard.end()
    assert (refused.value.member, refused.value.reason) == ("bagit.txt", "is missing")


def lying(passed: Passed, change: str) -> Passed:
    """Return an answer that says something else about where things lie."""
    laid = passed.laid
    if change == "longer":
        return msgspec.structs.replace(passed, laid=msgspec.structs.replace(laid, history=[(0, 1 << 40)]))
    name, table = next(iter(laid.tables.items()))
    wrong = msgspec.structs.replace(table, **_WRONG[change])
    return msgspec.structs.replace(passed, laid=msgspec.structs.replace(laid, tables={**laid.tables, name: wrong}))


_WRONG = {
    "outside": {"size": 1 << 40},
    "nothing in each": {"length": 0},
    "half of one": {"size": 7},
    "more in each": {"length": 1 << 17},
}


@pytest.mark.parametrize("change", ["longer", *_WRONG])
def test_places_outside_the_file_are_refused(bundle: Path, monkeypatch: pytest.MonkeyPatch, change: str) -> None:
    monkeypatch.setattr("annotator.bundle.read.check_apart", lambda *given: lying(check_apart(*given), change))
    with pytest.raises(BundleRefusedError, match="is not as it was checked"):
        read_bundle(bundle)


def test_a_history_that_is_not_as_it_was_sealed_is_refused(bundle: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with bundle.open("rb") as file, TemporaryFile() as spool:
        passed = check_apart(file, spool, USUAL, silent)
        spool.seek(0)
        laid = spool.read()
        assert b'"name":"Ada"' in laid
        with TemporaryFile() as altered:
            altered.write(laid.replace(b'"name":"Ada"', b'"name":"Eve"'))
            altered.flush()
            monkeypatch.setattr("annotator.bundle.read.TemporaryFile", lambda: altered)
            monkeypatch.setattr("annotator.bundle.read.check_apart", lambda *_given: passed)
            with read_bundle(bundle) as read, pytest.raises(BundleRefusedError, match="is not as it was checked"):
                deque(chain.from_iterable(revisions for _, _, revisions in read.changes()), maxlen=0)
