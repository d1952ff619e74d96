"""Altering anything stored is found, and named."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any, cast

import pytest

from annotator.domain.errors import (
    AlteredError,
    CancelledError,
    NewerProjectError,
    NotAProjectError,
    ProjectMissingError,
)
from annotator.store.connection import connect_to_read
from annotator.store.verify import VerifyReport, verify
from tests.store.rich import make_rich_project, raw

COLUMNS_AT_LEAST = 80
FLIPS = 200
CURRENT = {
    "source", "version", "passage", "annotator", "agent", "claim", "appearance", "linkage", "linkage_passage",
    "conclusion", "note", "scale", "review", "waiver", "anchor", "block_mark",
}  # fmt: skip


@pytest.fixture(scope="module")
def rich(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("rich") / "case.annotator"
    make_rich_project(path)
    return path


@pytest.fixture
def copy(rich: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(rich, tmp_path / "case.annotator"))


def test_an_unaltered_project_passes_and_nothing_is_left_beside_it(copy: Path) -> None:
    before = copy.read_bytes()
    assert verify(copy) == VerifyReport(changes=20, revisions=25, entities=24, blobs=3)
    assert copy.read_bytes() == before
    assert [each.name for each in copy.parent.iterdir()] == ["case.annotator"]


def test_a_connection_will_do(copy: Path) -> None:
    connection = connect_to_read(copy, immutable=True)
    assert verify(connection).changes == verify(copy).changes
    connection.close()


def test_progress_is_told_and_can_end_the_work(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("annotator.store.inspection._STEP", 1)
    told: list[tuple[int, int]] = []
    verify(copy, lambda done, total: told.append((done, total)))
    assert [done for done, _ in told] == list(range(1, len(told) + 1))
    assert told[-1][0] == told[-1][1]

    def stop(_done: int, _total: int) -> None:
        raise CancelledError(what="verify")

    with pytest.raises(CancelledError):
        verify(copy, stop)


def test_a_change_too_large_for_memory_is_checked_in_the_order_of_its_ids(
    copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("annotator.store.verify_history._SORTED_IN_MEMORY", 0)
    verify(copy)
    with raw(copy) as database:
        database.execute("UPDATE entity SET id = randomblob(16) WHERE n = 4")
    assert "change " in _where(copy)


# -- one value in every row of every column


def _cases(path: Path) -> Iterator[tuple[str, str, tuple[Any, ...], tuple[str, ...]]]:
    """Yield (table, column, key values, key columns) for some rows of every column there is."""
    with raw(path) as database:
        tables = database.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE '%VIRTUAL%'")
        for (table,) in tables.fetchall():
            columns = database.execute(f'PRAGMA table_info("{table}")').fetchall()
            keys = tuple(name for _, name, _, _, _, place in columns if place)
            selected = ", ".join(f'"{key}"' for key in keys)
            rows = database.execute(f'SELECT {selected} FROM "{table}"').fetchall()  # noqa: S608 names of our tables
            for _, column, *_ in columns:
                for row in {rows[0], rows[len(rows) // 2], rows[-1]}:
                    yield table, column, row, keys


def _altered(value: object) -> object:
    if value is None:
        return 1
    if isinstance(value, int):
        return value + 1000
    if isinstance(value, str):
        return chr(ord(value[0]) ^ 1) + value[1:] if value else "x"
    assert isinstance(value, bytes)
    middle = len(value) // 2
    return value[:middle] + bytes([value[middle] ^ 1]) + value[middle + 1 :] if value else b"x"


def _altered_block(page: int, block: bytes) -> bytes:
    """Alter what matters: not SQLite's own counters, but rows and words ever added (1) and the list of segments (10)."""
    if page == 1:
        return b"\x00\x00"
    return block[:9] + bytes([block[9] ^ 1]) + block[10:] if page == 10 else bytes(cast("bytes", _altered(block)))


def _expected_words(table: str, column: str, key: tuple[Any, ...], revision_change: int) -> tuple[str, ...]:
    """Return words of which one must be in the name of what was altered."""
    if table in CURRENT:
        row = f"the row of {table.removesuffix('_passage')} {key[0]} in the table {table}"
        return (row,) if column in ("n", "linkage") else (f"{row}, column {column}", "the row of linkage")
    number = key[0]
    return {
        "blob": (f"blob {number}",),
        "change": (f"change {number}",),
        "change_parent": (f"change {number}", "change_parent"),
        "entity": (f" {number} in the table entity",) if column == "conflicted" else (f"entity {number}", "change "),
        "revision": (f"revision {number} ", f"change {revision_change}"),
        "draft": (f"draft '{number}", "draft 's"),
        "setting": (f"setting '{number}", "setting 'm", "setting 'golding"),
        "set_aside": ("setting aside of change",),
        "exchange": ("the log of bundles", f"the row {number} in the table exchange_sender"),
        "exchange_sender": (f"who signed line {number} of the log", "in the table exchange_sender"),
        "looked_at": ("the table looked_at",),
    }.get(table, ("the search index",))


def test_one_altered_value_in_any_column_of_any_table_is_named(rich: Path, tmp_path: Path) -> None:
    copy = tmp_path / "case.annotator"
    seen, wrong = set(), []
    for table, column, key, keys in _cases(rich):
        shutil.copy(rich, copy)
        with raw(copy) as database:
            condition = " AND ".join(f'"{name}" IS ?' for name in keys)
            select = f'SELECT "{column}" FROM "{table}" WHERE {condition}'  # noqa: S608 names of our tables
            value = database.execute(select, key).fetchone()[0]
            change = database.execute("SELECT change FROM revision WHERE n = ?", key[:1]).fetchone()
            new = _altered(value) if column != "block" else _altered_block(key[0], value)
            database.execute(f'UPDATE "{table}" SET "{column}" = ? WHERE {condition}', (new, *key))  # noqa: S608 names of our tables
        where = _where(copy)
        expected = _expected_words(table, column, key, change[0] if change else 0)
        if not any(words in where for words in expected):
            wrong.append((table, column, key, where))
        seen.add((table, column))
    assert wrong == []
    assert len(seen) > COLUMNS_AT_LEAST


def _where(path: Path) -> str:
    try:
        verify(path)
    except AlteredError as error:
        return str(error.data["where"])
    return "nothing found"


# -- bytes of the file


def test_one_flipped_byte_anywhere_in_the_file_is_found_or_changes_nothing(rich: Path, tmp_path: Path) -> None:
    copy = tmp_path / "case.annotator"
    good = rich.read_bytes()
    before = _everything(rich)
    random = Random(7)  # noqa: S311 the same flips in every run
    found = 0
    for _ in range(FLIPS):
        place = random.randrange(len(good))
        flipped = bytearray(good)
        flipped[place] ^= 1 << random.randrange(8)
        copy.write_bytes(flipped)
        try:
            verify(copy)
        except AlteredError:
            found += 1
        else:
            assert _everything(copy) == before, f"byte {place} was altered and not found"
    assert found > 0


def _everything(path: Path) -> bytes:
    """Return a digest of all that a project says: every row of every table, every word at every place of the index."""
    digest = hashlib.sha256()
    with raw(path) as database:
        database.execute("CREATE VIRTUAL TABLE temp.place USING fts5vocab(main, search, instance)")
        names = database.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
        for name in [*(name for (name,) in names if name not in ("search", "search_data", "search_idx")), "temp.place"]:
            for row in database.execute(f"SELECT * FROM {name}"):  # noqa: S608 names of our tables
                digest.update(repr(row).encode())
    return digest.digest()


@pytest.mark.parametrize("place", [*range(16), 18, 19, *range(20, 24), *range(56, 64), *range(68, 72)])
def test_the_header_of_the_file_is_looked_at(copy: Path, place: int) -> None:
    before = _everything(copy)
    altered = bytearray(copy.read_bytes())
    altered[place] ^= 0x40
    copy.write_bytes(altered)
    try:
        verify(copy)
    except AlteredError:
        return
    assert _everything(copy) == before


# -- other files


def test_what_is_no_project_is_not_called_altered(tmp_path: Path) -> None:
    other = tmp_path / "places.sqlite"
    with raw(other) as database:
        database.execute("CREATE TABLE bookmark(url)")
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear editor")
    for path in (other, letter, tmp_path):
        with pytest.raises(NotAProjectError):
            verify(path)
    with pytest.raises(ProjectMissingError):
        verify(tmp_path / "missing.annotator")


def test_a_project_of_a_newer_program_is_not_called_altered_unless_its_tables_are_ours(copy: Path) -> None:
    with raw(copy) as database:
        database.execute("PRAGMA user_version = 9")
    with pytest.raises(AlteredError, match="the file header"):
        verify(copy)
    with raw(copy) as database:
        database.execute("ALTER TABLE note ADD COLUMN colour TEXT")
    with pytest.raises(NewerProjectError):
        verify(copy)


# -- whole rows, and edits that SQLite cannot see


@pytest.mark.parametrize(
    ("statements", "where"),
    [
        ("DELETE FROM claim WHERE n = (SELECT max(n) FROM claim)", "in the table claim"),
        (
            "INSERT INTO claim SELECT 99, text, parent, NULL, NULL FROM claim LIMIT 1",
            "the row of claim 99 in the table claim",
        ),
        ("DELETE FROM linkage_passage WHERE linkage = (SELECT max(linkage) FROM linkage_passage)", "linkage_passage"),
        ("DELETE FROM change WHERE n = (SELECT max(n) FROM change)", "revision"),
        ("DELETE FROM revision WHERE n = 3", "revision 3"),
        ("DELETE FROM blob WHERE n = 1", "blob 1"),
        ("INSERT INTO blob SELECT n + 3, x'" + "00" * 32 + "', kind, data FROM blob WHERE n = 1", "blob 4"),
        ("UPDATE blob SET kind = 'original' WHERE n = 1", "blob 1"),
        ("INSERT INTO entity SELECT max(n) + 1, x'" + "01" * 16 + "', NULL, 0 FROM entity", "entity 25"),
        ("UPDATE entity SET kind = NULL WHERE n = 3", "entity 3"),
        ("DELETE FROM set_aside", "the search index (field"),
        ("DELETE FROM change_parent WHERE child = 4", "change 4"),
        ("INSERT INTO change_parent VALUES (99, 1)", "change 99"),
        ("DROP INDEX claim_by_parent", "the table definitions (claim_by_parent)"),
        ("CREATE TRIGGER late AFTER INSERT ON claim BEGIN DELETE FROM note; END", "the table definitions (late)"),
        ("DELETE FROM search WHERE rowid = (SELECT max(id) FROM search_docsize)", "the search index (field"),
        ("INSERT INTO search(rowid, words) VALUES (9999, 'more')", "the search index (field"),
    ],
)
def test_rows_that_went_or_came_are_named(copy: Path, statements: str, where: str) -> None:
    with raw(copy) as database:
        database.execute(statements)
    assert where in _where(copy)


def test_a_word_swapped_in_the_index_is_found(copy: Path) -> None:
    with raw(copy) as database:
        (row,) = database.execute("SELECT min(id) FROM search_docsize").fetchone()
        places = "CREATE VIRTUAL TABLE temp.place USING fts5vocab(main, search, instance)"
        database.execute(places)
        words = database.execute("SELECT term FROM temp.place WHERE doc = ? ORDER BY offset", (row,)).fetchall()
        swapped = " ".join(["swapped", *(word for (word,) in words[1:])])
        database.execute("DELETE FROM search WHERE rowid = ?", (row,))
        database.execute("INSERT INTO search(rowid, words) VALUES (?, ?)", (row, swapped))
    assert "the search index (field" in _where(copy)


def test_a_body_that_was_withheld_is_counted_and_its_entity_has_no_row(copy: Path) -> None:
    with raw(copy) as database:
        number, entity = database.execute(
            "SELECT r.n, r.entity FROM revision r JOIN entity e ON e.n = r.entity WHERE e.kind = 'note'"
        ).fetchone()
        database.execute("UPDATE revision SET body = NULL WHERE n = ?", (number,))
    assert f"the row of note {entity}" in _where(copy)
    with raw(copy) as database:
        database.execute("DELETE FROM note WHERE n = ?", (entity,))
        database.execute("DELETE FROM search WHERE rowid / 16 = ?", (entity,))
    assert verify(copy).withheld == 1
