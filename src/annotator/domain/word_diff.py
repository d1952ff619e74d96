"""What was said before and what is said after, compared word by word so that a person can read the difference.

Both texts are cut into words, signs and white space, never inside what a reader sees as one character (UAX #29); scripts written
without spaces are cut character by character. What lies between two differences and is too short to help (a space, an
“and” between rewritten words) joins them, so that the result is a few clear differences and not confetti.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

import regex

from annotator.domain.longest_chain import longest_chain

_UNSPACED = r"\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}"
_TOKEN = regex.compile(
    rf"(?V1)[{_UNSPACED}]|\p{{N}}+(?:[.,:]\p{{N}}+)+|[[\p{{L}}\p{{N}}\p{{M}}\p{{Co}}]--[{_UNSPACED}]]+|\n|[^\S\n]+|."
    r"|\r\n",
    regex.DOTALL,
)
_GRAPHEME = regex.compile(r"\p{RI}\p{RI}[\p{GCB=Extend}\p{GCB=SpacingMark}\u200d]*|\X")
"""Flags are named first: ``\\X`` alone counts all regional indicators again for each of them."""
_LETTER = regex.compile(r"[\p{L}\p{N}\p{Co}]")
_FIRST_JOINER = "\u0300"
_ENDS = frozenset(".!?;:…。！？")
_AT_ONCE = 90_000
"""Two stretches are compared as a whole while their lengths in tokens multiply to at most this."""
_WORK = 1_200_000
"""How much of that is done for one pair of texts, so that the worst ones take about a second."""
_IN_A_ROW = (1, 6, 24)
_SHORT = 3
_ISLAND = 4


class Difference(StrEnum):
    """Whether words stand in both texts, only before, or only after."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words and whether they are the same on both sides."""

    text: str
    change: Difference


@dataclass(slots=True)
class Run:
    """Half-open stretches of tokens that stand against each other: of the text before, and of the one after."""

    old: slice
    new: slice
    same: bool


def word_diff(before: str, after: str) -> tuple[Piece, ...]:
    """Return the pieces of both texts in order, what is gone in front of what is new in its place.

    The pieces that are the same or gone make ``before`` when joined, those that are the same or new make ``after``. The
    time is bounded: what differs too much is gone and new as a whole.
    """
    old, new = _tokens(before), _tokens(after)
    runs = _joined(runs_of(old, new), old, new)
    _slide(runs, old, new)
    pieces: list[Piece] = []
    for run in runs:
        if run.same:
            pieces.append(Piece("".join(old[run.old]), Difference.SAME))
        else:
            pieces.append(Piece("".join(old[run.old]), Difference.GONE))
            pieces.append(Piece("".join(new[run.new]), Difference.NEW))
    return tuple(piece for piece in pieces if piece.text)


def one_side(pieces: Iterable[Piece], side: Difference) -> tuple[Piece, ...]:
    """Return the pieces of one text: of the one before (``GONE``) or of the one after (``NEW``)."""
    return tuple(piece for piece in pieces if piece.change in (Difference.SAME, side))


def _tokens(text: str) -> list[str]:
    """Return the words, signs and white space of a text, cut only where a grapheme cluster begins."""
    found: list[str] = _TOKEN.findall(text)
    if text.isascii() and "\r" not in text:
        return found
    starts = {match.start() for match in _GRAPHEME.finditer(text)}
    tokens: list[str] = []
    at = 0
    for token in found:
        if at in starts:
            tokens.append(token)
        else:
            tokens[-1] += token
        at += len(token)
    return tokens


# -- which tokens stand in both


def runs_of(old: Sequence[str], new: Sequence[str]) -> list[Run]:
    """Return the runs of two sequences of tokens (words, or whole lines), the same and different ones by turns."""
    runs: list[Run] = []
    at, other = 0, 0
    for start, other_start, length in (*_Matches(old, new), (len(old), len(new), 0)):
        if at < start or other < other_start:
            runs.append(Run(slice(at, start), slice(other, other_start), same=False))
        if runs and runs[-1].same and length:
            runs[-1] = Run(
                slice(runs[-1].old.start, start + length), slice(runs[-1].new.start, other_start + length), same=True
            )
        elif length:
            runs.append(Run(slice(start, start + length), slice(other_start, other_start + length), same=True))
        at, other = start + length, other_start + length
    return runs


class _Matches:
    """Finds stretches that stand in both texts, in order: (where before, where after, how many tokens)."""

    def __init__(self, old: Sequence[str], new: Sequence[str]) -> None:
        self._old, self._new = old, new
        self._work = _WORK

    def __iter__(self) -> Iterator[tuple[int, int, int]]:
        return self._between(0, len(self._old), 0, len(self._new))

    def _between(self, start: int, end: int, other: int, other_end: int) -> Iterator[tuple[int, int, int]]:
        """Yield the matches between two places: what begins and ends alike, and those of the rest."""
        old, new = self._old, self._new
        head = 0
        while start + head < end and other + head < other_end and old[start + head] == new[other + head]:
            head += 1
        if head:
            yield start, other, head
        start, other, tail = start + head, other + head, 0
        while start < end - tail and other < other_end - tail and old[end - tail - 1] == new[other_end - tail - 1]:
            tail += 1
        yield from self._within(start, end - tail, other, other_end - tail)
        if tail:
            yield end - tail, other_end - tail, tail

    def _within(self, start: int, end: int, other: int, other_end: int) -> Iterator[tuple[int, int, int]]:
        old, new = self._old[start:end], self._new[other:other_end]
        size = len(old) * len(new)
        if not size:
            return
        if size <= _AT_ONCE and size <= self._work:
            self._work -= size
            yield from ((start + place, other + place_there, 1) for place, place_there in _common(old, new))
            return
        here, there = start, other
        for anchor, other_anchor in _anchors(old, new):
            yield from self._between(here, start + anchor, there, other + other_anchor)
            yield start + anchor, other + other_anchor, 1
            here, there = start + anchor + 1, other + other_anchor + 1
        if here > start:
            yield from self._between(here, end, there, other_end)


def _common(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Return the places of the tokens that stand in both in the same order, as many letters of them as there can be."""
    table = [[0] * (len(new) + 1)]
    for token in old:
        above, row, weight = table[-1], [0], _weight(token)
        for column, other in enumerate(new):
            if token == other:
                row.append(above[column] + weight)
            else:
                row.append(max(above[column + 1], row[column]))
        table.append(row)
    found: list[tuple[int, int]] = []
    place, there = len(old), len(new)
    while place and there:
        if old[place - 1] == new[there - 1]:
            place, there = place - 1, there - 1
            found.append((place, there))
        elif table[place - 1][there] >= table[place][there - 1]:
            place -= 1
        else:
            there -= 1
    return found[::-1]


def _weight(token: str) -> int:
    return 2 + 2 * len(token) if _LETTER.search(token) else 1


def _anchors(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Return the places of words that stand once in either text, as many of them as keep their order in both.

    Where no word does, several in a row are looked for.
    """
    for length in _IN_A_ROW:
        once, once_there = _single(old, length), _single(new, length)
        pairs = [(place, once_there[words]) for words, place in once.items() if words in once_there]
        if pairs:
            return longest_chain(pairs)
    return []


def _single(tokens: Sequence[str], length: int) -> dict[tuple[str, ...], int]:
    """Return the places of what stands once: so many tokens in a row, of which the first is a word."""
    rows = list(zip(*(tokens[start:] for start in range(length)), strict=False))
    counts = Counter(rows)
    return {row: place for place, row in enumerate(rows) if counts[row] == 1 and not row[0].isspace()}


# -- what a person can read


def _joined(runs: Sequence[Run], old: Sequence[str], new: Sequence[str]) -> list[Run]:
    """Return the runs with differences made one where only little stands between them."""
    joined: list[Run] = []
    for number, run in enumerate(runs):
        inner = run.same and joined and number + 1 < len(runs)
        if inner and _is_little(old[run.old], _size(joined[-1], old, new), _size(runs[number + 1], old, new)):
            run = Run(run.old, run.new, same=False)
        if joined and not run.same and not joined[-1].same:
            last = joined[-1]
            joined[-1] = Run(slice(last.old.start, run.old.stop), slice(last.new.start, run.new.stop), same=False)
        else:
            joined.append(run)
    return joined


def _is_little(same: Sequence[str], before: int, after: int) -> bool:
    """Tell whether tokens between differences of so many letters would not help a reader."""
    if any("\n" in token for token in same):
        return False
    words = [token for token in same if _LETTER.search(token)]
    letters = sum(map(len, words))
    least = min(before, after)
    return not words or (len(words) == 1 and letters <= min(_SHORT, least)) or letters * _ISLAND <= least


def _size(run: Run, old: Sequence[str], new: Sequence[str]) -> int:
    return max(sum(map(len, old[run.old])), sum(map(len, new[run.new])))


def _slide(runs: Sequence[Run], old: Sequence[str], new: Sequence[str]) -> None:
    """Let what was put in or left out begin with a word, not with the space in front of it or the end of another line."""
    for previous, run, following in zip(runs, runs[1:], runs[2:], strict=False):
        tokens, part = (old, run.old) if run.old.start < run.old.stop else (new, run.new)
        is_one_sided = run.old.start == run.old.stop or run.new.start == run.new.stop
        if run.same or not is_one_sided:
            continue
        while following.old.start < following.old.stop and _can_slide(tokens, part):
            previous.old, previous.new = _longer(previous.old), _longer(previous.new)
            run.old, run.new = _moved(run.old), _moved(run.new)
            following.old, following.new = _shorter(following.old), _shorter(following.new)
            part = _moved(part)


def _can_slide(tokens: Sequence[str], part: slice) -> bool:
    """Tell whether a stretch begins with what belongs to the words before it, and the same stands behind it."""
    return tokens[part.start] == tokens[part.stop] and _begins_badly(tokens, part)


def _begins_badly(tokens: Sequence[str], part: slice) -> bool:
    """Tell whether a stretch begins with a space, or with the end of a sentence or line."""
    first, following = tokens[part.start], tokens[part.start + 1]
    return first.isspace() or following == "\n" or (first in _ENDS and following.isspace())


def _longer(part: slice) -> slice:
    return slice(part.start, part.stop + 1)


def _moved(part: slice) -> slice:
    return slice(part.start + 1, part.stop + 1)


def _shorter(part: slice) -> slice:
    return slice(part.start + 1, part.stop)
