"""Reads the directory of a ZIP that somebody sent, strictly.

Python's zipfile is made to open as much as it can; this is made to refuse. Only what a bundle needs is understood: plain or
deflated members that lie end to end from the first byte to the directory, the directory up to the last byte, and the same said
of each member in both places where a ZIP says it.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import BinaryIO

from annotator.bundle.refusal import Limits, Refusal

DIRECTORY = "ZIP directory"
STORED, DEFLATED = 0, 8

_BEGINNING, _NO_ZIP = b"PK", "is missing: this is not a ZIP"
_END = struct.Struct("<4s4H2LH")
_END64_LOCATOR = struct.Struct("<4sLQL")
_END64 = struct.Struct("<4sQ2H2L4Q")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_LOCAL = struct.Struct("<4s5H3L2H")
_EXTRA = struct.Struct("<2H")
_MAX16, _MAX32 = 0xFFFF, 0xFFFFFFFF
_DESCRIPTOR_FOLLOWS, _ENCRYPTED = 0x0008, 0x2041
_HARMLESS_FLAGS = 0x0006 | _DESCRIPTOR_FOLLOWS | 0x0800
_ZIP64, _OTHER_NAME = 0x0001, 0x7075
_DESCRIPTOR_SIZES = (12, 16, 20, 24)
_FILE_TYPE, _REGULAR, _FOLDER = 0o170000, 0o100000, 0o040000
_DIRECTORY_BYTES = 512


@dataclass(slots=True)
class Member:
    """One member as the directory has it: sizes in bytes, packed and as unpacked; ``start`` is where its bytes begin."""

    name: str
    version: int
    flags: int
    method: int
    moment: tuple[int, int]
    crc: int
    packed: int
    size: int
    header: int
    mode: int
    start: int = 0

    @property
    def is_folder(self) -> bool:
        """Whether this is a folder's own entry, which some tools write."""
        return self.name.endswith("/")


def read_directory(file: BinaryIO, limits: Limits) -> list[Member]:
    """Return the members of a ZIP in the order of their bytes; raises ``Refusal``."""
    length = file.seek(0, 2)
    count, size, offset = _end(file, length)
    if count > limits.members:
        raise Refusal(DIRECTORY, f"lists {count} members; {limits.members} are allowed", "members")
    if size > _DIRECTORY_BYTES * max(count, 1):
        raise Refusal(DIRECTORY, "is larger than its members' names need")
    file.seek(offset)
    members = _central(_exactly(file, size, DIRECTORY), count)
    members.sort(key=lambda member: member.header)
    _check_places(file, members, offset)
    return members


def _end(file: BinaryIO, length: int) -> tuple[int, int, int]:
    """Return how many members the directory has, its size and its offset."""
    if length < _END.size:
        raise Refusal(DIRECTORY, _NO_ZIP)
    file.seek(length - _END.size)
    signature, disk, start_disk, here, count, size, offset, comment = _END.unpack(_exactly(file, _END.size, DIRECTORY))
    if signature != b"PK\5\6" or comment:
        file.seek(0)
        is_zip = file.read(len(_BEGINNING)) == _BEGINNING
        raise Refusal(DIRECTORY, "is not at the end of the file, where a ZIP has it" if is_zip else _NO_ZIP)
    if disk or start_disk or here != count:
        raise Refusal(DIRECTORY, "says that the ZIP goes on in other files")
    behind = length - _END.size
    if _MAX16 in (here, count) or _MAX32 in (size, offset):
        count, size, offset, behind = _end64(file, behind)
    if offset + size != behind:
        raise Refusal(DIRECTORY, "does not end where the ZIP does")
    return count, size, offset


def _end64(file: BinaryIO, behind: int) -> tuple[int, int, int, int]:
    place = behind - _END64_LOCATOR.size - _END64.size
    if place < 0:
        raise Refusal(DIRECTORY, "is too short for the size it states")
    file.seek(place)
    record = _END64.unpack(_exactly(file, _END64.size, DIRECTORY))
    locator = _END64_LOCATOR.unpack(_exactly(file, _END64_LOCATOR.size, DIRECTORY))
    if locator[0] != b"PK\6\7" or locator[2] != place or record[0] != b"PK\6\6" or record[1] != _END64.size - 12:
        raise Refusal(DIRECTORY, "has a damaged record for large files")
    here, count, size, offset = record[6:]
    if record[4] or record[5] or here != count:
        raise Refusal(DIRECTORY, "says that the ZIP goes on in other files")
    return count, size, offset, place


def _central(data: bytes, count: int) -> list[Member]:
    members, at = [], 0
    for _ in range(count):
        if at + _CENTRAL.size > len(data):
            raise Refusal(DIRECTORY, "is shorter than its members need")
        fields = _CENTRAL.unpack_from(data, at)
        if fields[0] != b"PK\1\2":
            raise Refusal(DIRECTORY, "is damaged")
        name_end = at + _CENTRAL.size + fields[10]
        extra_end = name_end + fields[11]
        if extra_end > len(data) or fields[12]:
            raise Refusal(DIRECTORY, "is damaged")
        name = _name(data[at + _CENTRAL.size : name_end])
        members.append(_member(name, fields, data[name_end:extra_end]))
        at = extra_end
    if at != len(data):
        raise Refusal(DIRECTORY, "goes on behind its last member")
    return members


def _member(name: str, fields: tuple[int, ...], extra: bytes) -> Member:
    _, _, version, flags, method, time, date, crc, packed, size, _, _, _, disk, _, attributes, header = fields
    large = _large_sizes(name, extra)
    size, packed, header = (
        (large.pop(0) if large else -1) if value == _MAX32 else value for value in (size, packed, header)
    )
    if disk or large or -1 in (size, packed, header):
        raise Refusal(name, "has a damaged entry in the ZIP directory")
    return Member(
        name=name,
        version=version,
        flags=flags,
        method=method,
        moment=(time, date),
        crc=crc,
        packed=packed,
        size=size,
        header=header,
        mode=attributes >> 16,
    )


def _large_sizes(name: str, extra: bytes) -> list[int]:
    """Return the 64-bit numbers of an extra field, of which only those that are needed may be there."""
    numbers: list[int] = []
    at = 0
    while at < len(extra):
        if at + _EXTRA.size > len(extra):
            raise Refusal(name, "has a damaged extra field")
        kind, length = _EXTRA.unpack_from(extra, at)
        at += _EXTRA.size + length
        if at > len(extra) or kind == _OTHER_NAME:
            raise Refusal(name, "has an extra field that no bundle has")
        if kind == _ZIP64:
            if length % 8 or numbers:
                raise Refusal(name, "has a damaged extra field")
            numbers = [int.from_bytes(extra[i : i + 8], "little") for i in range(at - length, at, 8)]
    return numbers


def _check_places(file: BinaryIO, members: list[Member], directory: int) -> None:
    """Check that members lie end to end and that each says of itself what the directory says; set their starts."""
    ends = [*(member.header for member in members[1:]), directory]
    expected = 0
    for member, end in zip(members, ends, strict=True):
        if member.header != expected:
            raise Refusal(member.name, "overlaps another member, or lies beside what the ZIP directory knows of")
        _check_kind(member)
        _check_local(file, member, directory)
        gap = end - member.start - member.packed
        allowed = _DESCRIPTOR_SIZES if member.flags & _DESCRIPTOR_FOLLOWS else (0,)
        if gap not in allowed:
            raise Refusal(member.name, "overlaps another member, or has bytes behind it that belong to none")
        expected = end
    if expected != directory:
        raise Refusal(DIRECTORY, "knows nothing of the bytes before it")


def _check_kind(member: Member) -> None:
    if member.flags & _ENCRYPTED:
        raise Refusal(member.name, "is encrypted")
    if member.flags & ~_HARMLESS_FLAGS or member.method not in (STORED, DEFLATED):
        raise Refusal(member.name, "is packed in a way that no bundle uses")
    kind = member.mode & _FILE_TYPE
    if kind not in (0, _FOLDER if member.is_folder else _REGULAR):
        raise Refusal(member.name, "is not a plain file (a link or a device)")


def _check_local(file: BinaryIO, member: Member, directory: int) -> None:
    file.seek(member.header)
    fields = _LOCAL.unpack(_exactly(file, _LOCAL.size, member.name))
    signature, version, flags, method, time, date, crc, packed, size, name_length, extra_length = fields
    start = member.header + _LOCAL.size + name_length + extra_length
    if signature != b"PK\3\4" or start + member.packed > directory:
        raise Refusal(member.name, "does not lie where the ZIP directory says")
    name = _name(_exactly(file, name_length, member.name))
    large = _large_sizes(member.name, _exactly(file, extra_length, member.name))
    size, packed = ((large.pop(0) if large else -1) if value == _MAX32 else value for value in (size, packed))
    if (name, version, flags, method, (time, date)) != (
        member.name,
        member.version,
        member.flags,
        member.method,
        member.moment,
    ):
        raise Refusal(member.name, "is described otherwise than in the ZIP directory")
    said = (crc, packed, size)
    known = (member.crc, member.packed, member.size)
    if said != known and not (
        flags & _DESCRIPTOR_FOLLOWS and all(a in (0, b) for a, b in zip(said, known, strict=True))
    ):
        raise Refusal(member.name, "is described otherwise than in the ZIP directory")
    member.start = start


def _name(data: bytes) -> str:
    """Return a name for people: what is not printable ASCII is shown by its escapes, and refused later for them."""
    return data.decode("latin-1").encode("unicode_escape").decode() if not data.isascii() else _printable(data)


def _printable(data: bytes) -> str:
    text = data.decode("ascii")
    return text if text.isprintable() else ascii(text)[1:-1]


def _exactly(file: BinaryIO, size: int, member: str) -> bytes:
    data = file.read(size)
    if len(data) != size:
        raise Refusal(member, "is cut short")
    return data
