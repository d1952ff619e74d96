"""Making and opening projects, and every reason why one cannot be."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import mkdtemp

import pytest

from annotator.domain.errors import (
    NewerProjectError,
    NotAProjectError,
    ProjectExistsError,
    ProjectInUseError,
    ProjectMissingError,
    ProjectNotWritableError,
    UnsafeSqliteError,
)
from annotator.store.connection import check_sqlite
from annotator.store.schema import check
from annotator.store.store import Store
from annotator.store.tables import FORMAT
from annotator.store.verify import verify
from tests.factories import Maker, fill, new_store, reopen
from tests.store.rich import raw

HOLD = """
import sys
from pathlib import Path
from annotator.store.store import Store
store = Store.open(Path(sys.argv[1]), nonce=bytes, now=str, holder="Grace at desk 2")
print("open", flush=True)
sys.stdin.read()
store.close()
"""

AS_NOBODY = """
import os, sys
from pathlib import Path
from annotator.domain.errors import ProjectNotWritableError
from annotator.store.store import Store
if os.geteuid() == 0:
    os.seteuid(65534)
try:
    getattr(Store, sys.argv[1])(Path(sys.argv[2]), nonce=bytes, now=str, holder="tests")
except ProjectNotWritableError as error:
    print(error)
"""


def test_a_new_project_is_there_at_once_and_nothing_else_once_it_is_closed(project_path: Path) -> None:
    store = new_store(project_path)
    assert check(project_path) == FORMAT
    assert verify(project_path).changes == 0
    store.close()
    assert [*project_path.parent.iterdir()] == [project_path]


def test_what_was_committed_is_there_again(project_path: Path, make: Maker) -> None:
    store = new_store(project_path)
    fill(store, make)
    before = store.read().state_digest()
    store.close()
    again = reopen(project_path)
    assert again.read().state_digest() == before
    again.close()


def test_no_file_is_overwritten(project_path: Path) -> None:
    project_path.write_text("mine")
    with pytest.raises(ProjectExistsError):
        new_store(project_path)
    assert project_path.read_text() == "mine"
    assert [*project_path.parent.iterdir()] == [project_path]


def test_a_missing_project_is_not_made(project_path: Path) -> None:
    with pytest.raises(ProjectMissingError):
        reopen(project_path)
    assert not project_path.exists()


@pytest.mark.parametrize("content", [b"", b"Dear editor", b"SQLite format 3\x00", b"SQLite format 3\x00" + bytes(4080)])
def test_a_file_that_is_no_project_is_refused_and_not_touched(project_path: Path, content: bytes) -> None:
    project_path.write_bytes(content)
    with pytest.raises(NotAProjectError):
        reopen(project_path)
    assert project_path.read_bytes() == content


def test_other_databases_and_folders_are_refused(tmp_path: Path) -> None:
    with raw(tmp_path / "other.db") as database:
        database.execute("CREATE TABLE claim(n)")
    for path in (tmp_path / "other.db", tmp_path):
        with pytest.raises(NotAProjectError):
            reopen(path)


def test_a_newer_project_is_refused_with_its_format_and_not_touched(store: Store) -> None:
    store.close()
    with raw(store.path) as database:
        database.execute(f"PRAGMA user_version = {FORMAT + 1}")
    before = store.path.read_bytes()
    with pytest.raises(NewerProjectError, match=str(FORMAT + 1)):
        reopen(store.path)
    assert store.path.read_bytes() == before


def test_a_project_open_in_another_process_names_its_holder(store: Store) -> None:
    store.close()
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(store.path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "open\n"
        with pytest.raises(ProjectInUseError, match="Grace at desk 2"):
            reopen(store.path)
        other.kill()
        other.wait()
    reopen(store.path).close()


def test_a_project_cannot_be_opened_twice_in_one_process_either(store: Store) -> None:
    with pytest.raises(ProjectInUseError, match="tests"):
        reopen(store.path)


def test_a_failed_opening_lets_go_of_the_project(store: Store) -> None:
    store.close()
    good = store.path.read_bytes()
    store.path.write_bytes(good[:100] + bytes(len(good) - 100))
    with pytest.raises(ProjectNotWritableError):
        reopen(store.path)
    store.path.write_bytes(good)
    reopen(store.path).close()


@pytest.mark.parametrize("verb", ["create", "open"])
def test_a_folder_that_cannot_be_written_is_said_so(verb: str) -> None:
    folder = Path(mkdtemp(dir="/tmp"))
    path = folder / "case.annotator"
    try:
        if verb == "open":
            new_store(path).close()
            path.chmod(0o444)
        folder.chmod(0o555)
        found = subprocess.run(
            [sys.executable, "-c", AS_NOBODY, verb, str(path)], capture_output=True, text=True, check=True
        )
        assert "cannot be written: Permission denied" in found.stdout
        assert [each.name for each in folder.iterdir()] == (["case.annotator"] if verb == "open" else [])
    finally:
        folder.chmod(0o755)
        shutil.rmtree(folder)


@pytest.mark.parametrize("place", ["missing/case.annotator", "file/case.annotator", "n" * 300])
def test_a_place_where_no_file_can_be(tmp_path: Path, place: str) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ProjectNotWritableError):
        new_store(tmp_path / place)


@pytest.mark.parametrize(
    "name", ["a b.annotator", "50%.annotator", "wer?#.annotator", "né—水.annotator", "a'b;c.annotator"]
)
def test_any_name_will_do(tmp_path: Path, name: str, make: Maker) -> None:
    store = new_store(tmp_path / name)
    fill(store, make)
    assert verify(store.path).changes > 0
    store.close()
    assert os.listdir(tmp_path) == [name]  # noqa: PTH208 the names as they are


@pytest.mark.parametrize("version", [(3, 51, 3), (3, 53, 0), (3, 50, 7), (3, 50, 8), (3, 44, 6), (4, 0, 0)])
def test_a_fixed_sqlite_is_accepted(version: tuple[int, ...]) -> None:
    check_sqlite(version)


@pytest.mark.parametrize("version", [(3, 51, 2), (3, 50, 6), (3, 49, 9), (3, 44, 5), (3, 45, 7), (3, 7, 0)])
def test_a_sqlite_that_can_corrupt_is_refused(version: tuple[int, ...]) -> None:
    with pytest.raises(UnsafeSqliteError):
        check_sqlite(version)


def test_the_sqlite_at_hand_is_a_fixed_one() -> None:
    check_sqlite()
