"""All checks over a project of 100,000 linkages ÷ reading these linkages."""

from __future__ import annotations

from pathlib import Path
from time import perf_counter

from annotator.domain.checks.case import Case
from annotator.domain.checks.running import findings_of
from annotator.domain.kinds import Linkage
from benchmarks.auditing import build
from benchmarks.mark import Mark

_LINKAGES = 100_000
_CLAIMS = 1_000


def product(folder: Path) -> float:
    """Return the seconds in which the project is read and every check is run."""
    store = build(folder / "case.annotator", linkages=_LINKAGES, claims=_CLAIMS)
    with store.snapshot() as view:
        start = perf_counter()
        found = findings_of(Case.of(view))
        seconds = perf_counter() - start
    store.close()
    if not found:
        raise RuntimeError("nothing was found")
    return seconds


def floor(folder: Path) -> float:
    """Return the seconds in which the linkages are read."""
    store = build(folder / "case.annotator", linkages=_LINKAGES, claims=_CLAIMS)
    with store.snapshot() as view:
        start = perf_counter()
        linkages = tuple(view.all(Linkage))
        seconds = perf_counter() - start
    store.close()
    if len(linkages) != _LINKAGES:
        raise RuntimeError("linkages were lost")
    return seconds


MARK = Mark(
    name="all checks of 100,000 linkages",
    against="reading these linkages",
    limit=20.0,
    product=product,
    floor=floor,
    rounds=1,
)
