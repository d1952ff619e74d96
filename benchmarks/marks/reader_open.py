"""A text of 5 MB with 10,000 passages opened, until its first frame ÷ the same text without passages in Qt's own viewer."""

from __future__ import annotations

from benchmarks.cases import opening
from benchmarks.mark import Mark
from benchmarks.reading import ours, plain
from benchmarks.texts import book

MARK = Mark(
    name="5 MB with 10,000 passages opened",
    against="QPlainTextEdit, the same text without passages",
    limit=1.0,
    product=opening(ours, book),
    floor=opening(plain, book),
)
