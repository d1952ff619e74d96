"""What was said before and after, compared word by word."""

import time
import unicodedata
from zlib import crc32

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from annotator.domain.text import is_grapheme_boundary
from annotator.domain.word_diff import Difference, Piece, one_side, word_diff

_MARKS = {Difference.SAME: "{0}", Difference.GONE: "[-{0}-]", Difference.NEW: "{{+{0}+}}"}
_WORDS = st.lists(
    st.sampled_from(["the", "meters", "can", "not", ",", ".", " ", "  ", "\n", "14.2", "水", "e\u0301", "👨‍👩‍👧"])
)
_TEXTS = st.one_of(st.text(max_size=80), _WORDS.map("".join), _WORDS.map(" ".join))


def _shown(before: str, after: str) -> str:
    return "".join(_MARKS[piece.change].format(piece.text) for piece in word_diff(before, after))


@given(_TEXTS, _TEXTS)
@example("a\r\nb", "a\rb")
@example("", "\u0301")
def test_both_texts_can_be_had_back_from_the_pieces(before: str, after: str) -> None:
    pieces = word_diff(before, after)

    assert "".join(piece.text for piece in one_side(pieces, Difference.GONE)) == before
    assert "".join(piece.text for piece in one_side(pieces, Difference.NEW)) == after
    assert all(piece.text for piece in pieces)


@given(_TEXTS, _TEXTS)
@example("🇩🇪🇫🇷", "🇩🇪🇫")
@example("e\u0301", "e")
def test_no_piece_ends_within_a_character(before: str, after: str) -> None:
    pieces = word_diff(before, after)

    for text, side in ((before, Difference.GONE), (after, Difference.NEW)):
        at = 0
        for piece in one_side(pieces, side):
            assert is_grapheme_boundary(text, at)
            at += len(piece.text)


@given(_TEXTS)
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    assert word_diff(text, text) == ((Piece(text, Difference.SAME),) if text else ())


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("the large rises", "the steepest rises", "the [-large-]{+steepest+} rises"),
        ("rose by 14.2%", "rose by 14.3%", "rose by [-14.2-]{+14.3+}%"),
        ("one. Three.", "one. Two. Three.", "one. {+Two. +}Three."),
        ("closed the valve", "closed valve", "closed [-the -]valve"),
        ("P1 them from Q1", "P2 them apart from Q2", "[-P1-]{+P2+} them {+apart +}from [-Q1-]{+Q2+}"),
        ("遠隔で止められる。", "遠隔では止められない。", "遠隔で{+は+}止められ[-る-]{+ない+}。"),
        ("cafe\u0301 noir", "cafe noir", "[-cafe\u0301-]{+cafe+} noir"),
        ("a  b", "a b", "a[-  -]{+ +}b"),
        ("", "new", "{+new+}"),
        ("gone", "", "[-gone-]"),
    ],
)
def test_whole_words_differ(before: str, after: str, shown: str) -> None:
    assert _shown(before, after) == shown


def test_a_rewritten_sentence_keeps_what_stayed() -> None:
    before = "No source says that the household meters can close a supply. The data sheet lists no valve."
    after = "The household meters cannot close a supply, but 340 other units can (annex C)."

    assert _shown(before, after) == (
        "[-No source says that the-]{+The+} household meters [-can-]{+cannot+} close a supply"
        "[-. The data sheet lists no valve-]{+, but 340 other units can (annex C)+}."
    )


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("large, small", "big, tiny", "[-large, small-]{+big, tiny+}"),
        ("council of elders", "board of trustees", "[-council of elders-]{+board of trustees+}"),
        ("told them apart", "kept them together", "[-told-]{+kept+} them [-apart-]{+together+}"),
        (
            "here now\n\ngone later",
            "there then\n\nback soon",
            "[-here now-]{+there then+}\n\n[-gone later-]{+back soon+}",
        ),
    ],
)
def test_differences_are_one_where_only_little_stands_between_them(before: str, after: str, shown: str) -> None:
    assert _shown(before, after) == shown


def _numbered(count: int, changed: int = 0) -> str:
    words = [f"w{crc32(b'%d' % number) % 500}" for number in range(count)]
    for number in range(changed):
        words[number * count // changed] = f"changed{number}"
    return " ".join(words)


def test_few_edits_in_a_long_text_are_found() -> None:
    pieces = word_diff(_numbered(20_000), _numbered(20_000, changed=50))

    new = [piece.text for piece in pieces if piece.change is Difference.NEW]
    assert new == [f"changed{number}" for number in range(50)]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (_numbered(20_000), " ".join(reversed(_numbered(20_000).split()))),
        ("a b " * 25_000, "b a " * 25_000),
        ("é. " * 33_000, "è. " * 33_000),
        ("🇩🇪" * 25_000, "🇫🇷" * 25_000),
        ("水" * 50_000 + "木", "木" + "水" * 50_000),
        ("a" + "\u0301" * 100_000, "a" + "\u0301" * 99_999),
    ],
    ids=["turned round", "two words", "signs", "flags", "ideographs", "one character"],
)
def test_the_worst_long_texts_are_compared_in_bounded_time(before: str, after: str) -> None:
    began = time.process_time()
    pieces = word_diff(before, after)
    took = time.process_time() - began

    assert "".join(piece.text for piece in one_side(pieces, Difference.NEW)) == after
    assert took < 6, f"{took:.1f} s of processor time"


def test_forms_of_a_character_are_not_the_same() -> None:
    composed = unicodedata.normalize("NFC", "e\u0301te\u0301")

    assert _shown("e\u0301te\u0301", composed) == f"[-e\u0301te\u0301-]{{+{composed}+}}"
