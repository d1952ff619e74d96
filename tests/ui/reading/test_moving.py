"""Steps by characters, words and paragraphs: what a person would call so, in every script."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.text import is_grapheme_boundary
from annotator.ui.reading.moving import (
    next_character,
    next_paragraph,
    next_word,
    paragraph_around,
    previous_character,
    previous_paragraph,
    previous_word,
    word_around,
    words,
)
from tests.ui.reading.scripts import SCRIPTS

_text = st.text(st.sampled_from("ab1 .,’\t\n\u0301\u200d\u00ad\u00a0😀🇩🇪👩שָقाकน้水かカ\u0600"), max_size=60)


def _said(text: str) -> list[str]:
    return [text[start:end] for start, end in words(text, 0)]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("can’t stop", ["can’t", " ", "stop"]),
        ("rose by 5,870.5 per cent", ["rose", " ", "by", " ", "5,870.5", " ", "per", " ", "cent"]),
        ("“Yes!”  he said…", ["“", "Yes", "!”", "  ", "he", " ", "said", "…"]),
        ("41\u00a0crowns", ["41", "\u00a0", "crowns"]),
        ("Cafe\u0301 un\u00addry", ["Cafe\u0301", " ", "un\u00addry"]),
        ("שלום, עולם", ["שלום", ",", " ", "עולם"]),
        ("पानी साफ़ है।", ["पानी", " ", "साफ़", " ", "है", "।"]),
        ("市長は水が安全だ。カタカナ", ["市長", "は", "水", "が", "安全", "だ", "。", "カタカナ"]),
        ("도시의 물이", ["도시의", " ", "물이"]),
        ("a👩‍👩‍👧b", ["a", "👩‍👩‍👧", "b"]),
        ("", []),
    ],
)
def test_words_are_what_a_double_click_takes(text: str, parts: list[str]) -> None:
    assert _said(text) == parts


def test_thai_is_parted_where_the_system_knows_its_words_and_never_within_a_character() -> None:
    text = "สวัสดีครับ"
    assert _said(text) in (["สวัสดี", "ครับ"], [text])


def test_a_word_is_that_of_the_character_and_at_a_line_end_the_one_before() -> None:
    text = "one two\nthree"
    assert word_around(text, 4) == word_around(text, 6) == (4, 7)
    assert word_around(text, 3) == (3, 4)
    assert word_around(text, 7) == (4, 7)
    assert word_around(text, 8) == (8, 13)
    assert word_around("\n", 0) == (0, 0)


def test_steps_by_words_stop_at_words_signs_and_line_ends() -> None:
    text = "One two, three.\n\nfour"
    places = [0]
    while places[-1] < len(text):
        places.append(next_word(text, places[-1]))
    assert [text[place : place + 1] for place in places] == ["O", "t", ",", "t", ".", "\n", "\n", "f", ""]
    back = [len(text)]
    while back[-1] > 0:
        back.append(previous_word(text, back[-1]))
    assert back == places[::-1]


def test_a_word_that_is_longer_than_what_is_looked_at_is_crossed_in_steps() -> None:
    text = "x" * 5_000 + " end"
    place, steps = 0, 0
    while place < len(text):
        place, before = next_word(text, place), place
        steps += 1
        assert place > before
    assert steps < 30
    while place > 0:
        place, before = previous_word(text, place), place
        assert place < before


def test_paragraphs() -> None:
    text = "one\n\ntwo three\nlast"
    assert paragraph_around(text, 7) == (5, 14)
    assert paragraph_around(text, 4) == (4, 4)
    assert paragraph_around(text, len(text)) == (15, 19)
    assert [next_paragraph(text, at) for at in (0, 3, 4, 9, 16, 19)] == [4, 4, 5, 15, 19, 19]
    assert [previous_paragraph(text, at) for at in (19, 15, 9, 5, 4, 2, 0)] == [15, 5, 5, 4, 0, 0, 0]


@given(text=_text)
def test_steps_by_characters_there_and_back_are_the_same_and_end_at_the_ends(text: str) -> None:
    places = [0]
    while places[-1] < len(text):
        places.append(next_character(text, places[-1]))
    assert all(is_grapheme_boundary(text, place) for place in places)
    assert next_character(text, len(text)) == len(text)
    back = [len(text)]
    while back[-1] > 0:
        back.append(previous_character(text, back[-1]))
    assert previous_character(text, 0) == 0
    assert back == places[::-1]


@given(text=_text, share=st.floats(0, 1))
def test_words_fill_their_paragraph_without_a_gap_and_split_no_character(text: str, share: float) -> None:
    offset = round(share * len(text))
    found = words(text, offset)
    start, end = paragraph_around(text, offset)
    assert all(one[1] == other[0] for one, other in pairwise(found))
    assert (found[0][0], found[-1][1]) == (start, end) if start < end else not found
    assert all(is_grapheme_boundary(text, edge) for span in found for edge in span)
    assert start <= word_around(text, offset)[0] <= offset


@pytest.mark.parametrize("text", SCRIPTS.values(), ids=SCRIPTS.keys())
def test_steps_by_words_go_on_and_split_no_character(text: str) -> None:
    place = 0
    while place < len(text):
        place, before = next_word(text, place), place
        assert place > before
        assert is_grapheme_boundary(text, place)
    while place > 0:
        place, before = previous_word(text, place), place
        assert place < before
        assert is_grapheme_boundary(text, place)
