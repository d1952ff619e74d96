"""Canonical text and its offsets.

Every offset in the program is a code point in the canonical text of one version. UTF-16 exists only where Qt is touched.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

import regex

from annotator.domain.ids import Digest, digest_of

CONTEXT = 32
"""Code points of context kept before and after a fragment (W3C TextQuoteSelector prefix and suffix)."""

_FORBIDDEN = re.compile("[\x00\ufdd0\ufdd1\ud800-\udfff]")
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
_GRAPHEME = regex.compile(r"\X")
_FIRST_JOINER = "\u0300"
_COUNTABLE_FROM = regex.compile(
    r"(?rV1)(?<=[\p{GCB=Other}\p{GCB=Control}\p{GCB=LF}--\p{Extended_Pictographic}])"
    r"[\p{GCB=Other}--\p{Extended_Pictographic}]"
)
"""Searched backwards: two neighbours that join with nothing by themselves, so that a cluster begins at the second."""


def canonical_text(raw: str) -> str:
    """Return ``raw`` as canonical text.

    CR LF and CR become LF; NUL, U+FDD0, U+FDD1 and lone surrogates become U+FFFD; a leading U+FEFF goes. Nothing else
    changes: no-break spaces, soft hyphens, ligatures and curly quotes stay as published.
    """
    text = raw.removeprefix("\ufeff")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _FORBIDDEN.sub("\ufffd", text) if _holds_forbidden(text) else text


def _holds_forbidden(text: str) -> bool:
    """Tell the same as ``_FORBIDDEN.search``, in a tenth of the time: nearly every text is free of them."""
    if "\x00" in text or "\ufdd0" in text or "\ufdd1" in text:
        return True
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False


def text_digest(text: str) -> Digest:
    """Return the digest by which a canonical text is stored: SHA-256 of its UTF-8 bytes."""
    return digest_of(text.encode())


_HALF_FLAGS = "".join(map(chr, range(0x1F1E6, 0x1F200)))
"""Regional indicators: two in a row are a flag."""
_FLAG = 2


def is_grapheme_boundary(text: str, offset: int) -> bool:
    """Tell whether no grapheme cluster (UAX #29) of ``text`` lies across ``offset`` (code points)."""
    if offset <= 0 or offset >= len(text):
        return True
    if text[offset - 1] < _FIRST_JOINER and text[offset] < _FIRST_JOINER:
        return text[offset - 1 : offset + 1] != "\r\n"
    start = _safe_start(text, offset)
    for match in _GRAPHEME.finditer(text, start):
        if match.start() >= offset:
            return bool(match.start() == offset)
    return False


def snap_to_graphemes(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the smallest range that holds ``start`` to ``end`` (code points) and splits no grapheme cluster."""
    return _boundary_before(text, start), _boundary_after(text, end)


def _boundary_before(text: str, offset: int) -> int:
    last = min(max(offset, 0), len(text))
    if is_grapheme_boundary(text, last):
        return last
    return max(int(m.start()) for m in _clusters_until(text, last))


def _boundary_after(text: str, offset: int) -> int:
    last = min(max(offset, 0), len(text))
    if is_grapheme_boundary(text, last):
        return last
    return max(int(m.end()) for m in _clusters_until(text, last))


def _clusters_until(text: str, offset: int) -> Iterator[regex.Match[str]]:
    for match in _GRAPHEME.finditer(text, _safe_start(text, offset)):
        if match.start() >= offset:
            return
        yield match


def _safe_start(text: str, offset: int) -> int:
    """Return a place before ``offset`` from which clusters can be counted: one where a cluster begins."""
    found = _COUNTABLE_FROM.search(text, 0, offset)
    start = int(found.start()) if found else 0
    half_flags = offset - start - len(text[start:offset].rstrip(_HALF_FLAGS))
    return offset - half_flags + (half_flags - 1) // 2 * 2 if half_flags > _FLAG else start


class Utf16Map:
    """Converts between code points and the UTF-16 units that Qt counts in.

    Where a text has no astral characters nothing is converted; otherwise their positions are listed once and bisected.
    """

    __slots__ = ("_astral", "_astral16")

    def __init__(self, text: str) -> None:
        plain = text.isascii() or len(text.encode("utf-16-le", "surrogatepass")) == 2 * len(text)
        self._astral = [] if plain else [match.start() for match in _ASTRAL.finditer(text)]
        self._astral16 = [position + n for n, position in enumerate(self._astral)]

    def to_utf16(self, offset: int) -> int:
        """Return the UTF-16 position of a code point offset."""
        return offset + bisect_left(self._astral, offset)

    def to_code_points(self, position: int) -> int:
        """Return the code point offset of a UTF-16 position; one inside a surrogate pair counts as behind the pair."""
        return position - bisect_left(self._astral16, position - 1)
