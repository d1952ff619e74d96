"""What becomes of each character in the shadow of a text: a table that is made only for what is in the text."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

import regex

from annotator.domain.letters import Alike, fold_letters

PIECE = 1 << 14
"""Code points that are worked on at a stretch: other threads wait no longer than that takes."""

_PLANE = 128
"""Characters are looked at by this many neighbours, and only those whose neighbours are in a text."""
_ALONE = r"\x00-\x7f\u3400-\u9fff\uac00-\ud7a3"
"""For a character class: ASCII, ideographs and Hangul syllables are their own shadows, but for case."""

_JOINS = regex.compile(
    r"[\p{GCB=Extend}\p{GCB=ZWJ}\p{GCB=SpacingMark}\p{GCB=Prepend}\p{GCB=L}\p{GCB=V}\p{GCB=T}\p{GCB=RI}]"
)
_LEANS = regex.compile(r"\p{NFC_QC=M}")
_ORDERED = regex.compile(r"\P{ccc=0}")

Stop = Callable[[], None]
"""Called now and then; it raises what ends the work."""


class Rules(NamedTuple):
    """How a text is folded. ``literally``: white space and whatever has a longer shadow stay as they are, for patterns."""

    alike: Alike = Alike()
    literally: bool = False


class Kinds(NamedTuple):
    """Characters by what becomes of them: the shadows of most; unseen ones; longer ones; those that lean on the one before.

    ``marks`` have shadows of one, but stand in an order; ``joining`` are those that make one grapheme with a neighbour.
    """

    shadows: dict[int, int]
    unseen: str
    longer: str
    leaning: str
    marks: str
    joining: str


def kinds_in(text: str, rules: Rules, stop: Stop) -> Kinds:
    """Return the kinds of all characters that are in a text, and of some more."""
    found = [_kinds_of(0, rules)]
    known = _ALONE
    other = re.compile(f"[^{known}]")
    start = 0
    while start < len(text):
        stop()
        piece = text[start : start + PIECE]
        place = None if piece.isascii() else other.search(piece)
        if place is None:
            start += PIECE
            continue
        start += place.start()
        plane = ord(place[0]) // _PLANE
        found.append(_kinds_of(plane, rules))
        known += f"{re.escape(chr(plane * _PLANE))}-{re.escape(chr(plane * _PLANE + _PLANE - 1))}"
        other = re.compile(f"[^{known}]")
    shadows = _Shadows()
    for kinds in found:
        shadows.update(kinds.shadows)
    return Kinds(shadows, *("".join(parts) for parts in zip(*(kinds[1:] for kinds in found), strict=True)))


class _Shadows(dict[int, int]):
    """The shadow of each character; one that is not told of is its own."""

    def __missing__(self, code: int) -> int:
        self[code] = code
        return code


@lru_cache(maxsize=512)
def _kinds_of(plane: int, rules: Rules) -> Kinds:
    shadows: dict[int, int] = {}
    unseen, longer, leaning, marks, joining = [], [], [], [], []
    for code in range(plane * _PLANE, (plane + 1) * _PLANE):
        letter = chr(code)
        if letter.isspace() and not rules.literally:
            shadow = " "
        else:
            shadow = letter if 0xD800 <= code < 0xE000 else fold_letters(letter, rules.alike)
        if rules.literally and len(shadow) > 1:
            shadow = letter
        if _JOINS.match(letter):
            joining.append(letter)
        if not shadow:
            unseen.append(letter)
        elif _LEANS.match(shadow):
            leaning.append(letter)
        elif len(shadow) > 1:
            longer.append(letter)
        else:
            if _ORDERED.match(shadow):
                marks.append(letter)
            shadows[code] = ord(shadow)
            continue
        shadows[code] = code
    return Kinds(shadows, "".join(unseen), "".join(longer), "".join(leaning), "".join(marks), "".join(joining))
