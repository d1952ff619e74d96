"""5 MB with 10,000 passages made wider or narrower, and painted ÷ the same in Qt's own viewer without passages."""

from __future__ import annotations

from benchmarks.cases import middle
from benchmarks.mark import Mark
from benchmarks.moving import resizes
from benchmarks.reading import ours, plain
from benchmarks.texts import book

MARK = Mark(
    name="5 MB with 10,000 passages made wider or narrower",
    against="QPlainTextEdit, the same text without passages",
    limit=1.5,
    product=middle(ours, book, resizes),
    floor=middle(plain, book, resizes),
)
