"""Where sources came from: files with several pages, pages with their pieces, download marks, and addresses that are fetched."""

from __future__ import annotations

import os
import plistlib
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

import annotator
from annotator.domain.errors import ImportFailedError, WrongArgumentError
from annotator.fetching import network as networks
from annotator.services.download_marks import where_froms, zone_identifier
from annotator.services.importing_given import files_in
from annotator.services.project import Project
from tests.fetching.servers import Server, page, reached, serving
from tests.importers.captures import WALL, Wacz, answer, packed
from tests.importers.captures import page as small_page
from tests.importers.pdfs import Pdf, at

FIRM = "https://ledger.example/2025/firm"


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """Return a server that gives each time another page, and may be asked in this test."""
    visits: list[str] = []

    def answers(path: str) -> bytes:
        visits.append(path)
        return page(f"<html><title>Wall</title><p>Visit {len(visits)} to {path}".encode())

    with serving(answers) as server:
        monkeypatch.setattr(networks, "NETWORK", reached(server))
        yield server


def archive() -> bytes:
    first = packed(answer(WALL, small_page("The wall", "Wall")), answer(FIRM, small_page("The firm", "Firm")))
    again = answer(WALL, small_page("The wall, corrected", "Wall"), date="2025-05-15T08:30:00Z")
    empty = answer(f"{FIRM}/empty", b"<html><script>words()</script></html>")
    return first + packed(again, empty)


def test_each_page_of_an_archive_is_a_source_and_each_later_capture_a_version(project: Project) -> None:
    version = project.import_source(("wall.warc.gz", archive()))
    rows = {row.source.title: row for row in project.source_rows()}
    assert sorted(rows) == ["Firm", "Wall"]
    assert [project.text(one.id) for one in rows["Wall"].versions] == ["The wall", "The wall, corrected"]
    assert {one.original for row in rows.values() for one in row.versions} == {version.original}
    newest = rows["Wall"].versions[-1]
    assert (newest.url, newest.url_basis, newest.http_status) == (WALL, "WARC", 200)
    assert (newest.retrieved_at, newest.retrieved_basis) == ("2025-05-15T08:30:00Z", "WARC")
    assert newest.http_headers is not None
    assert "set-cookie" not in newest.http_headers
    assert "pages-not-read:1" in version.warnings
    project.verify()


def test_pages_that_are_missing_come_in_when_the_archive_is_given_again(project: Project) -> None:
    for data in (archive(), Wacz({"data.warc.gz": archive()}, pages=[WALL, FIRM]).file()):
        name = "a.wacz" if data.startswith(b"PK") else "a.warc.gz"
        project.import_source((name, data))
        count = len([one for row in project.source_rows() for one in row.versions])
        project.undo()
        assert len([one for row in project.source_rows() for one in row.versions]) < count
        project.import_source((name, data))
        assert len([one for row in project.source_rows() for one in row.versions]) == count
        project.import_source((name, data))
        assert len([one for row in project.source_rows() for one in row.versions]) == count


def test_a_page_of_an_archive_is_read_again_in_another_encoding(project: Project) -> None:
    data = packed(
        answer(FIRM, small_page("The firm")), answer(WALL, "<html><p>Стена".encode("koi8-r"), type_="text/html")
    )
    project.import_source(("a.warc.gz", data))
    wall = next(one for row in project.source_rows() for one in row.versions if one.url == WALL)
    again = project.read_again(wall.id, encoding="koi8-r")
    assert (project.text(again.id), again.part) == ("Стена", wall.part)


def test_a_page_saved_complete_comes_without_its_pieces(tmp_path: Path) -> None:
    for name in (
        "wall.html",
        "wall_files/frame.html",
        "wall_files/a.png",
        "Mauer.htm",
        "Mauer-Dateien/x.html",
        "own_files/a.txt",
    ):
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_text("words", encoding="utf-8")
    wall, pieces = tmp_path / "wall.html", tmp_path / "wall_files"
    names = ["Mauer.htm", "own_files/a.txt", "wall.html"]
    assert [
        Path(one).relative_to(tmp_path).as_posix() for one in files_in([tmp_path]) if not isinstance(one, tuple)
    ] == names
    assert list(files_in([pieces])) == [wall]
    assert list(files_in([wall, pieces])) == list(files_in([pieces, wall])) == [wall]


@pytest.mark.skipif(sys.platform != "linux", reason="the mark is an extended attribute on Linux")
def test_the_mark_of_a_download_tells_the_address(project: Project, tmp_path: Path) -> None:
    file = tmp_path / "wall.html"
    file.write_bytes(small_page("The wall"))
    try:
        os.setxattr(file, "user.xdg.origin.url", WALL.encode())
    except OSError:
        pytest.skip("the file system of the temporary folder keeps no extended attributes")
    version = project.import_source(file)
    assert (version.url, version.url_basis, version.retrieved_basis) == (WALL, "download mark", "file time")


def test_marks_of_macos_and_windows_are_read() -> None:
    assert where_froms(plistlib.dumps([WALL, FIRM], fmt=plistlib.FMT_BINARY)) == [WALL, FIRM]
    assert where_froms(b"bplist00 nonsense") == where_froms(plistlib.dumps({"a": 1})) == []
    assert zone_identifier(f"[ZoneTransfer]\r\nZoneId=3\r\nReferrerUrl={FIRM}\r\nHostUrl={WALL}?a=b\r\n".encode()) == [
        f"{WALL}?a=b", FIRM,
    ]  # fmt: skip


def test_a_page_is_fetched_and_kept_as_a_web_archive(project: Project, server: Server) -> None:
    version = project.fetch(server.url("/wall"))
    assert (project.text(version.id), version.importer) == ("Visit 1 to /wall", "warc")
    assert (version.url, version.url_basis, version.http_status) == (server.url("/wall"), "WARC", 200)
    assert datetime.fromisoformat(version.retrieved_at) <= datetime.fromisoformat(version.imported_at)
    assert version.original is not None
    assert project.store.read().blob(version.original).startswith(b"\x1f\x8b")
    project.verify()


def test_an_address_fetched_again_is_a_new_version_and_one_step(project: Project, server: Server) -> None:
    first, second = project.fetch(server.url("/wall")), project.fetch(server.url("/wall"))
    assert (second.source_id, second.sequence) == (first.source_id, 2)
    assert project.text(second.id) == "Visit 2 to /wall"
    project.undo()
    project.undo()
    assert not project.sources()


def test_nothing_is_kept_of_a_failure_and_nothing_asked_for_nobody(
    project: Project, server: Server, tmp_path: Path
) -> None:
    changes = project.store.read().history.count()
    with pytest.raises(ImportFailedError):
        project.fetch("file:///etc/passwd")
    assert project.store.read().history.count() == changes
    project.close()
    with annotator.open_project(tmp_path / "case.annotator") as nobodys, pytest.raises(WrongArgumentError):
        nobodys.fetch(server.url("/wall"))
    assert not server.asked


@pytest.mark.parametrize("name", ["a.warc.gz", "a.wacz"])
def test_pages_of_a_pdf_in_an_archive_are_drawn(project: Project, name: str) -> None:
    report = Pdf().page(at(72, 700, "The wall cost 4.1 million")).bytes()
    data = packed(answer(FIRM, small_page("The firm")), answer(f"{WALL}.pdf", report, type_="application/pdf"))
    project.import_source((name, Wacz({"data.warc.gz": data}).file() if name.endswith("wacz") else data))
    pdf = next(one for row in project.source_rows() for one in row.versions if one.media_type == "application/pdf")
    assert "4.1 million" in project.text(pdf.id)
    pictures = project.page_pictures(pdf.id)
    try:
        assert len(pictures.sizes) == 1
        assert len(set(pictures.render(0, 60, 80).pixels)) > 2
    finally:
        pictures.close()
