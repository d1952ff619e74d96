"""The section of the report on its sources: who published them, when they were captured, and the digests of what was kept."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from annotator.domain.foreign_excerpts import is_excerpts
from annotator.domain.places import web_address
from annotator.domain.source import Source, Version
from annotator.exporters.base import ProjectView
from annotator.exporters.dates import written_date
from annotator.exporters.html_parts import Parts, address, moment, source_anchor, spaced
from annotator.exporters.markup import Markup, join, tag
from annotator.exporters.report import Gathering

_UNITS = ("bytes", "kB", "MB", "GB")
_THOUSAND = 1000


class SourcePage:
    """Writes what is known of sources."""

    def __init__(self, view: ProjectView, gathering: Gathering, parts: Parts) -> None:
        self._view = view
        self._gathering = gathering
        self._parts = parts

    def section(self, sources: Iterable[Source]) -> Markup:
        """Return the section, by title."""
        ordered = sorted(sources, key=lambda source: (source.title.casefold(), source.id))
        return tag(
            "section",
            tag("h2", "Sources", id="sources-h"),
            tag("p", "A digest names bytes: whoever holds the same text or original can check that it is the same.",
                class_="meta"),
            *map(self._source, ordered),
            id="sources",
            aria_labelledby="sources-h",
        )  # fmt: skip

    def _source(self, source: Source) -> Markup:
        names, disputed = self._gathering.names, self._gathering.disputes.of(source.id)
        mark = partial(self._parts.mark, disputed)
        twins = "; ".join(twin.title or "Untitled source" for twin in self._gathering.twins(source))
        kind = ", ".join(part for part in (source.medium.value, source.genre) if part)
        rows = [
            _row("Author", names(source.authors), mark("authors")),
            _row("Publisher", names(source.publishers), mark("publishers")),
            _row("Published", written_date(source.date_published), mark("date_published")),
            _row("Address", address(source.url), mark("url")),
            _row("Kind", kind, mark("medium", "genre")),
            _row("Licence", source.licence, mark("licence")),
            _row("Same text as", twins),
        ]
        versions = self._gathering.versions(source.id)
        return tag(
            "section",
            tag("h3", source.title or "Untitled source", spaced(mark("title")), class_="published", dir="auto"),
            self._parts.disputed(disputed),
            tag("dl", *rows) if any(rows) else None,
            *(self._version(version, alone=len(versions) == 1) for version in versions),
            id=source_anchor(source),
            class_="source",
        )

    def _version(self, version: Version, *, alone: bool) -> Markup:
        kept = self._view.has_blob(version.original, "original") if version.original else False
        size = ", ".join(part for part in (version.media_type, _size(version.size)) if part)
        captured, imported = version.retrieved_at, version.imported_at
        rows = [
            _row("Captured", moment(captured) if captured else "date unknown"),
            _row("Taken in", moment(imported) if imported else ""),
            _row("Captured from", address(version.url) if web_address(version.url) else ""),
            _row("Archived at", address(version.archived_url)),
            _row("Original", (size or "kept") if kept else "withheld: only its digest is known here")
            if version.original else None,
            _row("SHA-256 of the original", version.original or "", class_="digest"),
            _row("SHA-256 of the text", version.text, class_="digest"),
        ]  # fmt: skip
        named = f"Words marked in {version.name}" if is_excerpts(version) else f"Version {version.sequence}"
        heading = None if alone else tag("h4", named)
        return join(heading, tag("dl", *rows))


def _size(size: int) -> str:
    if not size:
        return ""
    amount, unit = float(size), 0
    while amount >= _THOUSAND and unit < len(_UNITS) - 1:
        amount, unit = amount / _THOUSAND, unit + 1
    return f"{amount:.3g} {_UNITS[unit]}"


def _row(name: str, value: str, mark: Markup | None = None, *, class_: str | None = None) -> Markup | None:
    if not value and mark is None:
        return None
    return join(tag("dt", name), tag("dd", value or "none", spaced(mark), class_=class_, dir="auto"))
