"""Canonical text, grapheme clusters, and the offsets that Qt counts in."""

from __future__ import annotations

import time

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.text import Utf16Map, canonical_text, is_grapheme_boundary, snap_to_graphemes, text_digest

FAMILY = "👩‍👩‍👧"
FLAGS = "🇩🇪🇫🇷"
CLUSTERS = {
    "combining mark": "e\u0301",
    "many marks": "a" + "\u0301" * 40,
    "emoji with a joiner": FAMILY,
    "skin tone": "👍🏽",
    "keycap": "1\ufe0f\u20e3",
    "Hangul jamo": "\u1112\u1161\u11ab",
    "Devanagari": "\u0915\u094d\u0937\u093f",
    "Thai": "\u0e01\u0e33",
    "Arabic with points": "\u0628\u0650",
    "Hebrew with points": "\u05d1\u05bc",
    "line end": "\r\n",
}
PIECES = st.sampled_from(
    [*CLUSTERS.values(), FLAGS, "🇩", "a", "é", " ", "\n", "\u200d", "\u0600", "ß", "水", "\u00ad", "\r"]
)
TEXTS = st.lists(PIECES, max_size=12).map("".join) | st.text(max_size=30)


@pytest.mark.parametrize(
    ("raw", "canonical"),
    [
        ("a\r\nb\rc\nd", "a\nb\nc\nd"),
        ("\r\r\n\r", "\n\n\n"),
        ("\ufeffa\ufeff", "a\ufeff"),
        ("\x00\ufdd0\ufdd1", "\ufffd" * 3),
        ("\ud800a\udfff", "\ufffda\ufffd"),
        ("a\u00a0\u00ad\ufb01“”\u2028\u2029\u0085", "a\u00a0\u00ad\ufb01“”\u2028\u2029\u0085"),
        ("e\u0301 \u00e9", "e\u0301 \u00e9"),
        ("", ""),
    ],
)
def test_canonical_text(raw: str, canonical: str) -> None:
    assert canonical_text(raw) == canonical


@given(st.text(st.characters(), max_size=50))
def test_canonical_text_is_stable_and_can_be_stored(raw: str) -> None:
    text = canonical_text(raw)
    assert canonical_text(text) == text.removeprefix("\ufeff")
    assert len(text_digest(text)) == len("0" * 64)
    assert "\r" not in text


def _boundaries(text: str) -> set[int]:
    return {0, len(text), *(match.start() for match in regex.finditer(r"\X", text))}


@pytest.mark.parametrize("cluster", CLUSTERS.values(), ids=CLUSTERS)
def test_no_offset_inside_a_cluster_is_a_boundary(cluster: str) -> None:
    text = f"x{cluster}y"
    assert [i for i in range(len(text) + 1) if is_grapheme_boundary(text, i)] == [0, 1, len(text) - 1, len(text)]


@given(TEXTS)
def test_boundaries_are_those_of_the_whole_text(text: str) -> None:
    assert {i for i in range(len(text) + 1) if is_grapheme_boundary(text, i)} == _boundaries(text)


def test_flags_are_counted_in_pairs_however_long_the_row() -> None:
    row = FLAGS * 30
    assert [i for i in range(len(row)) if is_grapheme_boundary(row, i)] == list(range(0, len(row), 2))


def test_a_row_of_flags_takes_no_longer_than_other_letters() -> None:
    row = "🇩🇪" * 20_000
    before = time.thread_time()
    assert snap_to_graphemes(row, 20_001, 39_999) == (20_000, 40_000)
    assert time.thread_time() - before < 1


def test_boundaries_far_into_a_text_without_plain_letters() -> None:
    text = "水" * 5000 + "e\u0301" + "水" * 10
    assert [is_grapheme_boundary(text, 5000 + i) for i in range(4)] == [True, False, True, True]


@given(TEXTS, st.integers(-2, 40), st.integers(-2, 40))
def test_snapping_gives_the_smallest_range_of_whole_clusters(text: str, one: int, other: int) -> None:
    start, end = sorted((one, other))
    low, high = snap_to_graphemes(text, start, end)
    start, end = min(max(start, 0), len(text)), min(max(end, 0), len(text))
    boundaries = _boundaries(text)
    assert low == max(b for b in boundaries if b <= start)
    assert high == min(b for b in boundaries if b >= end)


@given(TEXTS)
def test_utf16_positions_are_those_of_the_encoded_text(text: str) -> None:
    convert = Utf16Map(text)
    for offset in range(len(text) + 1):
        position = len(text[:offset].encode("utf-16-le", "surrogatepass")) // 2
        assert convert.to_utf16(offset) == position
        assert convert.to_code_points(position) == offset


def test_a_position_inside_a_surrogate_pair_counts_as_behind_it() -> None:
    assert Utf16Map("a😀b").to_code_points(2) == 2
