"""The command line: what is the article is listed and corrected."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from annotator.cli import run
from annotator.services.project import open_project
from annotator.services.settings import FOLDER_VARIABLE
from tests.services.test_marking_blocks import PAGE


def test_blocks_are_listed_and_marked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "settings"))
    path = tmp_path / "case.annotator"
    with open_project(path, annotator="Ada", create=True) as project:
        version = project.import_source(("wall.html", PAGE))
    assert run(["mark-blocks", str(path), version.source_id, "--json"]) == 0
    menu = json.loads(capsys.readouterr().out)[0]
    assert (menu["text"], menu["article"], menu["label"]) == ("Menu", False, "navigation")
    assert run(["mark-blocks", str(path), version.id, "0-7", "--not", "--annotator", "Ada"]) == 0
    captured = capsys.readouterr()
    assert captured.out == "0-4  navigation  paragraph: Menu\n5-9  by_hand  title: Wall\n"
    assert captured.err == "Blocks marked: 1\n"
    assert run(["mark-blocks", str(path), version.id, "from 5", "--annotator", "Ada"]) == 1
    assert "120-480" in capsys.readouterr().err
