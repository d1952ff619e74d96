"""Coefficients of agreement against published worked examples."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.coefficients import (
    Ratings,
    cohen_kappa,
    fleiss_kappa,
    gwet_ac1,
    interval,
    krippendorff_alpha,
    nominal,
    ordinal,
    percent_agreement,
    ratio,
)

FLEISS = (
    (0, 0, 0, 0, 14), (0, 2, 6, 4, 2), (0, 0, 3, 5, 6), (0, 3, 9, 2, 0), (2, 2, 8, 1, 1),
    (7, 7, 0, 0, 0), (3, 2, 6, 3, 0), (2, 5, 3, 2, 2), (6, 5, 2, 1, 0), (0, 2, 2, 3, 7),
)  # fmt: skip
"""14 raters sort 10 subjects into 5 categories; kappa is .210 (the example of the Wikipedia article “Fleiss’ kappa”)."""

OBSERVERS = ("12332141 2...", "12332241 25.3", ".3332342 251.", "12332441 251.")
KRIPPENDORFF = tuple(row.replace(" ", "") for row in OBSERVERS)
"""4 observers, 12 units, missing data (Krippendorff 2011, section C): .743, .815, .849, .797.

Gwet’s irrCAC ships the same table as cac.raw4raters; its gwet.ac1.raw gives pa .81818, pe .19032, AC1 .77544.
"""

NUMBERS = {str(number): float(number) for number in range(1, 6)}


def patterns(units: Sequence[Sequence[str]]) -> Ratings:
    """Return how many units got which values; a full stop is a missing one."""
    return Counter(tuple(sorted(value for value in unit if value != ".")) for unit in units)


def fleiss() -> Ratings:
    """Return Fleiss' table as ratings."""
    return Counter(tuple(str(k) for k, n in enumerate(row) for _ in range(n)) for row in FLEISS)


def krippendorff() -> Ratings:
    """Return Krippendorff's table as ratings."""
    return patterns(list(zip(*KRIPPENDORFF, strict=True)))


def test_cohens_two_by_two() -> None:
    pairs = {("yes", "yes"): 20, ("yes", "no"): 5, ("no", "yes"): 10, ("no", "no"): 15}
    assert cohen_kappa(pairs) == pytest.approx(0.4)
    assert percent_agreement({("no", "no"): 15, ("no", "yes"): 15, ("yes", "yes"): 20}) == pytest.approx(70)


def test_fleiss_ten_subjects() -> None:
    assert fleiss_kappa(fleiss()) == pytest.approx(0.2099, abs=5e-5)
    assert percent_agreement(fleiss()) == pytest.approx(37.8, abs=0.05)


def test_krippendorffs_four_observers() -> None:
    ratings = krippendorff()
    assert krippendorff_alpha(ratings, nominal) == pytest.approx(0.743, abs=5e-4)
    assert krippendorff_alpha(ratings, ordinal(NUMBERS)) == pytest.approx(0.815, abs=5e-4)
    assert krippendorff_alpha(ratings, interval(NUMBERS)) == pytest.approx(0.849, abs=5e-4)
    assert krippendorff_alpha(ratings, ratio(NUMBERS)) == pytest.approx(0.797, abs=5e-4)


def test_gwets_four_raters() -> None:
    assert percent_agreement(krippendorff()) == pytest.approx(81.818, abs=5e-4)
    assert gwet_ac1(krippendorff(), 5) == pytest.approx(0.77544, abs=5e-6)


def test_gwet_holds_where_kappa_breaks_down() -> None:
    """Gwet’s 125 subjects (2008, table 1): 118, 5, 2, 0.

    By hand: p_a = .944; AC1’s p_e = 2 · .972 · .028 = .054432; kappa’s p_e = (123 · 120 + 2 · 5) / 125² = .94528.
    """
    assert cohen_kappa({("+", "+"): 118, ("+", "-"): 5, ("-", "+"): 2}) == pytest.approx(-0.0234, abs=5e-5)
    assert gwet_ac1({("+", "+"): 118, ("+", "-"): 7}, 2) == pytest.approx(0.9408, abs=5e-5)


@pytest.mark.parametrize("ratings", [{}, {("a",): 3}, {(): 2}], ids=["nothing", "one annotator", "nobody"])
def test_without_units_judged_twice_nothing_is_defined(ratings: Ratings) -> None:
    assert percent_agreement(ratings) is None
    assert fleiss_kappa(ratings) is None
    assert gwet_ac1(ratings, 2) is None
    assert krippendorff_alpha(ratings, nominal) is None
    assert cohen_kappa({}) is None


def test_with_one_category_chance_explains_everything() -> None:
    ratings: Ratings = {("a", "a"): 7}
    assert percent_agreement(ratings) == 100
    assert fleiss_kappa(ratings) is None
    assert gwet_ac1(ratings, 1) is None
    assert krippendorff_alpha(ratings, nominal) is None
    assert krippendorff_alpha(ratings, ordinal({"a": 1})) is None
    assert cohen_kappa({("a", "a"): 7}) is None


def test_ratio_of_zero_and_zero_is_no_distance() -> None:
    assert krippendorff_alpha({("0", "0"): 3, ("0", "4"): 1}, ratio({"0": 0.0, "4": 4.0})) is not None


VALUES = st.lists(st.sampled_from("abcd"), min_size=2, max_size=4)


@given(st.lists(VALUES, min_size=1, max_size=20))
def test_full_agreement_is_one_and_nothing_is_more(units: list[list[str]]) -> None:
    some = patterns(units)
    for value in (fleiss_kappa(some), gwet_ac1(some, 4), krippendorff_alpha(some, nominal)):
        assert value is None or value <= 1 + 1e-9
    alike = patterns([[unit[0]] * len(unit) for unit in units])
    if len({unit[0] for unit in units}) > 1:
        assert fleiss_kappa(alike) == pytest.approx(1)
        assert krippendorff_alpha(alike, nominal) == pytest.approx(1)
    assert gwet_ac1(alike, 4) == pytest.approx(1)


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), min_size=2, max_size=30))
def test_for_two_annotators_alpha_is_fleiss_kappa_corrected_for_the_number_of_ratings(
    units: list[tuple[str, str]],
) -> None:
    """1 − alpha = (1 − kappa) (2n − 1) / 2n for two ratings a unit (Krippendorff 2004, on Scott’s pi)."""
    ratings = patterns(units)
    alpha, kappa = krippendorff_alpha(ratings, nominal), fleiss_kappa(ratings)
    assert (alpha is None) == (kappa is None)
    if alpha is not None and kappa is not None:
        ratings_given = 2 * len(units)
        assert 1 - alpha == pytest.approx((1 - kappa) * (ratings_given - 1) / ratings_given)
