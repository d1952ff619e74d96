"""Where the words of a project stand: which version and source a text belongs to, and on which page an offset lies."""

from __future__ import annotations

from bisect import bisect_right
from collections import OrderedDict

from annotator.domain.ids import Digest
from annotator.domain.source import Source, Version
from annotator.domain.view import View

_PAGE_TABLES = 32


class Places:
    """Finds the place of a text. Versions and sources are few and are read once; page tables are kept for recent texts."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._versions: dict[Digest, Version] = {}
        for version in view.all(Version):
            self._versions.setdefault(version.text, version)
        self._sources = {source.id: source for source in view.all(Source)}
        self._pages: OrderedDict[Digest, tuple[list[int], list[int]]] = OrderedDict()

    def version(self, text: Digest) -> Version | None:
        """Return the oldest living version that has this text."""
        return self._versions.get(text)

    def source(self, text: Digest) -> Source | None:
        """Return the source of that version."""
        version = self.version(text)
        return self._sources.get(version.source_id) if version else None

    def page(self, text: Digest, offset: int) -> int | None:
        """Return the page (from 0) on which a code point stands, or None where the text has no pages."""
        starts, pages = self._page_table(text)
        index = bisect_right(starts, offset) - 1
        return pages[index] if index >= 0 else None

    def _page_table(self, text: Digest) -> tuple[list[int], list[int]]:
        table = self._pages.get(text)
        if table is None:
            version = self.version(text)
            lines = self._view.structure(version.structure).lines if version else ()
            table = self._pages[text] = ([line.start for line in lines], [line.page for line in lines])
            if len(self._pages) > _PAGE_TABLES:
                self._pages.popitem(last=False)
        return table


def web_address(*candidates: str) -> str | None:
    """Return the first of the addresses that is one of the web (http, https) without blanks, or None."""
    for address in candidates:
        if address.startswith(("http://", "https://")) and not any(c.isspace() for c in address):
            return address
    return None
