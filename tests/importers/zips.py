"""Makes ZIPs: sound ones, and those that lie about themselves."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping

MEBIBYTE = 1 << 20


def zipped(parts: Mapping[str, str | bytes], *, stored: tuple[str, ...] = ("mimetype",)) -> bytes:
    """Return a ZIP of ``parts``, the same every time; those in ``stored`` are not packed."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in parts.items():
            method = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            archive.writestr(zipfile.ZipInfo(name), content, method)
    return file.getvalue()


def bomb(name: str, size: int, parts: Mapping[str, str | bytes], *, around: tuple[bytes, bytes] = (b"", b"")) -> bytes:
    """Return a ZIP of ``parts`` in which the one called ``name`` unpacks to ``size`` bytes of blanks between ``around``.

    It is made as fast as it is read: one packed mebibyte, many times over. Its checksum is wrong.
    """
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    head, mebibyte, tail = (
        packer.compress(one) + packer.flush(mode)
        for one, mode in (
            (around[0], zlib.Z_FULL_FLUSH),
            (b" " * MEBIBYTE, zlib.Z_FULL_FLUSH),
            (around[1], zlib.Z_FINISH),
        )
    )
    packed = head + mebibyte * (size // MEBIBYTE) + tail
    members = [(part, _bytes(content), 0, len(content)) for part, content in parts.items() if part != name]
    return _written([*members, (name, packed, zipfile.ZIP_DEFLATED, size + len(around[0]) + len(around[1]))])


def _bytes(content: str | bytes) -> bytes:
    return content.encode() if isinstance(content, str) else content


def _written(members: list[tuple[str, bytes, int, int]]) -> bytes:
    """Return a ZIP of members: name, packed bytes, method, stated size."""
    file, directory = bytearray(), bytearray()
    for name, packed, method, size in members:
        crc = 0 if method else zlib.crc32(packed)
        facts = (20, 0, method, 0, 0x21, crc, len(packed), len(packed) if not method else size, len(name), 0)
        directory += b"PK\x01\x02" + struct.pack("<6H3L5H2L", 20, *facts[:5], *facts[5:10], 0, 0, 0, 0, len(file))
        directory += name.encode()
        file += b"PK\x03\x04" + struct.pack("<5H3L2H", *facts) + name.encode() + packed
    end = struct.pack("<4H2LH", 0, 0, len(members), len(members), len(directory), len(file), 0)
    return bytes(file + directory + b"PK\x05\x06" + end)


def understated(name: str, content: bytes, stated: int) -> bytes:
    """Return a ZIP of one part that says it unpacks to ``stated`` bytes, with the checksum of so many."""
    whole = bytearray(zipped({name: content}))
    crc = zlib.crc32(content[:stated])
    for signature, at in ((b"PK\x03\x04", 14), (b"PK\x01\x02", 16)):
        place = whole.index(signature)
        struct.pack_into("<L", whole, place + at, crc)
        struct.pack_into("<L", whole, place + at + 8, stated)
    return bytes(whole)


def flagged(data: bytes, name: str, flag: int) -> bytes:
    """Return a ZIP with a flag set for the part ``name``, in both places that state it."""
    whole = bytearray(data)
    for signature, flags, length in ((b"PK\x03\x04", 6, 30), (b"PK\x01\x02", 8, 46)):
        place = whole.find(signature)
        while whole[place + length : place + length + len(name)] != name.encode():
            place = whole.index(signature, place + 1)
        whole[place + flags] |= flag
    return bytes(whole)
