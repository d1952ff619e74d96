"""The report: what it says, and that nothing in it can do harm or needs anything from elsewhere."""

from __future__ import annotations

import io
import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.structure import Structure
from annotator.exporters.base import ALL, ExportOptions, ProjectView, silent
from annotator.exporters.dates import written_date, written_moment
from annotator.exporters.excerpt import excerpt
from annotator.exporters.html import HTML
from annotator.exporters.html_style import LINES, style_sheet
from annotator.exporters.markup import Markup, join, tag
from tests.exporters.conftest import DIGEST, EVIL, Case

VOID = {"meta", "br"}


class Reader(HTMLParser):
    """Reads a page strictly: every element is closed where it was opened."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[tuple[str, str]] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append((self.open[-1] if self.open else "", data))

    @property
    def text(self) -> str:
        return " ".join("".join(words for tag, words in self.words if tag != "style").split())


def page_of(view: ProjectView, options: ExportOptions = ALL) -> str:
    out = io.BytesIO()
    HTML.write(view, out, options, silent)
    return out.getvalue().decode()


@pytest.fixture
def page(view: ProjectView) -> str:
    return page_of(view)


@pytest.fixture
def read(page: str) -> Reader:
    return Reader(page)


def test_every_element_is_closed(read: Reader) -> None:
    assert read.open == []


def test_nothing_runs_and_nothing_is_loaded(read: Reader, page: str) -> None:
    names = {name for name, _ in read.elements}
    assert not names & {"script", "img", "iframe", "link", "object", "embed", "form", "input", "base", "source"}
    assert not names & {"image", "use", "foreignobject", "animate", "set"}
    for name, attributes in read.elements:
        assert not [key for key in attributes if key.startswith("on") or key in ("style", "src", "srcset")]
        target = attributes.get("href") or "#"
        assert name == "a" or "href" not in attributes
        assert target.startswith(("#", "http://", "https://"))
    assert "url(" not in page
    assert "@import" not in page
    assert EVIL not in page
    assert "\x01" not in page


def test_links_within_the_page_lead_somewhere(read: Reader) -> None:
    ids = [attributes["id"] for _, attributes in read.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    for _, attributes in read.elements:
        target = attributes.get("href") or ""
        assert not target.startswith("#") or target[1:] in ids


def test_landmarks_and_headings(read: Reader) -> None:
    names = [name for name, _ in read.elements]
    assert [names.count(name) for name in ("header", "main", "footer", "nav", "h1")] == [1, 1, 1, 1, 1]
    assert read.elements[0] == ("html", {"lang": "en"})
    levels = [int(name[1]) for name in names if re.fullmatch(r"h[1-6]", name)]
    assert all(after - before <= 1 for before, after in zip([0, *levels], levels, strict=False))


def test_the_conclusion_comes_first_and_disagreement_is_told(read: Reader) -> None:
    text = read.text
    assert text.index("Weighed.") < text.index("Evidence")
    assert "The annotators disagree." in text
    assert "Judged differently:" in text


def test_words_stand_in_their_context_under_the_line_of_their_stance(read: Reader) -> None:
    assert {attributes["class"] for name, attributes in read.elements if name == "mark"} == {"supports", "refutes"}
    marked = [words for name, words in read.words if name == "mark"]
    assert "a rise of 14.2 per cent" in marked
    around = [words for name, words in read.words if name == "blockquote"]
    assert any("In May the auditor looked at" in words for words in around)
    assert not any("The meters" in words for words in around)


def test_who_judged_when_and_why(read: Reader) -> None:
    text = read.text
    for words in (
        "Ada",
        "Better.",
        "Low confidence",
        "No rationale given.",
        "1 January 2026",
        "Withdrawn",
        "A mistake.",
    ):
        assert words in text


def test_who_said_it_and_who_took_it_from_there(read: Reader) -> None:
    text = read.text[read.text.index("Who said it") :]
    assert text.index("The mayor") < text.index("Echo")
    assert "repeats it" in text


def test_history_tells_old_and_new(read: Reader) -> None:
    assert "confidence High → Low; rationale rewritten" in read.text


def test_sources_with_dates_and_digests(read: Reader, case: Case) -> None:
    for words in (case.version.text, DIGEST, "14 May 2025", "https://archive.example/r", "1 January 2026, 10:00 UTC"):
        assert words in read.text


def test_one_claim_alone(view: ProjectView, case: Case) -> None:
    read = Reader(page_of(view, ExportOptions(claims=(case.part.id,))))
    levels = [int(name[1]) for name, _ in read.elements if re.fullmatch(r"h[1-6]", name)]
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in zip([0, *levels], levels, strict=False))
    assert "Nobody has drawn a conclusion yet." in read.text
    assert "No passage speaks for the claim." in read.text
    assert "The annotators disagree." not in read.text
    assert "nav" not in {name for name, _ in read.elements}


def test_the_style_follows_the_system_and_paper() -> None:
    sheet = style_sheet()
    assert "@media (prefers-color-scheme:dark)" in sheet
    assert "@media print" in sheet
    assert sheet.count("{") == sheet.count("}")
    for stance, line in LINES.items():
        assert f"mark.{stance},.line.{stance}{{text-decoration:underline {line} var(--{stance}-line)" in sheet
    used, known = set(re.findall(r"var\((--[a-z-]+)\)", sheet)), set(re.findall(r"(--[a-z-]+):", sheet))
    assert used <= known


@given(st.text(), st.text())
def test_markup_gives_back_what_was_put_in(words: str, value: str) -> None:
    made = tag("p", words, title=value)
    assert re.fullmatch(r"<p title=\"[^\"<>]*\">[^<>]*</p>", made)
    assert isinstance(join(made, words), Markup)


@given(st.text(), st.data())
def test_an_excerpt_holds_the_words_in_their_order(text: str, data: st.DataObject) -> None:
    places = st.integers(0, len(text))
    points = sorted(data.draw(st.sets(places, min_size=0, max_size=6)))
    spans = [(a, b) for a, b in zip(points[::2], points[1::2], strict=False) if a < b]
    if not spans:
        return
    pieces = excerpt(text, Structure(), spans)
    assert [piece.words for piece in pieces if piece.highlighted] == [text[a:b] for a, b in spans]
    given = "".join(piece.words for piece in pieces if not piece.gap)
    assert given in text or any(piece.gap for piece in pieces)


def test_an_excerpt_is_short() -> None:
    text = "word " * 1_000
    pieces = excerpt(text, Structure(), [(2_000, 2_004), (4_000, 4_004)])
    assert [piece.gap for piece in pieces] == [True, False, False, False, True, False, False, False, True]
    assert len("".join(piece.words for piece in pieces).split()) < 150


@pytest.mark.parametrize(
    ("date", "words"),
    [
        ("2025", "2025"),
        ("2025-05", "May 2025"),
        ("2025-05-04", "4 May 2025"),
        ("", ""),
        (None, ""),
        ("in May", "in May"),
    ],
)
def test_dates_as_people_write_them(date: str | None, words: str) -> None:
    assert written_date(date) == words


def test_moments_as_people_write_them() -> None:
    assert written_moment("2025-05-14T10:02:33.123Z") == "14 May 2025, 10:02 UTC"
    assert written_moment("2025-05") == "May 2025"
