"""Backups are whole, verified and few; a repair makes anew what follows from the history, a restore brings a backup back."""

from __future__ import annotations

import resource
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from annotator.domain.change import Write
from annotator.domain.errors import AlteredError, NotFoundError, ProjectNotWritableError
from annotator.store.backup import KEPT, backups, repair, restore, write_backup
from annotator.store.store import Store
from annotator.store.verify import verify
from tests.factories import Maker, commit, created, reopen
from tests.store.rich import make_rich_project, raw

AT = "2026-01-02T03:04:05.678901Z"


@pytest.fixture(scope="module")
def rich(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("rich") / "case.annotator"
    make_rich_project(path)
    return path


@pytest.fixture
def copy(rich: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(rich, tmp_path / "case.annotator"))


def _state(path: Path) -> str:
    store = reopen(path)
    try:
        return store.read().state_digest()
    finally:
        store.close()


def test_a_backup_of_an_open_project_holds_what_was_just_committed(filled_store: Store, make: Maker) -> None:
    commit(filled_store, make, Write(make.claim.id, "claim", {"text": "New words"}))
    backup = write_backup(filled_store.path, at=AT)
    assert backup.name == "case.backup-20260102T030405Z.annotator"
    assert verify(backup) == verify(filled_store.path)
    assert _state(backup) == filled_store.read().state_digest()


def test_a_backup_of_a_closed_project_leaves_nothing_else_beside_it(copy: Path) -> None:
    backup = write_backup(copy, at=AT)
    assert sorted(copy.parent.iterdir()) == sorted([copy, backup])


def test_the_newest_three_are_kept_and_other_projects_are_left_alone(copy: Path, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    other = folder / "case two.backup-20200101T000000Z.annotator"
    other.write_bytes(b"another")
    written = [write_backup(copy, at=f"2026-01-0{day}T00:00:00Z", folder=folder) for day in range(1, 6)]
    assert backups(copy, folder) == written[:-KEPT - 1 : -1]  # fmt: skip
    assert other.exists()


def test_a_damaged_project_is_named_and_older_backups_stay(copy: Path) -> None:
    good = write_backup(copy, at="2026-01-01T00:00:00Z")
    with raw(copy) as database:
        database.execute("UPDATE claim SET text = 'Altered'")
    with pytest.raises(AlteredError) as caught:
        write_backup(copy, at=AT)
    assert caught.value.data["path"] == copy
    assert sorted(copy.parent.iterdir()) == sorted([copy, good])


def test_a_backup_of_the_history_names_damage_to_it_and_mends_what_is_made_from_it(copy: Path) -> None:
    before = _state(copy), verify(copy)
    with raw(copy) as database:
        database.execute("UPDATE claim SET text = 'Altered'")
        database.execute("INSERT INTO search(search) VALUES ('delete-all')")
    backup = write_backup(copy, at=AT, derived=False)
    with pytest.raises(AlteredError):
        verify(backup)
    assert repair(backup).lost == []
    assert (_state(backup), verify(backup)) == before
    for sql in (
        "UPDATE revision SET body = x'7b7d' WHERE n = 12",
        "UPDATE blob SET data = data || x'20' WHERE n = 1",
        "DELETE FROM change_parent WHERE child = (SELECT max(child) FROM change_parent)",
    ):
        damaged = copy.with_name("damaged.annotator")
        shutil.copy(backup, damaged)
        with raw(damaged) as database:
            database.execute(sql)
        with pytest.raises(AlteredError):
            write_backup(damaged, at="2026-01-03T00:00:00Z", derived=False)
        assert backups(damaged) == []


def test_a_file_that_is_no_database_any_more_is_named(copy: Path) -> None:
    copy.write_bytes(copy.read_bytes()[:5000])
    with pytest.raises(AlteredError):
        write_backup(copy, at=AT)


def test_a_folder_that_is_not_there_and_a_full_disk_are_said_so(copy: Path, tmp_path: Path) -> None:
    with pytest.raises(ProjectNotWritableError):
        write_backup(copy, at=AT, folder=tmp_path / "missing")
    code = (
        "import sys; from pathlib import Path; from annotator.store.backup import write_backup\n"
        "from annotator.domain.errors import ProjectNotWritableError\n"
        "try: write_backup(Path(sys.argv[1]), at='2026-01-02T03:04:05Z')\n"
        "except ProjectNotWritableError as error: print(error)"
    )
    found = subprocess.run(
        [sys.executable, "-c", code, str(copy)],
        capture_output=True,
        text=True,
        check=True,
        preexec_fn=_allow_no_large_file,
    )
    assert "cannot be written" in found.stdout
    assert list(copy.parent.iterdir()) == [copy]


def _allow_no_large_file() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))


def test_a_repair_makes_all_that_follows_from_the_history_anew(copy: Path) -> None:
    before = _state(copy), verify(copy)
    with raw(copy) as database:
        database.execute("DELETE FROM claim")
        database.execute("UPDATE linkage SET stance = 'x'")
        database.execute("UPDATE entity SET conflicted = 1 - conflicted")
        database.execute(
            "UPDATE change SET generation = 5, annotator = x'00', at = '', action = '', first_revision = 9"
        )
        database.execute("DELETE FROM change_parent")
        database.execute("UPDATE search_data SET block = x'00' WHERE id > 10")
        database.execute("DROP TABLE note")
    report = repair(copy)
    assert report.lost == []
    assert (_state(copy), verify(copy)) == before


def test_a_repair_says_what_could_not_be_saved(copy: Path) -> None:
    with raw(copy) as database:
        database.execute("UPDATE revision SET body = x'7b7d' WHERE n = 12")
        database.execute("UPDATE change SET header = x'7b7d' WHERE n = 2")
        database.execute("UPDATE draft SET at = 'later'")
        database.execute("UPDATE setting SET value = 'de'")
    lost = repair(copy).lost
    for words in ("change 2", "revision 12 (note ", "the draft 'rationale:new'", "the setting 'language'"):
        assert any(words in line for line in lost), words
    with pytest.raises(AlteredError):
        verify(copy)


def test_a_repair_refuses_what_it_cannot_read(copy: Path) -> None:
    damaged = bytearray(copy.read_bytes())
    damaged[4096 : len(damaged) // 2] = bytes(len(damaged) // 2 - 4096)
    copy.write_bytes(damaged)
    with pytest.raises(AlteredError):
        repair(copy)


def test_the_restore_drill(copy: Path, make: Maker) -> None:
    write_backup(copy, at="2026-01-01T00:00:00Z")
    state = _state(copy)
    store = reopen(copy)
    commit(store, make, created(make.new_linkage([make.passage])))
    store.close()
    bad = write_backup(copy, at="2026-01-03T00:00:00Z")
    bad.write_bytes(bad.read_bytes()[:-4096])
    copy.write_bytes(b"gone")
    backup, damaged = restore(copy, at=AT)
    assert backup.name == "case.backup-20260101T000000Z.annotator"
    assert damaged.read_bytes() == b"gone"
    assert _state(copy) == state


def test_without_a_good_backup_nothing_is_touched(copy: Path) -> None:
    before = copy.read_bytes()
    with pytest.raises(NotFoundError):
        restore(copy, at=AT)
    assert copy.read_bytes() == before
