"""Letters that are read alike: case, accents, ligatures, quotes, and what stands between letters unseen.

The search index and the search in one text fold by the same rules.
"""

from __future__ import annotations

import unicodedata
from typing import NamedTuple

import regex

UNSEEN = r"\p{Default_Ignorable_Code_Point}"
"""For a character class: soft hyphens, joiners, variation selectors, marks of direction."""

_POINTS = (
    r"\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670"
    r"\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u0711\u0730-\u074a\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20f0\ufe20-\ufe2f"
)
"""Accents, Hebrew points, Arabic vowel signs and the tatweel, Syriac points. The signs of Indic scripts are letters."""

_UNSEEN = regex.compile(f"[{UNSEEN}]")
_IGNORED = regex.compile(f"[{UNSEEN}{_POINTS}]")

_ALIKE = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛ʼ′", "'"),
        **dict.fromkeys("“”„‟″", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        **{"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "ħ": "h", "Ħ": "H"},
        **{"ŧ": "t", "Ŧ": "T", "ı": "i", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ß": "ss", "ẞ": "SS"},
    }
)
"""What Unicode takes for letters of their own, and people who have no such key type otherwise."""

_ROUNDS = 3


class Alike(NamedTuple):
    """What makes no difference: case; accents, ligatures and the kind of quotes and dashes."""

    case: bool = True
    accents: bool = True


EVERYTHING = Alike()


def fold_letters(text: str, alike: Alike = EVERYTHING) -> str:
    """Return ``text`` in the form of which there is one for all that is read alike.

    What is unseen goes. Accents written apart or with their letter are the same in any case. White space stays.
    """
    if text.isascii():
        return text.lower() if alike.case else text
    if not alike.accents:
        text = unicodedata.normalize("NFC", _UNSEEN.sub("", text))
        return unicodedata.normalize("NFC", "".join(map(_lower, text))) if alike.case else text
    for _ in range(_ROUNDS):
        before = text
        text = _IGNORED.sub("", unicodedata.normalize("NFKD", text)).translate(_ALIKE)
        text = text.casefold() if alike.case else text
        if text == before:
            break
    return unicodedata.normalize("NFC", text)


def _lower(letter: str) -> str:
    """Return a letter without its case: ß stays what it is, the two small sigmas are one."""
    folded = letter.casefold()
    return folded if len(folded) == 1 else letter.lower()
