"""Makes ZIPs: sound ones, and those that lie about themselves."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping

MEBIBYTE = 1 << 20


def zipped(parts: Mapping[str, str | bytes], *, stored: tuple[str, ...] = ("mimetype",)) -> bytes:
    """Return a ZIP of ``parts``; those in ``stored`` are not packed."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content, zipfile.ZIP_STORED if name in stored else None)
    return file.getvalue()


def bomb(name: str, size: int, parts: Mapping[str, str | bytes], *, around: tuple[bytes, bytes] = (b"", b"")) -> bytes:
    """Return a ZIP of ``parts`` in which the one called ``name`` unpacks to ``size`` bytes of blanks between ``around``."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for part, content in parts.items():
            if part != name:
                archive.writestr(part, content)
        with archive.open(name, "w", force_zip64=True) as stream:
            stream.write(around[0])
            for _ in range(size // MEBIBYTE):
                stream.write(b" " * MEBIBYTE)
            stream.write(around[1])
    return file.getvalue()


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
