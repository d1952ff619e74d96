"""The long lists: what may be asked of them, and the light rows they show."""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from annotator.domain.changed_words import ChangedWords
from annotator.domain.ids import EntityId

_PUNCTUATION = {
    ord(sign): plain
    for signs, plain in (("‘’‚‛", "'"), ("“”„‟«»", '"'), ("‐‑‒–—―", "-"), ("\u00a0\u2009\u202f", " "))
    for sign in signs
}
_MARKS = re.compile("[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f]")
LEADING = " \t\n\r'\"([{-*"
"""Signs at the beginning of words that do not count where words are sorted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listable:
    """What a list may be sorted by and narrowed to; ``falling`` are the columns whose largest value comes first."""

    columns: tuple[str, ...]
    narrowings: tuple[str, ...]
    falling: tuple[str, ...]


LISTS: Mapping[str, Listable] = {
    "sources": Listable(
        columns=("title", "publisher", "published", "versions", "passages", "unlinked", "made"),
        narrowings=("unread", "unlinked", "unconfirmed", "disputed"),
        falling=("versions", "passages", "unlinked", "made"),
    ),
    "passages": Listable(
        columns=("words", "source", "stances", "linkages", "by", "made"),
        narrowings=("unlinked", "mine", "disputed"),
        falling=("linkages", "made"),
    ),
    "claims": Listable(
        columns=("text", "passages", "verdict", "confidence", "stage", "made"),
        narrowings=("open", "unlinked", "disputed"),
        falling=("passages", "confidence", "made"),
    ),
    "linkages": Listable(
        columns=("claim", "words", "source", "stance", "verdict", "confidence", "by", "made"),
        narrowings=("mine", "disputed", "withdrawn"),
        falling=("confidence", "made"),
    ),
}
"""Each list with its columns; it is sorted by the last of them, newest first, where nothing else is wanted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """One list as somebody wants it: sorted by a column, with all ``words`` (folded phrases), narrowed to what ``only`` names.

    ``mine`` is whose things are “mine”; ``ranks`` are the codes of each scale from the first to the last.
    """

    kind: str
    sort: str
    words: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    mine: EntityId | None = None
    ranks: Mapping[str, tuple[str, ...]] | None = None


class Order:
    """The local numbers of what is listed, sorted; those about which nothing is known come last either way.

    ``known`` counts the others, ``total`` is how much there is, listed or not.
    """

    __slots__ = ("known", "numbers", "total")

    def __init__(self, numbers: array[int], known: int, total: int) -> None:
        self.numbers, self.known, self.total = numbers, known, total

    def __len__(self) -> int:
        return len(self.numbers)

    def falling(self) -> Order:
        """Return the same the other way round."""
        return Order(self.numbers[: self.known][::-1] + self.numbers[self.known :], self.known, self.total)

    def place(self, number: int) -> int:
        """Return where a number stands, or -1."""
        return place_of(self.numbers, number)


_A_LOOK = 65_536
"""Numbers looked at in one go: between two, other threads get their turn."""


def place_of(numbers: array[int], number: int) -> int:
    """Return where a number stands among others, or -1."""
    for start in range(0, len(numbers), _A_LOOK):
        try:
            return start + numbers[start : start + _A_LOOK].index(number)
        except ValueError:
            continue
    return -1


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceLine:
    """A source: its newest version, how many it has, the passages of the newest one and how many of them are not linked."""

    number: int
    id: EntityId
    title: str
    publisher: str
    published: str
    medium: str
    version_id: EntityId | None
    versions: int
    passages: int
    unlinked: int
    made: str
    disputed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PassageLine:
    """A passage: its words, where they stand (the newest version of that text), its standing linkages, who made it.

    ``changed`` tells of words that are others in a newer version.
    ``page`` is counted from 0, and set for an area of a page, which has no words.
    """

    number: int
    id: EntityId
    words: str
    label: str
    page: int | None
    source: str
    version_id: EntityId | None
    start: int
    end: int
    stances: tuple[str, ...]
    linkages: int
    by: str
    made: str
    disputed: bool
    changed: ChangedWords | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimLine:
    """A claim: how many of its passages have a standing linkage of each stance, and its newest conclusion."""

    number: int
    id: EntityId
    text: str
    stances: tuple[tuple[str, int], ...]
    passages: int
    verdict: str
    confidence: str
    stage: str
    made: str
    disputed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkageLine:
    """A linkage: the claim, the words and the source that it rests on, and the judgement. ``passage_id`` is the first passage."""

    number: int
    id: EntityId
    claim: str
    claim_id: EntityId
    words: str
    source: str
    passage_id: EntityId | None
    stance: str
    verdict: str
    confidence: str
    by: str
    made: str
    disputed: bool
    withdrawn: bool
    changed: ChangedWords | None = None


Line = SourceLine | PassageLine | ClaimLine | LinkageLine


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How much there is. ``passages`` are those of the newest versions, and so are the ``linked`` ones among them."""

    sources: int
    passages: int
    linked: int
    claims: int
    open_claims: int


def sort_key(words: str) -> str:
    """Return what words are sorted by: case, accents, kinds of quotation marks and signs before the first word do not count."""
    if words.isascii():
        return words.lower().lstrip(LEADING)
    plain = unicodedata.normalize("NFKD", words.translate(_PUNCTUATION)).casefold()
    return _MARKS.sub("", plain).lstrip(LEADING)


def made_at(id_: EntityId) -> str:
    """Return when an entity was made, in UTC: its id (UUIDv7) begins with the milliseconds of the epoch. Empty for no time."""
    milliseconds = int(id_.replace("-", "")[:12], 16)
    try:
        return datetime.fromtimestamp(milliseconds / 1000, UTC).isoformat()
    except ValueError:
        return ""
