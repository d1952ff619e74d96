"""Bootstrap intervals: how far a coefficient would move had other units of the same kind been judged."""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Callable, Hashable, Mapping
from typing import TypeVar

K = TypeVar("K", bound=Hashable)

RESAMPLES = 1000
"""How many samples are drawn, unless the work would take too long."""

_FEWEST = 100
_MOST_DRAWS = 1_000_000
_SEED = 20_250_514
_LEVEL = 0.95


def bootstrap(
    counts: Mapping[K, int],
    measures: Mapping[str, Callable[[Mapping[K, int]], float | None]],
    *,
    resamples: int = RESAMPLES,
) -> dict[str, tuple[float, float]]:
    """Return the percentile interval of 95 per cent of each measure by its name (Efron & Tibshirani 1993, chapter 13).

    ``counts`` say how many units have which pattern; as many units as there are, at least two, are drawn with replacement
    ``resamples`` times, less often where units are many. The same counts give the same intervals. A measure that is undefined for
    more than half of the samples has none.
    """
    patterns = sorted((pattern for pattern, count in counts.items() if count), key=repr)
    units = [pattern for pattern in patterns for _ in range(counts[pattern])]
    n = len(units)
    if n < 2:
        return {}
    rounds = max(min(_FEWEST, resamples), min(resamples, _MOST_DRAWS // n))
    source = random.Random(_SEED)  # noqa: S311 the same numbers each time, for statistics
    values: dict[str, list[float]] = {name: [] for name in measures}
    for _ in range(rounds):
        drawn = Counter(source.choices(units, k=n))
        for name, measure in measures.items():
            value = measure(drawn)
            if value is not None:
                values[name].append(value)
    return {name: _middle(found) for name, found in values.items() if 2 * len(found) > rounds}


def _middle(values: list[float]) -> tuple[float, float]:
    """Return the bounds between which the middle 95 per cent lie."""
    values.sort()
    outside = (1 - _LEVEL) / 2
    return values[math.floor(outside * len(values))], values[math.ceil((1 - outside) * len(values)) - 1]
