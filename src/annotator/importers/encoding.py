"""Which encoding the bytes of a text are in."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from annotator.domain.errors import ImportFailedError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_ISO_2022 = (
    (re.compile(rb"\x1b\$\)C"), ("iso2022_kr",)),
    (
        re.compile(rb"\x1b(?:\$[@B]|\([IJ]|\$\([DOPQ]|&@\x1b\$B|\$A|\.[AF])"),
        ("iso2022_jp", "iso2022_jp_2", "iso2022_jp_ext", "iso2022_jp_2004", "iso2022_jp_3"),
    ),
)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w:.+-]{1,40})", re.I)
_HIGH = bytes(range(128, 256))
_UNKNOWN = "\ufffd"
_SAMPLE = 1 << 18
_NULL_SHARE = 0.2
_DAMAGED_SHARE = 10
_LAST_RESORT = "windows-1252"


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, the name of its encoding, and warnings about how it was found."""

    text: str
    encoding: str
    warnings: tuple[str, ...] = ()


def known_encoding(name: str) -> str | None:
    """Return the usual name of a text encoding, or none when nothing goes by ``name``."""
    try:
        info = codecs.lookup(name.strip())
    except (LookupError, ValueError):
        return None
    return info.name if getattr(info, "_is_text_encoding", True) else None


def charset_of(declared_type: str) -> str:
    """Return the encoding that a media type names, such as ``text/html; charset=koi8-r``; empty when it names none."""
    match = _CHARSET.search(declared_type)
    return match[1] if match else ""


def decode_as(data: bytes, encoding: str, name: str) -> Decoded:
    """Return ``data`` read in the ``encoding`` that a person chose.

    Raises ``ImportFailedError`` when there is no such encoding or a byte (counted from 1) does not fit it.
    """
    known = known_encoding(encoding)
    if known is None:
        raise ImportFailedError(
            name=name,
            reason=f"there is no encoding called {encoding!r}",
            advice="Choose another one, or let it be found out.",
        )
    try:
        return Decoded(data.decode(known), known)
    except UnicodeError as error:
        where = f"byte {error.start + 1}" if isinstance(error, UnicodeDecodeError) else "a byte"
        raise ImportFailedError(
            name=name,
            reason=f"it is not in the encoding {known}: {where} does not fit",
            advice="Choose another encoding, or let it be found out.",
        ) from error


def decode(data: bytes, *, declared: str = "") -> Decoded:
    """Return ``data`` as text: by byte order mark, ISO 2022 escapes, ``declared``, strict UTF-8, else by a guess.

    ``declared`` is the encoding that the content names itself. A guess is told by the warning ``encoding-guessed:<name>``,
    bytes that fit no encoding by ``undecodable-bytes:<how many places>``; each becomes U+FFFD.
    """
    marked = next((name for mark, name in _MARKS if data.startswith(mark)), None) or _unmarked_utf16(data)
    if marked is not None:
        return _leniently(data, marked)
    named = known_encoding(declared) if declared else None
    for encoding in (*_escaped(data), *((named,) if named else ()), "utf-8"):
        try:
            return Decoded(data.decode(encoding), encoding)
        except UnicodeError:
            continue
    return _damaged_utf8(data) or _guessed(data, named)


def _leniently(data: bytes, encoding: str, *warnings: str) -> Decoded:
    text = data.decode(encoding, "replace")
    try:
        data.decode(encoding)
    except UnicodeError:
        warnings = (*warnings, f"undecodable-bytes:{text.count(_UNKNOWN)}")
    return Decoded(text.removeprefix("\ufeff"), encoding, warnings)


def _unmarked_utf16(data: bytes) -> str | None:
    """Return which UTF-16 this is when every other byte of its start is mostly NUL, as in western text."""
    head = data[: _SAMPLE - _SAMPLE % 2]
    even, odd = head[::2].count(0), head[1::2].count(0)
    enough = len(head) // 2 * _NULL_SHARE
    if even > enough and odd == 0:
        return "utf-16-be"
    if odd > enough and even == 0:
        return "utf-16-le"
    return None


def _escaped(data: bytes) -> tuple[str, ...]:
    if b"\x1b" not in data or not data.isascii():
        return ()
    return next((names for escape, names in _ISO_2022 if escape.search(data)), ())


def _damaged_utf8(data: bytes) -> Decoded | None:
    """Return the text when it is UTF-8 but for a few places: then a guess would spoil all of it."""
    text = data.decode("utf-8", "replace")
    beyond_ascii = len(text) - len(data.translate(None, _HIGH))
    bad = text.count(_UNKNOWN)
    if beyond_ascii - bad < _DAMAGED_SHARE * bad:
        return None
    return Decoded(text, "utf-8", (f"undecodable-bytes:{bad}",))


def _guessed(data: bytes, declared: str | None) -> Decoded:
    """Return the text in the encoding that looks best on a sample and fits the whole."""
    from charset_normalizer import from_bytes

    sample = data[:_SAMPLE]
    if len(data) > _SAMPLE:
        sample = sample[: sample.rfind(b"\n") + 1] or sample
    for match in from_bytes(sample):
        try:
            return Decoded(data.decode(match.encoding), match.encoding, (f"encoding-guessed:{match.encoding}",))
        except UnicodeError:
            continue
    encoding = declared or _LAST_RESORT
    return _leniently(data, encoding, f"encoding-guessed:{encoding}")
