"""ZIPs made by hand to do harm, and bytes flipped by chance: refused, each by name, and never by another error."""

from __future__ import annotations

import random
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from annotator.bundle.refusal import Limits
from annotator.bundle.verify import verify_bundle
from annotator.domain.errors import BundleRefusedError
from tests.bundle.builders import Members, added, central, end, folder, members, pack, put, resealed

FLIPS = 200


def refused(path: Path, limits: Limits | None = None) -> BundleRefusedError:
    with pytest.raises(BundleRefusedError) as caught:
        verify_bundle(path, limits=limits or Limits())
    assert caught.value.data["path"] == path
    return caught.value


NAMES = {
    "data/../../evil": "leads to another folder",
    "data/./evil": "leads to another folder",
    "data//evil": "no bundle has",
    "data\\evil": "backslash",
    "data/caf\u00e9": "not ASCII",
    "data/evil\x07": "backslash",
    "data/a:b": "no bundle has",
    "data/ evil": "no bundle has",
    "data/" + "e" * 300: "no bundle has",
    "DATA/claims.jsonl": "there twice",
    "data/claims.jsonl/evil": "also a file",
    "fetch.txt": "is not listed in tagmanifest-sha256.txt",
    "data/evil": "is not listed in manifest-sha256.txt",
    "signature.dsse.json": "is no DSSE envelope",
}


@pytest.mark.parametrize("name", NAMES)
def test_names_that_no_bundle_has(bundle: Path, tmp_path: Path, name: str) -> None:
    error = refused(added(bundle, tmp_path / "evil.zip", name))
    assert NAMES[name] in str(error.data["reason"])


@pytest.mark.parametrize("name", ["/etc/evil", "C:/evil", "\\\\host\\evil", "../evil"])
def test_names_that_lead_elsewhere(bundle: Path, tmp_path: Path, name: str) -> None:
    refused(added(bundle, tmp_path / "evil.zip", name, within=False))


def test_several_folders_at_the_top(bundle: Path, tmp_path: Path) -> None:
    error = refused(added(bundle, tmp_path / "evil.zip", "__MACOSX/x", within=False))
    assert "one folder at the top" in str(error)


@pytest.mark.parametrize("mode", [0o120777, 0o020666, 0o010666, 0o060666])
def test_links_and_devices(bundle: Path, tmp_path: Path, mode: int) -> None:
    error = refused(added(bundle, tmp_path / "evil.zip", "data/link", b"/etc/passwd", mode=mode))
    assert "not a plain file" in str(error)
    assert "data/link" in str(error)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_member_twice(bundle: Path, tmp_path: Path) -> None:
    assert "there twice" in str(refused(added(bundle, tmp_path / "evil.zip", "data/claims.jsonl")))


def test_another_folder_name(bundle: Path, parts: Members, tmp_path: Path) -> None:
    assert "the bundle's id is" in str(refused(pack(parts, tmp_path / "evil.zip", top="0" * 64)))


def test_a_bomb_by_its_ratio(parts: Members, tmp_path: Path) -> None:
    path = pack(resealed({**parts, "data/claims.jsonl": b" " * (30 << 20)}), tmp_path / "bomb.zip")
    error = refused(path)
    assert error.data["reason"] == "unpacks to more than 400 times its size"
    assert str(error.data["member"]).endswith("data/claims.jsonl")


def test_a_bomb_that_states_a_small_size(parts: Members, tmp_path: Path) -> None:
    path = pack(resealed({**parts, "data/claims.jsonl": b" " * (30 << 20)}), tmp_path / "bomb.zip")
    data = path.read_bytes().replace(struct.pack("<L", 30 << 20), struct.pack("<L", 1 << 10))
    path.write_bytes(data)
    assert "unpacks to another size than it states" in str(refused(path))


@pytest.mark.parametrize(
    ("limits", "reason"),
    [
        (Limits(members=3), "members"),
        (Limits(member_bytes=100), "100 are allowed"),
        (Limits(total_bytes=1000), "more than 1000 bytes"),
        (Limits(line_bytes=50), "a line of more than 50 bytes"),
    ],
)
def test_limits(bundle: Path, limits: Limits, reason: str) -> None:
    assert reason in str(refused(bundle, limits))


DAMAGES: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "encrypted": (lambda d: put(put(d, 6, b"\1\0"), central(d) + 8, b"\1\0"), "encrypted"),
    "strongly encrypted": (lambda d: put(put(d, 6, b"\x41\0"), central(d) + 8, b"\x41\0"), "encrypted"),
    "another packing": (lambda d: put(put(d, 8, b"\x0c\0"), central(d) + 10, b"\x0c\0"), "no bundle uses"),
    "flags that differ": (lambda d: put(d, 6, b"\2\0"), "described otherwise"),
    "names that differ": (lambda d: put(d, 30 + 65, b"DATA"), "described otherwise"),
    "sizes that differ": (lambda d: put(d, 14, b"\0\0\0\0"), "described otherwise"),
    "overlapping entries": (lambda d: put(d, central(d, 1) + 42, struct.pack("<L", 0)), "overlaps"),
    "a hole before the directory": (
        lambda d: put(d[: central(d)] + b"hole" + d[central(d) :], end(d) + 4 + 16, struct.pack("<L", central(d) + 4)),
        "belong to none",
    ),
    "bytes before the first member": (lambda d: b"#!/bin/sh\n" + d, "does not end where the ZIP does"),
    "bytes behind the end": (lambda d: d + b"more", "not at the end of the file"),
    "a comment": (lambda d: put(d, end(d) + 20, b"\4\0") + b"evil", "not at the end of the file"),
    "cut short": (lambda d: d[:-1], "not at the end of the file"),
    "cut in the middle": (lambda d: d[: len(d) // 2], "not at the end of the file"),
    "a ZIP in several files": (lambda d: put(d, end(d) + 4, b"\1\0"), "goes on in other files"),
    "more members than there are": (lambda d: put(d, end(d) + 8, b"\xff\0\xff\0"), "shorter than its members need"),
    "fewer members than there are": (lambda d: put(d, end(d) + 8, b"\1\0\1\0"), "larger than its members' names need"),
    "no directory record for large files": (lambda d: put(d, end(d) + 8, b"\xff\xff\xff\xff"), "large files"),
    "another name for some tools": (lambda d: _with_extra(d, b"\x75\x70\4\0evil"), "no bundle has"),
    "a damaged extra field": (lambda d: _with_extra(d, b"\1\0\xff\xff"), "no bundle has"),
    "nothing": (lambda _: b"", "not a ZIP"),
    "no ZIP": (lambda _: b"not a ZIP at all, only words", "is missing: this is not a ZIP"),
}


def _with_extra(data: bytes, extra: bytes) -> bytes:
    """Put an extra field into the last entry of the directory and make the sizes fit."""
    at = data.rindex(b"PK\1\2")
    name_length = struct.unpack_from("<H", data, at + 28)[0]
    behind = at + 46 + name_length
    grown = put(data, at + 30, struct.pack("<H", len(extra)))
    grown = grown[:behind] + extra + grown[behind:]
    size = struct.unpack_from("<L", data, end(data) + 12)[0]
    return put(grown, end(grown) + 12, struct.pack("<L", size + len(extra)))


@pytest.mark.parametrize("damage", DAMAGES)
def test_damaged_zips(bundle: Path, tmp_path: Path, damage: str) -> None:
    alter, reason = DAMAGES[damage]
    path = tmp_path / "evil.zip"
    path.write_bytes(alter(bundle.read_bytes()))
    assert reason in str(refused(path))


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert "cannot be read" in str(refused(tmp_path / "nowhere.zip"))


def test_a_folder_in_place_of_a_file(tmp_path: Path) -> None:
    assert "cannot be read" in str(refused(tmp_path))


def test_folders_of_their_own_and_another_packer_are_let_be(bundle: Path, parts: Members, tmp_path: Path) -> None:
    """Somebody who unpacks a bundle and packs it again with another tool still has a bundle."""
    path = tmp_path / "again.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.mkdir(folder(bundle))
        archive.mkdir(f"{folder(bundle)}/data")
        for name, data in reversed(parts.items()):
            archive.writestr(f"{folder(bundle)}/{name}", data)
    assert verify_bundle(path) == verify_bundle(bundle)


def test_flipped_bytes(bundle: Path, tmp_path: Path) -> None:
    """A flipped byte is refused, or it changes nothing of what the members hold."""
    whole, contents, report = bundle.read_bytes(), members(bundle), verify_bundle(bundle)
    chance = random.Random(20260101)  # noqa: S311 the same flips in every run
    path, let_be = tmp_path / "flipped.zip", 0
    for _ in range(FLIPS):
        at = chance.randrange(len(whole))
        path.write_bytes(put(whole, at, bytes((whole[at] ^ 1 << chance.randrange(8),))))
        try:
            assert verify_bundle(path) == report
        except BundleRefusedError as error:
            assert error.data["member"]  # noqa: PT017 either outcome is right
        else:
            assert members(path) == contents
            let_be += 1
    assert let_be < FLIPS / 10


def test_every_byte_of_the_directory_flipped(bundle: Path, tmp_path: Path) -> None:
    whole, contents = bundle.read_bytes(), members(bundle)
    path = tmp_path / "flipped.zip"
    for at in range(whole.index(b"PK\1\2"), len(whole)):
        path.write_bytes(put(whole, at, bytes((whole[at] ^ 0xFF,))))
        try:
            verify_bundle(path)
        except BundleRefusedError:
            continue
        assert members(path) == contents


@pytest.mark.parametrize(
    "start", ["data/history/", "data/text/", "data/structure/", "data/sources/", "data/annotations/"]
)
def test_an_altered_member_is_named(parts: Members, tmp_path: Path, start: str) -> None:
    (name,) = (name for name in parts if name.startswith(start))
    data = parts[name]
    parts[name] = put(data, len(data) // 2, bytes((data[len(data) // 2] ^ 1,)))
    error = refused(pack(parts, tmp_path / "evil.zip"))
    assert error.data["member"] == name
    assert "another digest" in str(error.data["reason"])
