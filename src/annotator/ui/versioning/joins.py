"""Where passages stand in two versions: found by what is in sight, however many there are; pure."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from annotator.domain.anchoring import FOUND, AnchorState
from annotator.domain.version_diff import spans_of

Span = tuple[int, int]


class Join(NamedTuple):
    """A passage, its place in the old and in the new text (None: it stands there no more), and how it was found again."""

    passage: str
    old: Span
    new: Span | None
    state: AnchorState
    settled: bool

    @property
    def waits(self) -> bool:
        """Whether a person has to settle it."""
        return not self.settled and self.state not in FOUND


class Joins:
    """Any number of joins, by where they begin on either side.

    ``moved_from`` and ``moved_to`` are the words of passages that only stand elsewhere now.
    """

    def __init__(self, joins: Iterable[Join] = ()) -> None:
        self._by_old = sorted(joins, key=lambda join: join.old)
        self._by_new = sorted(
            (join for join in self._by_old if join.new is not None), key=lambda join: join.new or (0, 0)
        )
        self._old_starts = array("L", [join.old[0] for join in self._by_old])
        self._new_starts = array("L", [join.new[0] for join in self._by_new if join.new])
        self._found = {join.passage: join for join in self._by_old}
        moved = [join for join in self._by_old if join.state is AnchorState.MOVED and join.new is not None]
        self.moved_from = spans_of(join.old for join in moved)
        self.moved_to = spans_of(join.new for join in moved if join.new)

    def find(self, passage: str) -> Join | None:
        """Return the join of a passage."""
        return self._found.get(passage)

    def in_sight(self, old: Span, new: Span, most: int) -> Iterator[Join]:
        """Yield the joins that begin within these stretches, those to settle first, at most so many."""
        begin = bisect_left(self._old_starts, old[0])
        found = self._by_old[begin : min(bisect_right(self._old_starts, old[1]), begin + most)]
        there = bisect_left(self._new_starts, new[0])
        beside = self._by_new[there : min(bisect_right(self._new_starts, new[1]), there + most)]
        each = {join.passage: join for join in (*found, *beside)}
        yield from sorted(each.values(), key=lambda join: (not join.waits, join.old))[:most]
