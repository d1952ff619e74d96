"""PDF: what to know of the format without reading it."""

from __future__ import annotations

from annotator.domain.imported import Imported
from annotator.importers.registry import Importer, Parted, Progress, ReadOptions

VERSION = "3"
MAX_BYTES = 300 << 20

_HEAD = 1024


def _recognises(data: bytes, name: str) -> bool:
    """The mark may stand anywhere in the first 1,024 bytes (PDF 1.7, implementation note 13)."""
    head = data[:_HEAD]
    if head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"%PDF-"):
        return True
    return b"%PDF-" in head and (name.lower().endswith(".pdf") or b"\x00" in data[: 4 * _HEAD])


def _read(data: bytes, options: ReadOptions, progress: Progress) -> Imported:
    from annotator.importers.pdf_reading.read import read_pdf

    return read_pdf(data, options, progress)


def _parted(data: bytes, options: ReadOptions) -> Parted:
    from annotator.importers.pdf_reading.read import PdfPages

    return PdfPages(data, options)


IMPORTER = Importer(
    name="pdf",
    version=VERSION,
    media_types=("application/pdf", "application/x-pdf"),
    suffixes=(".pdf",),
    max_bytes=MAX_BYTES,
    recognises=_recognises,
    read=_read,
    modules=("annotator.importers.pdf_reading.read",),
    parted=_parted,
)
