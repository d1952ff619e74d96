"""New versions on the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import annotator
from annotator.cli import run
from annotator.services.settings import FOLDER_VARIABLE

OLD = "The council did not find a leak in the wall.\nThe wall was built last year by two firms.\n"


@pytest.fixture
def case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a project with one source and two passages."""
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "settings"))
    path = tmp_path / "case.annotator"
    with annotator.open_project(path, annotator="Ada", create=True) as project:
        version = project.import_source(("wall.txt", OLD.encode()))
        project.highlight(version.id, [(0, 31)])
        project.highlight(version.id, [(OLD.index("The wall"), OLD.index(" by two"))])
    return path


@pytest.fixture
def corrected(tmp_path: Path) -> Path:
    file = tmp_path / "corrected.txt"
    file.write_text(OLD.replace("did not", "did"), encoding="utf-8")
    return file


def told(capsys: pytest.CaptureFixture[str], *arguments: object) -> Any:
    capsys.readouterr()
    assert run([str(each) for each in arguments]) == 0
    return json.loads(capsys.readouterr().out)


def test_a_version_is_added_shown_and_settled(case: Path, corrected: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["add-version", str(case), "wall", str(corrected), "--annotator", "Ada"]) == 0
    out, err = capsys.readouterr()
    assert "1 exact, 0 moved, 0 whitespace, 1 changed, 0 orphaned" in out
    assert "1 wait for a decision" in err
    assert run(["anchors", str(case), "wall", "--waiting"]) == 0
    out, _ = capsys.readouterr()
    assert "changed, waits" in out
    assert "now “The council did find a leak”" in out
    (row,) = told(capsys, "anchors", case, "wall", "--waiting", "--json")
    assert (row["quote"], row["found"]) == (OLD[:31], "The council did find a leak")
    settled = told(capsys, "settle-anchor", case, row["id"], "move", "--at", "4-27", "--annotator", "Ada", "--json")
    assert settled == {"id": row["id"], "decision": "placed", "words": "council did find a leak"}
    assert told(capsys, "anchors", case, "wall", "--waiting", "--json") == []
    for decision in (["accept"], ["keep"], ["withdraw", "--reason", "Gone."]):
        assert run(["settle-anchor", str(case), row["id"], *decision, "--annotator", "Ada"]) == 0


def test_the_report_for_machines(case: Path, corrected: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report = told(capsys, "add-version", case, "wall", corrected, "--annotator", "Ada", "--json")
    assert isinstance(report, dict)
    assert [len(report[state]) for state in ("exact", "moved", "whitespace", "changed", "orphaned")] == [1, 0, 0, 1, 0]
    assert len(report["unsettled"]) == 1


def test_passages_that_came_later_are_told_and_looked_for(
    case: Path, corrected: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told(capsys, "add-version", case, "wall", corrected, "--annotator", "Ada", "--json")
    with annotator.open_project(case, annotator="Ada") as project:
        project.highlight(project.source_rows()[0].versions[0].id, [(4, 11)])
    assert run(["anchors", str(case), "wall"]) == 0
    assert "1 passages were not looked for yet" in capsys.readouterr().err
    assert len(told(capsys, "anchors", case, "wall", "--find", "--annotator", "Ada", "--json")) == 3


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["settle-anchor", "CASE", "x", "accept"], "anchor x"),
        (["settle-anchor", "CASE", "x", "move", "--at", "here"], "START-END"),
        (["add-version", "CASE", "nothing", "FILE"], "there is no source"),
        (["anchors", "CASE", "nothing"], "there is no source"),
    ],
)
def test_what_is_wrong_is_said(
    case: Path, corrected: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], words: str
) -> None:
    names = {"CASE": str(case), "FILE": str(corrected)}
    extra = [] if arguments[0] == "anchors" else ["--annotator", "Ada"]
    assert run([*(names.get(each, each) for each in arguments), *extra]) == 1
    assert words in capsys.readouterr().err
