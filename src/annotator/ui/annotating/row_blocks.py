"""Sorted passages in blocks, so that finding some, or putting one in, costs next to nothing for any number; pure."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, chain, compress
from operator import attrgetter, ge

from annotator.domain.ids import EntityId
from annotator.domain.rows import PassageRow

_SIZE = 32
_LATE = 64
"""Ends that are kept beside the sorted ones before all are sorted again."""

Span = tuple[int, int]
Key = tuple[int, int, EntityId]


def key_of(row: PassageRow) -> Key:
    """Return by what passages are sorted: where they begin, the longer one first."""
    return row.spans[0][0], -row.spans[-1][1], row.id


class Block:
    """Neighbouring passages, one at least. Nothing of it changes."""

    __slots__ = ("ends", "first", "furthest", "rows", "size", "starts")

    def __init__(self, rows: list[PassageRow], starts: list[int], ends: list[int]) -> None:
        self.rows, self.starts, self.ends, self.size = rows, starts, ends, len(rows)
        self.first, self.furthest = starts[0], max(ends)


_first, _furthest, _size = attrgetter("first"), attrgetter("furthest"), attrgetter("size")


class RowBlocks:
    """Passages that mark words, in their order. Places are half-open code points."""

    def __init__(self, given: list[PassageRow], spans: list[tuple[Span, ...]]) -> None:
        """``spans`` are those of the passages given: they have been looked up already."""
        starts = [places[0][0] for places in spans]
        if not _is_sorted(given, starts):
            given = sorted(given, key=key_of)
            spans = [row.spans for row in given]
            starts = [places[0][0] for places in spans]
        ends = [places[-1][1] for places in spans]
        self._take(
            [
                Block(given[n : n + _SIZE], starts[n : n + _SIZE], ends[n : n + _SIZE])
                for n in range(0, len(given), _SIZE)
            ],
            len(given),
        )
        self._ends: list[int] | None = None
        self._late: tuple[tuple[int, int], ...] = ()

    def _take(self, blocks: list[Block], count: int) -> None:
        self.blocks = blocks
        self._firsts = list(map(_first, blocks))
        self._reach = list(accumulate(map(_furthest, blocks), max))
        self._count = count
        self._flat: list[PassageRow] | None = None
        self._offsets: list[int] | None = None

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[PassageRow]:
        return chain.from_iterable(block.rows for block in self.blocks)

    @property
    def flat(self) -> list[PassageRow]:
        """All passages in one list."""
        if self._flat is None:
            self._flat = list(self)
        return self._flat

    # -- finding

    def reaching(self, start: int, end: int) -> Iterator[tuple[int, Block]]:
        """Yield the blocks with passages that may reach into a stretch, and their numbers."""
        for number in range(bisect_right(self._reach, start), bisect_left(self._firsts, end)):
            block = self.blocks[number]
            if block.furthest > start:
                yield number, block

    def within(self, start: int, end: int) -> list[PassageRow]:
        """Return the passages that reach into a stretch."""
        found: list[PassageRow] = []
        for _, block in self.reaching(start, end):
            last = bisect_left(block.starts, end)
            found += [row for row, until in zip(block.rows[:last], block.ends, strict=False) if until > start]
        return found

    def begin_within(self, start: int, end: int) -> Iterator[tuple[int, PassageRow]]:
        """Yield the passages that begin in a stretch, each behind the number of its block."""
        first = max(bisect_left(self._firsts, start) - 1, 0)
        for number in range(first, bisect_left(self._firsts, end)):
            block = self.blocks[number]
            for row in block.rows[bisect_left(block.starts, start) : bisect_left(block.starts, end)]:
                yield number, row

    def count_before(self, offset: int) -> int:
        """Return how many passages begin before a place."""
        number = bisect_left(self._firsts, offset) - 1
        if number < 0:
            return 0
        return self._offset_of(number) + bisect_left(self.blocks[number].starts, offset)

    def count_within(self, start: int, end: int) -> int:
        """Return how many passages reach into a stretch."""
        if self._ends is None:
            self._ends, self._late = sorted(chain.from_iterable(block.ends for block in self.blocks)), ()
        over = bisect_right(self._ends, start) + sum(more for until, more in self._late if until <= start)
        return self.count_before(end) - over

    def place_of(self, row: PassageRow) -> tuple[int, int]:
        """Return in which block a passage stands, or would stand, and the how manieth there."""
        key = key_of(row)
        number = max(bisect_right(self._firsts, key[0]) - 1, 0)
        while number > 0 and self.blocks[number].first == key[0] and key_of(self.blocks[number].rows[0]) > key:
            number -= 1
        return number, bisect_left(self.blocks[number].rows, key, key=key_of) if self.blocks else 0

    def number(self, row: PassageRow) -> int:
        """Return the how manieth passage this is, from 0."""
        block, place = self.place_of(row)
        return self._offset_of(block) + place

    # -- with another

    def changed(self, out: PassageRow | None, into: PassageRow) -> tuple[RowBlocks, set[int] | None]:
        """Return the same passages with one of them taken out and another put in, and the numbers of the blocks that differ.

        None where blocks have other numbers than before.
        """
        blocks, count, late = self.blocks[:], self._count, self._late
        touched: set[int] = set()
        is_renumbered = False
        if out is not None:
            number, place = self.place_of(out)
            count, late = count - 1, (*late, (out.spans[-1][1], -1))
            touched.add(number)
            is_renumbered = blocks[number].size == 1
            blocks[number : number + 1] = () if is_renumbered else (_with(blocks[number], place, ()),)
        made = RowBlocks([], [])
        made._take(blocks, count)
        number, place = made.place_of(into)
        if blocks:
            blocks[number] = _with(blocks[number], place, (into,), replace=False)
        else:
            blocks.append(Block([into], [into.spans[0][0]], [into.spans[-1][1]]))
        touched.add(number)
        if blocks[number].size > 2 * _SIZE:
            blocks, is_renumbered = list(_halved(blocks)), True
        made._take(blocks, count + 1)
        late = (*late, (into.spans[-1][1], 1))
        made._ends, made._late = (self._ends, late) if len(late) < _LATE else (None, ())
        return made, None if is_renumbered else touched

    def _offset_of(self, block: int) -> int:
        if self._offsets is None:
            self._offsets = [0, *accumulate(map(_size, self.blocks))]
        return self._offsets[block]


def _with(block: Block, place: int, rows: Sequence[PassageRow], *, replace: bool = True) -> Block:
    """Return a block with other rows in place of one, or before it."""
    stop = place + 1 if replace else place
    return Block(
        [*block.rows[:place], *rows, *block.rows[stop:]],
        [*block.starts[:place], *(row.spans[0][0] for row in rows), *block.starts[stop:]],
        [*block.ends[:place], *(row.spans[-1][1] for row in rows), *block.ends[stop:]],
    )


def _halved(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield blocks, those that are too large in two."""
    for block in blocks:
        if len(block.rows) > 2 * _SIZE:
            for part in (slice(_SIZE), slice(_SIZE, None)):
                yield Block(block.rows[part], block.starts[part], block.ends[part])
        else:
            yield block


def _is_sorted(rows: Sequence[PassageRow], starts: Sequence[int]) -> bool:
    """Tell whether passages stand in their order; keys are compared only for those that begin no later than the one before."""
    doubtful = compress(range(len(starts) - 1), map(ge, starts, starts[1:]))
    return all(key_of(rows[number]) <= key_of(rows[number + 1]) for number in doubtful)
