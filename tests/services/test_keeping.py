"""What is kept of a capture: all of it can be shown, and an original that was altered is never passed off as the one taken in."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from pysqlite3 import dbapi2

import annotator
from annotator.domain.errors import AlteredError, ExportFailedError, ImportFailedError, NotFoundError
from annotator.domain.source import Version
from annotator.services.project import Project
from tests.importers.pdfs import Pdf, at

PAGE = b"<html><body><p>The wall held all night, says the council of the town.</p></body></html>"


@pytest.fixture
def altered(tmp_path: Path) -> Iterator[tuple[Project, Version]]:
    """Return a project whose file somebody has altered while it was closed: one letter of an original."""
    path = tmp_path / "altered.annotator"
    with annotator.open_project(path, annotator="Ada", create=True) as project:
        project.import_source(("other.txt", b"Another source.\n"))
        version = project.import_source(("page.html", PAGE))
    with closing(dbapi2.connect(str(path))) as file:
        file.execute("UPDATE blob SET data = replace(data, 'held', 'fell') WHERE kind = 'original'")
        file.execute("UPDATE blob SET data = CAST(data AS BLOB) WHERE kind = 'original'")
        file.commit()
    with annotator.open_project(path, annotator="Ada") as project:
        yield project, version


def test_every_fact_of_a_capture_is_told_with_how_it_is_known(project: Project, tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_bytes(PAGE)
    os.utime(path, (1_700_000_000, 1_700_000_000))
    version = project.import_source(path, url="https://example.org/wall")
    kept = project.evidence(version.id)
    facts = {fact.label: (fact.value, fact.basis) for fact in kept.facts()}
    assert facts["Original name"] == ("page.html", "")
    assert facts["Size"] == (str(len(PAGE)), "")
    assert facts["Digest (SHA-256)"] == (hashlib.sha256(PAGE).hexdigest(), "")
    assert facts["Found to be"] == ("text/html", "")
    assert facts["Taken in by"] == ("Ada", "")
    assert facts["Taken in how"] == ("from a file", "")
    assert facts["Address"] == ("https://example.org/wall", "typed")
    assert facts["Retrieved"] == ("2023-11-14T22:13:20Z", "file time")
    assert facts["Read with"][0].startswith("html ")
    assert facts["Digest of the text"] == (hashlib.sha256(project.text(version.id).encode()).hexdigest(), "")
    assert not kept.altered


def test_the_engine_of_each_page_is_told(project: Project) -> None:
    made = Pdf()
    for words in ("One page of words, all of them plain.", "And a second page, with others."):
        made.page(at(72, 700, words))
    version = project.import_source(("report.pdf", made.bytes()))
    engines = {fact.label: fact.value for fact in project.evidence(version.id).facts()}["Pages read with"]
    assert engines.endswith(": 1–2")


def test_the_original_is_saved_checked_and_copied_byte_for_byte(project: Project, tmp_path: Path) -> None:
    version = project.import_source(("../we\u202eird:name.exe", PAGE))
    out = project.save_original(version.id, tmp_path / "out.html")
    assert out.read_bytes() == PAGE
    found = project.check_original(version.id)
    assert (found.altered, found.found) == (False, version.original)
    copy = project.copy_original(version.id)
    assert copy.read_bytes() == PAGE
    assert copy.suffix == ".html", "what calls itself a program is not opened as one"
    assert stat.S_IMODE(copy.stat().st_mode) & 0o222 == 0
    assert "\u202e" not in copy.name
    project.drop_copies()
    assert not copy.exists()
    with pytest.raises(ExportFailedError):
        project.save_original(version.id, tmp_path / "nowhere" / "out.html")


def test_typed_words_have_no_original(project: Project) -> None:
    version = project.type_source("Call", "He said no.")
    assert {fact.label: fact.value for fact in project.evidence(version.id).facts()}["Taken in how"] == "written down"
    for ask in (project.original, project.check_original, project.copy_original):
        with pytest.raises(NotFoundError, match="original"):
            ask(version.id)


def test_an_altered_original_is_reported_wherever_it_is_asked_for(
    altered: tuple[Project, Version], tmp_path: Path
) -> None:
    project, version = altered
    assert project.check_originals() == (version.id,)
    assert [row.altered for row in project.source_rows()] == [(), (version.id,)]
    assert project.evidence(version.id).altered
    assert project.check_original(version.id).altered
    out = tmp_path / "out.html"
    for ask in (project.original, lambda id_: project.save_original(id_, out), project.copy_original):
        with pytest.raises(AlteredError, match="original of “page”"):
            ask(version.id)
    assert not out.exists()
    (finding,) = [each for each in project.findings() if each.code == "original-altered"]
    assert (finding.level, finding.entity_id) == ("error", version.source_id)
    with pytest.raises(AlteredError, match=r"original.* of “page”"):
        project.verify()


def test_a_kind_that_nothing_shows_is_not_opened(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    version = project.import_source(("page.html", PAGE))
    monkeypatch.setattr("annotator.services.keeping.importers", tuple)
    with pytest.raises(ImportFailedError, match="not opened from here"):
        project.copy_original(version.id)
