"""Bootstrap intervals."""

from __future__ import annotations

from collections import Counter

import pytest

from annotator.domain.coefficients import Ratings, fleiss_kappa, percent_agreement
from annotator.domain.resampling import bootstrap

RATINGS: Ratings = {("a", "a"): 40, ("a", "b"): 20, ("b", "b"): 40}
MEASURES = {"percent": percent_agreement, "kappa": fleiss_kappa}


def test_the_interval_is_that_of_the_binomial_distribution() -> None:
    """80 of 100 agree: the middle 95 per cent of a binomial distribution of n = 100, p = .8 reach from 72 to 87 or 88."""
    low, high = bootstrap(RATINGS, MEASURES)["percent"]
    assert low == pytest.approx(72, abs=1)
    assert high == pytest.approx(87.5, abs=1)


def test_the_same_counts_give_the_same_interval_in_whatever_order_they_come() -> None:
    assert bootstrap(RATINGS, MEASURES) == bootstrap(dict(reversed([*RATINGS.items()])), MEASURES)


def test_more_units_make_it_narrower() -> None:
    (low, high), (lower, higher) = (
        bootstrap({values: factor * count for values, count in RATINGS.items()}, MEASURES)["kappa"]
        for factor in (10, 1)
    )
    assert lower < low < high < higher


@pytest.mark.parametrize("counts", [{}, {("a", "b"): 1}], ids=["nothing", "one unit"])
def test_one_unit_has_no_interval(counts: Ratings) -> None:
    assert bootstrap(counts, MEASURES) == {}


def test_what_is_undefined_for_most_samples_has_none() -> None:
    alike: Ratings = {("a", "a"): 3}
    both: Ratings = {("a", "a"): 2, ("b", "b"): 2}
    assert "kappa" not in bootstrap(alike, MEASURES)
    assert set(bootstrap(both, MEASURES)) == {"percent", "kappa"}


def test_the_number_of_samples_is_bounded() -> None:
    drawn: list[int] = []
    many: Ratings = Counter({("a", "a"): 20_000})
    few: Ratings = {("a", "a"): 50}

    def count(ratings: Ratings) -> float:
        drawn.append(sum(ratings.values()))
        return 0.0

    bootstrap(many, {"count": count})
    assert len(drawn) == 100
    assert set(drawn) == {20_000}
    drawn.clear()
    bootstrap(few, {"count": count}, resamples=20)
    assert len(drawn) == 20
