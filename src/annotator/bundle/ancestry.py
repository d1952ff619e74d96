"""Which changes a change builds on, directly or through others, told at once and in little memory.

Every change lies on one *line*: a run of changes, each of which names the one before it as a parent. So it builds on all that lie
before it on its line. What it builds on of another line is told by one length: on that many of its changes from the beginning.
These lengths only grow along a line, and are noted where they do. A team's history has few lines: about one for every time that
somebody began to work on a copy.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Sequence

from annotator.bundle.refusal import OverLimitError
from annotator.domain.ids import EntityId

_BITS = 32
_MASK = (1 << _BITS) - 1
_PAIR_COST = 32


class _Line:
    """One line: who made its last change, how long it is, and (place, length) for each other line as one number each."""

    def __init__(self) -> None:
        self.maker = EntityId("")
        self.length = 0
        self.seen: dict[int, array[int]] = {}

    def below(self, place: int, other: int) -> int:
        """Return on how many changes of another line the change at ``place`` of this one builds."""
        noted = self.seen.get(other)
        at = bisect_right(noted, place << _BITS | _MASK) if noted else 0
        return noted[at - 1] & _MASK if noted and at else 0


class Ancestry:
    """Takes changes, known by their numbers 0, 1, 2 …, parents first, and tells which one builds on which.

    ``steps`` is how much work and memory it takes at most: a step is a few bytes.
    """

    def __init__(self, steps: int) -> None:
        self._steps = steps
        self._lines: list[_Line] = []
        self._line_of = array("I")
        self._place_of = array("I")

    def add(self, parents: Sequence[int], maker: EntityId) -> None:
        """Take the next change, made by ``maker`` on top of ``parents``; raises ``ValueError`` where it takes too many steps."""
        before = self._before(parents, maker)
        if before is None:
            number, place = len(self._lines), 0
            self._lines.append(_Line())
        else:
            number, place = self._line_of[before], self._place_of[before] + 1
        line = self._lines[number]
        line.length, line.maker = place + 1, maker
        self._line_of.append(number)
        self._place_of.append(place)
        for parent in parents:
            self._join(number, place, self._line_of[parent], self._place_of[parent])

    def builds_on(self, change: int, other: int) -> bool:
        """Tell whether a change builds on another one."""
        line, place = self._line_of[change], self._place_of[change]
        if self._line_of[other] == line:
            return self._place_of[other] < place
        return self._lines[line].below(place, self._line_of[other]) > self._place_of[other]

    def _before(self, parents: Sequence[int], maker: EntityId) -> int | None:
        """Return the parent whose line goes on: one that is the last of its line, rather of the same maker."""
        last = [each for each in parents if self._place_of[each] + 1 == self._lines[self._line_of[each]].length]
        return max(last, key=lambda each: (self._lines[self._line_of[each]].maker == maker, each), default=None)

    def _join(self, line: int, place: int, other: int, other_place: int) -> None:
        """Note that the change at a place of a line builds on that of another, and on all on which that one builds."""
        self._spend(1)
        if line == other or self._lines[line].below(place, other) > other_place:
            return
        self._note(line, place, other, other_place + 1)
        theirs = self._lines[other]
        self._spend(len(theirs.seen))
        for further in theirs.seen:
            length = theirs.below(other_place, further)
            if further != line and length > self._lines[line].below(place, further):
                self._note(line, place, further, length)

    def _note(self, line: int, place: int, other: int, length: int) -> None:
        seen = self._lines[line].seen
        if other not in seen:
            self._spend(_PAIR_COST)
            seen[other] = array("Q")
        seen[other].append(place << _BITS | length)

    def _spend(self, steps: int) -> None:
        self._steps -= steps
        if self._steps < 0:
            raise OverLimitError("the changes build on each other in more ways than this program follows", "ancestry")
