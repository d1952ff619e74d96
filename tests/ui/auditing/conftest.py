"""The sample case, built once and copied for each test that works on it."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotator.services.sample import build_sample


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the sample case; nobody writes to it."""
    return build_sample(tmp_path_factory.mktemp("sample"))


@pytest.fixture
def case(sample: Path, tmp_path: Path) -> Path:
    """Return a copy of the sample case."""
    path = tmp_path / sample.name
    path.write_bytes(sample.read_bytes())
    return path
