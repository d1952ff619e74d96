"""The report on paper: the words of the page in their order, tagged, and never read as instructions."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pypdfium2.raw as pdfium
import pytest
from pypdfium2 import PdfDocument

from annotator.domain.errors import CancelledError, ReportNotSetError
from annotator.exporters.apart import ApartLimits
from annotator.exporters.base import ALL, ExportOptions, ProjectView, silent
from annotator.exporters.markup import Markup, tag
from annotator.exporters.page_tree import Node, plain, read_page
from annotator.exporters.report_pdf import REPORT_PDF, set_apart
from annotator.exporters.report_setting import set_page
from tests.exporters.conftest import Case
from tests.exporters.test_html import page_of

NOWHERE = "\U000f1234"
"""A character for which no font can be expected."""


@contextmanager
def opened(data: bytes) -> Iterator[PdfDocument]:
    document = PdfDocument(data)
    try:
        yield document
    finally:
        document.close()


def words(data: bytes) -> str:
    with opened(data) as document:
        return " ".join(" ".join(page.get_textpage().get_text_bounded() for page in document).split())


def small_page(*children: str | Markup, title: str = "A title") -> str:
    main = tag("main", tag("h1", title), *children)
    return "<!DOCTYPE html>\n" + tag("html", tag("head", tag("title", title)), tag("body", main), lang="en")


@pytest.fixture(scope="module")
def _pages() -> dict[str, bytes]:
    return {}


@pytest.fixture
def written(view: ProjectView, _pages: dict[str, bytes]) -> bytes:
    if "all" not in _pages:
        out = io.BytesIO()
        REPORT_PDF.write(view, out, ALL, silent)
        _pages["all"] = out.getvalue()
    return _pages["all"]


def test_it_is_tagged_with_title_language_and_bookmarks_and_no_date(written: bytes) -> None:
    with opened(written) as document:
        assert pdfium.FPDFCatalog_IsTagged(document.raw)
        told = document.get_metadata_dict()
        assert told["Title"] == "Claims and what speaks for and against them"
        assert told["CreationDate"] == told["ModDate"] == ""
        marks = [mark.get_title() for mark in document.get_toc()]
    assert marks[0] == "Claims and what speaks for and against them"
    assert {"Evidence", "How this was done", "Sources"} <= set(marks)
    assert b"pdfuaid" in written
    assert b"/Lang (en)" in written or b"/Lang(en)" in written


def test_the_words_are_those_of_the_page_in_their_order(written: bytes, view: ProjectView) -> None:
    text = words(written)
    places = [text.index(each) for each in ("Weighed.", "Evidence", "How this was done", "SHA-256 of the text")]
    assert places == sorted(places)
    for each in ("The annotators disagree.", "a rise of 14.2 per cent", "Judged differently:", "A mistake."):
        assert each in text
    assert "The picture in words" in page_of(view)
    assert "The picture in words" not in text


def test_what_stands_in_it_is_never_an_instruction(view: ProjectView, case: Case) -> None:
    evil = '#panic("x") #import "@preview/a:1.0.0" $x$ = *b* <label> @ref \\ // /* `raw`'
    text = words(set_page(small_page(tag("p", evil), title=evil)))
    assert text.count('#panic("x")') == 2
    assert '#import "@preview/a:1.0.0"' in text
    assert "*b* <label> @ref" in text


def test_a_character_that_no_font_has_is_told(written: bytes) -> None:
    text = words(set_page(small_page(tag("p", f"Before {NOWHERE} after"))))
    assert "Before \u25a1 after" in text
    assert "No font on the computer" in text
    assert "No font on the computer" not in words(written)


def test_the_first_claim_stands_below_the_contents_and_the_next_on_a_new_page(written: bytes) -> None:
    with opened(written) as document:
        first = document[0].get_textpage().get_text_bounded()
        marks = [(mark.get_title(), mark.get_dest().get_index()) for mark in document.get_toc()]
    assert "Conclusions" in first
    claims = [place for title, place in marks if title.startswith(("Bills rose", "=1+1"))]
    assert claims[0] == 0
    assert claims[1] > 0


def test_one_claim_alone(view: ProjectView, case: Case) -> None:
    out = io.BytesIO()
    REPORT_PDF.write(view, out, ExportOptions(claims=(case.part.id,)), silent)
    with opened(out.getvalue()) as document:
        assert document.get_metadata_dict()["Title"] == case.part.text


def test_who_stops_the_export_stops_the_typesetter_at_once() -> None:
    long = small_page(*(tag("p", f"{number} words of a report.") for number in range(20_000))).encode()
    asked = 0

    def stop() -> None:
        nonlocal asked
        asked += 1
        if asked > 3:
            raise CancelledError(what="the export")

    with pytest.raises(CancelledError):
        set_apart(long, stop)
    assert not [thread for thread in threading.enumerate() if thread.name == "export-apart"]


@pytest.mark.parametrize("limits", [ApartLimits(time=0.0), ApartLimits(memory=1 << 20)])
def test_a_report_that_costs_too_much_is_refused_in_a_sentence(limits: ApartLimits) -> None:
    with pytest.raises(ReportNotSetError, match="could not be set as PDF: it takes more than"):
        set_apart(small_page("x").encode(), lambda: None, limits)


def test_a_page_that_is_none_is_refused_in_a_sentence() -> None:
    with pytest.raises(ReportNotSetError, match="the typesetter failed"):
        set_apart(b"\xff", lambda: None)


def test_blanks_are_one_each_but_the_lines_of_a_quotation_stand() -> None:
    page = read_page(small_page(tag("p", "a\n  b"), tag("blockquote", " c\nd ", tag("mark", "e"))))
    main = next(node for node in page.walk() if node.tag == "main")
    _, paragraph, quotation = plain(main)
    assert paragraph["children"] == ["a b"]
    assert [each if isinstance(each, str) else each["tag"] for each in quotation["children"]] == [
        "c",
        "br",
        "d ",
        "mark",
    ]


@pytest.mark.parametrize(
    ("told", "direction"), [("שלום 5", "rtl"), ("5 … قال", "rtl"), ("Er sagt: قال", "ltr"), ("5", "ltr")]
)
def test_the_direction_is_that_of_the_first_letter_that_has_one(told: str, direction: str) -> None:
    assert plain(Node("main", {}, [Node("p", {"dir": "auto"}, [told])]))[0]["dir"] == direction
