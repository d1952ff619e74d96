"""Markdown: as it is meant to look, with HTML in it shown as it was typed."""

from __future__ import annotations

import pytest

from annotator.domain.errors import ImportFailedError
from annotator.domain.imported import Suggestion
from tests.importers.blocks import asides, cells, kinds, marks
from tests.importers.conftest import Read


def test_structure_is_kept(read: Read) -> None:
    made = read(
        b"# Title\n\nOne *a* **b** [c](https://c.example)\nwrapped\n\n3. x\n   - y\n4. z\n\n> Said\n\n```\ncode  here\n```\n\n"
        b"| a | b |\n|---|---|\n| 1 | 2 |\n\n![A wall of bricks](w.png)\n",
        "a.md",
    )
    assert kinds(made) == [
        ("heading", 1, "", "Title"),
        ("paragraph", 0, "", "One a b c wrapped"),
        ("list_item", 1, "3.", "x"),
        ("list_item", 2, "", "y"),
        ("list_item", 1, "4.", "z"),
        ("quotation", 0, "", "Said"),
        ("preformatted", 0, "", "code  here"),
        *[("table_cell", 0, "", words) for words in "ab12"],
    ]
    assert cells(made)[-1] == (1, 1, "2")
    assert marks(made) == [("emphasis", "a", ""), ("strong", "b", ""), ("link", "c", "https://c.example")]
    assert asides(made) == [("picture", "A wall of bricks")]


def test_notes_stand_at_the_end(read: Read) -> None:
    made = read(b"One[^b] two[^a]\n\n[^a]: Second\n[^b]: First\n", "a.markdown")
    assert made.text == "One[1] two[2]\nFirst\nSecond"
    assert kinds(made)[1:] == [("footnote", 1, "1.", "First"), ("footnote", 1, "2.", "Second")]


def test_html_is_shown_as_typed_and_does_nothing(read: Read) -> None:
    made = read(b"A <b>c</b>\n\n<script>x()</script>\n\n[d](javascript:x())", "a.md")
    assert made.text == "A <b>c</b>\n<script>x()</script>\n[d](javascript:x())"
    assert marks(made) == []


def test_front_matter_says_what_it_is(read: Read) -> None:
    made = read(
        b"---\ntitle: 'The wall'\nauthors:\n  - Lena Marsh\n  - R. Stone\ndate: 2025-05-14\nlang: en\n---\nWords",
        "a.md",
    )
    assert kinds(made) == [("paragraph", 0, "", "Words")]
    assert asides(made)[0][0] == "header"
    about = made.suggestions
    assert about.title == Suggestion(value="The wall", basis="front matter title")
    assert [one.value for one in about.authors] == ["Lena Marsh", "R. Stone"]
    assert about.date == Suggestion(value="2025-05-14", basis="front matter date")
    assert about.language == Suggestion(value="en", basis="front matter lang")
    assert [one.value for one in read(b"---\nauthor: [A B, C D]\n---\nx", "a.md").suggestions.authors] == ["A B", "C D"]


def test_letters_are_decoded_and_no_text_is_said(read: Read) -> None:
    made = read("# Zwölf Straßen\n\nüber Köln".encode("cp1252"), "a.md")
    assert made.text == "Zwölf Straßen\nüber Köln"
    assert made.warnings[0].startswith("encoding-guessed:")
    assert read("# жук".encode("koi8-r"), "a.md", encoding="koi8-r").text == "жук"
    for data, reason in (
        (b"\n \n", "it holds nothing but blank lines"),
        (bytes(range(256)) * 9, "whatever its name says"),
    ):
        with pytest.raises(ImportFailedError) as caught:
            read(data, "a.md")
        assert str(caught.value.data["reason"]).endswith(reason)


@pytest.mark.parametrize("markup", ["> " * 5_000 + "x", "- " * 5_000 + "x", "[" * 5_000 + "x", "*a " * 20_000 + "x"])
def test_markup_made_to_keep_a_reader_busy(read: Read, markup: str) -> None:
    try:
        assert "x" in read(markup.encode(), "a.md").text
    except ImportFailedError as error:
        assert error.data["reason"] == "its lists or quotations are nested more than 100 deep"  # noqa: PT017 both are fine
