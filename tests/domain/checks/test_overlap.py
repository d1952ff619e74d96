"""Which words two linkages rest on in common."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.checks.overlap import Overlaps, Words, overlap, words_of
from annotator.domain.ids import Digest, EntityId
from annotator.domain.passage import Area, Fragment, Passage

_SPANS = st.lists(st.tuples(st.integers(0, 40), st.integers(1, 12)), min_size=1, max_size=3)


def _passage(spans: list[tuple[int, int]], text: str = "a") -> Passage:
    fragments = tuple(Fragment(start=start, end=start + size, quote="") for start, size in sorted(spans))
    return Passage(id=EntityId("p"), text=Digest(text), fragments=fragments)


def _points(words: Words) -> set[tuple[str, int]]:
    return {(text, point) for text, start, end in words for point in range(start, end)}


WORDS = st.builds(lambda spans, text: words_of([_passage(spans, text)]), _SPANS, st.sampled_from("ab"))


@given(WORDS, WORDS)
def test_overlap_is_the_jaccard_index_of_the_code_points(one: Words, other: Words) -> None:
    ours, theirs = _points(one), _points(other)
    assert overlap(one, other) == len(ours & theirs) / len(ours | theirs)


@given(st.lists(WORDS, max_size=30), WORDS)
def test_the_best_is_the_one_that_all_comparisons_would_find(several: list[Words], words: Words) -> None:
    shares = [overlap(words, other) for other in several]
    best = Overlaps(several).best(words)
    if best is None:
        assert max(shares, default=0) < 0.5
    else:
        assert best in several
        assert overlap(words, best) == max(shares) >= 0.5


@given(_SPANS, _SPANS)
def test_several_passages_are_joined_to_disjoint_stretches(
    one: list[tuple[int, int]], other: list[tuple[int, int]]
) -> None:
    words = words_of([_passage(one), _passage(other)])
    assert _points(words) == _points(words_of([_passage(one)])) | _points(words_of([_passage(other)]))
    assert all(end < start for (_, _, end), (_, start, _) in pairwise(words))


def test_areas_overlap_themselves_only() -> None:
    area = Area(page=1, left=0, top=0, right=10, bottom=10)
    here = words_of([Passage(id=EntityId("p"), text=Digest("a"), area=area)])
    there = words_of(
        [Passage(id=EntityId("q"), text=Digest("a"), area=Area(page=2, left=0, top=0, right=10, bottom=10))]
    )
    assert overlap(here, here) == 1
    assert overlap(here, there) == 0


def test_fragments_without_words_are_no_words() -> None:
    """A bundle from outside may hold any numbers."""
    assert words_of([_passage([(3, 0)]), _passage([(5, -2)])]) == ()
