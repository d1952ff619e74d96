"""Takes Rich Text apart: groups, control words, and bytes in the encodings of their fonts (RTF 1.9.1)."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

_TOKEN = re.compile(
    rb"(?P<open>\{)|(?P<close>\})|\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?[0-9]{1,10})?[ ]?"
    rb"|\\'(?P<hex>[0-9a-fA-F]{2})|\\(?P<sign>[^a-zA-Z])|(?P<text>[^\\{}\r\n]+)|[\r\n]+|\\",
    re.S,
)
CHARSETS = {
    0: "cp1252", 1: "", 77: "mac_roman", 78: "cp932", 79: "cp949", 80: "cp936", 81: "cp950", 83: "mac_greek",
    85: "mac_turkish", 88: "mac_latin2", 89: "mac_cyrillic", 128: "cp932", 129: "cp949", 130: "johab", 134: "cp936",
    136: "cp950", 161: "cp1253", 162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257",
    204: "cp1251", 222: "cp874", 238: "cp1250", 254: "cp437", 255: "cp850",
}  # fmt: skip
"""The encodings of fonts by ``\\fcharset``; empty for that of the document."""
SYMBOL = 2


class Token(NamedTuple):
    """A piece of Rich Text. ``kind`` is ``open``, ``close``, ``word``, ``byte`` (written out or as hex), ``sign``.

    ``word`` is the control word or sign, ``number`` what stands behind it, ``data`` the bytes of a text; ``at`` is where the
    piece ends.
    """

    kind: str
    at: int
    word: str = ""
    number: int | None = None
    data: bytes = b""


def tokens(data: bytes) -> Iterator[Token]:
    """Yield the pieces of a document; binary data (``\\bin``) are passed over."""
    position = 0
    while match := _TOKEN.match(data, position):
        position = match.end()
        kind = match.lastgroup
        if kind in ("open", "close"):
            yield Token(kind, position)
        elif match["word"] is not None:
            word = match["word"].decode("ascii")
            number = int(match["number"]) if match["number"] else None
            if word == "bin":
                position += max(number or 0, 0)
            else:
                yield Token("word", position, word, number)
        elif match["hex"] is not None:
            yield Token("byte", position, data=bytes.fromhex(match["hex"].decode("ascii")))
        elif match["sign"] is not None:
            yield Token("sign", position, match["sign"].decode("latin-1"))
        elif match["text"] is not None:
            yield Token("byte", position, data=match["text"])


@dataclass(slots=True)
class Letters:
    """Turns bytes and UTF-16 units into text, each in its turn. A letter may be spread over several pieces."""

    _encoding: str = ""
    _decoder: codecs.IncrementalDecoder | None = None
    _high: int = 0

    def bytes(self, data: bytes, encoding: str) -> str:
        """Return what ``data`` add to the text in ``encoding``."""
        before = ""
        if self._decoder is None or encoding != self._encoding:
            before = self.end()
            self._encoding = encoding
            self._decoder = codecs.getincrementaldecoder(encoding)("replace")
        return before + self._lone() + self._decoder.decode(data)

    def unit(self, number: int) -> str:
        """Return what a UTF-16 unit adds to the text: nothing for the first half of a letter."""
        before = self._rest()
        unit = number & 0xFFFF
        if 0xDC00 <= unit < 0xE000 and self._high:
            high, self._high = self._high, 0
            return before + chr(0x10000 + ((high - 0xD800) << 10) + (unit - 0xDC00))
        before += self._lone()
        if 0xD800 <= unit < 0xDC00:
            self._high = unit
            return before
        return before + ("\ufffd" if 0xDC00 <= unit < 0xE000 else chr(unit))

    def end(self) -> str:
        """Return what is still owed, when something else than text follows."""
        return self._rest() + self._lone()

    def _rest(self) -> str:
        rest = self._decoder.decode(b"", final=True) if self._decoder is not None else ""
        self._decoder = None
        return rest

    def _lone(self) -> str:
        lone, self._high = "\ufffd" if self._high else "", 0
        return lone


def known(encoding: str) -> str:
    """Return an encoding that can be decoded: ``encoding`` if it is known, else that of western Windows."""
    try:
        codecs.getincrementaldecoder(encoding)
    except LookupError:
        return "cp1252"
    return encoding
