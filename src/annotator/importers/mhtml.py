"""Web pages saved in one file as MHTML: what to know of the format without reading it."""

from __future__ import annotations

from annotator.domain.imported import Imported
from annotator.importers.mail.mime_kinds import is_saved_page
from annotator.importers.registry import Importer, Progress, ReadOptions

VERSION = "1"
MAX_BYTES = 128 << 20


def _recognises(data: bytes, name: str) -> bool:
    del name
    return is_saved_page(data)


def _read(data: bytes, options: ReadOptions, progress: Progress) -> Imported:
    from annotator.importers.mail.mhtml_read import read_mhtml

    return read_mhtml(data, options, progress, IMPORTER)


IMPORTER = Importer(
    name="mhtml",
    version=VERSION,
    media_types=("multipart/related", "application/x-mimearchive"),
    suffixes=(".mht", ".mhtml"),
    max_bytes=MAX_BYTES,
    recognises=_recognises,
    read=_read,
    modules=("annotator.importers.mail.mhtml_read", "annotator.importers.html_reading.read"),
)
