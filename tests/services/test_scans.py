"""A PDF of pictures only: taken in, marked, found, checked, taken along, like any source."""

from __future__ import annotations

from pathlib import Path

import annotator
from annotator.domain.passage import Area
from annotator.services.exchanging import verify_file
from annotator.services.project import Project
from tests.importers.pdfs import Pdf, picture

AREA = Area(page=1, left=7200, top=9000, right=20000, bottom=30000)


def scan(left: int) -> bytes:
    """Return two pages with a picture each, so far from the left in points."""
    return Pdf().page(picture(left, 400, 200, 300)).page(picture(left, 100, 90, 60)).bytes()


def test_areas_of_one_scan_do_not_stand_on_another(project: Project) -> None:
    first = project.import_source(("first.pdf", scan(72)))
    second = project.import_source(("second.pdf", scan(73)))
    assert first.text != second.text
    passage = project.highlight_area(first.id, AREA)
    assert [row.id for row in project.passage_rows(first.id)] == [passage.id]
    assert project.passage_rows(second.id) == ()


def test_a_report_of_the_import_counts_no_words(project: Project, tmp_path: Path) -> None:
    path = tmp_path / "scan.pdf"
    path.write_bytes(scan(72))
    (line,) = project.import_many([path]).lines
    assert (line.title, line.words, line.warnings) == ("scan", 0, ("no-text",))


def test_the_two_lines_are_found(project: Project) -> None:
    version = project.import_source(("scan.pdf", scan(72)))
    assert [found.quote for found in project.find(version.id, "pages without text")] == ["pages without text"]


def test_read_again_the_text_is_the_same(project: Project) -> None:
    version = project.import_source(("scan.pdf", scan(72)))
    project.highlight_area(version.id, AREA)
    again = project.read_again(version.id, encoding="utf-8")
    assert (again.text, again.structure, again.sequence) == (version.text, version.structure, 2)
    assert [row.area for row in project.passage_rows(again.id)] == [AREA]


def test_a_scan_goes_with_a_bundle_and_into_every_export(project: Project, tmp_path: Path) -> None:
    version = project.import_source(("scan.pdf", scan(72)))
    linkage = project.link_to_new_claim(None, "The stamp is old.", version=version.id, area=AREA, stance="refutes")
    project.conclude(linkage.claim_id, verdict="refuted")
    project.export("bundle", tmp_path / "ours.bundle.zip")
    verify_file(tmp_path / "ours.bundle.zip")
    with annotator.open_project(tmp_path / "theirs.annotator", annotator="Ben", create=True) as theirs:
        mine = theirs.import_source(("mine.pdf", scan(72)))
        theirs.merge(theirs.plan_merge(tmp_path / "ours.bundle.zip"))
        assert [row.area for row in theirs.passage_rows(mine.id)] == [AREA], "the same file is the same text"
        theirs.verify()
    for name in ("html", "webannotation", "csv"):
        out = tmp_path / f"out-{name}"
        project.export(name, out)
        text = "".join(each.read_text(errors="replace") for each in ([out] if out.is_file() else out.rglob("*.csv")))
        assert "The stamp is old." in text or name == "webannotation"
        assert "viewrect" in text or name != "webannotation"
    assert [finding.code for finding in project.findings() if finding.level == "error"] == []
    project.verify()
