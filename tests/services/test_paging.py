"""Pictures of pages through the scripting face, and where the words of a text stand on them."""

from __future__ import annotations

import pytest

from annotator.domain.errors import NotFoundError, PageNotShownError, WrongArgumentError
from annotator.domain.ids import EntityId
from annotator.domain.source import Version
from annotator.importers.confined.pages import MOST_PIXELS, PageLimits
from annotator.services.paging import PagePictures, Picture
from annotator.services.project import Project
from tests.importers.pdfs import Pdf, at, lines
from tests.importers.test_pages import ENDLESS
from tests.importers.test_pdf import encrypted

WORDS = ["The council counted all the bills of the year.", "Nobody else has seen them, it says in its report."]


def document() -> bytes:
    """Return three pages: upright, turned, and cut to a part of the sheet."""
    pdf = Pdf().page(lines(72, 700, WORDS, size=12)).page(lines(72, 700, WORDS, size=12), rotate=90)
    return pdf.page(lines(300, 500, WORDS, size=12), crop=(250, 400, 612, 792)).bytes()


def ink(picture: Picture) -> set[tuple[int, int]]:
    """Return where a picture is dark."""
    pixels, width = picture.pixels, picture.width
    return {(n % width, n // width) for n in range(width * picture.height) if pixels[4 * n] < 128}


def test_the_words_stand_where_the_structure_says(project: Project) -> None:
    version = project.import_source(("report.pdf", document()))
    structure = project.structure(version.id)
    pictures = project.page_pictures(version.id)
    try:
        assert pictures.sizes == tuple((page.width, page.height) for page in structure.pages)
        for number, page in enumerate(structure.pages):
            dark = ink(pictures.render(number, page.width // 100, page.height // 100))
            assert len(dark) > 500
            upright = 0
            for box in structure.boxes(0, len(project.text(version.id))):
                if box.page != number:
                    continue
                left, top, right, bottom = (side / 100 for side in (box.left, box.top, box.right, box.bottom))
                inside = {(x, y) for x, y in dark if left - 2 <= x <= right + 2 and top - 2 <= y <= bottom + 2}
                upright += len(inside) > 100
                dark -= inside
            assert not dark, f"words beside their places on page {number}"
            assert upright == len(WORDS) or number == 1
    finally:
        pictures.close()


def test_what_has_no_pages_is_refused(project: Project, version: Version) -> None:
    with pytest.raises(WrongArgumentError, match="it has no pages"):
        project.page_pictures(version.id)
    with pytest.raises(WrongArgumentError, match="it has no pages"):
        project.page_pictures(project.type_source("A call", "He said so.").id)
    with pytest.raises(NotFoundError):
        project.page_pictures(EntityId("0198f1a0-0000-7000-8000-000000000000"))


def test_a_picture_has_pixels_and_never_too_many() -> None:
    pictures = PagePictures(document)
    with pytest.raises(WrongArgumentError):
        pictures.render(0, 0, 10)
    for width, height in ((60_000, 80_000), (1, 1 << 40), (1 << 40, 1)):
        picture = pictures.render(0, width, height)
        assert 0 < picture.width * picture.height <= MOST_PIXELS
        assert len(picture.pixels) == picture.stride * picture.height
    pictures.close()


def test_a_process_stopped_from_outside_is_started_again() -> None:
    pictures = PagePictures(document)
    before = pictures.render(0, 100, 100)
    assert pictures._process is not None
    pictures._process.kill()
    assert pictures.render(0, 100, 100) == before
    pictures.rest()
    assert pictures.render(0, 100, 100) == before
    pictures.close()


def test_a_page_that_breaks_the_reader_leaves_the_others_alone() -> None:
    data = Pdf().page(ENDLESS).page(at(72, 700, "well", size=60)).bytes()
    pictures = PagePictures(lambda: data, PageLimits(stall=0.3))
    with pytest.raises(PageNotShownError, match="takes too long"):
        pictures.render(0, 2000, 2000)
    ended = pictures._ended
    with pytest.raises(PageNotShownError, match="takes too long"):
        pictures.render(0, 20, 20)
    assert pictures._ended == ended, "it is not tried again"
    assert ink(pictures.render(1, 300, 300))
    with pytest.raises(PageNotShownError, match="it is damaged"):
        pictures.render(2, 20, 20)
    pictures.close()


def test_a_document_that_always_breaks_the_reader_is_given_up() -> None:
    document = Pdf()
    for _ in range(9):
        document.page(ENDLESS)
    data = document.bytes()
    pictures = PagePictures(lambda: data, PageLimits(stall=0.1))
    said = []
    for page in range(9):
        with pytest.raises(PageNotShownError) as caught:
            pictures.render(page, 2000, 2000)
        said.append(caught.value.data["reason"])
    pictures.close()
    assert said[-1] == "too many pages of this file broke down when they were drawn"


@pytest.mark.parametrize(
    ("data", "reason"), [(encrypted(), "locked with a password"), (b"%PDF-1.7", "damaged, or no PDF")]
)
def test_a_document_that_cannot_be_opened_says_why(data: bytes, reason: str) -> None:
    pictures = PagePictures(lambda: data)
    for ask in (lambda: pictures.sizes, lambda: pictures.render(0, 9, 9)):
        with pytest.raises(PageNotShownError, match=reason):
            ask()
    pictures.close()


def test_nothing_is_drawn_once_closed() -> None:
    pictures = PagePictures(document)
    pictures.render(0, 9, 9)
    pictures.close()
    with pytest.raises(PageNotShownError, match="closed"):
        pictures.render(0, 9, 9)
