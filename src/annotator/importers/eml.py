"""Messages as mail programs save them: what to know of the format without reading it."""

from __future__ import annotations

from annotator.domain.imported import Imported
from annotator.importers.mail.mime_kinds import is_message
from annotator.importers.registry import Importer, Progress, ReadOptions

VERSION = "1"
MAX_BYTES = 128 << 20


def _recognises(data: bytes, name: str) -> bool:
    del name
    return is_message(data)


def _read(data: bytes, options: ReadOptions, progress: Progress) -> Imported:
    from annotator.importers.mail.eml_read import read_message

    return read_message(data, options, progress)


IMPORTER = Importer(
    name="eml",
    version=VERSION,
    media_types=("message/rfc822",),
    suffixes=(".eml",),
    max_bytes=MAX_BYTES,
    recognises=_recognises,
    read=_read,
    modules=("annotator.importers.mail.eml_read", "annotator.importers.html_reading.read"),
)
