"""A jump to any place of 5 MB with 20,000 passages, 95 of 100 ÷ the 10 ms that are allowed."""

from __future__ import annotations

from benchmarks.cases import allowed, worst
from benchmarks.mark import Mark
from benchmarks.moving import jumps
from benchmarks.reading import ours, plain
from benchmarks.texts import crowded_book, crowded_note, endless_paragraph

MARK = Mark(
    name="a jump in 5 MB with 20,000 passages, p95",
    against="what is allowed",
    limit=1.0,
    product=worst(ours, crowded_book, jumps),
    floor=allowed(0.010),
    beside={
        "QPlainTextEdit without passages": worst(plain, crowded_book, jumps),
        "10 KB with 10,000": worst(ours, crowded_note, jumps),
        "a paragraph of 1 MB": worst(ours, endless_paragraph, jumps),
    },
)
