"""WARC files, as web archives keep them: what to know of the format without reading it."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from annotator.domain.imported import Imported
from annotator.importers.registry import Importer, Progress, ReadOptions

VERSION = "1"
MAX_BYTES = 300 << 20
_GZIP = b"\x1f\x8b"
_HEAD = 4096


def is_warc(data: bytes) -> bool:
    """Tell whether ``data`` is a WARC (ISO 28500), plain or packed with gzip."""
    if data.startswith(b"WARC/"):
        return True
    if not data.startswith(_GZIP):
        return False
    try:
        return zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(data[:_HEAD], 16).startswith(b"WARC/")
    except zlib.error:
        return False


def _recognises(data: bytes, name: str) -> bool:
    del name
    return is_warc(data)


def _read(data: bytes, options: ReadOptions, progress: Progress) -> Imported:
    from annotator.importers.archives.warc_read import read_warc

    return read_warc(data, options, progress, IMPORTER)


def _every(data: bytes, options: ReadOptions, progress: Progress) -> Iterator[Imported | None]:
    from annotator.importers.archives.warc_read import every_page

    return every_page(data, options, progress, IMPORTER)


IMPORTER = Importer(
    name="warc",
    version=VERSION,
    media_types=("application/warc",),
    suffixes=(".warc",),
    max_bytes=MAX_BYTES,
    recognises=_recognises,
    read=_read,
    every=_every,
    modules=("annotator.importers.archives.warc_read", "annotator.importers.html_reading.read"),
)
