"""Heights of many pieces: their sums must be right whatever was corrected."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.ui.reading.heights import Heights

_HEIGHTS = st.lists(st.integers(0, 500).map(float), min_size=1, max_size=900)


@given(_HEIGHTS, st.data())
def test_tops_and_total_are_sums_after_any_correction(heights: list[float], data: st.DataObject) -> None:
    kept = Heights(heights)
    for _ in range(3):
        number = data.draw(st.integers(0, len(heights) - 1))
        heights[number] = data.draw(st.integers(0, 500).map(float))
        kept.put(number, heights[number])
    first = data.draw(st.integers(0, len(heights) - 1))
    several = data.draw(st.lists(st.just(7.0), min_size=1, max_size=len(heights) - first))
    heights[first : first + len(several)] = several
    kept.put_all(first, several)
    assert kept.total == sum(heights)
    for number in range(0, len(heights), max(len(heights) // 7, 1)):
        assert kept.top(number) == sum(heights[:number])
        assert kept[number] == heights[number]


@given(_HEIGHTS, st.floats(0, 1))
def test_what_stands_at_a_height_holds_it(heights: list[float], share: float) -> None:
    kept = Heights(heights)
    y = share * kept.total
    number, past = kept.at(y)
    assert kept.top(number) + past == pytest.approx(y)
    if y < kept.total:
        assert 0 <= past < heights[number]


def test_beyond_the_end_stands_the_last() -> None:
    assert Heights([10.0, 20.0]).at(99)[0] == 1
    assert Heights([10.0, 20.0]).at(-5) == (0, 0.0)
