"""What search compares: words without case, accents, ligatures and line breaks."""

from __future__ import annotations

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain import folding
from annotator.domain.folding import find, fold, phrases
from annotator.domain.letters import fold_letters

WORDS = st.sampled_from(
    ["Water", "water’s", "“safe”", "Straße", "ﬁnding", "naïve", "Cafe\u0301", "co\u00adoperate", "水道水", "ハンドル",
     "الماءُ", "שָׁלוֹם", "Ελλάδα", "ÅNGSTRÖM", "x²", "a\u00a0b", "don't", "41%", "İstanbul", "\u200bzero", "👍", "—", "…"]
)  # fmt: skip
TEXTS = st.lists(WORDS, max_size=8).map(" ".join) | st.text(max_size=40)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("WATER", "water"),
        ("Straße", "STRASSE"),
        ("ﬁnd", "find"),
        ("naïve", "naive"),
        ("Cafe\u0301", "Caf\u00e9"),
        ("co\u00adoperate", "cooperate"),
        ("a\u00a0b\nc", "a b c"),
        ("“don’t”", '"don\'t"'),
        ("x²", "x2"),
        ("الماءُ", "الماء"),
        ("ｗａｔｅｒ", "water"),
        ("wa\u200bter", "water"),
        ("Łódź", "lodz"),
        ("Søren", "soren"),
        ("محـــمد", "محمد"),
        ("أحمد", "احمد"),
    ],
)
def test_what_folds_alike(one: str, other: str) -> None:
    assert fold(one) == fold(other) != ""


def test_signs_part_words_and_ideographs_stand_alone() -> None:
    assert fold("lead, or-lead… (lead)") == "lead or lead lead"
    assert fold("水道水 is water") == "水 道 水 is water"
    assert fold("… — “”") == ""


@given(TEXTS)
def test_folding_the_folded_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def _slowly(text: str) -> str:
    """Fold without any short cut."""
    words = regex.findall(r"[\p{L}\p{N}\p{M}\p{Co}]+", fold_letters(text))
    return " ".join(piece for word in words for piece in folding._PIECE.findall(word))


@given(TEXTS)
def test_the_short_cuts_fold_as_the_long_way(text: str) -> None:
    assert fold(text) == _slowly(text)


def test_every_single_character_before_the_ideographs_folds_as_the_long_way() -> None:
    wrong = [hex(code) for code in range(0x3400) if fold(chr(code)) != _slowly(chr(code))]
    assert wrong == []


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("credit score", ["credit", "score"]),
        ('"credit score" cities', ["credit score", "cities"]),
        ('"unfinished phrase', ["unfinished", "phrase"]),
        ("", []),
        ('"" … *', []),
        ("NEAR(a, b) OR x*", ["near a", "b", "or", "x"]),
        ("水道", ["水 道"]),
    ],
)
def test_a_query_is_phrases(query: str, expected: list[str]) -> None:
    assert phrases(query) == expected


@pytest.mark.parametrize(
    ("text", "phrase", "words"),
    [
        ("The Water is SAFE", "water", "Water"),
        ("The water is safe", "saf", "safe"),
        ("Credit\nscores fell", "credit score", "Credit\nscores"),
        ("Cafe\u0301 and tea", "cafe", "Cafe\u0301"),
        ("on co\u00adoperation", "cooperation", "co\u00adoperation"),
        ("👩‍👩‍👧 water", "water", "water"),
        ("市長は水道水を", "水 道", "水道"),
        ("a “water” b", "water", "water"),
    ],
)
def test_a_phrase_is_found_where_it_stands(text: str, phrase: str, words: str) -> None:
    found = find(text, phrase)
    assert found is not None
    assert text[slice(*found)] == words


def test_words_out_of_order_or_not_there_are_not_found() -> None:
    assert find("credit score", "score credit") is None
    assert find("watered", "water safe") is None
    assert find("", "water") is None


@given(TEXTS)
def test_the_first_word_of_any_text_is_found_in_it(text: str) -> None:
    words = fold(text).split(" ")
    if words[0]:
        assert find(text, words[0]) is not None
