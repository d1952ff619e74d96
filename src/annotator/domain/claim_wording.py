"""The words of a claim taken apart, so that two claims can be compared and what must not differ is known.

Figures (numbers, dates, signs) and names are read as they are written; of other words only their folded letters count.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import Enum

import regex

from annotator.domain.folding import fold
from annotator.domain.letters import UNSEEN
from annotator.domain.same_agents import without_points

LITTLE = frozenset("the a an that der die das ein eine le la les l un une el los las una il lo gli".split())  # noqa: SIM905 a list to be read
"""Words that may be there or not: articles and “that”. No word that denies, counts or compares is among them."""

_ENGLISH = frozenset(["the", "a", "an", "that"])
_COUNTING = frozenset("few little lot".split())  # noqa: SIM905 a list to be read
"""Words that an article before them turns around: a few, few."""

_NEITHER = regex.compile(
    r"\b(can|do|does|did|is|are|was|were|has|have|had|would|could|should|must|need|might)n['’]?t\b", regex.I
)
_SAID_OTHERWISE = (
    ("can", regex.compile(r"\b(?:cannot|can['’]?t)\b", regex.I), "can not"),
    ("won", regex.compile(r"\bwon['’]t\b", regex.I), "will not"),
    ("n", _NEITHER, r"\1 not"),
    ("%", regex.compile(r"\s?%"), " percent"),
    ("per", regex.compile(r"\bper cent\b", regex.I), "percent"),
    ("s", regex.compile(r"(?<=[^\W\d])['’]s\b", regex.I), ""),
    ("&", regex.compile(r"\s&\s"), " and "),
)
"""Letters without which nothing is to be done, what is said otherwise, and what is compared instead."""
_SPACES = "\u00a0\u2009\u202f"
_PART = regex.compile(
    rf"(?P<figure>[\p{{L}}\p{{M}}]*\p{{N}}(?:[.,:'’{_SPACES}]?\p{{N}}|[\p{{L}}\p{{M}}])*)"
    rf"|(?P<word>[\p{{L}}\p{{M}}\p{{Co}}{UNSEEN}]+)"
    r"|(?P<sign>[\p{Sc}\p{Sm}‰°§#@/]|(?<![\p{L}\p{M}])[-−–](?=\s?[\p{Sc}\p{N}]))"
)
_THOUSANDS = regex.compile(rf"\d{{1,3}}(?:[,'’{_SPACES}]\d{{3}})+(?:\.\d+)?")
_APART = regex.compile(rf"[,'’{_SPACES}]")
_ENDS = regex.compile(r"[.!?:;…]\W*$")


class Kind(Enum):
    """What a part is: a word, or a name or figure, of which every letter counts."""

    WORD = "word"
    NAME = "name"
    FIGURE = "figure"


@dataclass(frozen=True, slots=True)
class Part:
    """One word, number or sign: what is compared, how it is written, and half-open code points of the claim's words.

    ``opens`` tells that it begins a sentence, where a capital letter says nothing.
    """

    key: str
    written: str
    kind: Kind
    opens: bool = False

    @property
    def is_little(self) -> bool:
        """Whether it may be left out."""
        return self.kind is Kind.WORD and self.key in LITTLE and (len(self.written) < 2 or not self.written.isupper())


def parts_of(words: str) -> tuple[Part, ...]:
    """Return the parts of a claim's words."""
    text = without_points(unicodedata.normalize("NFKC", words))
    folded = text.casefold()
    for letters, pattern, instead in _SAID_OTHERWISE:
        if letters in folded:
            text = pattern.sub(instead, text)
    found: list[Part] = []
    end = 0
    for match in _PART.finditer(text):
        written = match.group()
        opens = not found or bool(_ENDS.search(text[end : match.start()]))
        end = match.end()
        if match["word"] is None:
            key = _APART.sub("", written) if _THOUSANDS.fullmatch(written) else written
            key = "-" if key in "−–" else key.casefold()
            found.append(Part(key, written, Kind.FIGURE, opens))
        elif key := written.lower() if written.isascii() else fold(written):
            named = written[0].isupper() and not opens
            found.append(Part(key, written, Kind.NAME if named else Kind.WORD, opens))
    return tuple(found)


def may_be_left_out(part: Part, following: Part | None) -> bool:
    """Tell whether a word counts for nothing before what follows it: an article does in “a few”, and in Los Angeles."""
    if not part.is_little or following is None:
        return part.is_little
    counts = part.key == "a" and following.key in _COUNTING
    return not counts and (following.kind is not Kind.NAME or part.key in _ENGLISH)
