"""One worker for all importer tests, and a shorter way to read with it."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from annotator.domain.errors import ImportFailedError
from annotator.domain.imported import Imported
from annotator.importers import registry
from annotator.importers.confined.isolate import ImportWorker
from annotator.importers.confined.wire import Limits
from annotator.importers.registry import ReadOptions
from annotator.walls.forking import can_fork
from tests.importers.outside import MARK

Read = Callable[..., Imported]
OPTIONS = ReadOptions(name="a.outside")


def _has_both_walls() -> bool:
    """Ask the kernel itself, not our code: what is broken in it must not look like a kernel without walls."""
    if not can_fork() or not Path("/proc/sys/kernel/seccomp/actions_avail").exists():
        return False
    return bool(ctypes.CDLL(None).syscall(444, None, ctypes.c_size_t(0), 1) > 0)


walled = pytest.mark.skipif(not _has_both_walls(), reason="this kernel has no Landlock, or no seccomp")
linux = pytest.mark.skipif(not can_fork(), reason="needs a process that forks")


@pytest.fixture(scope="session")
def worker() -> Iterator[ImportWorker]:
    with ImportWorker() as worker:
        yield worker


@pytest.fixture
def read(worker: ImportWorker) -> Read:
    def read(data: bytes, name: str, *, encoding: str = "", part: str = "") -> Imported:
        return worker.read(data, ReadOptions(name=name, encoding=encoding, part=part))

    return read


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """An installed package whose entry point is the importer of ``outside``."""
    place = tmp_path_factory.mktemp("package")
    metadata = place / "outside-1.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: outside\nVersion: 1\n")
    (metadata / "entry_points.txt").write_text(
        f"[{registry.ENTRY_POINTS}]\noutside = tests.importers.outside:IMPORTER\nbroken = tests.importers.nowhere:NOTHING\n"
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(place))
        registry.importers.cache_clear()
        yield
    registry.importers.cache_clear()


@pytest.fixture(
    scope="module", params=[pytest.param(True, id="forked", marks=linux), pytest.param(False, id="spawned")]
)
def outside(package: None, request: pytest.FixtureRequest) -> Iterator[ImportWorker]:
    with ImportWorker(forking=request.param) as worker:
        yield worker


def refusal(worker: ImportWorker, order: bytes, limits: Limits | None = None) -> ImportFailedError:
    with pytest.raises(ImportFailedError) as caught:
        worker.read(MARK + order, OPTIONS, limits=limits)
    return caught.value
