"""Killed at any moment, a project holds every change whose commit was acknowledged, and is sound."""

from __future__ import annotations

import os
from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random

import pytest

from annotator.domain.ids import EntityId
from annotator.store.verify import verify
from tests.factories import Clock, Ids, Maker, Nonces, commit, created, draft, fill, new_store, reopen
from tests.store.rich import raw

KILLS = int(os.environ.get("ANNOTATOR_KILLS", "50"))
FILES = 5

forks = get_context("forkserver")
forks.set_forkserver_preload(["tests.factories", "tests.store.rich"])


def kill_after(messages: int, work: Callable[..., None], *arguments: object) -> list[str]:
    """Run ``work`` in a process, kill it once it has sent so many messages, and return all that it sent."""
    here, there = forks.Pipe(duplex=False)
    process = forks.Process(target=work, args=(there, *arguments))
    process.start()
    there.close()
    sent: list[str] = []
    while len(sent) < messages:
        try:
            sent.append(here.recv_bytes().decode())
        except EOFError:
            break
    process.kill()
    while True:
        try:
            sent.append(here.recv_bytes().decode())
        except (EOFError, OSError):
            break
    process.join()
    process.close()
    here.close()
    return sent


def _commit_for_ever(out: Connection, path: Path, series: int) -> None:
    store = reopen(path)
    store._committer._nonce = Nonces(str(series))
    make, others = Maker(), Ids(series)
    while True:
        passage = make.new_passage([(0, 4)], label="x" * 2000)
        linkage = make.new_linkage([passage])
        made = [created(each) for each in (passage, linkage)]
        writes = [type(write)(EntityId(others()), write.kind, write.fields) for write in made]
        out.send_bytes(commit(store, make, *writes).id.encode())


@pytest.fixture(scope="module")
def random() -> Random:
    seed = int(os.environ.get("ANNOTATOR_SEED", "1"))
    return Random(seed)  # noqa: S311 repeatable


def test_no_acknowledged_change_is_lost(tmp_path: Path, random: Random) -> None:
    acknowledged: dict[Path, set[str]] = {}
    for number in range(FILES):
        path = tmp_path / f"{number}.annotator"
        store = new_store(path)
        fill(store, Maker())
        store.close()
        acknowledged[path] = set()
    for kill in range(KILLS):
        path = tmp_path / f"{kill % FILES}.annotator"
        acknowledged[path].update(kill_after(random.randrange(12), _commit_for_ever, path, 100 + kill))
        verify(path)
        assert acknowledged[path] <= _changes(path)
    assert sum(map(len, acknowledged.values())) > KILLS
    for path, changes in acknowledged.items():
        reopen(path).close()
        verify(path)
        assert changes <= _changes(path)


def _changes(path: Path) -> set[str]:
    with raw(path) as database:
        return {digest.hex() for (digest,) in database.execute("SELECT digest FROM change")}


def _commit_without_the_disk(out: Connection, path: Path) -> None:
    """Acknowledge before it is committed: what the check must catch."""
    store, make = reopen(path), Maker()
    ids = Ids(99)
    while True:
        passage = created(make.new_passage([(0, 4)]))
        write = type(passage)(ids(), passage.kind, passage.fields)
        with store._transaction():
            driver = store._connection.connection.driver_connection
            assert driver is not None
            change = store._committer.commit(draft(make, write))
            out.send_bytes(change.id.encode())
            driver.execute("ROLLBACK")
            driver.execute("BEGIN IMMEDIATE")
            store._committer.forget()


def test_the_check_catches_a_store_that_acknowledges_too_early(tmp_path: Path) -> None:
    path = tmp_path / "case.annotator"
    store = new_store(path)
    fill(store, Maker())
    store.close()
    sent = kill_after(3, _commit_without_the_disk, path)
    assert len(sent) >= len("abc")
    assert not set(sent) & _changes(path)


def test_a_clock_that_stands_still_or_runs_back_orders_nothing(tmp_path: Path) -> None:
    store = new_store(tmp_path / "case.annotator")
    fill(store, Maker())
    store._committer._now = Clock()
    make = Maker(Ids(2))
    changes = [commit(store, make, created(make.new_linkage([make.passage]))).id for _ in range(3)]
    assert [change.id for _, change in store.read().history.newest(limit=3)] == changes[::-1]
    store.close()
    verify(tmp_path / "case.annotator")
