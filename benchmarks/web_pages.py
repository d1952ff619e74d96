"""What the marks of web pages share: public corpora, their own scorers, and what of a page counts as its article."""

from __future__ import annotations

import gzip
import importlib.util
import json
import unicodedata
from collections.abc import Iterator
from typing import Any

from annotator.domain.errors import ImportFailedError
from annotator.domain.imported import Imported
from annotator.domain.structure import BlockKind
from annotator.importers.html_reading.read import read_html
from annotator.importers.registry import ReadOptions
from benchmarks.corpora import there

ZYTE, TRAFILATURA, READABILITY = "scrapinghub/article-extraction-benchmark", "adbar/trafilatura", "mozilla/readability"

_APART = (BlockKind.TITLE, BlockKind.BYLINE, BlockKind.CAPTION)
"""Marked as the article and as what they are: the truth of both corpora is the running text without them."""


def scorer(repository: str, script: str) -> Any:
    """Return a script of a corpus as a module; it is run where it lies and never copied."""
    spec = importlib.util.spec_from_file_location("scorer", there(repository) / script)
    assert spec is not None  # noqa: S101 a path was given
    assert spec.loader is not None  # noqa: S101 the same
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def zyte_truth() -> dict[str, Any]:
    """Return the truth of the 181 pages, by their names."""
    found: dict[str, Any] = json.loads((there(ZYTE) / "ground-truth.json").read_bytes())
    return found


def zyte_page(name: str) -> bytes:
    """Return one of the 181 pages."""
    return gzip.decompress((there(ZYTE) / "html" / f"{name}.html.gz").read_bytes())


def trafilatura_pages() -> tuple[Any, dict[str, Any], dict[str, bytes]]:
    """Return the scorer of the annotated set, what is told of each page, and the pages, both by address."""
    module = scorer(TRAFILATURA, "tests/eval_common.py")
    here = str(there(TRAFILATURA) / "tests")
    told = module.load_evaldata(here)
    return module, told, {name: data for name, (_, data) in module.read_corpus(here, told).items()}


def all_pages() -> Iterator[bytes]:
    """Yield the pages of the three corpora."""
    for name in zyte_truth():
        yield zyte_page(name)
    yield from trafilatura_pages()[2].values()
    for file in sorted((there(READABILITY) / "test/test-pages").glob("*/source.html")):
        yield file.read_bytes()


def read_page(data: bytes) -> Imported | None:
    """Return a page as it is imported, in this process; None for one that is refused."""
    try:
        return read_html(data, ReadOptions(name="page.html"), lambda _done, _total: None)
    except ImportFailedError:
        return None


def article_of(imported: Imported | None) -> str:
    """Return the running text of what is marked as the article, composed (NFC) as the truth is."""
    if imported is None:
        return ""
    blocks = (block for block in imported.structure.blocks if block.article and block.kind not in _APART)
    return unicodedata.normalize("NFC", "\n".join(imported.text[block.start : block.end] for block in blocks))
