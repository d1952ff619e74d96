"""All passages of the made cases found again ÷ the same in JavaScript, one quotation after the other (approx-string-match)."""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from time import process_time

from annotator.domain.anchoring_again import find_again
from benchmarks.javascript import TOOLS, seconds
from benchmarks.mark import Mark
from benchmarks.real_texts import NEEDED
from benchmarks.reanchoring import Case, cases

_PASSAGES = 1_000
_EVERY = 3


def _some() -> list[Case]:
    return [*islice(cases(_PASSAGES), 0, None, _EVERY)]


def product(_folder: Path) -> float:
    """Return the seconds of CPU."""
    made = _some()
    start = process_time()
    for case in made:
        for _ in find_again(case.revised.old, case.revised.new, [[span] for span in case.passages]):
            pass
    return process_time() - start


def floor(folder: Path) -> float:
    """Return those of the peer."""
    return seconds(folder, _some())


MARK = Mark(
    name="passages of the made cases found again",
    against="the technique of matchQuote in JavaScript",
    limit=0.5,
    product=product,
    floor=floor,
    rounds=1,
    needs=NEEDED,
    tools=TOOLS,
)
