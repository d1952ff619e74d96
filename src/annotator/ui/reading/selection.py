"""Where the caret stands and what is selected; pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

Span = tuple[int, int]
"""Half-open code points of the canonical text."""


class Place(NamedTuple):
    """A place between two characters.

    Where a line goes on below without a blank, the same ``offset`` is the end of the one line and the beginning of the
    next; ``before`` is the former.
    """

    offset: int
    before: bool = False


@dataclass(frozen=True, slots=True)
class Selection:
    """From the anchor, which stays, to the caret, which moves; either may be the later one. Alike, nothing is selected."""

    anchor: int
    caret: Place

    @property
    def start(self) -> int:
        """The code point with which it begins."""
        return min(self.anchor, self.caret.offset)

    @property
    def end(self) -> int:
        """The code point before which it ends."""
        return max(self.anchor, self.caret.offset)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is selected."""
        return self.anchor == self.caret.offset

    @property
    def words(self) -> Span | None:
        """From where to where it goes; None where nothing is selected."""
        return None if self.is_empty else (self.start, self.end)

    def moved(self, caret: Place, *, extend: bool) -> Selection:
        """Return it with the caret elsewhere; ``extend`` leaves the anchor where it is."""
        return Selection(self.anchor if extend else caret.offset, caret)

    def around(self, held: Span, under: Span) -> Selection:
        """Return the selection that goes on from ``held``, which stays selected, as far as the stretch under the mouse."""
        if under[0] < held[0]:
            return Selection(held[1], Place(under[0]))
        return Selection(held[0], Place(max(under[1], held[1]), before=True))
