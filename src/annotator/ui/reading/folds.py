"""Folds away what is not part of the article. Hidden pieces stay in the text: no offset changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from annotator.ui.reading.open_text import Aside
from annotator.ui.reading.pieces import Pieces


class Folds:
    """Knows which asides are closed, and above or below which piece the line stands that tells of each."""

    def __init__(self, asides: Sequence[Aside], pieces: Pieces) -> None:
        self.asides = tuple(asides)
        self.closed: set[int] = set()
        self._ranges = [(pieces.at(aside.start), pieces.at(aside.end)) for aside in self.asides]
        self._first = {first: index for index, (first, _) in enumerate(self._ranges)}
        self._after = {last + 1: index for index, (_, last) in enumerate(self._ranges)}
        self._hidden = bytearray(len(pieces))
        self._last = len(pieces) - 1

    def above(self, number: int) -> int | None:
        """Return the aside whose line stands above a piece: an open one that begins there, a closed one before it."""
        index = self._first.get(number)
        if index is not None:
            return index
        index = self._after.get(number)
        return index if index in self.closed else None

    def below(self, number: int) -> int | None:
        """Return the closed aside at the end of the text whose line stands below a piece."""
        index = self._first.get(number + 1)
        return index if index in self.closed and self._ranges[index][1] == self._last else None

    def is_first(self, number: int) -> bool:
        """Tell whether nothing visible stands before a piece."""
        return self._hidden.rfind(0, 0, number) < 0

    def is_last(self, number: int) -> bool:
        """Tell whether nothing visible stands behind a piece."""
        return self._hidden.find(0, number + 1) < 0

    def ends_at(self, number: int) -> bool:
        """Tell whether an open aside ends with a piece."""
        index = self._after.get(number + 1)
        return index is not None and index not in self.closed

    def is_hidden(self, number: int) -> bool:
        """Tell whether a piece is folded away."""
        return bool(self._hidden[number])

    def after(self, number: int) -> int | None:
        """Return the next visible piece."""
        found = self._hidden.find(0, number + 1)
        return None if found < 0 else found

    def before(self, number: int) -> int | None:
        """Return the visible piece before."""
        found = self._hidden.rfind(0, 0, number)
        return None if found < 0 else found

    def visible(self, number: int, *, forward: bool = True) -> int:
        """Return the nearest piece that is not folded away, looking first one way and then the other."""
        if not self._hidden[number]:
            return number
        ways = (self.after, self.before) if forward else (self.before, self.after)
        return next((found for way in ways if (found := way(number)) is not None), number)

    def holding(self, start: int, end: int) -> list[int]:
        """Return the closed asides that reach into half-open code points."""
        return [i for i in sorted(self.closed) if self.asides[i].start < end and start < self.asides[i].end]

    def shown(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Yield the parts of a stretch that are not folded away."""
        for index in self.holding(start, end):
            aside = self.asides[index]
            if start < aside.start:
                yield start, aside.start
            start = max(start, aside.end)
        if start < end:
            yield start, end

    def hidden_ranges(self) -> list[tuple[int, int]]:
        """Return the first and last piece of every closed aside."""
        return [self._ranges[index] for index in sorted(self.closed)]

    def closed_of(self, asides: Iterable[Aside]) -> list[int]:
        """Return which of other asides of the same text, by their number, touch none that lies open here."""
        opened = [each for index, each in enumerate(self.asides) if index not in self.closed]
        return [
            index
            for index, aside in enumerate(asides)
            if not any(each.start < aside.end and aside.start < each.end for each in opened)
        ]

    def set_closed(self, indexes: Iterable[int], *, closed: bool) -> list[tuple[int, int]]:
        """Fold asides away, or show them again, and return the first and last piece of each.

        What would leave nothing to be seen stays open.
        """
        changed = []
        for index in indexes:
            first, last = self._ranges[index]
            hidden = bytearray([closed]) * (last - first + 1)
            if closed and self._hidden.find(0, 0, first) < 0 and self._hidden.find(0, last + 1) < 0:
                continue
            (self.closed.add if closed else self.closed.discard)(index)
            self._hidden[first : last + 1] = hidden
            changed.append((first, last))
        return changed
