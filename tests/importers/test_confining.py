"""A reader that a document has taken over gets nowhere: every way out is refused, told in a sentence, and left no trace."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.domain.protection import Reach
from annotator.importers.confined.isolate import ImportWorker
from tests.importers.conftest import OPTIONS, refusal, walled
from tests.importers.outside import MARK

pytestmark = walled
STOPPED = "its reader tried to reach other files, programs or the network, and was stopped"


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Path]:
    """Return somebody's project, and see afterwards that it is as it was and alone in its folder."""
    path = tmp_path / "case.annotator"
    path.write_text("what is in the case", encoding="utf-8")
    before = path.stat()
    yield path
    after = path.stat()
    assert path.read_text(encoding="utf-8") == "what is in the case"
    assert (before.st_mode, before.st_mtime_ns, before.st_nlink) == (after.st_mode, after.st_mtime_ns, after.st_nlink)
    assert os.listdir(tmp_path) == [path.name]  # noqa: PTH208


def test_all_of_it_is_barred(outside: ImportWorker) -> None:
    found = outside.protection()
    assert set(found.barred) == set(Reach)
    assert (found.level, found.means[-1]) == ("full", "seccomp")
    assert outside.read(MARK + b"please", OPTIONS).text == "fine", "and documents are read as before"


@pytest.mark.parametrize("way", ["peek", "write", "append", "empty", "remove", "rename", "lock", "link"])
def test_a_project_beside_it_is_neither_read_nor_touched(outside: ImportWorker, case: Path, way: str) -> None:
    assert refusal(outside, f"{way} {case}".encode()).data["reason"] == STOPPED


@pytest.mark.parametrize("way", ["write", "folder", "shell", "become"])
def test_nothing_new_appears_and_no_program_is_started(outside: ImportWorker, case: Path, way: str) -> None:
    assert refusal(outside, f"{way} {case.parent / 'marker'}".encode()).data["reason"] == STOPPED


@pytest.mark.parametrize("place", ["/etc/passwd", "/proc/self/environ", "/proc/1/cmdline", "/dev/tty"])
def test_the_systems_own_files_are_not_read(outside: ImportWorker, place: str) -> None:
    assert refusal(outside, f"peek {place}".encode()).data["reason"] == STOPPED


@pytest.mark.parametrize("place", ["/", "/tmp", "/etc", "/proc"])  # noqa: S108 looked at only
def test_no_folder_is_looked_into(outside: ImportWorker, place: str) -> None:
    assert refusal(outside, f"look {place}".encode()).data["reason"] == STOPPED


def test_the_folder_of_a_script_that_imports_is_not_read(case: Path, package: None) -> None:
    """``python nightly.py`` has its own folder in ``sys.path``: cases may lie there."""
    with pytest.MonkeyPatch.context() as patch, ImportWorker() as worker:
        patch.setattr(sys, "path", [str(case.parent), *sys.path])
        assert refusal(worker, f"peek {case}".encode()).data["reason"] == STOPPED


def test_what_python_needs_to_load_modules_may_be_read(outside: ImportWorker) -> None:
    assert "import" in outside.read(MARK + f"peek {os.__file__}".encode(), OPTIONS).text


def test_no_connection_is_made(outside: ImportWorker) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        assert refusal(outside, f"connect {server.getsockname()[1]}".encode()).data["reason"] == STOPPED
        with pytest.raises(BlockingIOError):
            server.accept()


def test_no_datagram_is_sent(outside: ImportWorker) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as server:
        server.bind(("127.0.0.1", 0))
        server.setblocking(False)
        assert refusal(outside, f"datagram {server.getsockname()[1]}".encode()).data["reason"] == STOPPED
        with pytest.raises(BlockingIOError):
            server.recv(1)


def test_no_program_on_this_computer_is_spoken_to(outside: ImportWorker, tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as server:
        server.bind(str(tmp_path / "socket"))
        server.listen()
        server.setblocking(False)
        assert refusal(outside, f"local {tmp_path / 'socket'}".encode()).data["reason"] == STOPPED
        with pytest.raises(BlockingIOError):
            server.accept()


@pytest.mark.parametrize("way", ["stop", "trace"])
def test_no_other_process_is_touched(outside: ImportWorker, way: str) -> None:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as other:
        assert refusal(outside, f"{way} {other.pid}".encode()).data["reason"] == STOPPED
        assert other.poll() is None
        other.communicate(b"\n")
    assert other.returncode == 0


@pytest.mark.parametrize("way", ["multiply", "thread", "rings", "loosen"])
def test_it_becomes_neither_more_nor_freer(outside: ImportWorker, way: str) -> None:
    assert refusal(outside, way.encode()).data["reason"] == STOPPED
