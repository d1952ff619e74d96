"""WACZ files, web archives with a list of their pages: what to know of the format without reading it."""

from __future__ import annotations

from collections.abc import Iterator

from annotator.domain.imported import Imported
from annotator.importers.documents.zip_guard import part_names
from annotator.importers.registry import Importer, Progress, ReadOptions

VERSION = "1"
MAX_BYTES = 300 << 20
_ARCHIVED = (".warc", ".warc.gz")


def is_wacz(data: bytes) -> bool:
    """Tell whether ``data`` is a WACZ: a ZIP with a description of its parts and WARC files in ``archive/``."""
    names = part_names(data)
    return "datapackage.json" in names and any(map(is_archive, names))


def is_archive(name: str) -> bool:
    """Tell whether a part of a WACZ is one of its WARC files."""
    return name.startswith("archive/") and name.endswith(_ARCHIVED)


def _recognises(data: bytes, name: str) -> bool:
    del name
    return is_wacz(data)


def _read(data: bytes, options: ReadOptions, progress: Progress) -> Imported:
    from annotator.importers.archives.wacz_read import read_wacz

    return read_wacz(data, options, progress, IMPORTER)


def _every(data: bytes, options: ReadOptions, progress: Progress) -> Iterator[Imported | None]:
    from annotator.importers.archives.wacz_read import every_page

    return every_page(data, options, progress, IMPORTER)


IMPORTER = Importer(
    name="wacz",
    version=VERSION,
    media_types=("application/wacz", "application/x-wacz"),
    suffixes=(".wacz",),
    max_bytes=MAX_BYTES,
    recognises=_recognises,
    read=_read,
    every=_every,
    modules=("annotator.importers.archives.wacz_read", "annotator.importers.html_reading.read"),
)
