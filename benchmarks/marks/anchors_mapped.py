"""The same ÷ taking both texts apart into words and looking for each quotation as it was, in the new text."""

from __future__ import annotations

from pathlib import Path
from time import process_time

import regex

from benchmarks.mark import Mark
from benchmarks.marks.anchors_cpu import product
from benchmarks.real_texts import NEEDED
from benchmarks.reanchoring import megabyte

_NEAR = 20_000


def floor(_folder: Path) -> float:
    """Return the seconds of CPU of a plain search, which finds nothing that changed."""
    case = megabyte()
    old, new = case.revised.old, case.revised.new
    start = process_time()
    for text in (old, new):
        {word.span(): word.group() for word in regex.finditer(r"\w+|\S", text)}
    for begin, end in case.passages:
        new.find(old[begin:end], max(0, begin - _NEAR), end + _NEAR)
    return process_time() - start


MARK = Mark(
    name="10,000 passages of 1 MB mapped",
    against="words split, quotations looked for as they were",
    limit=5.0,
    product=product,
    floor=floor,
    rounds=3,
    needs=NEEDED,
)
