"""Finding words in one version by script and by command, ready to be highlighted."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import annotator
from annotator.cli import run
from annotator.domain.errors import NotFoundError, PatternError, WrongArgumentError
from annotator.domain.ids import EntityId
from annotator.domain.source import Version
from annotator.services.project import Project


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """Return a project with two sources, the first in two versions."""
    path = tmp_path / "two.annotator"
    with annotator.open_project(path, annotator="Ada", create=True) as project:
        project.type_source("The wall", "A wall stands.\nThe “wall” cost 4\u00a0200 crowns, says the Café.")
        project.type_source("Twin", "one wall")
        project.type_source("Twin", "two walls")
    return path


def test_what_is_found_can_be_highlighted(project: Project, version: Version) -> None:
    found = project.find(version.id, "4 200 000 crowns” 🌊 and")
    assert [each.quote for each in found] == ["4\u00a0200\u00a0000 crowns” 🌊 and"]
    passage = project.highlight(version.id, [(found[0].start, found[0].end)])
    assert passage.quote == found[0].quote


def test_options(project: Project, version: Version) -> None:
    def quotes(query: str, **options: bool) -> list[str]:
        return [each.quote for each in project.find(version.id, query, **options)]

    assert quotes("the") == ["The", "The", "the"]
    assert quotes("The", case=True) == ["The", "The"]
    assert quotes("an", words=True) == ["An"]
    assert quotes("é") == quotes("e", case=True)
    assert quotes("é", fold=False) == ["e\u0301"]
    assert quotes(r"\d+\s\d+", regex=True) == ["4\u00a0200"]
    assert quotes("nowhere") == []


def test_what_cannot_be_looked_for_is_said(project: Project, version: Version) -> None:
    with pytest.raises(WrongArgumentError, match="query: there is nothing to look for"):
        project.find(version.id, " \n")
    with pytest.raises(PatternError, match="character 2"):
        project.find(version.id, "(", regex=True)
    with pytest.raises(NotFoundError):
        project.find(EntityId("00000000-0000-7000-8000-000000000000"), "wall")


def test_the_command_prints_each_place_with_its_surroundings(case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["find", str(case), "the wall", "WALL"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "2-6  A [wall] stands. The “wall” cost 4 200 crowns, s…",
        "20-24  A wall stands. The “[wall]” cost 4 200 crowns, says the Café.",
    ]


def test_the_command_has_the_options_of_the_bar_and_speaks_json(case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def found(*arguments: str) -> list[str]:
        assert run(["find", str(case), "The wall", *arguments, "--json"]) == 0
        return [record["quote"] for record in json.loads(capsys.readouterr().out)]

    assert found("cafe") == ["Café"]
    assert found("cafe", "--exact") == []
    assert found("CAFE", "--case") == []
    assert found("wal", "--words") == []
    assert found(r"\d \d+", "--regex") == ["4\u00a0200"]
    assert run(["find", str(case), "The wall", "nowhere"]) == 0
    assert capsys.readouterr().err == "Nothing found.\n"
    assert run(["find", str(case), "The wall", "(", "--regex"]) == 1
    assert "is not a regular expression" in capsys.readouterr().err


def test_a_source_is_named_by_title_or_id(case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with annotator.open_project(case) as project:
        rows = project.source_rows()
    twin = next(row for row in rows if row.source.title == "Twin")
    for named in (twin.source.id, twin.versions[0].id):
        assert run(["find", str(case), named, "wall", "--json"]) == 0
        assert json.loads(capsys.readouterr().out)[0]["version"] == twin.versions[0].id
    assert run(["find", str(case), "Twin", "wall"]) == 1
    assert "there are 2 sources called “Twin”" in capsys.readouterr().err
    assert run(["find", str(case), "Nobody", "wall"]) == 1
    assert "there is no source “Nobody”" in capsys.readouterr().err
