"""Writes e-books for tests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tests.importers.zips import zipped

CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
)

_IS_CONTENTS = ' properties="nav"'


def page(body: str, *, head: str = "") -> str:
    """Return a chapter in XHTML."""
    return (
        '<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml" '
        f'xmlns:epub="http://www.idpf.org/2007/ops"><head><title>c</title>{head}</head><body>{body}</body></html>'
    )


def parts_of(
    chapters: Mapping[str, str],
    *,
    spine: Sequence[str] = (),
    contents: str = "",
    metadata: str = "",
    more: Mapping[str, str | bytes] | None = None,
) -> dict[str, str | bytes]:
    """Return the parts of a book of ``chapters`` (file name to page) read in the order of ``spine``, or their own.

    ``contents`` is the file name of the chapter that is the table of contents.
    """
    items = "".join(
        f'<item id="{name}" href="{name}" media-type="application/xhtml+xml"'
        f"{_IS_CONTENTS if name == contents else ''}/>"
        for name in chapters
    )
    references = "".join(f'<itemref idref="{name}"/>' for name in spine or chapters)
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/" '
        f'xmlns:opf="http://www.idpf.org/2007/opf">{metadata}</metadata><manifest>{items}</manifest>'
        f"<spine>{references}</spine></package>"
    )
    return {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": CONTAINER,
        "OEBPS/book.opf": package,
        **{f"OEBPS/{name}": content for name, content in chapters.items()},
        **(more or {}),
    }


def epub(
    chapters: Mapping[str, str],
    *,
    spine: Sequence[str] = (),
    contents: str = "",
    metadata: str = "",
    more: Mapping[str, str | bytes] | None = None,
) -> bytes:
    """Return a book made of such parts."""
    return zipped(parts_of(chapters, spine=spine, contents=contents, metadata=metadata, more=more))
