"""LibreOffice's texts (ODT, and FODT in one XML file): what to know of the format without reading it."""

from __future__ import annotations

from annotator.domain.errors import ImportFailedError
from annotator.domain.imported import Imported
from annotator.importers.documents.zip_guard import Package, is_zip
from annotator.importers.registry import Importer, Progress, ReadOptions

VERSION = "1"
MAX_BYTES = 200 << 20
MEDIA_TYPE = "application/vnd.oasis.opendocument.text"
_FLAT = b"urn:oasis:names:tc:opendocument:xmlns:office:1.0"
_HEAD = 4096


def _recognises(data: bytes, name: str) -> bool:
    """The type stands first and unpacked (ODF 1.3, part 2, 3.3); a flat file names it in its first element."""
    del name
    head = data[:_HEAD]
    if not is_zip(data):
        return (
            head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<?xml") and _FLAT in head and MEDIA_TYPE.encode() in head
        )
    if MEDIA_TYPE.encode() in data[:128]:
        return True
    try:
        package = Package(data, "")
        return "mimetype" in package and package.read("mimetype").startswith(MEDIA_TYPE.encode())
    except ImportFailedError:
        return False


def _read(data: bytes, options: ReadOptions, progress: Progress) -> Imported:
    from annotator.importers.odt_reading.read import read_odt

    return read_odt(data, options, progress)


IMPORTER = Importer(
    name="odt",
    version=VERSION,
    media_types=(MEDIA_TYPE, f"{MEDIA_TYPE}-template", f"{MEDIA_TYPE}-flat-xml"),
    suffixes=(".odt", ".ott", ".fodt"),
    max_bytes=MAX_BYTES,
    recognises=_recognises,
    read=_read,
    modules=("annotator.importers.odt_reading.read",),
)
