"""E-books (EPUB): what to know of the format without reading it."""

from __future__ import annotations

from annotator.domain.imported import Imported
from annotator.importers.documents.zip_guard import part_names
from annotator.importers.registry import Importer, Progress, ReadOptions

VERSION = "1"
MAX_BYTES = 300 << 20
MEDIA_TYPE = "application/epub+zip"
CONTAINER = "META-INF/container.xml"


def _recognises(data: bytes, name: str) -> bool:
    """The type stands first and unpacked (EPUB OCF 3.3, 4.2.3); some programs leave it out."""
    del name
    return MEDIA_TYPE.encode() in data[:128] or CONTAINER in part_names(data)


def _read(data: bytes, options: ReadOptions, progress: Progress) -> Imported:
    from annotator.importers.epub_reading.read import read_epub

    return read_epub(data, options, progress)


IMPORTER = Importer(
    name="epub",
    version=VERSION,
    media_types=(MEDIA_TYPE,),
    suffixes=(".epub",),
    max_bytes=MAX_BYTES,
    recognises=_recognises,
    read=_read,
    modules=("annotator.importers.epub_reading.read",),
)
