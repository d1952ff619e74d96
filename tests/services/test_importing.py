"""Taking sources in: files, folders, batches, typed text."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.domain.errors import ImportFailedError, WrongArgumentError
from annotator.domain.ids import digest_of
from annotator.domain.source import Medium
from annotator.services.importing_batch import ImportLine
from annotator.services.project import Project

PAGE = b"""<html lang="en"><head><title>Wall</title><meta property="og:site_name" content="The Ledger">
<meta name="author" content="Lena Marsh"><meta property="article:published_time" content="2025-05-14"></head>
<body><nav><a href="/">Home</a></nav><article><h1>The wall</h1><p>It cost a lot of money, says the council,
and the auditor agrees with that in a long report about all of it.</p></article></body></html>"""


def test_the_original_is_kept_byte_for_byte(project: Project, tmp_path: Path) -> None:
    data = "café\r\n".encode("latin-1") * 40
    path = tmp_path / "note.txt"
    path.write_bytes(data)
    version = project.import_source(path, url="https://example.org/a")
    assert project.original(version.id) == data
    assert version.original == digest_of(data)
    assert (version.name, version.size, version.url, version.url_basis) == (
        "note.txt",
        len(data),
        "https://example.org/a",
        "typed",
    )
    assert version.retrieved_basis == "file time"


def test_details_are_suggested_by_the_page(project: Project) -> None:
    version = project.import_source(("wall.html", PAGE))
    (source,) = project.sources()
    assert (source.title, source.date_published, source.language) == ("The wall", "2025-05-14", "en")
    assert source.medium is Medium.WEB_TEXT
    assert {agent.name for agent in project.agents()} == {"The Ledger", "Lena Marsh"}
    blocks = project.structure(version.id).blocks
    assert any(not block.article for block in blocks), "what is not the article is kept and marked"
    project.undo()
    assert not project.agents()


def test_the_same_bytes_again_are_the_same_version(project: Project) -> None:
    first = project.import_source(("wall.html", PAGE))
    steps = len(project.done)
    assert project.import_source(("copy.html", PAGE)) == first
    assert len(project.done) == steps


def test_the_address_that_a_page_gives_itself_makes_no_version_of_what_shares_no_words(project: Project) -> None:
    head = '<head><link rel="canonical" href="https://ledger.example/"></head>'
    wall = " ".join(f"The wall of harbour {number} cost a lot of money." for number in range(12))
    ferry = " ".join(f"A ferry pilot saw the tide rise {number} feet in May." for number in range(12))
    first = project.import_source(("wall.html", f"<html>{head}<p>{wall}</p></html>".encode()))
    other = project.import_source(("ferry.html", f"<html>{head}<p>{ferry}</p></html>".encode()))
    later = project.import_source(("later.html", f"<html>{head}<p>{wall} Corrected.</p></html>".encode()))
    typed = project.import_source(("typed.html", f"<html><p>{ferry} Or so.</p></html>".encode()), url=first.url)
    assert other.source_id != first.source_id
    assert [later.source_id, typed.source_id] == [first.source_id] * 2, "words are shared; a person says so"


def test_a_known_address_gives_a_new_version(project: Project) -> None:
    address = "https://example.org/wall"
    old = project.import_source(("wall.html", PAGE), url=address)
    new = project.import_source(("wall.html", PAGE.replace(b"a lot", b"much")), url=address)
    assert (new.source_id, new.sequence, new.supersedes) == (old.source_id, 2, old.id)
    assert [version.id for version in project.versions(old.source_id)] == [old.id, new.id]


def test_a_failed_file_is_a_line_and_not_the_end(project: Project, tmp_path: Path) -> None:
    folder = tmp_path / ".kept" / "batch"
    (folder / "inner").mkdir(parents=True)
    (folder / "a.txt").write_bytes(b"")
    (folder / "b.txt").write_bytes(bytes(range(256)) * 20)
    (folder / "inner" / "c.txt").write_text("Good words.\n", encoding="utf-8")
    (folder / ".hidden").write_text("no", encoding="utf-8")
    (folder / "d.pdf").write_bytes(b"%PDF-1.7\nbroken")
    seen: list[tuple[int, int, ImportLine | None]] = []
    report = project.import_many(
        [folder, tmp_path / "gone.txt"], progress=lambda done, total, line: seen.append((done, total, line))
    )
    assert [line.name for line in report.lines] == ["a.txt", "b.txt", "d.pdf", "c.txt", "gone.txt"]
    assert [line.error is None for line in report.lines] == [False, False, False, True, False]
    assert seen[-1][:2] == (5, 5)
    for line in report.failed:
        assert isinstance(line.error, ImportFailedError)
        assert line.name in str(line.error)
    assert len(project.sources()) == 1


def test_a_batch_is_cancelled_between_and_within_files(project: Project) -> None:
    given = [(f"{number}.txt", f"Words of {number}.".encode()) for number in range(5)]
    report = project.import_many(given, cancelled=lambda: len(project.sources()) >= 2)
    assert report.cancelled
    assert len(project.sources()) == 2
    assert project.import_many(given).cancelled is False
    assert len(project.sources()) == 5, "what was there is known, the rest comes in"


def test_typed_text_is_a_source_without_a_file(project: Project) -> None:
    version = project.type_source(
        "Call", "He said no.\r\nTwice.", date="2025-05-02", person="Tamsin Orrell", place="phone"
    )
    (source,) = project.sources()
    assert (source.title, source.date_published, source.place) == ("Call", "2025-05-02", "phone")
    assert project.text(version.id) == "He said no.\nTwice."
    assert (version.original, version.importer) == (None, "typed")
    with pytest.raises(ImportFailedError, match="no text"):
        project.type_source("Call", " \n ")
    with pytest.raises(WrongArgumentError, match="date"):
        project.type_source("Call", "words", date="yesterday")


def test_the_encoding_is_said_and_can_be_corrected(project: Project) -> None:
    words = "Прывітанне, гэта артыкул пра ваду і лічыльнікі. " * 6
    version = project.import_source(("a.txt", words.encode("windows-1251")), encoding="latin-1")
    assert version.encoding in ("latin-1", "iso8859-1", "iso-8859-1")
    again = project.read_again(version.id, encoding="windows-1251")
    assert project.text(again.id) == words
    assert (again.sequence, again.supersedes, again.original) == (2, version.id, version.original)
    with pytest.raises(ImportFailedError):
        project.read_again(version.id, encoding="utf-8")
    with pytest.raises(ImportFailedError):
        project.read_again(version.id, encoding="klingon")


def test_read_in_another_encoding_a_page_says_its_title_anew(project: Project) -> None:
    page = "<html><head><title>Größe und Maß</title></head><body><p>Größe und Maß in aller Welt.</p></body></html>"
    version = project.import_source(("a.html", page.encode("windows-1252")), encoding="windows-1251")
    again = project.read_again(version.id, encoding="windows-1252")
    titles = [detail.value for detail in again.suggested if detail.field == "title"]
    assert titles == ["Größe und Maß"]


def test_a_file_that_is_too_large_is_refused_without_holding_all_of_it(project: Project, tmp_path: Path) -> None:
    path = tmp_path / "disk.pdf"
    with path.open("wb") as file:
        file.truncate(1 << 40)
    with pytest.raises(ImportFailedError, match="larger than"):
        project.import_source(path)


def test_a_folder_that_cannot_be_opened_is_a_line_and_not_the_end(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "given"
    (folder / "locked").mkdir(parents=True)
    (folder / "a.txt").write_text("Nobody was hurt.")
    listed = Path.iterdir

    def refused(path: Path) -> Iterator[Path]:
        if path.name == "locked":
            raise PermissionError(13, "Permission denied")
        return listed(path)

    monkeypatch.setattr(Path, "iterdir", refused)
    report = project.import_many([folder])
    assert [(line.name, line.error is None) for line in report.lines] == [("a.txt", True), ("locked", False)]
