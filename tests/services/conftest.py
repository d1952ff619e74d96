"""Fixtures for the jobs: an open project and a source in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import annotator
from annotator.domain.source import Version
from annotator.services.project import Project
from annotator.services.settings import FOLDER_VARIABLE

ARTICLE = (
    "The harbour wall\n\n"
    "The council says that “the wall cost 4\u00a0200\u00a0000 crowns” 🌊 and no more.\n"
    "An auditor found twice as much. العربية stands here, and e\u0301 too.\n"
)


@pytest.fixture(autouse=True)
def own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the settings of whoever runs the tests out of them."""
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "settings"))


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """Return a new project, open as Ada."""
    with annotator.open_project(tmp_path / "case.annotator", annotator="Ada", create=True) as opened:
        yield opened


@pytest.fixture
def version(project: Project) -> Version:
    """Return the version of an article in the project."""
    return project.import_source(("wall.txt", ARTICLE.replace("\n", "\r\n").encode()))


def spans(text: str, *quotes: str) -> list[tuple[int, int]]:
    """Return where quotes stand in a text."""
    return [(text.index(quote), text.index(quote) + len(quote)) for quote in quotes]
