"""Letters that are read alike: case, accents, ligatures, quotes, and what stands between letters unseen.

The search index and the search in one text fold by the same rules.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

UNSEEN = (
    r"\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f"
    r"\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
"""For a character class: soft hyphens, joiners, variation selectors, marks of direction (Default_Ignorable_Code_Point)."""

_VOWELS = (
    r"\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u0652\u0656-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8"
    r"\u06ea-\u06ed\u0711\u0730-\u074a"
)
"""Hebrew points, Arabic vowel signs and the tatweel, Syriac points."""

_CARRIED = r"\u0653-\u0655"
"""Madda and hamza, which make letters of their own with those that carry them."""

_POINTS = rf"\u0300-\u036f\u0483-\u0487{_VOWELS}{_CARRIED}\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20f0\ufe20-\ufe2f"
"""Accents, and vowels that are points. The signs of Indic scripts are letters."""

_UNSEEN = re.compile(f"[{UNSEEN}]")
_IGNORED = re.compile(f"[{UNSEEN}{_POINTS}]")
_UNQUOTED = re.compile(f"[{UNSEEN}{_VOWELS}\u0345]")  # an iota below no Greek letter would become one without its order

_ALIKE = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛ʼ′", "'"),
        **dict.fromkeys("“”„‟″", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        **dict(zip("øØłŁđĐðÐħĦŧŦı", "oOlLdDdDhHtTi", strict=True)),
        "æ": "ae",
        "Æ": "AE",
        "œ": "oe",
        "Œ": "OE",
        "ß": "ss",
        "ẞ": "SS",
    }
)
"""What Unicode takes for letters of their own, and people who have no such key type otherwise."""

_HAS_ALIKE = re.compile(f"[{''.join(map(chr, _ALIKE))}]")


_QUOTED = str.maketrans(
    {
        **dict.fromkeys('‘’‚‛ʼ′´`"“”„‟«»″', "'"),
        **dict.fromkeys("‐‑‒–—―−", "-"),
    }
)
"""What stands for the marks of a quotation within another, which change when it is quoted, and for dashes."""


_HAS_QUOTED = re.compile(f"[{re.escape(''.join(map(chr, _QUOTED)))}]")


class Alike(NamedTuple):
    """What makes no difference: case; accents, ligatures and the kind of quotes and dashes.

    ``quoted`` is what whoever quotes may write otherwise, whatever the others say: all of that but accents, and whether quotes
    are single or double.
    """

    case: bool = True
    accents: bool = True
    quoted: bool = False


EVERYTHING = Alike()


def fold_letters(text: str, alike: Alike = EVERYTHING) -> str:
    """Return ``text`` in the form of which there is one for all that is read alike.

    What is unseen goes. Accents written apart or with their letter are the same in any case. White space stays.
    """
    if alike.quoted:
        return _as_quoted(text)
    if text.isascii():
        return text.lower() if alike.case else text
    if not alike.accents:
        text = unicodedata.normalize("NFC", _UNSEEN.sub("", text))
        return unicodedata.normalize("NFC", "".join(map(_lower, text))) if alike.case else text
    text = _IGNORED.sub("", unicodedata.normalize("NFKD", text))
    text = _HAS_ALIKE.sub(lambda found: str(_ALIKE[ord(found[0])]), text)
    return unicodedata.normalize("NFC", text.casefold() if alike.case else text)


def _as_quoted(text: str) -> str:
    whole = _UNQUOTED.sub("", unicodedata.normalize("NFC", text))
    plain = unicodedata.normalize("NFKC", _plainly_quoted(whole)).casefold()
    return unicodedata.normalize("NFC", _plainly_quoted(plain))


def _plainly_quoted(text: str) -> str:
    """Return a text with one kind of quotes and dashes; there are few in any, so that replacing them is quicker than a table."""
    for mark in set(_HAS_QUOTED.findall(text)):
        text = text.replace(mark, str(_QUOTED[ord(mark)]))
    return text


def _lower(letter: str) -> str:
    """Return a letter without its case: the two small sigmas are one; ß and marks over letters stay what they are."""
    if unicodedata.combining(letter):
        return letter
    folded = letter.casefold()
    return folded if len(folded) == 1 else letter.lower()
