"""An older file is brought up to date as a whole or not at all, and its history comes out of it unchanged."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from multiprocessing.connection import Connection as Pipe
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection

from annotator.domain.anchoring import Anchor, AnchorState, anchor_id
from annotator.domain.errors import AlteredError, ProjectNotWritableError
from annotator.store.migrations import STEPS, Step, migrate
from annotator.store.tables import FORMAT
from annotator.store.verify import verify
from tests.factories import Maker, commit, created, new_store, reopen
from tests.store.rich import make_rich_project, raw
from tests.store.test_killed import kill_after

KILLS = 26
MESSAGES = 12
NEXT = FORMAT + 1


@pytest.fixture(scope="module")
def rich(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("rich") / "case.annotator"
    make_rich_project(path)
    return path


@pytest.fixture
def copy(rich: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(rich, tmp_path / "case.annotator"))


def _add_colour(connection: Connection) -> None:
    connection.exec_driver_sql("ALTER TABLE claim ADD COLUMN colour TEXT NOT NULL DEFAULT 'grey'")


def _format(path: Path) -> int:
    with raw(path) as database:
        return int(database.execute("PRAGMA user_version").fetchone()[0])


def test_there_is_a_step_from_every_older_format() -> None:
    assert sorted(STEPS) == list(range(1, FORMAT))


def _without_rare(database: Any) -> None:
    """Take away what format 6 added."""
    for index in ("entity_by_kind", "entity_in_conflict", "revision_withheld"):
        database.execute(f"DROP INDEX {index}")


def _indexes(database: Any) -> dict[str, str]:
    return dict(database.execute("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"))


LATER_TABLES = {1: ("review", "waiver", "exchange", "looked_at"), 2: ("anchor", "block_mark"), 4: ("exchange_sender",)}
"""Tables that the step from each format adds."""


@pytest.mark.parametrize("format_", STEPS)
def test_an_older_file_has_all_that_this_format_has_once_it_is_up_to_date(tmp_path: Path, format_: int) -> None:
    path, make = tmp_path / "case.annotator", Maker()
    store = new_store(path)
    commit(store, make, created(make.annotator), created(make.source), created(make.version), blobs=make.blobs)
    commit(store, make, created(make.passage), created(make.claim))
    store.close()
    with raw(path) as database:
        before = _indexes(database)
        for table in (table for older, tables in LATER_TABLES.items() if older >= format_ for table in tables):
            database.execute(f"DROP TABLE {table}")
        if format_ < 6:
            _without_rare(database)
        if format_ == 3:
            database.execute("ALTER TABLE anchor DROP COLUMN made_for")
        _without_joins(database)
        database.execute(f"PRAGMA user_version = {format_}")
    migrate(path)
    verify(path)
    with raw(path) as database:
        assert _indexes(database) == before
    again = reopen(path)
    commit(again, make, *(created(make.of_kind(kind)) for kind in ("review", "waiver", "anchor", "block_mark")))
    again.close()
    assert verify(path).changes == 3


def test_an_anchor_of_format_3_stays_and_tells_no_words_that_it_was_made_for(tmp_path: Path) -> None:
    path, make = tmp_path / "case.annotator", Maker()
    passage, text = make.passage.id, make.passage.text
    old = Anchor(id=anchor_id(passage, text, ()), passage=passage, text=text, state=AnchorState.ORPHANED)
    store = new_store(path)
    made = (make.annotator, make.source, make.version, make.passage, old)
    commit(store, make, *map(created, made), blobs=make.blobs)
    store.close()
    with raw(path) as database:
        database.execute("ALTER TABLE anchor DROP COLUMN made_for")
        database.execute("DROP TABLE exchange_sender")
        _without_rare(database)
        _without_joins(database)
        database.execute("PRAGMA user_version = 3")
    migrate(path)
    verify(path)
    with raw(path) as database:
        assert database.execute("SELECT state, made_for FROM anchor").fetchall() == [("orphaned", None)]


def _without_joins(database: Any) -> None:
    """Make the table of claims what it was before format 7."""
    database.execute("CREATE TEMP TABLE kept AS SELECT n, text, parent FROM claim")
    database.execute("DROP TABLE claim")
    database.execute("CREATE TABLE claim (n INTEGER PRIMARY KEY, text TEXT NOT NULL, parent INTEGER)")
    database.execute("INSERT INTO claim SELECT * FROM kept")


def test_a_file_of_this_format_is_not_touched(copy: Path) -> None:
    before = copy.stat()
    migrate(copy)
    assert (copy.stat().st_ino, copy.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_steps_are_taken_one_after_the_other(copy: Path) -> None:
    def paint(connection: Connection) -> None:
        connection.exec_driver_sql("UPDATE claim SET colour = 'blue'")

    migrate(copy, {FORMAT: _add_colour, NEXT: paint}, NEXT + 1)
    assert _format(copy) == NEXT + 1
    with raw(copy) as database:
        assert {colour for (colour,) in database.execute("SELECT colour FROM claim")} == {"blue"}
    assert [each.name for each in copy.parent.iterdir()] == [copy.name]


def test_what_is_only_in_the_log_is_brought_along(copy: Path, tmp_path: Path) -> None:
    """A crashed program leaves its newest changes in the log beside the file."""
    with raw(copy) as database:
        database.execute("PRAGMA wal_autocheckpoint = 0")
        database.execute("INSERT INTO setting VALUES ('late', 'yes', x'00')")
        crashed = tmp_path / "crashed.annotator"
        for ending in ("", "-wal"):
            shutil.copy(f"{copy}{ending}", f"{crashed}{ending}")
    migrate(crashed, {FORMAT: _add_colour}, NEXT)
    with raw(crashed) as database:
        assert database.execute("SELECT value FROM setting WHERE key = 'late'").fetchone() == ("yes",)
    assert _format(crashed) == NEXT


DAMAGE = {
    "a blob": "UPDATE blob SET data = x'00' WHERE n = 1",
    "a body": "UPDATE revision SET body = NULL WHERE n = 5",
    "a header": "UPDATE change SET header = x'00' WHERE n = 2",
    "a parent": "UPDATE revision SET parents = '' WHERE parents <> ''",
    "an id": "UPDATE entity SET id = x'00' WHERE n = 1",
    "a kind": "UPDATE entity SET kind = 'note' WHERE n = 1",
    "a draft": "DELETE FROM draft",
    "what was set aside": "DELETE FROM set_aside",
}


@pytest.mark.parametrize("sql", DAMAGE.values(), ids=DAMAGE)
def test_a_step_that_damages_what_may_not_change_is_refused(copy: Path, sql: str) -> None:
    before = copy.read_bytes()
    with pytest.raises(AlteredError, match="the history"):
        migrate(copy, {FORMAT: _step(sql)}, NEXT)
    assert copy.read_bytes() == before
    assert [each.name for each in copy.parent.iterdir()] == [copy.name]


def test_a_step_that_leaves_a_row_pointing_nowhere_is_refused(copy: Path) -> None:
    with pytest.raises(AlteredError, match="the table linkage"):
        migrate(copy, {FORMAT: _step("UPDATE linkage SET claim = 999")}, NEXT)
    verify(copy)


def _step(sql: str) -> Step:
    def step(connection: Connection) -> None:
        connection.exec_driver_sql(sql)

    return step


def _raise(_connection: Connection) -> None:
    raise ZeroDivisionError


def _full(connection: Connection) -> None:
    pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    connection.exec_driver_sql("CREATE TABLE big AS SELECT zeroblob(9999999)")


@pytest.mark.parametrize(("step", "error"), [(_raise, ZeroDivisionError), (_full, ProjectNotWritableError)])
def test_a_step_that_fails_leaves_the_file_as_it_was(copy: Path, step: Step, error: type[Exception]) -> None:
    before = copy.read_bytes()
    with pytest.raises(error):
        migrate(copy, {FORMAT: step}, NEXT)
    assert copy.read_bytes() == before
    assert [each.name for each in copy.parent.iterdir()] == [copy.name]


def test_a_file_that_somebody_reads_is_not_brought_up_to_date(copy: Path) -> None:
    with raw(copy) as reader, raw(copy) as writer:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM claim").fetchall()
        writer.execute("DELETE FROM setting")
        with pytest.raises(ProjectNotWritableError, match="reading"):
            migrate(copy, {FORMAT: _add_colour}, NEXT)
        assert _format(copy) == FORMAT


def _migrate_slowly(out: Pipe, path: Path) -> None:
    def step(connection: Connection) -> None:
        _add_colour(connection)
        for place in range(10):
            connection.exec_driver_sql("UPDATE claim SET colour = colour || '!'")
            out.send_bytes(str(place).encode())

    out.send_bytes(b"begin")
    migrate(path, {FORMAT: step}, NEXT)
    out.send_bytes(b"done")


def test_killed_at_any_moment_the_old_or_the_new_file_is_there(rich: Path, tmp_path: Path) -> None:
    found: dict[int, int] = {FORMAT: 0, NEXT: 0}
    for kill in range(KILLS):
        path = tmp_path / f"{kill}.annotator"
        shutil.copy(rich, path)
        sent = kill_after(kill % (MESSAGES + 1), _migrate_slowly, path)
        format_ = _format(path)
        found[format_] += 1
        if format_ == FORMAT:
            assert "done" not in sent
            verify(path)
            migrate(path, {FORMAT: _add_colour}, NEXT)
        _same_history(path, rich)
        assert {each.name for each in tmp_path.glob(f"{kill}.*")} == {path.name}
    assert all(found.values()), "no kill came before, or none after"


def _same_history(path: Path, other: Path) -> None:
    tables: Mapping[str, list[object]]
    with raw(path) as one, raw(other) as two:
        for table in ("blob", "change", "change_parent", "entity", "revision", "draft", "setting", "set_aside"):
            tables = {str(db): db.execute(f"SELECT * FROM {table}").fetchall() for db in (one, two)}  # noqa: S608
            first, second = tables.values()
            assert first == second, table
