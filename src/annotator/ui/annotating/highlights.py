"""The passages of one text, found by where they stand, and where the margin has room for each."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Iterator, Sequence
from itertools import compress
from operator import ge
from weakref import ref

from annotator.domain.ids import EntityId
from annotator.domain.rows import PassageRow
from annotator.ui.annotating.columns import COLUMNS, columns_of

STANCES = ("supports", "refutes", "qualifies", "contextualises")
"""From the lane next to the words to the one farthest away; a codebook's own stances come behind, unlinked passages last."""

_BLOCK = 128
"""Passages that are looked through together: what ends too early is passed over block by block."""

Key = tuple[int, int, EntityId]
Span = tuple[int, int]


def rank(stance: str) -> tuple[int, str]:
    """Return where a stance stands in the order of the lanes; an empty one is that of an unlinked passage."""
    if stance in STANCES:
        return STANCES.index(stance), ""
    return (len(STANCES) if stance else len(STANCES) + 1), stance


def stances_of(row: PassageRow) -> tuple[str, ...]:
    """Return the stances that a passage is painted with, in the order of the lanes; an unlinked one has the empty one."""
    if len(row.stances) < 2:
        return row.stances or ("",)
    return tuple(sorted(row.stances, key=rank))


def length(row: PassageRow) -> int:
    """Return how many code points a passage marks."""
    return sum(end - start for start, end in row.spans)


def key_of(row: PassageRow) -> Key:
    """Return by what passages are sorted: where they begin, the longer one first."""
    return row.spans[0][0], -row.spans[-1][1], row.id


class Highlights:
    """All passages of one text in its order. Places are half-open code points.

    ``areas`` are those that mark no words but a part of a page, in the order of the pages; they come behind all others.
    What is asked about some of them is worked out for these alone, so that any number may be there.
    """

    def __init__(self, rows: Iterable[PassageRow] = (), text: str = "") -> None:
        given = list(rows)
        self._text = text
        self._rows = [row for row in given if row.spans]
        self._starts = [row.spans[0][0] for row in self._rows]
        if not _is_sorted(self._rows, self._starts):
            self._rows.sort(key=key_of)
            self._starts = [row.spans[0][0] for row in self._rows]
        self._ends = [row.spans[-1][1] for row in self._rows]
        self.areas = tuple(sorted((row for row in given if not row.spans), key=_place_of_area))
        self._found = {row.id: row for row in given}
        self._firsts = list(range(0, len(self._rows), _BLOCK)) or [0]
        self._furthest = [max(self._ends[first : first + _BLOCK], default=0) for first in self._firsts]
        self._last_ends: list[int] | None = None
        self._columns: dict[int, dict[EntityId, int]] = {}
        self._made_of: tuple[ref[Highlights], Span] | None = None

    @property
    def rows(self) -> Sequence[PassageRow]:
        """The passages that mark words."""
        return self._rows

    def __len__(self) -> int:
        return len(self._rows) + len(self.areas)

    # -- finding

    def find(self, id_: str) -> PassageRow | None:
        """Return the passage with this id."""
        return self._found.get(EntityId(id_))

    def within(self, start: int, end: int) -> list[PassageRow]:
        """Return the passages that reach into a stretch of the text, in its order."""
        last = bisect_left(self._starts, end)
        found: list[PassageRow] = []
        for block, first in enumerate(self._firsts):
            if first >= last:
                break
            if self._furthest[block] > start:
                stop = min(self._end_of(block), last)
                rows, ends = self._rows[first:stop], self._ends[first:stop]
                found += [row for row, until in zip(rows, ends, strict=True) if until > start]
        return found

    def count_within(self, start: int, end: int) -> int:
        """Return how many passages reach into a stretch of the text."""
        if self._last_ends is None:
            self._last_ends = sorted(self._ends)
        return bisect_left(self._starts, end) - bisect_right(self._last_ends, start)

    def begin_within(self, start: int, end: int) -> Sequence[PassageRow]:
        """Return the passages that begin in a stretch of the text."""
        return self._rows[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def at(self, offset: int) -> list[PassageRow]:
        """Return the passages with a fragment over or right before a place, the shortest first."""
        touching = [
            row
            for row in self.within(max(0, offset - 1), offset + 1)
            if any(start <= offset <= end for start, end in row.spans)
        ]
        inside = [row for row in touching if any(start <= offset < end for start, end in row.spans)]
        return sorted(inside or touching, key=length)

    def over(self, offset: int) -> list[PassageRow]:
        """Return the passages with a fragment over the character at a place, the shortest first."""
        found = self.within(offset, offset + 1)
        return sorted((row for row in found if any(s <= offset < e for s, e in row.spans)), key=length)

    def neighbour(self, offset: int, current: str, *, forward: bool) -> PassageRow | None:
        """Return the passage after or before the ``current`` one, or the place if there is none; goes round at the ends."""
        if not len(self):
            return None
        chosen = self.find(current)
        if chosen is not None:
            number = self.number(chosen) - 1 + (1 if forward else -1)
        else:
            number = bisect_left(self._starts, offset)
            number -= 0 if forward else 1
        number %= len(self)
        return self._rows[number] if number < len(self._rows) else self.areas[number - len(self._rows)]

    def number(self, row: PassageRow) -> int:
        """Return the how manieth passage of the text this is, from 1."""
        if not row.spans:
            return len(self._rows) + [area.id for area in self.areas].index(row.id) + 1
        return bisect_left(self._rows, key_of(row), key=key_of) + 1

    # -- in the margin

    def column(self, row: PassageRow) -> int:
        """Return in which column of the margin a passage's stripe stands, from 0 beside the text."""
        number = self.number(row) - 1
        return self._columns_of(bisect_right(self._firsts, number) - 1)[row.id]

    def own_columns(self, start: int, end: int) -> Iterator[tuple[int, PassageRow]]:
        """Yield the passages over a stretch of the text that have a column for themselves, with that column."""
        last = bisect_left(self._starts, end)
        for block, first in enumerate(self._firsts):
            if first >= last:
                break
            if self._furthest[block] > start:
                for id_, column in self._columns_of(block).items():
                    row = self._found[id_]
                    if column < COLUMNS - 1 and row.spans[0][0] < end and row.spans[-1][1] > start:
                        yield column, row

    # -- with one more

    def with_row(self, row: PassageRow, text: str = "") -> Highlights:
        """Return the same passages and this one, which takes the place of an earlier state of itself."""
        if not row.spans:
            others = (area for area in self.areas if area.id != row.id)
            return Highlights((*self._rows, *others, row), text or self._text)
        made = self._copy()
        before = self.find(row.id)
        start, end = row.spans[0][0], row.spans[-1][1]
        if before is not None and before.spans:
            made._take_out(before)
            start, end = min(start, before.spans[0][0]), max(end, before.spans[-1][1])
        made._put_in(row)
        made._made_of = ref(self), (start, end)
        return made

    def changed_since(self, earlier: Highlights) -> Span | None:
        """Return the stretch of the text outside of which nothing differs from ``earlier``; None where that is not known."""
        if self._made_of is not None and self._made_of[0]() is earlier:
            return self._made_of[1]
        return None

    def _copy(self) -> Highlights:
        made = Highlights((), self._text)
        made._rows, made._starts, made._ends = self._rows[:], self._starts[:], self._ends[:]
        made.areas, made._found = self.areas, self._found.copy()
        made._firsts, made._furthest = self._firsts[:], self._furthest[:]
        made._last_ends = None if self._last_ends is None else self._last_ends[:]
        made._columns = self._columns.copy()
        return made

    def _take_out(self, row: PassageRow) -> None:
        number = self.number(row) - 1
        del self._rows[number], self._starts[number], self._ends[number], self._found[row.id]
        if self._last_ends is not None:
            del self._last_ends[bisect_left(self._last_ends, row.spans[-1][1])]
        self._count_anew(number, -1)

    def _put_in(self, row: PassageRow) -> None:
        number = bisect_left(self._rows, key_of(row), key=key_of)
        self._rows.insert(number, row)
        self._starts.insert(number, row.spans[0][0])
        self._ends.insert(number, row.spans[-1][1])
        self._found[row.id] = row
        if self._last_ends is not None:
            insort(self._last_ends, row.spans[-1][1])
        self._count_anew(number, 1)

    def _count_anew(self, number: int, more: int) -> None:
        """Let the blocks behind a passage begin one later or one earlier, and look at its own block again."""
        block = bisect_right(self._firsts, number) - 1
        self._firsts[block + 1 :] = [first + more for first in self._firsts[block + 1 :]]
        self._furthest[block] = max(self._ends[self._firsts[block] : self._end_of(block)], default=0)
        for stale in (block, block + 1):
            self._columns.pop(stale, None)

    def _end_of(self, block: int) -> int:
        return self._firsts[block + 1] if block + 1 < len(self._firsts) else len(self._rows)

    def _columns_of(self, block: int) -> dict[EntityId, int]:
        """Return the columns of the passages of a block; the block before it decides what is taken where it begins."""
        found = self._columns.get(block)
        if found is None:
            before = self._firsts[max(block - 1, 0)]
            rows = self._rows[before : self._end_of(block)]
            columns = list(zip(rows, columns_of(rows, self._text), strict=True))
            found = self._columns[block] = {row.id: column for row, column in columns[self._firsts[block] - before :]}
        return found


def _is_sorted(rows: Sequence[PassageRow], starts: Sequence[int]) -> bool:
    """Tell whether passages stand in their order; keys are compared only for those that begin no later than the one before."""
    doubtful = compress(range(len(starts) - 1), map(ge, starts, starts[1:]))
    return all(key_of(rows[number]) <= key_of(rows[number + 1]) for number in doubtful)


def _place_of_area(row: PassageRow) -> tuple[int, int, int, EntityId]:
    area = row.area
    return (area.page, area.top, area.left, row.id) if area else (0, 0, 0, row.id)
