"""The orders behind the long panels: sources in their groups, claims below their parents. Local numbers only, no rows."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import accumulate

from annotator.domain.ids import EntityId
from annotator.domain.listing import place_of
from annotator.domain.rows import ClaimRow

GROUPS = 3
"""Groups of sources by how far one is: in work, to read, done."""


@dataclass(frozen=True, slots=True)
class SourceOrder:
    """The local numbers of sources, group after group and the oldest first within each; ``total`` is how many there are.

    ``ends`` tells for each group where it ends, ``twins`` are the places of those that share their text with another, rising.
    """

    numbers: array[int]
    ends: tuple[int, int, int]
    twins: array[int]
    total: int

    def start(self, group: int) -> int:
        """Return where a group begins."""
        return self.ends[group - 1] if group else 0

    def group(self, place: int) -> int:
        """Return the group of what stands at a place."""
        return bisect_right(self.ends, place)

    def place(self, number: int) -> int:
        """Return where a number stands, or -1."""
        return place_of(self.numbers, number)

    def twins_between(self, start: int, end: int) -> int:
        """Return how many of the places from ``start`` to before ``end`` are those of twins."""
        return bisect_left(self.twins, end) - bisect_left(self.twins, start)


NO_SOURCES = SourceOrder(array("q"), (0, 0, 0), array("q"), 0)


@dataclass(frozen=True, slots=True)
class ClaimOrder:
    """The local numbers of claims, each followed by all that is part of it; ``total`` is how many there are.

    Where nothing is a part, the other arrays are empty. Else ``parents`` has for each place that of its parent or -1, ``sizes``
    how many places it takes with all its parts, ``parts`` how many parts of its own it has, ``last`` whether none of its siblings
    follows it.
    """

    numbers: array[int]
    total: int
    parents: array[int] = field(default_factory=lambda: array("l"))
    sizes: array[int] = field(default_factory=lambda: array("l"))
    parts: array[int] = field(default_factory=lambda: array("l"))
    last: bytearray = field(default_factory=bytearray)

    def place(self, number: int) -> int:
        """Return where a number stands, or -1."""
        return place_of(self.numbers, number)

    def lasts(self, place: int) -> tuple[bool, ...]:
        """Return for each level from the outermost down to a place whether it is the last of its siblings there."""
        if not self.parents:
            return (False,)
        found: list[bool] = []
        while place >= 0:
            found.append(bool(self.last[place]))
            place = self.parents[place]
        return tuple(reversed(found))


def claim_order(claims: Iterable[tuple[int, int | None]]) -> ClaimOrder:
    """Return claims, given as local number and that of the parent, below their parents.

    Those whose parents go round in a circle, or are not among them, stand at the top.
    """
    parent_of: dict[int, int] = {}
    numbers = array("q")
    for number, parent in claims:
        numbers.append(number)
        if parent is not None:
            parent_of[number] = parent
    if parent_of:
        known = set(numbers)
        parent_of = {number: parent for number, parent in parent_of.items() if parent in known}
        for number in _circling(parent_of):
            del parent_of[number]
    return _below(numbers, parent_of) if parent_of else ClaimOrder(numbers, len(numbers))


def _circling(parent_of: Mapping[int, int]) -> list[int]:
    """Return those from whom the way up never ends."""
    ends: dict[int, bool] = {}
    for number in parent_of:
        way: dict[int, None] = {}
        at = number
        while at in parent_of and at not in ends and at not in way:
            way[at] = None
            at = parent_of[at]
        found = ends.get(at, at not in way)
        ends.update(dict.fromkeys(way, found))
    return [number for number, finds_end in ends.items() if not finds_end]


def _below(numbers: array[int], parent_of: Mapping[int, int]) -> ClaimOrder:
    children: dict[int, list[int]] = {}
    for number in numbers:
        if number in parent_of:
            children.setdefault(parent_of[number], []).append(number)
    order = ClaimOrder(array("q"), len(numbers))
    tops = [number for number in numbers if number not in parent_of]
    for number in tops:
        _put(order, number, children, is_last=number == tops[-1])
    return order


def _put(order: ClaimOrder, top: int, children: Mapping[int, list[int]], *, is_last: bool) -> None:
    """Add a claim and all below it, without recursion: how deep people nest is not ours to limit."""
    waiting = [(top, -1, is_last)]
    first = len(order.numbers)
    while waiting:
        number, parent, last = waiting.pop()
        place, parts = len(order.numbers), children.get(number, [])
        order.numbers.append(number)
        order.parents.append(parent)
        order.sizes.append(1)
        order.parts.append(len(parts))
        order.last.append(last)
        waiting += [(part, place, part == parts[-1]) for part in reversed(parts)]
    for place in range(len(order.numbers) - 1, first, -1):
        order.sizes[order.parents[place]] += order.sizes[place]


class Folds:
    """Which places of an order show when the parts of some are folded away, as rows counted from 0."""

    def __init__(self, order: ClaimOrder, folded: Iterable[int] = ()) -> None:
        """``folded`` are the places whose parts do not show."""
        self._starts: list[int] = []
        lengths: list[int] = []
        end = 0
        for place in sorted(set(folded)):
            size = order.sizes[place] if order.sizes else 1
            if place >= end and size > 1:
                self._starts.append(place + 1)
                lengths.append(size - 1)
                end = place + size
        self._hidden = list(accumulate(lengths, initial=0))
        self._rows = [start - before for start, before in zip(self._starts, self._hidden, strict=False)]
        self.count = len(order.numbers) - self._hidden[-1]

    def place(self, row: int) -> int:
        """Return the place that a row shows."""
        return row + self._hidden[bisect_right(self._rows, row)]

    def row(self, place: int) -> int:
        """Return the row of a place, -1 where it is folded away."""
        at = bisect_right(self._starts, place)
        row = place - self._hidden[at]
        return -1 if at and row < self._rows[at - 1] else row


@dataclass(frozen=True, slots=True)
class Offer:
    """Claims that fit what is typed, those worked on last first, with the words of parents. ``whole``: there are no others."""

    rows: tuple[ClaimRow, ...]
    parents: Mapping[EntityId, str]
    whole: bool
