"""What is laid out at a time: paragraphs, and parts of very long ones."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.text import is_grapheme_boundary
from annotator.ui.reading.pieces import LONGEST, Pieces


@given(st.lists(st.text(alphabet="ab e\u0301🇩🇪", max_size=12), min_size=1, max_size=20).map("\n".join))
def test_the_pieces_of_a_text_are_its_paragraphs(text: str) -> None:
    pieces = Pieces(text)
    assert [text[pieces.start(n) : pieces.end(n)] for n in range(len(pieces))] == text.split("\n")
    for offset in range(len(text) + 1):
        number = pieces.at(offset)
        assert pieces.start(number) <= offset <= pieces.end(number)


@pytest.mark.parametrize(
    "paragraph",
    ["word " * 20_000, "字" * 60_000, "👩‍👩‍👧" * 12_000, "e\u0301" * 30_000],
    ids=["words", "han", "emoji", "accents"],
)
def test_a_long_paragraph_is_cut_between_characters_and_nothing_is_lost(paragraph: str) -> None:
    text = f"before\n{paragraph}\nafter"
    pieces = Pieces(text)
    assert max(pieces.lengths) <= LONGEST
    parts = [text[pieces.start(n) : pieces.end(n)] for n in range(1, len(pieces) - 1)]
    assert "".join(parts) == paragraph
    assert [pieces.goes_on(n) for n in range(len(pieces))] == [False, *[True] * (len(parts) - 1), False, False]
    assert all(is_grapheme_boundary(text, pieces.start(n)) for n in range(len(pieces)))
    assert {pieces.paragraph(n) for n in range(1, len(pieces) - 1)} == {(1, len(pieces) - 2)}


def test_words_are_not_cut() -> None:
    text = "meter reading " * 5_000
    pieces = Pieces(text)
    assert all(text[pieces.start(n) - 1] == " " for n in range(1, len(pieces)))


def test_where_two_parts_meet_the_later_one_has_the_place() -> None:
    pieces = Pieces("x" * 30_000)
    meeting = pieces.end(0)
    assert pieces.start(1) == meeting
    assert pieces.at(meeting) == 1
    assert pieces.at(meeting - 1) == 0
