"""Makes a later version of a real text, edited as people edit, and knows for every word where it went."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from itertools import pairwise
from random import Random

import regex

_UNIT = regex.compile(r"[\p{Han}]|[^\s\p{Han}]+")
Span = tuple[int, int]
"""Half-open code points."""

_REPLACED, _LEFT_OUT = 0.5, 0.25


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is done: the share of words edited, of paragraphs moved elsewhere, and of paragraphs left out."""

    edited: float = 0.0
    moved: float = 0.0
    left_out: float = 0.0


@dataclass(frozen=True, slots=True)
class Unit:
    """A word of the old text and where it stands in the new one; ``kept`` tells that it is the same word.

    A word that was left out stands nowhere: ``new_start`` is ``new_end``.
    """

    start: int
    end: int
    new_start: int
    new_end: int
    kept: bool


@dataclass(frozen=True, slots=True)
class Revised:
    """Two versions of a text, and the words of the old one in their order."""

    old: str
    new: str
    units: list[Unit]

    def truth(self, start: int, end: int) -> tuple[tuple[int, int] | None, float]:
        """Return where a stretch of the old text (half-open code points) went, and the share of its letters that survive.

        A stretch that was torn apart went nowhere.
        """
        units = self._units(start, end)
        kept = sum(unit.end - unit.start for unit in units if unit.kept)
        share = kept / max(sum(unit.end - unit.start for unit in units), 1)
        there = [unit for unit in units if unit.new_start < unit.new_end]
        rising = all(one.new_end <= other.new_start for one, other in pairwise(there))
        if not there or not rising:
            return None, 0.0
        begin = there[0].new_start + (max(0, start - there[0].start) if there[0].kept else 0)
        stop = there[-1].new_end - (max(0, there[-1].end - end) if there[-1].kept else 0)
        if stop - begin > 2 * (end - start) + 40:
            return None, 0.0
        return (begin, stop), share

    def _units(self, start: int, end: int) -> list[Unit]:
        first = bisect_right(self.units, start, key=lambda unit: unit.end)
        return self.units[first : bisect_left(self.units, end, key=lambda unit: unit.start)]


def revise(text: str, plan: Plan, random: Random) -> Revised:
    """Return a text with a later version of it."""
    paragraphs = _paragraphs(text)
    words = [match.group() for match in _UNIT.finditer(text)]
    order = list(range(len(paragraphs)))
    for number in random.sample(order, int(plan.moved * len(order))):
        order.remove(number)
        order.insert(random.randrange(len(order) + 1), number)
    gone = set(random.sample(order, int(plan.left_out * len(order))))
    found: dict[int, list[Unit]] = {number: [] for number in order}
    pieces: list[str] = []
    length = 0
    for number in order:
        start, end = paragraphs[number]
        if number in gone:
            found[number] = [
                Unit(m.start(), m.end(), length, length, kept=False) for m in _UNIT.finditer(text, start, end)
            ]
            continue
        at = start
        for match in _UNIT.finditer(text, start, end):
            space = text[at : match.start()]
            word = _edited(match.group(), plan.edited, words, random)
            put_in = random.choice(words) + " " if random.random() < plan.edited * (1 - _REPLACED - _LEFT_OUT) else ""
            pieces += (space, put_in, word)
            begin = length + len(space) + len(put_in)
            length = begin + len(word)
            found[number].append(Unit(match.start(), match.end(), begin, length, kept=word == match.group()))
            at = match.end()
        pieces.append(text[at:end] + "\n")
        length += end - at + 1
    units = [unit for number in sorted(found) for unit in found[number]]
    return Revised(text, "".join(pieces), units)


def _edited(word: str, share: float, words: list[str], random: Random) -> str:
    """Return a word as it is, another one in its place, or nothing."""
    chance = random.random()
    if chance >= share * (_REPLACED + _LEFT_OUT):
        return word
    if chance < share * _LEFT_OUT:
        return ""
    other = random.choice(words)
    return other if other != word else word + "s"


def _paragraphs(text: str) -> list[tuple[int, int]]:
    found, at = [], 0
    for line in text.split("\n"):
        found.append((at, at + len(line)))
        at += len(line) + 1
    return found


def quotes(text: str, count: int, random: Random, shortest: int = 20, longest: int = 300) -> list[Span]:
    """Return stretches of so many code points that begin and end with a word, in their order."""
    units = [match.span() for match in _UNIT.finditer(text)]
    starts = [start for start, _ in units]
    found = []
    for _ in range(count):
        first = random.randrange(len(units))
        wanted = starts[first] + random.randint(shortest, longest)
        last = min(max(bisect_left(starts, wanted) - 1, first), len(units) - 1)
        found.append((starts[first], units[last][1]))
    return sorted(found)
