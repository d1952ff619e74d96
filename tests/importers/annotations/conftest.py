"""One worker for all readers of annotations."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from annotator.importers.confined.isolate import ImportWorker


@pytest.fixture(scope="session")
def worker() -> Iterator[ImportWorker]:
    with ImportWorker() as worker:
        yield worker
