"""Fixtures that all tests share."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from annotator.store.store import Store
from tests.factories import Maker, fill, new_store

os.environ["PYTHON_KEYRING_BACKEND"] = (
    "keyring.backends.null.Keyring"  # nobody's real keyring, in no child process either
)
settings.register_profile("annotator", deadline=None)  # how fast a machine is, is no law
settings.load_profile("annotator")


@pytest.fixture
def make() -> Maker:
    """Makes entities whose ids are the same in every run."""
    return Maker()


@pytest.fixture
def project_path(tmp_path: Path) -> Path:
    """Where a project may be made."""
    return tmp_path / "case.annotator"


@pytest.fixture
def store(project_path: Path) -> Iterator[Store]:
    """Return a new, empty project, open."""
    store = new_store(project_path)
    yield store
    store.close()


@pytest.fixture
def filled_store(store: Store, make: Maker) -> Store:
    """Return a project with one entity of every kind."""
    fill(store, make)
    return store
