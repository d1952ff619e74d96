"""How well the article is marked on the annotated set of adbar/trafilatura, by its own scorer."""

from __future__ import annotations

from pathlib import Path

from benchmarks.cases import allowed
from benchmarks.mark import Mark, Shown
from benchmarks.web_pages import TRAFILATURA, article_of, read_page, trafilatura_pages


def product(_folder: Path) -> float:
    """Return what is missing from an F1 of 1."""
    module, told, pages = trafilatura_pages()
    counted = module.ConfusionMatrix()
    for name, item in told.items():
        counted.add(module.count_item(item, article_of(read_page(pages[name]))))
    return 1 - float(counted.f1())


MARK = Mark(
    name="article marked on web pages, what is missing from F1 (trafilatura)",
    against="allowed",
    limit=1,
    product=product,
    floor=allowed(0.08),
    rounds=1,
    shown=Shown("%", 100),
    needs=(TRAFILATURA,),
)
