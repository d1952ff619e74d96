"""Opens a ZIP that a stranger made: what it states is measured before anything is unpacked, and bounds what is.

Word processor files, e-books and web archives are ZIPs. Nothing of one is written to the disk; a part is unpacked when it is
asked for, to no more bytes than the directory states for it. A bundle is read by stricter rules of its own: programs of all
kinds write these files, and differ in what they leave around the members.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from dataclasses import dataclass

from annotator.domain.errors import ImportFailedError

_LOCAL, _END, _END64 = b"PK\x03\x04", b"PK\x05\x06", b"PK\x06\x06"
_LOCAL_HEADER = struct.Struct("<4s5H3L2H")
_TAIL = (1 << 16) + 22
_MEBIBYTE = 1 << 20
_ENCRYPTED = 0x2041
_SHOWN = 80

DAMAGED = "The file may be damaged or cut short; save or download it again."
HARMFUL = "It is damaged or made to do harm; ask for another copy, saved anew or as a PDF."


@dataclass(frozen=True, slots=True, kw_only=True)
class ZipLimits:
    """What a ZIP may ask for. ``members`` is a number, ``directory`` the size of the directory in bytes.

    ``part`` is how many bytes a part that is read may unpack to, ``read`` how many all that are read, ``total`` how many the
    whole, read or not. ``ratio`` is how many times its packed size a part of more than a mebibyte may unpack to when it is
    read: drawings that lie beside the text are often packed far better.
    """

    members: int = 20_000
    directory: int = 8 << 20
    part: int = 64 << 20
    read: int = 512 << 20
    total: int = 2 << 30
    ratio: int = 200


def is_zip(data: bytes) -> bool:
    """Tell whether ``data`` begins as a ZIP with something in it."""
    return data.startswith(_LOCAL)


def part_names(data: bytes) -> frozenset[str]:
    """Return the names of a ZIP's parts, empty for what is no ZIP or one that is refused."""
    try:
        return Package(data, "").names if is_zip(data) else frozenset()
    except ImportFailedError:
        return frozenset()


class Package:
    """A ZIP whose directory was checked. ``names`` are the parts in it, without the entries of folders."""

    def __init__(self, data: bytes, name: str, limits: ZipLimits | None = None) -> None:
        """``name`` is the document's, for errors. Raises ``ImportFailedError`` with a sentence for each limit."""
        self._name = name
        self._data = data
        self._read = 0
        self._limits = limits or ZipLimits()
        self._check_end(data)
        try:
            self._file = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, struct.error, NotImplementedError) as error:
            raise self._refused("its ZIP directory is damaged", DAMAGED) from error
        self._parts = self._checked()
        self._folded = {part.casefold(): part for part in self._parts}

    @property
    def names(self) -> frozenset[str]:
        """The names of all parts, with slashes between folders."""
        return frozenset(self._parts)

    def __contains__(self, part: str) -> bool:
        """Tell whether there is a part of this name; capitals do not matter (ECMA-376-2, 6.2.2.3)."""
        return part.casefold() in self._folded

    def size(self, part: str) -> int:
        """Return how many bytes a part unpacks to."""
        return self._parts[self._folded[part.casefold()]].file_size

    def read(self, part: str) -> bytes:
        """Return the bytes of a part; raises ``ImportFailedError`` when it is missing, too large, locked or damaged."""
        info = self._parts.get(self._folded.get(part.casefold(), ""))
        if info is None:
            raise self._refused(f"its part {shown(part)} is missing", DAMAGED)
        if info.flag_bits & _ENCRYPTED:
            raise locked(self._name)
        if info.file_size > max(_MEBIBYTE, self._limits.ratio * info.compress_size):
            raise self._refused(
                f"its part {shown(part)} would unpack to more than {self._limits.ratio} times its size", HARMFUL
            )
        if info.file_size > self._limits.part:
            raise self._refused(
                f"its part {shown(part)} unpacks to more than {self._limits.part >> 20} MB",
                "Import it as a PDF, or the part of it that you need.",
            )
        self._read += info.file_size
        if self._read > self._limits.read:
            raise self._refused(f"its parts unpack to more than {self._limits.read >> 20} MB", HARMFUL)
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise self._refused(f"its part {shown(part)} is packed in an unusual way", "Save it anew and import that.")
        return self._unpacked(part, info)

    def _unpacked(self, part: str, info: zipfile.ZipInfo) -> bytes:
        """Unpack no more than is stated, and one byte to see that there is no more; zipfile would leave the rest unsaid."""
        start = info.header_offset + _LOCAL_HEADER.size
        header = self._data[info.header_offset : start]
        if not header.startswith(_LOCAL) or len(header) != _LOCAL_HEADER.size:
            raise self._refused(f"its part {shown(part)} is damaged", DAMAGED)
        start += sum(_LOCAL_HEADER.unpack(header)[-2:])
        packed = self._data[start : start + info.compress_size]
        try:
            unpacked = packed if info.compress_type == zipfile.ZIP_STORED else _inflated(packed, info.file_size + 1)
        except zlib.error as error:
            raise self._refused(f"its part {shown(part)} is damaged", DAMAGED) from error
        if len(unpacked) != info.file_size:
            raise self._refused(f"its part {shown(part)} unpacks to another size than it states", DAMAGED)
        if zlib.crc32(unpacked) != info.CRC:
            raise self._refused(f"its part {shown(part)} is damaged", DAMAGED)
        return unpacked

    def _check_end(self, data: bytes) -> None:
        """Look at what the end of the file states, before anything is made of the directory."""
        at = data.rfind(_END, max(len(data) - _TAIL, 0))
        if not is_zip(data) or at < 0 or at + 22 > len(data):
            raise self._refused("it is no whole ZIP, as its kind has to be", DAMAGED)
        count, size = struct.unpack_from("<HL", data, at + 10)
        large = data.rfind(_END64, max(at - _TAIL, 0), at)
        if 0 <= large <= at - 56:
            count, size = struct.unpack_from("<QQ", data, large + 32)
        if count > self._limits.members or size > self._limits.directory:
            raise self._refused(f"it holds more than {self._limits.members:,} parts", HARMFUL)

    def _checked(self) -> dict[str, zipfile.ZipInfo]:
        limits = self._limits
        infos = self._file.infolist()
        if len(infos) > limits.members:
            raise self._refused(f"it holds more than {limits.members:,} parts", HARMFUL)
        parts: dict[str, zipfile.ZipInfo] = {}
        total = 0
        for info in infos:
            name = info.filename.replace("\\", "/")
            if name.endswith("/"):
                continue
            self._check_name(name)
            if name in parts:
                raise self._refused(
                    f"it holds two parts called {shown(name)}, and programs differ in which they show", HARMFUL
                )
            parts[name] = info
            total += info.file_size
        if total > limits.total:
            raise self._refused(f"it would unpack to more than {limits.total >> 30} GB", HARMFUL)
        return parts

    def _check_name(self, name: str) -> None:
        if name.startswith("/") or ".." in name.split("/") or "\x00" in name:
            raise self._refused(f"its part {shown(name)} has a name that leads out of it", HARMFUL)

    def _refused(self, reason: str, advice: str) -> ImportFailedError:
        return ImportFailedError(name=self._name, reason=reason, advice=advice)


def _inflated(packed: bytes, most: int) -> bytes:
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    return inflater.decompress(packed, most)


def locked(name: str) -> ImportFailedError:
    """Return the error for a document that is locked with a password."""
    return ImportFailedError(
        name=name,
        reason="it is locked with a password",
        advice="Open it with the password, save a copy without one, and import that.",
    )


def shown(part: str) -> str:
    """Return the name of a part for people: short, and without what cannot be printed."""
    plain = "".join(c if c.isprintable() else "\ufffd" for c in part)
    return f"“{plain if len(plain) <= _SHOWN else '…' + plain[-_SHOWN:]}”"
