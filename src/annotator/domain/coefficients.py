"""Coefficients of agreement, from their published formulas.

``Ratings`` are what annotators gave: for each pattern of values that one unit got (in any order, missing ones left out) how many
units got it. ``Pairs`` are the cells of a confusion matrix: how many units got which two values from two annotators. Each
coefficient is 1 for full agreement and about 0 for what chance would give, and None where it is undefined.

- J. Cohen, A coefficient of agreement for nominal scales, Educational and Psychological Measurement 20 (1960).
- J. L. Fleiss, Measuring nominal scale agreement among many raters, Psychological Bulletin 76 (1971).
- K. Krippendorff, Computing Krippendorff’s alpha-reliability (2011).
- K. L. Gwet, Computing inter-rater reliability and its variance in the presence of high agreement, British Journal of
  Mathematical and Statistical Psychology 61 (2008).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping

Ratings = Mapping[tuple[str, ...], int]
Pairs = Mapping[tuple[str, str], int]
Marginals = Mapping[str, float]

Distance = Callable[[str, str], float]
"""The squared distance of two values."""


def percent_agreement(ratings: Ratings) -> float | None:
    """Return the share (0–100) of pairs of values of a unit that are the same, averaged over units with two or more."""
    share = _observed(ratings)
    return None if share is None else 100 * share


def cohen_kappa(pairs: Pairs) -> float | None:
    """Return (p_o − p_e) / (1 − p_e), where p_e multiplies each annotator’s own shares of the values."""
    n = sum(pairs.values())
    if not n:
        return None
    first, second = Counter[str](), Counter[str]()
    for (one, other), count in pairs.items():
        first[one] += count
        second[other] += count
    observed = sum(count for (one, other), count in pairs.items() if one == other) / n
    return _beyond_chance(observed, sum(first[value] * second[value] for value in first) / n**2)


def fleiss_kappa(ratings: Ratings) -> float | None:
    """Return (P̄ − P̄_e) / (1 − P̄_e), where P̄_e squares the shares of the values among all ratings.

    Units may have different numbers of ratings; those with fewer than two are left out.
    """
    observed = _observed(ratings)
    if observed is None:
        return None
    totals: Counter[str] = Counter()
    for values, count in _compared(ratings):
        for value in values:
            totals[value] += count
    n = totals.total()
    return _beyond_chance(observed, sum(total**2 for total in totals.values()) / n**2)


def gwet_ac1(ratings: Ratings, categories: int) -> float | None:
    """Return AC1: (p_a − p_e) / (1 − p_e) with p_e = Σ π(1 − π) / (q − 1), q being the number of ``categories``.

    π is a value’s share of a unit’s ratings averaged over all units, those with one rating included.
    """
    observed = _observed(ratings)
    if observed is None or categories < 2:
        return None
    shares: dict[str, float] = defaultdict(float)
    for values, count in ratings.items():
        for value in values:
            shares[value] += count / len(values)
    n = sum(count for values, count in ratings.items() if values)
    chance = sum(share / n * (1 - share / n) for share in shares.values()) / (categories - 1)
    return _beyond_chance(observed, chance)


def krippendorff_alpha(ratings: Ratings, distance: Callable[[Marginals], Distance]) -> float | None:
    """Return 1 − D_o / D_e over the matrix of coincidences; units with fewer than two values are left out.

    ``distance`` is one of ``nominal``, ``ordinal(ranks)``, ``interval(numbers)`` and ``ratio(numbers)``.
    """
    coincidences: dict[tuple[str, str], float] = defaultdict(float)
    marginals: dict[str, float] = defaultdict(float)
    for values, units in _compared(ratings):
        counts = Counter(values)
        for one, ones in counts.items():
            marginals[one] += units * ones
            for other, others in counts.items():
                pairs = ones * (others - (one == other))
                coincidences[one, other] += units * pairs / (len(values) - 1)
    n = sum(marginals.values())
    squared = distance(marginals)
    expected = sum(marginals[one] * marginals[other] * squared(one, other) for one in marginals for other in marginals)
    if not expected:
        return None
    observed = sum(count * squared(one, other) for (one, other), count in coincidences.items())
    return 1 - (n - 1) * observed / expected


def nominal(_marginals: Marginals) -> Distance:
    """All different values are equally far apart."""
    return lambda one, other: float(one != other)


def ordinal(ranks: Mapping[str, float]) -> Callable[[Marginals], Distance]:
    """Values are as far apart as there are ratings between them; ``ranks`` gives their order."""

    def squared(marginals: Marginals) -> Distance:
        def between(one: str, other: str) -> float:
            low, high = sorted((ranks[one], ranks[other]))
            inside = sum(count for value, count in marginals.items() if low <= ranks[value] <= high)
            return float(inside - (marginals[one] + marginals[other]) / 2) ** 2 if one != other else 0.0

        return between

    return squared


def interval(numbers: Mapping[str, float]) -> Callable[[Marginals], Distance]:
    """Values are as far apart as their ``numbers``."""
    return lambda _marginals: lambda one, other: (numbers[one] - numbers[other]) ** 2


def ratio(numbers: Mapping[str, float]) -> Callable[[Marginals], Distance]:
    """Values are as far apart as their ``numbers``, in relation to their sum: zero is absolute."""

    def squared(one: str, other: str) -> float:
        total = numbers[one] + numbers[other]
        return ((numbers[one] - numbers[other]) / total) ** 2 if total else 0.0

    return lambda _marginals: squared


def _compared(ratings: Ratings) -> Iterator[tuple[tuple[str, ...], int]]:
    return ((values, count) for values, count in ratings.items() if len(values) > 1 and count)


def _observed(ratings: Ratings) -> float | None:
    """Return the mean share of agreeing pairs of a unit, or None where no unit has two ratings."""
    units, agreeing = 0, 0.0
    for values, count in _compared(ratings):
        m = len(values)
        units += count
        agreeing += count * sum(k * (k - 1) for k in Counter(values).values()) / (m * (m - 1))
    return agreeing / units if units else None


def _beyond_chance(observed: float, expected: float) -> float | None:
    """Return agreement beyond chance; None where chance alone gives all of it."""
    return None if expected >= 1 else (observed - expected) / (1 - expected)
