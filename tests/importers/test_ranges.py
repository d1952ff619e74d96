"""Pages read one by one, in two processes: they come as they are read, and one that does harm costs itself alone."""

from __future__ import annotations

import sys
import zlib
from pathlib import Path
from time import monotonic

import pytest

from annotator.domain.errors import CancelledError, ImportFailedError
from annotator.importers.confined.isolate import ImportWorker
from annotator.importers.confined.ranges import LONG
from annotator.importers.confined.wire import Limits
from annotator.importers.registry import ReadOptions
from annotator.walls.forking import Zygote
from tests.importers.pdfs import Pdf, at

PAGES = 2 * LONG
OPTIONS = ReadOptions(name="a.pdf")


def report(pages: int, *, harmful: tuple[int, ...] = ()) -> bytes:
    """Return a PDF whose pages say which they are; the harmful ones (from 1) take more memory than they may."""
    document = Pdf()
    for number in range(1, pages + 1):
        if number in harmful:
            document.page("", filters="/Filter [/FlateDecode /FlateDecode /FlateDecode]", raw=bomb())
        else:
            document.page(at(72, 700, f"These are the words of page {number}."))
    return document.bytes()


def bomb() -> bytes:
    squeezer = zlib.compressobj(9)
    data = b"".join(squeezer.compress(bytes(1 << 24)) for _ in range(24)) + squeezer.flush()
    for _ in range(2):
        data = zlib.compress(data, 9)
    return data


def said(pages: range, *, harmful: tuple[int, ...] = ()) -> str:
    return "\n".join(f"These are the words of page {number}." for number in pages if number not in harmful)


def test_a_long_document_comes_whole_and_page_by_page(worker: ImportWorker) -> None:
    came: dict[int, str] = {}
    steps: list[tuple[int, int]] = []
    imported = worker.read(
        report(PAGES),
        OPTIONS,
        progress=lambda done, total: steps.append((done, total)),
        arrived=lambda page, words: came.update({page: words}),
    )
    assert imported.text == said(range(1, PAGES + 1))
    assert sorted(came) == list(range(PAGES))
    assert came[PAGES - 1] == f"These are the words of page {PAGES}."
    assert steps == [(done, PAGES) for done in range(1, PAGES + 1)]


def test_one_process_or_two_come_to_the_same(worker: ImportWorker, monkeypatch: pytest.MonkeyPatch) -> None:
    data = report(PAGES)
    both = worker.read(data, OPTIONS)
    monkeypatch.setattr("annotator.importers.confined.ranges.LONG", PAGES + 1)
    assert worker.read(data, OPTIONS) == both


@pytest.mark.parametrize("harmful", [(2,), (1, PAGES), (PAGES // 2, PAGES // 2 + 1)])
def test_a_page_that_does_harm_costs_no_other(worker: ImportWorker, harmful: tuple[int, ...]) -> None:
    imported = worker.read(report(PAGES, harmful=harmful), OPTIONS, limits=Limits(memory=240 << 20))
    assert imported.text == said(range(1, PAGES + 1), harmful=harmful)
    assert imported.warnings == tuple(f"page-unreadable:{number}" for number in harmful)


def test_harm_on_every_page_ends(worker: ImportWorker) -> None:
    with pytest.raises(ImportFailedError) as caught:
        worker.read(report(8, harmful=tuple(range(1, 9))), OPTIONS, limits=Limits(memory=240 << 20))
    assert caught.value.data["reason"] == "it takes more memory than one document may"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="processes are looked for in /proc")
def test_stopping_ends_both_processes() -> None:
    came: list[int] = []
    seen: set[str] = set()
    with ImportWorker(forking=True) as worker:

        def cancelled() -> bool:
            seen.update(children(worker))
            return bool(came)

        with pytest.raises(CancelledError):
            worker.read(report(PAGES), OPTIONS, arrived=lambda page, _words: came.append(page), cancelled=cancelled)
        assert len(seen) == 2
        until = monotonic() + 20
        while seen & children(worker):
            assert monotonic() < until


def children(worker: ImportWorker) -> set[str]:
    """Return the processes that read for the worker."""
    assert isinstance(worker._nursery, Zygote)
    assert worker._nursery._process is not None
    zygote = worker._nursery._process.pid
    return set(Path(f"/proc/{zygote}/task/{zygote}/children").read_text(encoding="ascii").split())
