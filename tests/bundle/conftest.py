"""One project and its bundle for all tests of bundles, none of which alters them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bundle.builders import Members, export, members
from tests.store.rich import make_rich_project


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a closed project with conflicts, deletions, repeats and a change set aside."""
    path = tmp_path_factory.mktemp("bundled") / "case.annotator"
    make_rich_project(path)
    return path


@pytest.fixture(scope="session")
def bundle(project: Path) -> Path:
    """Return the project's bundle with the originals."""
    return export(project, project.with_name("case.bundle.zip"), originals=True)


@pytest.fixture
def parts(bundle: Path) -> Members:
    """Return the bundle's members, to be altered."""
    return members(bundle)
