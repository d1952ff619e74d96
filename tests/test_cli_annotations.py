"""The command that takes in what other programs annotated, as a person types it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import annotator
from annotator.cli import run
from annotator.domain.kinds import Passage
from annotator.services.settings import FOLDER_VARIABLE

NOTE = {
    "@context": "http://www.w3.org/ns/anno.jsonld",
    "id": "https://notes.example/1",
    "type": "Annotation",
    "target": {"source": "https://a.example/", "selector": {"type": "TextQuoteSelector", "exact": "4.2 million"}},
}


@pytest.fixture(autouse=True)
def own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "settings"))


@pytest.fixture
def project(tmp_path: Path) -> Path:
    path = tmp_path / "case.annotator"
    with annotator.open_project(path, annotator="Ada", create=True) as opened:
        opened.import_source(("wall.txt", b"The wall cost 4.2 million.\n\nNobody was asked."))
    return path


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    path = tmp_path / "notes.jsonld"
    path.write_text(json.dumps(NOTE), encoding="utf-8")
    return path


def _run(capsys: pytest.CaptureFixture[str], *arguments: object, code: int = 0) -> tuple[str, str]:
    capsys.readouterr()
    assert run(["import-annotations", *map(str, arguments), "--annotator", "Ada"]) == code
    out, err = capsys.readouterr()
    return out, err


def test_it_tells_what_is_missing_and_takes_a_persons_word(
    project: Path, notes: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out, err = _run(capsys, project, notes)
    assert "not in the project: https://a.example/ (1 on it)" in out
    assert "left out: passage “4.2 million”. Its source is not in the project: https://a.example/." in out
    assert err.startswith("1 left out")
    out, _ = _run(capsys, project, notes, "--source", "wall", "--dry-run")
    assert "nothing is written yet" in out
    assert "passage: 1 new, 0 here already" in out
    (record,) = json.loads(_run(capsys, project, notes, "--source", "wall", "--json")[0])
    assert (record["written"], record["left_out"]) == (True, [])
    assert "passage: 0 new, 1 here already" in _run(capsys, project, notes, "--source", "wall")[0]
    with annotator.open_project(project) as opened:
        assert [each.quote for each in opened.store.read().all(Passage)] == ["4.2 million"]


def test_a_wrong_level_and_a_wrong_file_are_one_sentence(
    project: Path, notes: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "“half” is no pair. Allowed: WORDS=CODE." in _run(capsys, project, notes, "--level", "half", code=1)[1]
    assert "webannotation" in _run(capsys, project, notes, "--format", "docx", code=1)[1]
    notes.write_text("{", encoding="utf-8")
    assert "it is not JSON" in _run(capsys, project, notes, "--format", "webannotation", code=1)[1]
