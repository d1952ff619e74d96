"""Word documents (DOCX): what to know of the format without reading it."""

from __future__ import annotations

from annotator.domain.errors import ImportFailedError
from annotator.domain.imported import Imported
from annotator.importers.documents.zip_guard import Package, is_zip
from annotator.importers.registry import Importer, Progress, ReadOptions

VERSION = "1"
MAX_BYTES = 200 << 20
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

CONTENT_TYPES = "[Content_Types].xml"
MAIN_TYPES = (
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
    "application/vnd.ms-word.document.macroEnabled.main+xml",
    "application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
)
"""What the main part of a text is declared as (ECMA-376-1, 11.3.10, and MS-OFFMACRO)."""


def _recognises(data: bytes, name: str) -> bool:
    del name
    if not is_zip(data):
        return False
    try:
        package = Package(data, "")
        types = package.read(CONTENT_TYPES) if CONTENT_TYPES in package else b""
    except ImportFailedError:
        return False
    return any(one.encode() in types for one in MAIN_TYPES) or "word/document.xml" in package


def _read(data: bytes, options: ReadOptions, progress: Progress) -> Imported:
    from annotator.importers.docx_reading.read import read_docx

    return read_docx(data, options, progress)


IMPORTER = Importer(
    name="docx",
    version=VERSION,
    media_types=(MEDIA_TYPE, "application/vnd.ms-word.document.macroenabled.12"),
    suffixes=(".docx", ".docm", ".dotx", ".dotm"),
    max_bytes=MAX_BYTES,
    recognises=_recognises,
    read=_read,
    modules=("annotator.importers.docx_reading.read",),
)
