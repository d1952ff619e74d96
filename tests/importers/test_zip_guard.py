"""What a stranger's ZIP may ask of this computer: each limit has its sentence, and nothing is unpacked before it is measured."""

from __future__ import annotations

import io
import time
import zipfile

import pytest

from annotator.domain.errors import ImportFailedError
from annotator.importers.documents.zip_guard import Package, ZipLimits, part_names
from tests.importers.zips import MEBIBYTE, bomb, flagged, understated, zipped


def _reason(data: bytes, part: str = "", limits: ZipLimits | None = None) -> str:
    with pytest.raises(ImportFailedError) as caught:
        Package(data, "a.docx", limits).read(part)
    assert str(caught.value).startswith("a.docx: ")
    return str(caught.value.data["reason"])


def _two_of_a_name() -> bytes:
    return zipped({"a.xml": "one", "b.xml": "two"}).replace(b"b.xml", b"a.xml")


def test_parts_are_read_whatever_their_capitals_and_slashes() -> None:
    package = Package(zipped({"word\\Document.xml": "words", "empty/": ""}), "a.docx")
    assert package.names == {"word/Document.xml"}
    assert "Word/document.xml" in package
    assert package.read("word/document.xml") == b"words"
    assert package.size("word/document.xml") == len("words")


@pytest.mark.parametrize(
    ("data", "part", "reason"),
    [
        (b"PK\x03\x04 and no more", "a", "it is no whole ZIP, as its kind has to be"),
        (b"words", "a", "it is no whole ZIP, as its kind has to be"),
        (zipped({"a": "x"})[:-30], "a", "it is no whole ZIP, as its kind has to be"),
        (zipped({"a": "x"}), "b", "its part “b” is missing"),
        (zipped({"../a": "x"}), "../a", "its part “../a” has a name that leads out of it"),
        (zipped({"/etc/a": "x"}), "/etc/a", "its part “/etc/a” has a name that leads out of it"),
        (_two_of_a_name(), "a.xml", "it holds two parts called “a.xml”, and programs differ in which they show"),
        (flagged(zipped({"a": "x" * 99}), "a", 1), "a", "it is locked with a password"),
        (
            zipped({"a": "x" * 99}).replace(b"\x08\x00", b"\x09\x00"),
            "a",
            "its part “a” is packed in an unusual way",
        ),
        (understated("a", b"words " * 500, 100), "a", "its part “a” unpacks to another size than it states"),
    ],
    ids=["cut", "none", "short", "missing", "up", "root", "twice", "locked", "method", "understated"],
)
def test_each_way_of_being_no_sound_zip_has_its_sentence(data: bytes, part: str, reason: str) -> None:
    assert _reason(data, part) == reason


def test_a_part_that_would_unpack_to_very_much_is_refused_unopened() -> None:
    data = bomb("word/document.xml", 2000 * MEBIBYTE, {"a": "words"})
    begun = time.process_time()
    assert _reason(data, "word/document.xml") == (
        "its part “word/document.xml” would unpack to more than 200 times its size"
    )
    assert Package(data, "a.docx").read("a") == b"words"
    assert time.process_time() - begun < 1


def test_what_is_read_and_the_whole_have_limits_of_their_own() -> None:
    several = zipped({f"{number}.xml": b" " * 1000 for number in range(3)})
    package = Package(several, "a.docx", ZipLimits(read=2000))
    package.read("0.xml"), package.read("1.xml")
    with pytest.raises(ImportFailedError) as caught:
        package.read("2.xml")
    assert caught.value.data["reason"] == "its parts unpack to more than 0 MB"
    assert _reason(several, limits=ZipLimits(members=2)) == "it holds more than 2 parts"
    assert _reason(several, limits=ZipLimits(total=2000)) == "it would unpack to more than 0 GB"
    assert _reason(several, "0.xml", ZipLimits(part=0)) == "its part “0.xml” unpacks to more than 0 MB"


def test_very_many_parts_are_counted_before_they_are_listed() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for number in range(20_001):
            archive.writestr(zipfile.ZipInfo(str(number)), b"")
    begun = time.process_time()
    assert _reason(file.getvalue()) == "it holds more than 20,000 parts"
    assert time.process_time() - begun < 0.1


def test_a_flipped_byte_is_found() -> None:
    whole = bytearray(zipped({"a": bytes(range(256)) * 4}))
    whole[80] ^= 0x15
    assert _reason(bytes(whole), "a") == "its part “a” is damaged"


def test_names_can_be_asked_of_anything() -> None:
    assert part_names(zipped({"a": "x"})) == {"a"}
    assert part_names(b"words") == part_names(b"PK\x03\x04...") == frozenset()
