"""Names the faces of scripts that the reading face lacks: Qt finds a named one at once, and else searches for every letter."""

from __future__ import annotations

import re

from PySide6.QtGui import QFont, QRawFont, QTextLayout

_FOREIGN = re.compile("[^\x00-\u058f\u1e00-\u2bff\ufeff]")
"""Letters of other scripts than Latin, Greek and Cyrillic, and emoji."""

_PAGE = 8
"""Letters whose code points differ in so many last bits only have the same face."""


def with_faces_for(font: QFont, text: str) -> QFont:
    """Return a font with the faces that the system would take for the letters of ``text`` named behind its own."""
    if text.isascii():
        return font
    pages = {ord(letter) >> _PAGE: letter for letter in set(_FOREIGN.findall(text))}
    own = tuple(font.families())
    found = dict.fromkeys(face for page, letter in sorted(pages.items()) if (face := _face_of(page, letter, font)))
    if found:
        font.setFamilies([own[0], *found, *own[1:]])
    return font


_faces: dict[tuple[int, str], str] = {}


def _face_of(page: int, letter: str, font: QFont) -> str:
    """Return the face that the system takes for a letter; empty where that is the font's own, or none."""
    key = page, font.family()
    if key not in _faces:
        _faces[key] = _searched(letter, font)
    return _faces[key]


def _searched(letter: str, font: QFont) -> str:
    layout = QTextLayout(letter, font)
    layout.beginLayout()
    line = layout.createLine()
    layout.endLayout()
    runs = line.glyphRuns() if line.isValid() else []
    face = _name_of(runs[0].rawFont()) if runs and any(runs[0].glyphIndexes()) else ""
    return "" if face == font.family() else face


def _name_of(face: QRawFont) -> str:
    """Return the name of a face; the boxes that stand for letters without one have no name, and Qt dies of being asked."""
    return face.familyName() if not face.fontTable("head").isEmpty() else ""
