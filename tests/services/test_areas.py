"""Areas of pages: highlighted, linked, said, undone, merged like passages of words."""

from __future__ import annotations

from pathlib import Path

import pytest

import annotator
from annotator.domain.errors import WrongArgumentError
from annotator.domain.passage import Area
from annotator.domain.source import Version
from annotator.services.project import Project
from tests.importers.pdfs import Pdf, at

AREA = Area(page=1, left=7200, top=9000, right=20000, bottom=30000)


@pytest.fixture
def scan(project: Project) -> Version:
    """Return a version whose second page has no text."""
    data = Pdf().page(at(72, 700, "The bills of the year")).page("0 g 72 400 200 300 re f\n").bytes()
    return project.import_source(("bills.pdf", data))


def test_an_area_is_a_passage_without_words(project: Project, scan: Version) -> None:
    words = project.highlight(scan.id, [(4, 9)])
    passage = project.highlight_area(scan.id, AREA, note="The stamp")
    assert (passage.area, passage.fragments, passage.text) == (AREA, (), scan.text)
    assert [note.text for note in project.notes(passage.id)] == ["The stamp"]
    rows = {row.id: row for row in project.passage_rows(scan.id)}
    assert (rows[passage.id].area, rows[passage.id].spans) == (AREA, ())
    assert (rows[words.id].area, rows[words.id].spans) == (None, ((4, 9),))
    assert {each.id for each in project.passages(scan.id)} == {passage.id, words.id}
    before = project.state_digest()
    project.undo()
    assert [row.id for row in project.passage_rows(scan.id)] == [words.id]
    project.redo()
    assert project.state_digest() == before
    project.verify()


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"page": 2}, "there is no page 2"),
        ({"page": -1}, "there is no page -1"),
        ({"left": 20000}, "it is empty"),
        ({"bottom": 9000}, "it is empty"),
        ({"left": -1}, "beyond page 1"),
        ({"right": 61201}, "beyond page 1"),
        ({"bottom": 79201}, "beyond page 1"),
    ],
)
def test_a_wrong_area_is_refused_by_name(
    project: Project, scan: Version, changed: dict[str, int], problem: str
) -> None:
    sides = {"page": 1, "left": 7200, "top": 9000, "right": 20000, "bottom": 30000} | changed
    before = project.state_digest()
    with pytest.raises(WrongArgumentError, match=problem) as caught:
        project.highlight_area(scan.id, Area(**sides))
    assert caught.value.data["argument"] == "area"
    assert project.state_digest() == before


def test_a_text_without_pages_has_no_areas(project: Project, version: Version) -> None:
    with pytest.raises(WrongArgumentError, match="a version that has pages"):
        project.highlight_area(version.id, AREA)


def test_an_area_is_linked_and_said_in_one_step(project: Project, scan: Version) -> None:
    claim = project.add_claim("The bills were stamped.")
    linked = project.link(None, claim.id, version=scan.id, area=AREA, stance="supports")
    new = project.link_to_new_claim(None, "The stamp is old.", version=scan.id, area=AREA, stance="refutes")
    said = project.appear(None, claim.id, version=scan.id, area=AREA, agent=None, role="asserts")
    rows = project.link_many(
        [{"passage": None, "claim": claim.id, "version": scan.id, "area": AREA, "stance": "qualifies"}]
    )
    passages = [linked.passage_ids[0], new.passage_ids[0], said.passage_id, rows[0].passage_ids[0]]
    assert len(set(passages)) == 4
    found = {row.id: row for row in project.passage_rows(scan.id)}
    assert [found[each].stances for each in passages] == [("supports",), ("refutes",), (), ("qualifies",)]
    assert all(found[each].area == AREA for each in passages)
    for _ in range(4):
        project.undo()
    assert project.passage_rows(scan.id) == ()


def test_words_and_an_area_exclude_each_other(project: Project, scan: Version) -> None:
    claim = project.add_claim("The bills were stamped.")
    with pytest.raises(WrongArgumentError, match="not both"):
        project.link(None, claim.id, version=scan.id, area=AREA, fragments=[(0, 3)], stance="supports")


def test_an_area_is_not_reshaped(project: Project, scan: Version) -> None:
    passage = project.highlight_area(scan.id, AREA)
    with pytest.raises(WrongArgumentError, match="it is an area of a page"):
        project.reshape(passage.id, [(0, 3)])
    with pytest.raises(WrongArgumentError, match="it is an area of a page"):
        project.add_fragment(passage.id, 0, 3)


def test_an_area_goes_with_a_bundle_and_into_every_export(project: Project, scan: Version, tmp_path: Path) -> None:
    linkage = project.link_to_new_claim(None, "The stamp is old.", version=scan.id, area=AREA, stance="refutes")
    project.conclude(linkage.claim_id, verdict="refuted")
    project.export("bundle", tmp_path / "ours.bundle.zip")
    with annotator.open_project(tmp_path / "theirs.annotator", annotator="Ben", create=True) as theirs:
        theirs.merge(theirs.plan_merge(tmp_path / "ours.bundle.zip"))
        assert [row.area for row in theirs.passage_rows(scan.id)] == [AREA]
        theirs.verify()
    for name, words in (("html", "area of the page"), ("webannotation", "viewrect"), ("csv", "2")):
        out = tmp_path / f"out-{name}"
        project.export(name, out)
        text = "".join(each.read_text(errors="replace") for each in ([out] if out.is_file() else out.rglob("*.csv")))
        assert words in text, name
    assert [finding.code for finding in project.findings() if finding.level == "error"] == []
