"""The body of an archived HTTP answer, unpacked in bounds. Many archives keep it unpacked, whatever its headers say."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable

from fastwarc.stream_io import BrotliReader, ChunkedReader, ZstdReader


class TooLargeError(ValueError):
    """A body that unpacks to more than it may."""


def unpacked(body: bytes, codings: str, most: int) -> bytes:
    """Return a body without the codings of its ``Transfer-Encoding`` or ``Content-Encoding`` (RFC 9112, 7; RFC 9110, 8.4).

    What is not packed the way a header says is taken as it is. Raises ``TooLargeError`` beyond ``most`` bytes.
    """
    for coding in reversed(codings.split(",")):
        undo = _CODINGS.get(coding.strip().lower())
        if undo is not None:
            try:
                body = undo(body, most + 1)
            except (OSError, EOFError, zlib.error):
                continue
            if len(body) > most:
                raise TooLargeError
    return body


def _unchunked(body: bytes, most: int) -> bytes:
    return ChunkedReader(io.BytesIO(body)).read(most)


def _gunzipped(body: bytes, most: int) -> bytes:
    return zlib.decompressobj(zlib.MAX_WBITS | 32).decompress(body, most)


def _inflated(body: bytes, most: int) -> bytes:
    """Undo ``deflate``, which some servers send with the header of zlib and some without."""
    try:
        return _gunzipped(body, most)
    except zlib.error:
        return zlib.decompressobj(-zlib.MAX_WBITS).decompress(body, most)


def _unbrotlied(body: bytes, most: int) -> bytes:
    return BrotliReader(io.BytesIO(body)).read(most)


def _unzstd(body: bytes, most: int) -> bytes:
    return ZstdReader(io.BytesIO(body)).read(most)


_CODINGS: dict[str, Callable[[bytes, int], bytes]] = {
    "chunked": _unchunked,
    "gzip": _gunzipped,
    "x-gzip": _gunzipped,
    "deflate": _inflated,
    "br": _unbrotlied,
    "zstd": _unzstd,
}
