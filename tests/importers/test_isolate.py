"""The walls around every reader: time, memory, crashes, lies, and a person's patience."""

from __future__ import annotations

import threading
from importlib.metadata import EntryPoint

import pytest

from annotator.domain.errors import CancelledError, ImportFailedError
from annotator.importers import registry
from annotator.importers.confined.isolate import MAX_BYTES, ImportWorker
from annotator.importers.confined.wire import Limits
from annotator.importers.registry import ReadOptions
from annotator.walls.forking import Zygote
from tests.importers.conftest import OPTIONS, linux, refusal
from tests.importers.outside import MARK


def test_an_outside_package_is_found_and_a_broken_one_is_not(outside: ImportWorker) -> None:
    assert outside.read(MARK + b"please", OPTIONS).text == "fine"
    assert EntryPoint("broken", "tests.importers.nowhere:NOTHING", registry.ENTRY_POINTS).name == "broken"
    assert [one.name for one in registry.importers()][-2:] == ["text", "outside"]


def test_a_crash_is_told_and_the_next_document_read(outside: ImportWorker) -> None:
    assert refusal(outside, b"crash").data["reason"] == "its reader broke down on it"
    assert outside.read(MARK + b"please", OPTIONS).text == "fine"


def test_an_error_of_the_reader_names_no_words_of_the_document(outside: ImportWorker) -> None:
    error = refusal(outside, b"fail")
    assert "KeyError" in str(error)
    assert "words" not in str(error)


def test_no_progress_for_too_long(outside: ImportWorker) -> None:
    error = refusal(outside, b"spin", Limits(stall=0.5))
    assert error.data["reason"] == "nothing more came of it within 0.5 seconds"
    assert outside.read(MARK + b"please", OPTIONS).text == "fine"


def test_too_much_memory(outside: ImportWorker) -> None:
    error = refusal(outside, b"eat", Limits(memory=150 << 20))
    assert error.data["reason"] == "it takes more memory than one document may"


def test_offsets_beyond_the_text_are_not_believed(outside: ImportWorker) -> None:
    assert refusal(outside, b"lie").data["reason"] == "its reader broke down on it"


def test_printing_does_not_disturb_the_answers(outside: ImportWorker) -> None:
    assert outside.read(MARK + b"print", OPTIONS).text == "fine"


def test_every_step_is_passed_on(outside: ImportWorker) -> None:
    steps: list[tuple[int, int]] = []
    outside.read(MARK + b"steps", OPTIONS, progress=lambda done, total: steps.append((done, total)))
    assert steps == [(step, 5) for step in range(1, 6)]


def test_cancelling_stops_it_at_once(outside: ImportWorker) -> None:
    seen: list[int] = []
    with pytest.raises(CancelledError, match=r"Stopped: importing a\.outside\."):
        outside.read(MARK + b"spin", OPTIONS, progress=lambda done, _: seen.append(done), cancelled=lambda: bool(seen))
    assert seen == [1]
    assert outside.read(MARK + b"please", OPTIONS).text == "fine"


def test_an_error_of_the_callback_ends_the_process_too(outside: ImportWorker) -> None:
    def shaky(_done: int, _total: int) -> None:
        raise RuntimeError("the window has gone")

    with pytest.raises(RuntimeError, match="the window"):
        outside.read(MARK + b"spin", OPTIONS, progress=shaky)
    assert outside.read(MARK + b"please", OPTIONS).text == "fine"


def _pages(worker: ImportWorker, keys: bytes) -> tuple[list[str], list[str]]:
    """Return what pages the order ``archive`` gives, and the processes they come from."""
    words = [page.text.split(" by ") for page in worker.read_every(MARK + b"archive " + keys, OPTIONS)]
    return [name for name, _ in words], [process for _, process in words]


def test_an_archive_is_gone_through_by_one_process(outside: ImportWorker) -> None:
    names, processes = _pages(outside, b"acd")
    assert (names, len(set(processes))) == (["page a", "page c", "page d"], 1)


def test_a_page_that_kills_the_process_costs_no_other_page_of_its_archive(outside: ImportWorker) -> None:
    names, processes = _pages(outside, b"acbd")
    assert names == ["page a", "page c", "page b", "page d"]
    assert processes[0] == processes[1] != processes[2]


def test_several_threads_read_at_once(outside: ImportWorker) -> None:
    texts: list[str] = []

    def work(number: int) -> None:
        texts.append(outside.read(f"document {number}".encode(), ReadOptions(name="a.txt")).text)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(texts) == [f"document {number}" for number in range(4)]


@linux
def test_a_forked_process_has_nothing_open_but_its_socket(package: None) -> None:
    with ImportWorker() as worker:
        handles = worker.read(MARK + b"handles", OPTIONS).text.split()
    assert (handles[:3], len(handles)) == (["0", "1", "2"], 4)


@linux
def test_what_was_used_is_there_already_for_the_next_document(package: None) -> None:
    with ImportWorker() as worker:
        assert "lxml.etree" not in worker.read(MARK + b"loaded", OPTIONS).text.split()
        worker.read(b"<html><p>words on a page</p></html>", ReadOptions(name="a.html"))
        assert "lxml.etree" in worker.read(MARK + b"loaded", OPTIONS).text.split()


@linux
def test_closing_leaves_nothing_behind_and_a_killed_helper_is_replaced() -> None:
    worker = ImportWorker()
    worker.read(b"one", ReadOptions(name="a.txt"))
    assert isinstance(worker._nursery, Zygote)
    helper = worker._nursery._process
    assert helper is not None
    helper.kill()
    helper.wait()
    assert worker.read(b"two", ReadOptions(name="a.txt")).text == "two"
    second = worker._nursery._process
    assert second is not None
    worker.close()
    assert second.returncode is not None


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.txt", b"", "the file is empty"),
        ("a.txt", b" \n\t\n", "it holds nothing but blank lines"),
        ("a.txt", b"\x89PNG\r\n\x1a\n" + bytes(100), "it is a picture"),
        (
            "a.bin",
            bytes(range(256)) * 40,
            "it is not text, a web page, a document or an e-book, whatever its name says",
        ),
        (
            "a.html",
            b"<html><script>x()</script></html>",
            "the page holds no text; it may be put together by scripts or of pictures only",
        ),
    ],
)
def test_what_cannot_be_read_is_said_in_one_sentence(worker: ImportWorker, name: str, data: bytes, reason: str) -> None:
    with pytest.raises(ImportFailedError) as caught:
        worker.read(data, ReadOptions(name=name))
    assert caught.value.data["reason"] == reason
    sentence = str(caught.value)
    assert sentence.startswith(f"{name}: {reason}. ")
    assert sentence.endswith(".")
    assert ".." not in sentence


def test_what_is_too_large_is_not_even_sent(worker: ImportWorker) -> None:
    with pytest.raises(ImportFailedError, match="larger than the 300 MB"):
        worker.read(bytes(MAX_BYTES + 1), ReadOptions(name="a.txt"))


def test_each_format_has_a_size_of_its_own(worker: ImportWorker) -> None:
    with pytest.raises(ImportFailedError, match="larger than the 64 MB"):
        worker.read(b"<html>" + bytes(65 << 20), ReadOptions(name="a.html"))


def test_fifty_megabytes_of_text(worker: ImportWorker) -> None:
    paragraph = "The quick brown 😀 jumps over the lazy dog again and again.\n" * 12 + "\n"
    text = paragraph * (50_000_000 // len(paragraph.encode()))
    imported = worker.read(text.encode(), ReadOptions(name="long.txt"))
    assert imported.text == text
    assert len(imported.structure.blocks) == text.count("\n\n")


def test_a_name_that_is_no_text_can_be_shown(worker: ImportWorker) -> None:
    with pytest.raises(ImportFailedError, match="\ufffd"):
        worker.read(b"\x00\x01", ReadOptions(name="\udcff.txt"))
