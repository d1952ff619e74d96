"""Tests of the orders behind the long panels, against slow and plain ways to the same."""

from __future__ import annotations

import random
from array import array

import pytest

from annotator.domain.long_lists import ClaimOrder, Folds, SourceOrder, claim_order


def _walked(claims: dict[int, int | None], folded: set[int]) -> list[tuple[int, tuple[bool, ...]]]:
    """Return the rows of a tree as one walks it: the number, and for each level whether it is the last there."""

    def circles(number: int) -> bool:
        seen: set[int] = set()
        at: int | None = number
        while at is not None and at in claims:
            if at in seen:
                return True
            seen.add(at)
            at = claims[at]
        return False

    rows: list[tuple[int, tuple[bool, ...]]] = []

    def walk(parent: int | None, above: tuple[bool, ...]) -> None:
        tops = [n for n, up in claims.items() if (None if up not in claims or circles(n) else up) == parent]
        for number in tops:
            rows.append((number, (*above, number == tops[-1])))
            if number not in folded:
                walk(number, (*above, number == tops[-1]))

    walk(None, ())
    return rows


@pytest.mark.parametrize("seed", range(60))
def test_claims_stand_below_their_parents_and_fold(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 the same trees in every run
    numbers = chance.sample(range(1, 100), chance.randint(0, 25))
    claims = {n: chance.choice([None, None, 999, *numbers]) for n in numbers}
    order = claim_order(claims.items())
    folded = {n for n in numbers if chance.random() < 0.3}
    folds = Folds(order, (order.place(n) for n in folded))
    shown = [folds.place(row) for row in range(folds.count)]
    assert [(order.numbers[place], order.lasts(place)) for place in shown] == (
        _walked(claims, folded) if order.parents else [(n, (False,)) for n in numbers]
    )
    assert [folds.row(place) for place in shown] == list(range(folds.count))
    assert all(folds.row(place) == -1 for place in set(range(len(order.numbers))) - set(shown))


def test_very_deep_trees_are_no_matter() -> None:
    order = claim_order((n, n - 1 if n else None) for n in range(5_000))
    assert list(order.numbers) == list(range(5_000))
    assert list(order.sizes[:3]) == [5_000, 4_999, 4_998]
    assert Folds(order, [0]).count == 1


def test_flat_claims_need_no_tree() -> None:
    order = claim_order([(5, None), (3, None)])
    assert order == ClaimOrder(array("q", [5, 3]), 2)
    assert order.lasts(1) == (False,)


def test_groups_and_twins_of_sources() -> None:
    order = SourceOrder(array("q", [7, 8, 9, 4, 5]), (2, 2, 5), array("q", [1, 3, 4]), 9)
    assert [order.group(place) for place in range(5)] == [0, 0, 2, 2, 2]
    assert [order.start(group) for group in range(3)] == [0, 2, 2]
    assert (order.twins_between(0, 5), order.twins_between(2, 4)) == (3, 1)
    assert (order.place(4), order.place(6)) == (3, -1)
