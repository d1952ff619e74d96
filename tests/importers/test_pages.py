"""Drawing pages in a process of their own: what comes out, and what happens with pages made to do harm."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from annotator.importers.confined.pages import DocumentUnreadableError, PageLimits, PageProcess, ProcessEndedError
from annotator.walls.memory import resident_bytes
from tests.importers.pdfs import LETTER, Pdf, at, written
from tests.importers.test_pdf import encrypted

WIDE, HIGH = 306, 396
ENDLESS = "0 0 m " + "600 700 l 10 20 l " * 400_000 + "B\n"
"""A page whose drawing takes many seconds."""


def opened(data: bytes, limits: PageLimits | None = None) -> PageProcess:
    process = PageProcess(limits)
    try:
        process.open(data)
    except BaseException:
        process.close()
        raise
    return process


def open_and_draw(process: PageProcess, data: bytes) -> None:
    process.open(data)
    process.draw(0, 2000, 2000)


@pytest.fixture
def two_pages() -> Iterator[PageProcess]:
    """Return a document with a black square at the upper left of the first page, and a smaller, blue second page."""
    first, second = "0 g 0 692 100 100 re f\n", "0 0 1 rg 0 0 100 50 re f\n"
    process = opened(Pdf().page(first).page(second, media=(0, 0, 100, 50)).bytes())
    yield process
    process.close()


def pixel(pixels: bytes, width: int, x: int, y: int) -> tuple[int, int, int]:
    """Return red, green and blue."""
    place = 4 * (y * width + x)
    return pixels[place + 2], pixels[place + 1], pixels[place]


def test_pages_are_drawn_over_the_whole_picture(two_pages: PageProcess) -> None:
    assert two_pages.sizes == ((61200, 79200), (10000, 5000))
    pixels = two_pages.draw(0, WIDE, HIGH)
    assert pixels is not None
    assert len(pixels) == 4 * WIDE * HIGH
    assert pixel(pixels, WIDE, 10, 10) == (0, 0, 0)
    assert pixel(pixels, WIDE, 60, 10) == (255, 255, 255), "to the right of the square"
    assert pixel(pixels, WIDE, 10, HIGH - 1) == (255, 255, 255)
    blue = two_pages.draw(1, 20, 10)
    assert blue is not None
    assert {pixel(blue, 20, x, y) for x in range(20) for y in range(10)} == {(0, 0, 255)}


def test_a_picture_of_a_page_is_a_copy(two_pages: PageProcess) -> None:
    first = two_pages.draw(0, 20, 20)
    before = first
    two_pages.draw(1, 20, 20)
    assert first == before


def test_a_page_that_is_not_there_is_told(two_pages: PageProcess) -> None:
    assert two_pages.draw(7, 20, 20) is None
    assert two_pages.draw(0, 20, 20) is not None, "and the next one is drawn"


def test_a_page_turned_by_its_own_word_is_drawn_upright() -> None:
    process = opened(Pdf().page("0 g 0 0 100 100 re f\n", rotate=90).bytes())
    assert process.sizes == ((79200, 61200),)
    pixels = process.draw(0, HIGH, WIDE)
    process.close()
    assert pixels is not None
    assert pixel(pixels, HIGH, 10, 10) == (0, 0, 0), "the lower left corner has become the upper left one"


@pytest.mark.parametrize(
    ("data", "locked"),
    [(encrypted(), True), (b"%PDF-1.7\nnothing more", False), (b"", False), (written([b"<< >>"]), False)],
    ids=["locked", "cut", "empty", "no pages"],
)
def test_a_document_that_cannot_be_opened_says_why(data: bytes, locked: bool) -> None:
    with pytest.raises(DocumentUnreadableError) as caught:
        opened(data)
    assert caught.value.locked is locked


def test_a_page_that_takes_too_long_ends_the_process() -> None:
    process = opened(Pdf().page(ENDLESS).bytes(), PageLimits(stall=0.3))
    try:
        with pytest.raises(ProcessEndedError):
            process.draw(0, 2000, 2000)
        assert resident_bytes(process.pid) == 0
    finally:
        process.close()


def test_a_process_that_holds_too_much_is_ended() -> None:
    process = PageProcess(PageLimits(memory=1 << 20))
    try:
        with pytest.raises(ProcessEndedError):
            open_and_draw(process, Pdf().page(ENDLESS).bytes())
    finally:
        process.close()


def test_who_waits_for_a_killed_process_is_told(two_pages: PageProcess) -> None:
    two_pages.kill()
    with pytest.raises(ProcessEndedError):
        two_pages.draw(0, 20, 20)


def test_absurd_sizes_are_told_and_drawn() -> None:
    sizes = [(0, 0, 14_400_000, 14_400_000), (0, 0, 1, 100_000), (0, 0, 0, 0), (10, 10, 5, 5)]
    document = Pdf()
    for media in sizes:
        document.page(at(1, 1, "x"), media=media)
    process = opened(document.page("", media=LETTER).bytes())
    assert all(0 <= width < 1 << 31 and 0 <= height < 1 << 31 for width, height in process.sizes)
    drawn = [process.draw(page, 40, 30) for page in range(5)]
    process.close()
    assert drawn[4] is not None
