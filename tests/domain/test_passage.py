"""Fragments of passages: what may be highlighted, and what is kept of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.errors import WrongArgumentError
from annotator.domain.passage import Fragment, Passage, fragments_of
from annotator.domain.text import CONTEXT, is_grapheme_boundary, text_digest
from tests.factories import TEXT, Ids


def test_a_fragment_keeps_its_words_and_their_surroundings() -> None:
    start = TEXT.index("41 percent")
    (fragment,) = fragments_of(TEXT, [(start, start + 10)])
    assert fragment.quote == "41 percent"
    assert (fragment.prefix, fragment.suffix) == (
        TEXT[start - CONTEXT : start],
        TEXT[start + 10 : start + 10 + CONTEXT],
    )


def test_at_the_ends_of_the_text_there_are_fewer_surroundings() -> None:
    assert fragments_of("abc", [(0, 3)]) == (Fragment(start=0, end=3, quote="abc"),)


def test_fragments_are_sorted_and_may_touch() -> None:
    assert [(f.start, f.end) for f in fragments_of("abcdef", [(3, 5), (0, 3)])] == [(0, 3), (3, 5)]


@pytest.mark.parametrize(
    ("spans", "problem"),
    [
        ([], "there is none"),
        ([(2, 2)], "is empty"),
        ([(3, 2)], "is empty"),
        ([(-1, 2)], "outside the text"),
        ([(0, 99)], "outside the text"),
        ([(0, 3), (2, 4)], "overlaps"),
        ([(0, 2), (0, 2)], "overlaps"),
        ([(0, 4)], "splits the character at offset 4"),
        ([(4, 6)], "splits the character at offset 4"),
    ],
)
def test_wrong_fragments_are_named(spans: list[tuple[int, int]], problem: str) -> None:
    with pytest.raises(WrongArgumentError, match=problem) as caught:
        fragments_of("Cafe\u0301 x", spans)
    assert caught.value.data["argument"] == "fragments"


@given(st.integers(0, len(TEXT)), st.integers(0, len(TEXT)))
def test_whatever_is_accepted_is_whole_and_quoted_as_it_stands(one: int, other: int) -> None:
    start, end = sorted((one, other))
    try:
        (fragment,) = fragments_of(TEXT, [(start, end)])
    except WrongArgumentError:
        assert start == end or not (is_grapheme_boundary(TEXT, start) and is_grapheme_boundary(TEXT, end))
    else:
        assert TEXT[fragment.start : fragment.end] == fragment.quote
        assert TEXT.startswith(fragment.prefix + fragment.quote + fragment.suffix, start - len(fragment.prefix))


def test_the_quote_of_a_passage_joins_its_fragments() -> None:
    passage = Passage(id=Ids()(), text=text_digest("abcdef"), fragments=fragments_of("abcdef", [(0, 2), (4, 6)]))
    assert passage.quote == "ab … ef"
