"""A text of 5 MB with 20,000 passages opened, until its first frame ÷ one of 10 KB with 100 passages."""

from __future__ import annotations

from functools import partial

from benchmarks.cases import opening
from benchmarks.mark import Mark
from benchmarks.reading import ours
from benchmarks.texts import KILOBYTE, MEGABYTE, crowded_book, crowded_note, endless_paragraph, make, note

MARK = Mark(
    name="5 MB with 20,000 passages opened",
    against="10 KB with 100",
    limit=3.0,
    product=opening(ours, crowded_book),
    floor=opening(ours, note),
    beside={
        "100 KB with 1,000": opening(ours, partial(make, 100 * KILOBYTE, 1_000)),
        "1 MB with 10,000": opening(ours, partial(make, MEGABYTE, 10_000)),
        "with emoji": opening(ours, partial(make, 5 * MEGABYTE, 20_000, emoji=True)),
        "10 KB with 10,000": opening(ours, crowded_note),
        "a paragraph of 1 MB": opening(ours, endless_paragraph),
    },
)
