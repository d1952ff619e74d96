"""Reads a WARC: finds the pages in it and reads one of them. Pictures, styles and scripts are left alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace

from annotator.domain.errors import ImportFailedError
from annotator.domain.imported import Imported
from annotator.importers.archives.captured import read_captured
from annotator.importers.archives.warc_records import Record, read_page, scan
from annotator.importers.registry import Importer, Progress, ReadOptions

MAX_PARTS = 1000
_TRIES = 20
_PAGES = ("text/html", "application/xhtml+xml", "application/pdf")
_HTML = re.compile(rb"\s*<(?:!doctype\s+html|html)[\s>]", re.I)
_ADVICE = "Archive the page again, or save it from your browser and import that."


def read_warc(data: bytes, options: ReadOptions, progress: Progress, outer: Importer) -> Imported:
    """Return the page of a WARC that ``options.part`` names, or the first, with the keys of all.

    Raises ``ImportFailedError`` when it holds none that can be read.
    """
    if options.part:
        return replace(
            read_captured(read_page(data, options.part, options.name), options, progress, outer), part=options.part
        )
    found = scan(data, options.name)
    pages = pages_of(found.records, found.listed)
    if not pages:
        raise no_pages(options.name, found.records, broken=found.broken)
    warnings = ("archive-cut-short",) if found.broken else ()
    if len(pages) > MAX_PARTS:
        warnings = (*warnings, f"pages-left-out:{len(pages) - MAX_PARTS}")
    keys = tuple(page.key for page in pages[:MAX_PARTS])
    imported = first_readable(
        keys, lambda key: read_captured(read_page(data, key, options.name), options, progress, outer)
    )
    return replace(imported, warnings=(*warnings, *imported.warnings))


def every_page(data: bytes, options: ReadOptions, progress: Progress, outer: Importer) -> Iterator[Imported | None]:
    """Yield what ``read_warc`` returns, then the other pages; none for one that cannot be read."""

    def read(key: str) -> Imported:
        return read_captured(read_page(data, key, options.name), options, progress, outer)

    first = read_warc(data, options, progress, outer)
    yield first
    yield from others_than(first, read)


def others_than(first: Imported, read: Callable[[str], Imported]) -> Iterator[Imported | None]:
    """Yield the pages of an archive that are not its ``first``, none for one that cannot be read."""
    for key in first.parts:
        if key != first.part:
            try:
                yield replace(read(key), part=key)
            except ImportFailedError:
                yield None


def first_readable(keys: Sequence[str], read: Callable[[str], Imported]) -> Imported:
    """Return the first page that can be read, with the keys of all where there are several.

    Raises the first ``ImportFailedError`` when none of the first few can be read.
    """
    failed: list[ImportFailedError] = []
    for key in keys[:_TRIES]:
        try:
            imported = read(key)
        except ImportFailedError as error:
            failed.append(error)
        else:
            return imported if len(keys) == 1 else replace(imported, part=key, parts=tuple(keys))
    raise failed[0]


def pages_of(records: Sequence[Record], listed: Collection[str] = ()) -> list[Record]:
    """Return the records that are pages: answers of success that are HTML or PDF and were not asked for as a piece.

    Where the archive has a list of its pages, only those in ``listed``, if any is here. Where there are none: plain texts, else
    pieces, else what a server answered in place of the page. One a content.
    """
    found: dict[str, Record] = {}
    for one in records:
        if one.address.startswith(("http://", "https://")) and one.status not in (204, 206, 304):
            found.setdefault(f"{one.address} {one.digest or one.key}", one)
    answers = list(found.values())
    well = [one for one in answers if one.status is None or 200 <= one.status < 300]
    pages = [one for one in well if _is_page(one)]
    return (
        [one for one in pages if one.address in listed]
        or [one for one in pages if not one.embedded]
        or [one for one in well if one.media_type == "text/plain" and not one.address.endswith("/robots.txt")]
        or pages
        or [one for one in answers if _is_page(one) and (one.status or 0) >= 400]
    )


def no_pages(name: str, records: Sequence[Record], *, broken: bool) -> ImportFailedError:
    """Return the error for an archive without a page: what it holds instead."""
    if broken and not records:
        return ImportFailedError(name=name, reason="the archive is damaged", advice=_ADVICE)
    kinds = sorted({one.media_type for one in records if one.media_type})[:4]
    held = f"only {', '.join(kinds)}" if kinds else "no whole answer of a server is in it"
    return ImportFailedError(name=name, reason=f"the archive holds no page: {held}", advice=_ADVICE)


def _is_page(record: Record) -> bool:
    return (
        record.media_type in _PAGES
        or record.head.startswith(b"%PDF-")
        or _HTML.match(record.head.lstrip(b"\xef\xbb\xbf")) is not None
    )
