"""Committing: what is really in force, what a failure leaves behind, and where the room ends."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from threading import get_ident
from typing import Any

import pytest
from pysqlite3 import dbapi2
from sqlalchemy.exc import DatabaseError

from annotator.domain.change import DELETED, Draft, Write
from annotator.domain.entity import KINDS
from annotator.domain.errors import ProjectNotWritableError
from annotator.domain.kinds import Claim
from annotator.store.projections import PROJECTIONS
from annotator.store.reader import Reader
from annotator.store.store import Store
from annotator.store.tables import CURRENT
from annotator.store.verify import verify
from tests.factories import FACTORIES, Maker, commit, created, draft
from tests.store.rich import raw


def _refuse(_reader: Reader) -> Draft | None:
    raise RuntimeError("changed my mind")


def _counts(path: Path) -> dict[str, int]:
    with raw(path) as database:
        names = database.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'search'").fetchall()
        return {name: database.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for (name,) in names}  # noqa: S608


def test_the_pragmas_are_in_force_while_a_change_is_committed(filled_store: Store, make: Maker) -> None:
    found: dict[str, object] = {}

    def plan(reader: Reader) -> Draft:
        for name in ("journal_mode", "synchronous", "foreign_keys"):
            found[name] = reader.connection.exec_driver_sql(f"PRAGMA {name}").scalar()
        found["thread"] = get_ident()
        return draft(make, Write(make.claim.id, "claim", {"text": "Other"}))

    filled_store.commit(plan)
    assert found.pop("thread") != get_ident()
    assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


def test_nobody_else_can_begin_to_write_while_a_plan_reads(filled_store: Store) -> None:
    def plan(_reader: Reader) -> None:
        with raw(filled_store.path) as database:
            database.execute("PRAGMA busy_timeout = 0")
            with pytest.raises(dbapi2.OperationalError, match="locked"):
                database.execute("BEGIN IMMEDIATE")

    filled_store.commit(plan)


def test_what_is_read_elsewhere_is_the_last_committed_state(filled_store: Store, make: Maker) -> None:
    def plan(_reader: Reader) -> Draft:
        return draft(make, Write(make.claim.id, "claim", {"text": "Other"}))

    with filled_store.snapshot() as view:
        before = view.get(Claim, make.claim.id)
        filled_store.commit(plan)
        assert view.get(Claim, make.claim.id) == before
    assert filled_store.read().get(Claim, make.claim.id).text == "Other"


def test_reading_connections_cannot_write(filled_store: Store) -> None:
    connection = filled_store.read().connection
    for sql in ("DELETE FROM claim", "DROP TABLE note", "PRAGMA user_version = 7"):
        with pytest.raises(DatabaseError):
            connection.exec_driver_sql(sql)
    connection.exec_driver_sql("PRAGMA query_only = OFF")
    with pytest.raises(DatabaseError, match="readonly"):
        connection.exec_driver_sql("DELETE FROM claim")


def test_a_plan_that_fails_leaves_no_trace_and_no_gap(filled_store: Store, make: Maker) -> None:
    before = _counts(filled_store.path)
    claim = Claim(id=make.id(), text="New", parent=make.id())

    def fail_late(reader: Reader) -> Draft:
        reader.connection.exec_driver_sql("DELETE FROM linkage_passage")
        return _refuse(reader) or draft(make)

    broken = Write(make.id(), "passage", {"label": "without a text"})
    wrong_plans = (fail_late, lambda _: draft(make, created(claim), broken, blobs=make.blobs))
    for plan in wrong_plans:
        with pytest.raises((RuntimeError, KeyError)):
            filled_store.commit(plan)
    assert _counts(filled_store.path) == before
    commit(filled_store, make, created(claim))
    report = verify(filled_store.path)
    assert (report.changes, report.entities) == (before["change"] + 1, before["entity"] + 2)


def test_nothing_to_write_is_no_change(filled_store: Store, make: Maker) -> None:
    before = _counts(filled_store.path)
    assert filled_store.commit(lambda _: None) is None
    assert filled_store.commit(lambda _: draft(make)) is None
    assert _counts(filled_store.path) == before


def test_an_entity_cannot_become_one_of_another_kind(filled_store: Store, make: Maker) -> None:
    with pytest.raises(ValueError, match="is a claim, not a note"):
        commit(filled_store, make, Write(make.claim.id, "note", {"text": "x"}))
    commit(filled_store, make, Write(make.claim.id, "claim", {"text": "x"}))
    verify(filled_store.path)


def test_two_writes_of_one_entity_in_a_change_are_one_revision(filled_store: Store, make: Maker) -> None:
    change = commit(
        filled_store,
        make,
        Write(make.claim.id, "claim", {"text": "x", "location": "here"}),
        Write(make.claim.id, "claim", {"text": "y"}),
    )
    assert change.header.revisions == 1
    claim = filled_store.read().get(Claim, make.claim.id)
    assert (claim.text, claim.location) == ("y", "here")


def test_an_entity_may_be_named_before_it_is_there(store: Store, make: Maker) -> None:
    commit(store, make, created(replace(make.claim, parent=make.source.id)))
    commit(store, make, created(make.source))
    assert verify(store.path).entities == len(["claim", "source"])


def test_deleting_takes_the_rows_and_the_words_and_bringing_back_gives_them_again(
    filled_store: Store, make: Maker
) -> None:
    before = _counts(filled_store.path)
    commit(filled_store, make, Write(make.claim.id, "claim", {DELETED: True}))
    gone = _counts(filled_store.path)
    assert (gone["claim"], gone["search_docsize"]) == (before["claim"] - 1, before["search_docsize"] - 1)
    commit(filled_store, make, Write(make.claim.id, "claim", {DELETED: False}))
    back = _counts(filled_store.path)
    assert (back["claim"], back["search_docsize"]) == (before["claim"], before["search_docsize"])
    verify(filled_store.path)


def test_changes_follow_one_another(filled_store: Store, make: Maker) -> None:
    one = commit(filled_store, make, Write(make.claim.id, "claim", {"text": "x"}))
    two = commit(filled_store, make, Write(make.claim.id, "claim", {"text": "y"}))
    assert two.header.parents == (one.id,)
    assert two.header.generation == one.header.generation + 1


# -- kinds


def test_every_kind_has_a_projection_a_table_and_a_factory() -> None:
    assert sorted(KINDS) == sorted(PROJECTIONS) == sorted(FACTORIES) == sorted(table.name for table in CURRENT)
    assert {kind: projection.table.name for kind, projection in PROJECTIONS.items()} == {kind: kind for kind in KINDS}


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_can_be_made_changed_deleted_and_verified(kind: str, store: Store, make: Maker) -> None:
    entity = make.of_kind(kind)
    blobs = make.blobs if kind == "version" else ()
    if kind == "passage":
        commit(store, make, created(make.version), blobs=make.blobs)
    change = commit(store, make, created(entity), blobs=blobs)
    assert store.read().entity(entity.id) == entity
    assert [stored.kind for stored in store.read().history.revisions_of_change(change.id)] == [kind]
    commit(store, make, Write(entity.id, kind, {DELETED: True}))
    assert store.read().find(KINDS[kind], entity.id) is None
    verify(store.path)


# -- no room


def _limit_pages(store: Store, more: int) -> None:
    def job(reader: Reader) -> None:
        pages = int(reader.connection.exec_driver_sql("PRAGMA page_count").scalar_one())
        reader.connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + more}")

    store.write_local(job).result()


@pytest.mark.parametrize("more", range(4))
def test_a_full_disk_is_said_so_and_leaves_no_trace(filled_store: Store, make: Maker, more: int) -> None:
    before = _counts(filled_store.path), filled_store.read().state_digest()
    _limit_pages(filled_store, more)
    many = [created(make.new_passage([(0, 4)], label=f"label {n}")) for n in range(200)]
    with pytest.raises(ProjectNotWritableError, match="full"):
        commit(filled_store, make, *many)
    assert (_counts(filled_store.path), filled_store.read().state_digest()) == before
    _limit_pages(filled_store, 1000)
    commit(filled_store, make, *many)
    assert verify(filled_store.path).entities == before[0]["entity"] + len(many)


FILL_THE_DISK = """
import resource, sys
from pathlib import Path
from annotator.domain.errors import ProjectNotWritableError
from annotator.store.verify import verify
from tests.factories import Maker, fill, new_store, reopen

def limit(size):
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))

refused = 0
for size in range(0, 400_000, 16_000):
    path = Path(sys.argv[1]) / f"{size}.annotator"
    limit(size)
    try:
        store = new_store(path)
        try:
            fill(store, Maker())
        finally:
            store.close()
    except ProjectNotWritableError as error:
        refused += 1
    limit(resource.RLIM_INFINITY)
    left = sorted(each.name for each in path.parent.glob(f"{size}.*"))
    assert left in ([], [path.name], [path.name, path.name + "-shm", path.name + "-wal"]), left
    if left:
        reopen(path).close()
        verify(path)
assert refused, "the limit was never met"
assert verify(path).entities, "the largest limit leaves room"
"""


def test_a_disk_that_is_full_at_any_write_leaves_no_file_or_a_sound_one(tmp_path: Path) -> None:
    _run(FILL_THE_DISK, tmp_path)


def _run(code: str, *arguments: Any) -> None:
    root = Path(__file__).parents[2]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(root / "src"), str(root)])}
    done = subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
