"""Files that no importer reads, known by their content: what each is, and what to do with it."""

from __future__ import annotations

from annotator.domain.errors import ImportFailedError
from annotator.importers.documents.zip_guard import Package, is_zip, locked

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SPREADSHEET = "Save the sheet that you need as PDF, or copy its cells and paste them here."
_SLIDES = "Save it as PDF and import that."
_UNPACK = "Unpack it and import the files in it, or the folder."
_PICTURE = "Put it into a PDF and import that: areas of its pages can be marked."
_RECORDING = "Write down what is said in it (Ctrl+Shift+T) and keep the recording beside the project."
_NO_SOURCE = "Nothing in it can be read as a source."
_AGAIN = "Open it in Word or LibreOffice, save it as .docx or PDF, and import that."
_OTHER = "Open it in the program that made it and save it as text, web page or PDF."

_Kind = tuple[str, str]

_BEGINNINGS: tuple[tuple[bytes, _Kind], ...] = (
    (b"\x89PNG", ("it is a picture", _PICTURE)),
    (b"\xff\xd8\xff", ("it is a picture", _PICTURE)),
    (b"GIF87a", ("it is a picture", _PICTURE)),
    (b"GIF89a", ("it is a picture", _PICTURE)),
    (b"II*\x00", ("it is a picture", _PICTURE)),
    (b"MM\x00*", ("it is a picture", _PICTURE)),
    (b"AT&TFORM", ("it is a scan in the format DjVu", "Save it as PDF and import that.")),
    (b"\x1f\x8b", ("it is packed (gzip)", _UNPACK)),
    (b"\xfd7zXZ", ("it is packed (xz)", _UNPACK)),
    (b"Rar!\x1a", ("it is an archive (RAR)", _UNPACK)),
    (b"7z\xbc\xaf\x27\x1c", ("it is an archive (7-Zip)", _UNPACK)),
    (b"OggS\x00", ("it is a recording", _RECORDING)),
    (b"ID3\x02", ("it is a recording", _RECORDING)),
    (b"ID3\x03", ("it is a recording", _RECORDING)),
    (b"ID3\x04", ("it is a recording", _RECORDING)),
    (b"fLaC", ("it is a recording", _RECORDING)),
    (b"\x1aE\xdf\xa3", ("it is a recording", _RECORDING)),
    (b"\x7fELF", ("it is a program", _NO_SOURCE)),
    (b"MZ\x90", ("it is a program", _NO_SOURCE)),
    (b"SQLite format 3", ("it is a database", "If it is a project of Annotator, open it instead of importing it.")),
    (b"%!PS-Adobe", ("it is PostScript", "Save it as PDF and import that.")),
    (b"\xffWPC", ("it is a WordPerfect document", _AGAIN)),
    (b"{\\pwi", ("it is a Pocket Word document", _AGAIN)),
)
_RIFF = {
    b"WEBP": ("it is a picture", _PICTURE),
    b"WAVE": ("it is a recording", _RECORDING),
    b"AVI ": ("it is a recording", _RECORDING),
}
_OLE_STREAMS: tuple[tuple[str, _Kind], ...] = (
    ("WordDocument", ("it is an old Word document (.doc)", _AGAIN)),
    ("Workbook", ("it is an old Excel table (.xls)", _SPREADSHEET)),
    ("Book", ("it is an old Excel table (.xls)", _SPREADSHEET)),
    ("PowerPoint Document", ("it holds old PowerPoint slides (.ppt)", _SLIDES)),
    ("__properties_version1.0", ("it is a message of Outlook (.msg)", "Save it as .eml or HTML and import that.")),
    ("Quill", ("it is a Publisher document", _SLIDES)),
)
_MIMETYPES: tuple[tuple[bytes, _Kind], ...] = (
    (
        b"application/vnd.sun.xml.writer",
        ("it is a text of an old OpenOffice (.sxw)", "Save it as .odt and import that."),
    ),
    (b"application/vnd.oasis.opendocument.spreadsheet", ("it is a LibreOffice table (.ods)", _SPREADSHEET)),
    (b"application/vnd.oasis.opendocument.presentation", ("it holds LibreOffice slides (.odp)", _SLIDES)),
    (b"application/vnd.oasis.opendocument.graphics", ("it is a LibreOffice drawing (.odg)", _SLIDES)),
    (b"application/vnd.oasis.opendocument", ("it is an OpenDocument file, but not a text", _SLIDES)),
)
_ZIP_PARTS: tuple[tuple[str, _Kind], ...] = (
    ("xl/", ("it is an Excel table (.xlsx)", _SPREADSHEET)),
    ("ppt/", ("it holds PowerPoint slides (.pptx)", _SLIDES)),
    ("visio/", ("it is a Visio drawing", _SLIDES)),
    ("FixedDocSeq.fdseq", ("it is an XPS document", _SLIDES)),
    ("Index/Document.iwa", ("it is a document of Apple Pages, Numbers or Keynote", _SLIDES)),
    ("buildVersionHistory.plist", ("it is a document of Apple Pages, Numbers or Keynote", _SLIDES)),
    ("META-INF/MANIFEST.MF", ("it is a program", _NO_SOURCE)),
    ("AndroidManifest.xml", ("it is a program", _NO_SOURCE)),
)


def is_foreign(data: bytes) -> bool:
    """Tell whether ``data`` is surely of a kind that no importer of ours reads; those that do are asked first."""
    return _kind(data) is not None or is_zip(data)


def foreign_error(data: bytes, name: str) -> ImportFailedError:
    """Return the error for a file that is none of the kinds that can be read: what it is, and what to do."""
    if data.startswith(_OLE) and "EncryptedPackage".encode("utf-16-le") in data:
        return locked(name)
    if is_zip(data):
        return _zip_error(data, name)
    reason, advice = _kind(data) or (
        "it is not text, a web page, a document or an e-book, whatever its name says",
        _OTHER,
    )
    return ImportFailedError(name=name, reason=reason, advice=advice)


def _kind(data: bytes) -> _Kind | None:
    if data.startswith(_OLE):
        return next(
            (kind for stream, kind in _OLE_STREAMS if _has_stream(data, stream)),
            ("it is a file of an old Office program", _OTHER),
        )
    if b'<?mso-application progid="Word.Document"?>' in data[:1024]:
        return "it is a Word document of 2003 in XML", _AGAIN
    if data.startswith(b"RIFF") and data[8:12] in _RIFF:
        return _RIFF[data[8:12]]
    if data.startswith(b"BZh") and data[4:10] == b"1AY&SY":
        return "it is packed (bzip2)", _UNPACK
    if data[4:8] == b"ftyp":
        picture = data[8:12] in (b"heic", b"heix", b"mif1", b"avif")
        return ("it is a picture", _PICTURE) if picture else ("it is a recording", _RECORDING)
    if data[257:262] == b"ustar":
        return "it is an archive (tar)", _UNPACK
    if data[60:68] == b"BOOKMOBI":
        return "it is an e-book for the Kindle", "Convert it to EPUB (Calibre does) and import that."
    return next((kind for beginning, kind in _BEGINNINGS if data.startswith(beginning)), None)


def _has_stream(data: bytes, name: str) -> bool:
    """Tell whether an OLE container has a stream of this name; programs differ in its capitals."""
    return any(one.encode("utf-16-le") + b"\x00\x00" in data for one in (name, name.upper(), name.lower()))


def _zip_error(data: bytes, name: str) -> ImportFailedError:
    try:
        package = Package(data, name)
        mimetype = package.read("mimetype") if "mimetype" in package else b""
    except ImportFailedError as error:
        return error
    reason, advice = _zip_kind(package.names, mimetype)
    return ImportFailedError(name=name, reason=reason, advice=advice)


def _zip_kind(names: frozenset[str], mimetype: bytes) -> _Kind:
    for beginning, kind in _MIMETYPES:
        if mimetype.startswith(beginning):
            return kind
    if any(part.endswith("/bagit.txt") for part in names):
        return (
            "it is a bundle or another BagIt archive",
            "A bundle of Annotator is merged, not imported: Project, Merge a bundle…",
        )
    for sign, kind in _ZIP_PARTS:
        if any(part.startswith(sign) for part in names):
            return kind
    return f"it is an archive of {len(names)} files (ZIP)" if len(
        names
    ) != 1 else "it is an archive of 1 file (ZIP)", _UNPACK
