"""Reads a page once when it is loaded: what libraries make ready at first use is then there in every process forked later."""

from __future__ import annotations

from annotator.importers.html_reading.read import read_html
from annotator.importers.registry import ReadOptions

_SENTENCE = (
    "<p>The council has promised to publish every one of the contracts by the end of the year, as it was asked to. </p>"
)
_PAGE = (
    f"<html><head><title>A page</title></head><body><article><h1>A page</h1>{12 * _SENTENCE}</article></body></html>"
)

read_html(_PAGE.encode(), ReadOptions(name="page.html"), lambda _done, _total: None)
