"""Bad input from the command line: one clear sentence, exit code 1, nothing changed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import annotator
from annotator.cli import run
from annotator.services.settings import FOLDER_VARIABLE
from annotator.store.tables import APPLICATION_ID
from tests.importers.pdfs import Pdf, at

_PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20
_TEXT_PDF = Pdf().page(at(72, 700, "A page with words on it, enough to be read.")).bytes()
_SCAN = Pdf().page("0 0 100 100 re f").bytes()
_LOCKED_PDF = _TEXT_PDF.replace(
    b"trailer <<",
    b"trailer << /ID [<00> <00>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O ("
    + b"o" * 32
    + b") /U ("
    + b"u" * 32
    + b") >> ",
)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a project with one claim, closed."""
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "settings"))
    path = tmp_path / "case.annotator"
    with annotator.open_project(path, annotator="Ada", create=True) as opened:
        opened.add_claim("A claim.")
    return path


def content(project: Path) -> tuple[str, int]:
    """Return what is in a project: its state and the length of its history."""
    with annotator.open_project(project) as opened:
        return opened.state_digest(), opened.store.read().history.count()


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("empty.txt", b"", "empty"),
        ("binary.bin", bytes(range(256)) * 20, "not text"),
        ("picture.txt", _PICTURE, "picture"),
        ("locked.pdf", _LOCKED_PDF, "password"),
        ("cut.pdf", _TEXT_PDF[: len(_TEXT_PDF) // 3], ""),
        ("deep.html", b"<div>" * 20_000 + b"x", "nested"),
    ],
)
def test_a_source_that_cannot_be_read(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, data: bytes, said: str
) -> None:
    before = content(project)
    (tmp_path / name).write_bytes(data)
    assert run(["import", str(project), str(tmp_path / name), "--annotator", "Ada"]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(f"not imported: {name}: ")
    assert err.count("\n") == 1
    assert said in err
    assert content(project) == before


def test_a_scan_is_taken_in_and_told(project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "scan.pdf").write_bytes(_SCAN)
    assert run(["import", str(project), str(tmp_path / "scan.pdf"), "--annotator", "Ada"]) == 0
    (line,) = capsys.readouterr().out.splitlines()
    assert line.startswith("scan.pdf: scan (0 words). It holds pictures of pages only, no text:")


def test_a_wrong_encoding(project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes("naïve".encode("latin-1"))
    before = content(project)
    assert run(["import", str(project), str(file), "--encoding", "utf-8", "--annotator", "Ada"]) == 1
    assert "byte 3" in capsys.readouterr().err
    assert content(project) == before


def test_a_page_with_scripts_and_local_pictures_runs_and_opens_nothing(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    secret = tmp_path / "secret.png"
    secret.write_bytes(b"SECRET")
    page = tmp_path / "page.html"
    page.write_text(
        f'<p>Words to read, a whole sentence of them.</p><img src="{secret.as_uri()}"><script>document.write("RAN")</script>',
        encoding="utf-8",
    )
    assert run(["import", str(project), str(page), "--annotator", "Ada"]) == 0
    with annotator.open_project(project) as opened:
        text = opened.text(opened.source_rows()[0].versions[0].id)
    assert "Words to read" in text
    assert "RAN" not in text
    assert "SECRET" not in text


def test_fifty_megabytes_of_text(project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "long.txt"
    file.write_bytes(b"A line of a very long text, again and again.\n" * (50_000_000 // 45))
    assert run(["import", str(project), str(file), "--annotator", "Ada", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["words"] > 9_000_000


def test_a_file_that_is_not_ours(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = tmp_path / "other.annotator"
    other.write_bytes(b"SQLite format 3\x00" + bytes(4080))
    assert run(["list", str(other)]) == 1
    assert "is not an Annotator project" in capsys.readouterr().err
    assert other.read_bytes() == b"SQLite format 3\x00" + bytes(4080)


def test_a_project_of_a_newer_program(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = bytearray(project.read_bytes())
    assert int.from_bytes(data[68:72], "big") == APPLICATION_ID
    data[60:64] = (99).to_bytes(4, "big")
    project.write_bytes(data)
    assert run(["list", str(project)]) == 1
    assert "newer Annotator (format 99" in capsys.readouterr().err
    assert project.read_bytes() == data


def test_a_project_that_is_open_elsewhere(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    holder = (
        f"import annotator, sys\nwith annotator.open_project({str(project)!r}, annotator='Grace'):\n"
        "    print('open', flush=True)\n    sys.stdin.read()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", holder], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=dict(os.environ)
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "open\n"
        assert run(["list", str(project)]) == 1
        assert "open in another Annotator (Grace, process" in capsys.readouterr().err
        process.communicate("")
    assert run(["list", str(project)]) == 0


def test_a_folder_that_cannot_be_written(project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = tmp_path / "a.txt"
    source.write_text("words", encoding="utf-8")
    for folder in (tmp_path / "missing", Path("/proc/self") if sys.platform == "linux" else tmp_path / "missing"):
        assert run(["import", str(folder / "new.annotator"), str(source), "--annotator", "Ada"]) == 1
        err = capsys.readouterr().err
        assert "cannot be written" in err
        assert err.count("\n") == 1
    assert run(["export", str(project), "csv", str(tmp_path / "missing" / "out.csv")]) == 1
    assert "could not be written" in capsys.readouterr().err


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit on the size of a process's files")
def test_a_full_disk(project: Path, tmp_path: Path) -> None:
    source = tmp_path / "a.txt"
    source.write_text("words " * 500_000, encoding="utf-8")
    before = content(project)
    code = (
        "import resource, signal, sys\nsignal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000))\n"
        f"from annotator.cli import run\nsys.exit(run(['import', {str(project)!r}, {str(source)!r}, '--annotator', 'Ada']))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, env=dict(os.environ)
    )
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert "cannot be written" in done.stderr
    assert content(project) == before


def test_stopped_while_the_program_loads(tmp_path: Path) -> None:
    code = (
        "import sys\n"
        "class Stopped:\n"
        "    def find_spec(self, name, *_):\n"
        "        if name == 'annotator.domain.errors':\n"
        "            raise KeyboardInterrupt\n"
        "sys.meta_path.insert(0, Stopped())\n"
        "from annotator.__main__ import main\n"
        "main()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, env=dict(os.environ), cwd=tmp_path
    )
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "")
