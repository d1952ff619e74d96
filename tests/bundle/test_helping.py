"""Two processes that check a bundle together find what one finds alone: here they are threads, each with its end of a link."""

from __future__ import annotations

import random
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO

import pytest

from annotator.bundle import apart, helping
from annotator.bundle import check as checking
from annotator.bundle.answers import receive
from annotator.bundle.archive import open_archive
from annotator.bundle.check import Checked, check
from annotator.bundle.fixity import check_bag
from annotator.bundle.helping import Helper, help_along
from annotator.bundle.layout import (
    ANNOTATIONS,
    CLAIMS,
    HISTORY,
    MANIFEST,
    PAYLOAD,
    TAG_MANIFEST,
    Progress,
    manifest,
    part,
    silent,
)
from annotator.bundle.read import USUAL, read_bundle
from annotator.bundle.refusal import Refusal
from annotator.bundle.spool import Spool
from annotator.bundle.tasks import STEPS, CompareAnnotations, Help, HoldDigests, LayDown
from annotator.domain.ids import digest_of
from annotator.domain.kinds import Linkage
from annotator.walls.forking import ForkedProcess, can_fork
from tests.bundle.builders import ForgedChange, Members, described, entries, forged, pack, resealed
from tests.bundle.test_hostile_history import FORGERIES

_LINES = 2


@pytest.fixture(autouse=True)
def short_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("bag", "check", "comparing", "helping", "history"):
        monkeypatch.setattr(f"annotator.bundle.{module}.LINES_A_PART", _LINES)


def cut(found: Members) -> Members:
    """Return members with their lines in short parts."""
    short = dict(found)
    for folder in (HISTORY, ANNOTATIONS):
        names = sorted(name for name in found if name.startswith(f"{folder}/"))
        lines = b"".join(short.pop(name) for name in names).splitlines(keepends=True)
        for number, at in enumerate(range(0, len(lines), _LINES), 1):
            short[part(folder, number)] = b"".join(lines[at : at + _LINES])
    return described(short)


@contextmanager
def helped(bundle: BinaryIO, spool: BinaryIO) -> Iterator[Helper]:
    ours, theirs = socket.socketpair()
    with ours, theirs, ours.makefile("rb") as answers, ours.makefile("wb") as link:

        def run() -> None:
            with suppress(OSError), theirs, theirs.makefile("rb") as tasks, theirs.makefile("wb") as out:
                first = receive(tasks, Help)
                if first is not None:
                    help_along(first, tasks, out, bundle, spool)

        thread = threading.Thread(target=run)
        thread.start()
        try:
            yield Helper(link, answers)
        finally:
            ours.shutdown(socket.SHUT_RDWR)
            thread.join()


def checked(path: Path, *, with_help: bool, progress: Progress = silent) -> Checked | tuple[str, str]:
    """Return what a check finds, or the member and the reason for which it refuses the bundle."""
    with path.open("rb") as file, TemporaryFile() as spool:
        archive = open_archive(file, USUAL)
        try:
            if not with_help:
                return check(archive, Spool(spool), USUAL, progress)
            with helped(file, spool) as helper:
                return check(archive, Spool(spool), USUAL, progress, helper)
        except Refusal as refusal:
            return refusal.member, refusal.reason


def test_both_find_the_same(parts: Members, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = pack(cut(parts), tmp_path / "short.zip")
    alone = checked(path, with_help=False)
    done = list[type]()
    really = helping._done

    def noting(task: object, *given: object) -> object:
        done.append(type(task))
        return really(task, *given)  # type: ignore[arg-type]

    monkeypatch.setattr(helping, "_done", noting)
    together = checked(path, with_help=True)
    assert done == [HoldDigests, LayDown, CompareAnnotations]
    assert isinstance(alone, Checked)
    assert isinstance(together, Checked)
    assert together.report == alone.report
    assert together.disputed == alone.disputed
    assert together.references.seen() == alone.references.seen()


def test_who_waits_for_the_other_tells_how_far_that_one_is(
    parts: Members, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told, heard, reply = list[int](), list[list[int]](), Helper.reply

    def hearing(self: Helper, seen: Callable[[int], None]) -> object:
        heard.append([])

        def hear(done: int) -> None:
            heard[-1].append(done)
            seen(done)

        return reply(self, hear)

    monkeypatch.setattr(Helper, "reply", hearing)
    path = pack(cut(parts), tmp_path / "short.zip")
    assert isinstance(checked(path, with_help=True, progress=lambda done, _: told.append(done)), Checked)
    assert told == sorted(told)
    for steps, end in zip(heard, (150, 500, 1000), strict=True):
        assert steps == sorted(steps)
        assert end - checking._WAITING + checking._WAITING * steps[-1] // STEPS in told


def test_what_is_refused_does_not_wait_for_help(
    parts: Members, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = pack({**parts, CLAIMS: b"x" * len(parts[CLAIMS])}, tmp_path / "evil.zip")
    monkeypatch.setattr(Helper, "reply", lambda *_: pytest.fail("it was waited for"))
    for with_help in (False, True):
        assert checked(path, with_help=with_help) == (CLAIMS, "has another digest than manifest-sha256.txt lists")


@pytest.mark.parametrize("forgery", FORGERIES)
def test_both_refuse_for_the_same_reason(parts: Members, tmp_path: Path, forgery: str) -> None:
    alter, reason = FORGERIES[forgery]

    def once(changes: list[ForgedChange]) -> None:
        alter(changes)

    path = pack(cut(forged(parts, once)), tmp_path / "evil.zip")
    alone, together = checked(path, with_help=False), checked(path, with_help=True)
    assert isinstance(alone, tuple)
    assert reason in alone[1]
    assert together == alone


@pytest.mark.parametrize("number", [0, -1])
def test_an_annotation_that_says_something_else_is_found_in_either_half(
    parts: Members, tmp_path: Path, number: int
) -> None:
    short = cut(parts)
    name = sorted(name for name in short if name.startswith(ANNOTATIONS))[number]
    short[name] = short[name].replace(b'"motivation":"', b'"motivation":"x', 1)
    path = pack(resealed(short), tmp_path / "evil.zip")
    alone, together = checked(path, with_help=False), checked(path, with_help=True)
    assert isinstance(alone, tuple)
    assert alone[0] == name
    assert together == alone


def test_an_annotation_that_is_nested_without_end_is_refused(parts: Members, tmp_path: Path) -> None:
    short = cut(parts)
    names = sorted(name for name in short if name.startswith(ANNOTATIONS))
    name = names[len(names) // 2]
    short[name] = b"[" * 100_000 + b"\n"
    path = pack(resealed(short), tmp_path / "evil.zip")
    for with_help in (False, True):
        assert checked(path, with_help=with_help) == (name, "line 1 differs from what the history gives")


@pytest.mark.parametrize("folder", [HISTORY, ANNOTATIONS])
@pytest.mark.parametrize("number", [0, -1])
def test_a_digest_that_lines_do_not_have_is_found_in_either_half(
    parts: Members, tmp_path: Path, folder: str, number: int
) -> None:
    short = cut(parts)
    name = sorted(name for name in short if name.startswith(folder))[number]
    short[MANIFEST] = short[MANIFEST].replace(digest_of(short[name]).encode(), b"0" * 64)
    tags = entries({tag: data for tag, data in short.items() if not tag.startswith(PAYLOAD) and tag != TAG_MANIFEST})
    path = pack({**short, TAG_MANIFEST: manifest(tags)}, tmp_path / "evil.zip")
    for with_help in (False, True):
        assert checked(path, with_help=with_help) == (name, "has another digest than manifest-sha256.txt lists")


def altered(changes: list[ForgedChange], chance: random.Random) -> None:
    """Write nonsense into a body of a history, whose digests and seals fit afterwards."""
    change = chance.choice([each for each in changes if each.revisions])
    revision = chance.choice(change.revisions)
    if not isinstance(revision.get("body"), dict):
        return
    fields = revision["body"]["fields"]
    within = [fields, revision["body"], *fields.get("fragments", ())]
    where = chance.choice([each for each in within if isinstance(each, dict) and each])
    name = chance.choice([*where, "id", "deleted", "later", "label", "rationale"])
    where[name] = chance.choice([None, "", "x", 0, -1, 2**60, True, [], ["x"], {}, {"id": "y"}, 1.5, "\u202e"])


@pytest.mark.parametrize("seed", range(60))
def test_whatever_is_written_into_a_body_all_ways_come_to_the_same(parts: Members, tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 reproducible, not secret

    def once(changes: list[ForgedChange]) -> None:
        altered(changes, chance)

    path = pack(cut(forged(parts, once)), tmp_path / "evil.zip")
    with path.open("rb") as file, TemporaryFile() as spool:
        archive = open_archive(file, USUAL)
        bag = checking.Bag(*check_bag(archive), None)
        at_once: object
        try:
            at_once = checking._Check(archive, Spool(spool), USUAL, silent, bag, at_once=True).run().report
        except Refusal as refusal:
            at_once = refusal.member, refusal.reason
    for with_help in (False, True):
        found = checked(path, with_help=with_help)
        assert (found.report if isinstance(found, Checked) else found) == at_once


@pytest.mark.skipif(not can_fork(), reason="only Linux forks")
def test_a_helper_that_has_ended_is_done_without(bundle: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fork, ended = apart._forked, list[int]()

    def ending(file: BinaryIO, spool: BinaryIO, helper: ForkedProcess | None = None) -> ForkedProcess:
        if helper is not None:
            helper.kill()
            assert helper.answers.read() == b""
            ended.append(helper.pid)
        return fork(file, spool, helper)

    monkeypatch.setattr(apart, "_forked", ending)
    monkeypatch.setattr(apart, "_is_worth_help", lambda _: True)
    read_bundle(bundle).close()
    assert ended


@pytest.mark.skipif(not can_fork(), reason="only Linux forks")
def test_what_both_laid_down_is_read_as_one(bundle: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "_WORTH_HELP", 0)
    with read_bundle(bundle) as together:
        found = list(together.all(Linkage)), [(change.id, list(rest)) for change, _, rest in together.changes()]
    monkeypatch.setattr(apart, "_WORTH_HELP", 1 << 60)
    with read_bundle(bundle) as alone:
        assert found == (
            list(alone.all(Linkage)),
            [(change.id, list(rest)) for change, _, rest in alone.changes()],
        )
