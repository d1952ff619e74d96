"""How well the article is marked on the 181 pages of scrapinghub/article-extraction-benchmark, by its own scorer."""

from __future__ import annotations

from pathlib import Path

from benchmarks.cases import allowed
from benchmarks.mark import Mark, Shown
from benchmarks.web_pages import ZYTE, article_of, read_page, scorer, zyte_page, zyte_truth


def product(_folder: Path) -> float:
    """Return what is missing from an F1 of 1."""
    truth = zyte_truth()
    found = {name: {"articleBody": article_of(read_page(zyte_page(name)))} for name in truth}
    return 1 - float(scorer(ZYTE, "evaluate.py").evaluate(truth, found, 2)["f1"])


MARK = Mark(
    name="article marked on web pages, what is missing from F1 (Zyte)",
    against="allowed",
    limit=1,
    product=product,
    floor=allowed(0.045),
    rounds=1,
    shown=Shown("%", 100),
    needs=(ZYTE,),
)
