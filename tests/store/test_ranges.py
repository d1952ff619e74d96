"""Sets of local numbers as runs."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from annotator.store.ranges import Ranges

numbers = st.sets(st.integers(1, 60))


def test_numbers_are_kept_as_runs() -> None:
    assert str(Ranges.of([7, 3, 8, 9, 12])) == "3 7-9 12"
    assert str(Ranges([(1, 4), (3, 6), (7, 7)])) == "1-7"


@given(numbers, numbers)
def test_they_are_the_set_that_they_were_made_of(some: set[int], others: set[int]) -> None:
    ranges = Ranges.of(some)
    assert (list(ranges), len(ranges)) == (sorted(some), len(some))
    assert {number for number in range(62) if number in ranges} == some
    assert list(Ranges.parse(str(ranges))) == sorted(some)
    assert list(ranges | Ranges.of(others)) == sorted(some | others)
