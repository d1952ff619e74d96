"""Web pages: what to know of the format without reading it."""

from __future__ import annotations

import re

from annotator.domain.imported import Imported
from annotator.importers.registry import Importer, Progress, ReadOptions

VERSION = "3"
MAX_BYTES = 64 << 20
"""Pages saved in one file carry their pictures; what is left without those is limited by ``html_reading.guard``."""

_HEAD = 2048
_PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)[\s>]", re.I | re.S
)


def _recognises(data: bytes, name: str) -> bool:
    del name
    head = data[:_HEAD]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head.replace(b"\x00", b"")[2:]
    return _PAGE.match(head) is not None


def _read(data: bytes, options: ReadOptions, progress: Progress) -> Imported:
    from annotator.importers.html_reading.read import read_html

    return read_html(data, options, progress)


IMPORTER = Importer(
    name="html",
    version=VERSION,
    media_types=("text/html", "application/xhtml+xml"),
    suffixes=(".html", ".htm", ".xhtml", ".shtml"),
    max_bytes=MAX_BYTES,
    recognises=_recognises,
    read=_read,
    modules=("annotator.importers.html_reading.warm",),
)
