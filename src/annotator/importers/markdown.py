"""Markdown: what to know of the format without reading it."""

from __future__ import annotations

from annotator.domain.imported import Imported
from annotator.importers.registry import Importer, Progress, ReadOptions

VERSION = "1"
MAX_BYTES = 32 << 20


def _read(data: bytes, options: ReadOptions, progress: Progress) -> Imported:
    from annotator.importers.markdown_read import read_markdown

    return read_markdown(data, options, progress)


IMPORTER = Importer(
    name="markdown",
    version=VERSION,
    media_types=("text/markdown", "text/x-markdown"),
    suffixes=(".md", ".markdown", ".mdown", ".mkd"),
    max_bytes=MAX_BYTES,
    recognises=lambda _data, _name: False,
    read=_read,
    modules=("annotator.importers.markdown_read",),
)
