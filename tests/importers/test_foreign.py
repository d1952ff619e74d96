"""What is no source for us is told by its content: what it is, and what to do with it."""

from __future__ import annotations

import gzip

import pytest

from annotator.domain.errors import ImportFailedError
from annotator.importers.registry import ReadOptions, importer_for
from tests.importers.conftest import Read
from tests.importers.zips import MEBIBYTE, bomb, flagged, zipped

_ODF = "application/vnd.oasis.opendocument."


def _ole(*streams: str) -> bytes:
    """Return the beginning of an OLE container and the names in its directory."""
    names = b"".join(stream.encode("utf-16-le").ljust(128, b"\x00") for stream in ("Root Entry", *streams))
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + names


@pytest.mark.parametrize(
    ("name", "data", "reason", "advice"),
    [
        ("a.docx", _ole("EncryptionInfo", "EncryptedPackage"), "it is locked with a password", "without one"),
        ("a.doc", _ole("1Table", "WordDocument"), "it is an old Word document (.doc)", ".docx"),
        ("a.txt", _ole("WordDocument"), "it is an old Word document (.doc)", ".docx"),
        ("a.xls", _ole("Workbook"), "it is an old Excel table (.xls)", "PDF"),
        ("a.ppt", _ole("PowerPoint Document"), "it holds old PowerPoint slides (.ppt)", "PDF"),
        ("a.xls", _ole("WORKBOOK"), "it is an old Excel table (.xls)", "PDF"),
        (
            "a.doc",
            b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w/>',
            "it is a Word document of 2003 in XML",
            ".docx",
        ),
        ("a.msg", _ole("__properties_version1.0"), "it is a message of Outlook (.msg)", ".eml"),
        ("a.db", _ole("Other"), "it is a file of an old Office program", "PDF"),
        ("a.xlsx", zipped({"xl/workbook.xml": "x"}), "it is an Excel table (.xlsx)", "cells"),
        ("a.pptx", zipped({"ppt/presentation.xml": "x"}), "it holds PowerPoint slides (.pptx)", "PDF"),
        ("a.html", zipped({"ppt/presentation.xml": "x"}), "it holds PowerPoint slides (.pptx)", "PDF"),
        ("a.odp", zipped({"mimetype": f"{_ODF}presentation"}), "it holds LibreOffice slides (.odp)", "PDF"),
        ("a.ods", zipped({"mimetype": f"{_ODF}spreadsheet"}), "it is a LibreOffice table (.ods)", "cells"),
        ("a.pages", zipped({"Index/Document.iwa": "x"}), "it is a document of Apple Pages, Numbers or Keynote", "PDF"),
        ("a.zip", zipped({"a.txt": "x", "b.txt": "y"}), "it is an archive of 2 files (ZIP)", "Unpack it"),
        ("a.zip", zipped({"b.zip": zipped({"a.txt": "x"})}), "it is an archive of 1 file (ZIP)", "Unpack it"),
        ("a.zip", zipped({"case/bagit.txt": "x"}), "it is a bundle or another BagIt archive", "merged"),
        ("a.zip", zipped({"a.txt": "x"})[:40], "it is no whole ZIP, as its kind has to be", "again"),
        ("a.jpg", b"\xff\xd8\xff\xe0" + bytes(99), "it is a picture", "PDF"),
        ("a.webp", b"RIFF\x10\x00\x00\x00WEBPVP8 " + bytes(99), "it is a picture", "PDF"),
        ("a.heic", b"\x00\x00\x00\x18ftypheic" + bytes(99), "it is a picture", "PDF"),
        ("a.mp4", b"\x00\x00\x00\x18ftypisom" + bytes(99), "it is a recording", "Write down"),
        ("a.tar", b"a.txt".ljust(257, b"\x00") + b"ustar\x00" + bytes(99), "it is an archive (tar)", "Unpack"),
        ("a.azw", b"name".ljust(60, b"\x00") + b"BOOKMOBI" + bytes(99), "it is an e-book for the Kindle", "EPUB"),
    ],
    ids=lambda value: "bytes" if isinstance(value, bytes) else None,
)
def test_it_is_said_what_a_file_is_and_what_to_do(read: Read, name: str, data: bytes, reason: str, advice: str) -> None:
    assert importer_for(data, ReadOptions(name=name)).name == "text"
    with pytest.raises(ImportFailedError) as caught:
        read(data, name)
    assert caught.value.data["reason"] == reason
    assert advice in str(caught.value.data["advice"])


def test_bombs_are_not_unpacked(read: Read) -> None:
    packed = gzip.compress(bytes(64 * MEBIBYTE), 1)
    for name, data, reason in (
        ("a.gz", packed, "it is packed (gzip)"),
        ("a.zip", bomb("a", 2000 * MEBIBYTE, {}), "it is an archive of 1 file (ZIP)"),
        ("a.odp", flagged(zipped({"mimetype": "x"}), "mimetype", 1), "it is locked with a password"),
    ):
        with pytest.raises(ImportFailedError) as caught:
            read(data, name)
        assert caught.value.data["reason"] == reason


@pytest.mark.parametrize("words", ["RIFF RAFF is a part of a song", "ID3 is how music is tagged", "MM*, II* and GIF8"])
def test_words_that_look_like_the_beginning_of_a_picture_are_words(read: Read, words: str) -> None:
    assert read(words.encode(), "a.txt").text == words
