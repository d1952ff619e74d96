"""Writes Rich Text for tests, as Word and LibreOffice do."""

from __future__ import annotations

FONTS = r"{\fonttbl{\f0\fswiss\fcharset0 Arial;}{\f1\fcharset204 Arial Cyr;}{\f2\fcharset2 Wingdings;}{\f3\fcharset128 Mincho;}}"
STYLES = (
    r"{\stylesheet{\s0 Normal;}{\s1\outlinelevel0 heading 1;}{\s2 Title;}{\s3 Quote;}{\s4\outlinelevel2 House;}"
    r"{\s5 caption;}{\*\cs10 Default Paragraph Font;}}"
)


def rtf(body: str, *, head: str = "") -> bytes:
    """Return a document; letters beyond ASCII are written as numbers."""
    document = rf"{{\rtf1\ansi\ansicpg1252\deff0\deflang1031{FONTS}{STYLES}{head}{body}}}"
    return "".join(one if one.isascii() else _escaped(one) for one in document).encode("ascii")


def _escaped(letter: str) -> str:
    units = letter.encode("utf-16-le")
    return "".join(rf"\u{int.from_bytes(units[n : n + 2], 'little', signed=True)}?" for n in range(0, len(units), 2))


def listed(number: str, words: str, level: int = 0) -> str:
    """Return a list item with its number written out, as both programs do."""
    return rf"{{\listtext\pard\plain {number}\tab}}\pard\plain\ls1\ilvl{level} {words}\par "


def row(*cells: str) -> str:
    """Return a row of a table."""
    return r"\trowd\pard\intbl " + "".join(rf"{one}\cell " for one in cells) + r"\row\pard "
