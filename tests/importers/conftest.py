"""One worker for all importer tests, and a shorter way to read with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from annotator.domain.imported import Imported
from annotator.importers.isolate import ImportWorker
from annotator.importers.registry import ReadOptions

Read = Callable[..., Imported]


@pytest.fixture(scope="session")
def worker() -> Iterator[ImportWorker]:
    with ImportWorker() as worker:
        yield worker


@pytest.fixture
def read(worker: ImportWorker) -> Read:
    def read(data: bytes, name: str, *, encoding: str = "") -> Imported:
        return worker.read(data, ReadOptions(name=name, encoding=encoding))

    return read
