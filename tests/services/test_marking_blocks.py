"""What is the article is corrected by hand: one change, kept with the text, merged like everything."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.domain.errors import NotFoundError, WrongArgumentError
from annotator.domain.ids import EntityId
from annotator.domain.marked_blocks import BY_HAND
from annotator.services.project import Project, open_project

LONG = "The council had promised to publish every one of the contracts by the end of the year, which it did not do. "
PAGE = (
    f"<html><body><nav><p>Menu</p></nav><main><h1>Wall</h1><p>{LONG * 2}</p><p>Donate now.</p><p>{LONG * 3}</p></main>"
).encode()


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with open_project(tmp_path / "case.annotator", annotator="Ada", create=True) as project:
        yield project


def told(project: Project, version: EntityId) -> dict[str, tuple[bool, str]]:
    text = project.text(version)
    blocks = project.structure(version).blocks
    return {text[block.start : block.end].strip()[:11]: (block.article, block.label) for block in blocks}


def place(project: Project, version: EntityId, first: str, last: str = "") -> tuple[int, int]:
    text = project.text(version)
    return text.index(first), text.index(last or first) + 2


def test_blocks_are_marked_in_one_step_and_back(project: Project) -> None:
    version = project.import_source(("wall.html", PAGE)).id
    before = told(project, version)
    assert (before["Menu"], before["Donate now."]) == ((False, "navigation"), (True, ""))
    digest = project.state_digest()
    written = project.mark_blocks(version, [place(project, version, "Wall", "Donate")], article=False)
    assert len(written) == 3
    after = told(project, version)
    assert [after[words] for words in ("Wall", "Donate now.", "Menu")] == [(False, BY_HAND)] * 2 + [
        (False, "navigation")
    ]
    assert project.done[-1].label == "Mark as not part of the article"
    project.undo()
    assert told(project, version) == before
    assert project.state_digest() == digest
    project.redo()
    assert told(project, version) == after
    project.undo()
    project.mark_blocks(version, [place(project, version, "Donate")], article=False)
    assert told(project, version)["Donate now."] == (False, BY_HAND)


def test_what_is_so_already_is_no_change(project: Project) -> None:
    version = project.import_source(("wall.html", PAGE)).id
    steps = len(project.done)
    assert project.mark_blocks(version, [place(project, version, "Donate")], article=True) == ()
    assert project.mark_blocks(version, [place(project, version, "Menu")], article=False) == ()
    assert len(project.done) == steps
    (mark,) = project.mark_blocks(version, [place(project, version, "Menu")], article=True)
    assert told(project, version)["Menu"] == (True, "")
    assert project.mark_blocks(version, [place(project, version, "Menu")], article=True) == ()
    (again,) = project.mark_blocks(version, [place(project, version, "Menu")], article=False)
    assert (again.id, again.article) == (mark.id, False)
    assert told(project, version)["Menu"] == (False, "navigation")


@pytest.mark.parametrize("spans", [[(0, 0)], [(-1, 4)], [(4, 1_000_000)]])
def test_no_place_is_refused(project: Project, spans: list[tuple[int, int]]) -> None:
    version = project.import_source(("wall.html", PAGE)).id
    with pytest.raises(WrongArgumentError, match="spans"):
        project.mark_blocks(version, spans, article=True)


def test_no_version_is_refused(project: Project) -> None:
    with pytest.raises(NotFoundError):
        project.mark_blocks(EntityId("0198c0de-0000-7000-8000-000000000000"), [(0, 2)], article=False)


def test_two_people_who_differ_are_in_conflict(project: Project, tmp_path: Path) -> None:
    version = project.import_source(("wall.html", PAGE)).id
    project.export("bundle", tmp_path / "a.bundle.zip")
    with open_project(tmp_path / "other.annotator", annotator="Ben", create=True) as other:
        other.merge(other.plan_merge(tmp_path / "a.bundle.zip"))
        spans = [place(other, version, "Menu")]
        other.mark_blocks(version, spans, article=True)
        other.mark_blocks(version, [place(other, version, "Donate")], article=False)
        other.export("bundle", tmp_path / "b.bundle.zip")
    (mark,) = project.mark_blocks(version, spans, article=True)
    project.mark_blocks(version, spans, article=False)
    project.merge(project.plan_merge(tmp_path / "b.bundle.zip"))
    assert told(project, version)["Donate now."] == (False, BY_HAND)
    assert project.disputed(mark.id) == {mark.id: ("article",)}
    project.mark_blocks(version, spans, article=True)
    assert project.disputed(mark.id) == {}
    assert told(project, version)["Menu"] == (True, "")
