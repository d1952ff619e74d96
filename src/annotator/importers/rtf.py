"""Rich Text Format (RTF): what to know of the format without reading it."""

from __future__ import annotations

from annotator.domain.imported import Imported
from annotator.importers.registry import Importer, Progress, ReadOptions

VERSION = "1"
MAX_BYTES = 128 << 20
MEDIA_TYPE = "application/rtf"


def _recognises(data: bytes, name: str) -> bool:
    del name
    return data[:64].removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{\\rtf")


def _read(data: bytes, options: ReadOptions, progress: Progress) -> Imported:
    from annotator.importers.rtf_reading.read import read_rtf

    return read_rtf(data, options, progress)


IMPORTER = Importer(
    name="rtf",
    version=VERSION,
    media_types=(MEDIA_TYPE, "text/rtf"),
    suffixes=(".rtf",),
    max_bytes=MAX_BYTES,
    recognises=_recognises,
    read=_read,
    modules=("annotator.importers.rtf_reading.read",),
)
