"""The passages of one text, found by where they stand, and where the margin has room for each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple
from weakref import ref

from annotator.domain.ids import EntityId
from annotator.domain.rows import PassageRow
from annotator.ui.annotating.columns import COLUMNS, SAME_LINE, columns_of
from annotator.ui.annotating.row_blocks import RowBlocks

STANCES = ("supports", "refutes", "qualifies", "contextualises")
"""From the lane next to the words to the one farthest away; a codebook's own stances come behind, unlinked passages last."""

_LATE = 200
"""Passages that are kept beside the table of all before there is a new one."""

_RANKS = {stance: (number, "") for number, stance in enumerate(STANCES)}

Span = tuple[int, int]


def rank(stance: str) -> tuple[int, str]:
    """Return where a stance stands in the order of the lanes; an empty one is that of an unlinked passage."""
    return _RANKS.get(stance) or (len(STANCES) if stance else len(STANCES) + 1, stance)


def stances_of(row: PassageRow) -> tuple[str, ...]:
    """Return the stances that a passage is painted with, in the order of the lanes; an unlinked one has the empty one."""
    if len(row.stances) < 2:
        return row.stances or ("",)
    return tuple(sorted(row.stances, key=rank))


def length(row: PassageRow) -> int:
    """Return how many code points a passage marks."""
    return sum(end - start for start, end in row.spans)


class _Columns(NamedTuple):
    """The columns of the passages of a block, and those passages that have one for themselves."""

    all: dict[EntityId, int]
    own: tuple[tuple[int, PassageRow], ...]


class Highlights:
    """All passages of one text in its order. Places are half-open code points.

    ``areas`` are those that mark no words but a part of a page, in the order of the pages; they come behind all others.
    What is asked about some of them is worked out for these alone, so that any number may be there.
    """

    def __init__(self, rows: Iterable[PassageRow] = (), text: str = "") -> None:
        given = list(rows)
        spans = [row.spans for row in given]
        self.areas: tuple[PassageRow, ...] = ()
        self._given: list[PassageRow] | None = given
        if not all(spans):
            self.areas = tuple(sorted((row for row in given if not row.spans), key=_place_of_area))
            given, spans = [row for row in given if row.spans], [each for each in spans if each]
        self._blocks = RowBlocks(given, spans)
        self._text = text
        self._found: dict[EntityId, PassageRow] = {}
        self._late: dict[EntityId, PassageRow] = {}
        self._columns: dict[int, _Columns] = {}
        self._made_of: tuple[ref[Highlights], Span] | None = None

    @property
    def rows(self) -> Sequence[PassageRow]:
        """The passages that mark words."""
        return self._blocks.flat

    def __len__(self) -> int:
        return len(self._blocks) + len(self.areas)

    def __iter__(self) -> Iterator[PassageRow]:
        """Go over the passages that mark words, without a list of them."""
        return iter(self._blocks)

    # -- finding

    def find(self, id_: str) -> PassageRow | None:
        """Return the passage with this id."""
        if self._given is not None:
            self._found, self._given = {row.id: row for row in self._given}, None
        return self._late.get(EntityId(id_)) or self._found.get(EntityId(id_))

    def within(self, start: int, end: int) -> list[PassageRow]:
        """Return the passages that reach into a stretch of the text, in its order."""
        return self._blocks.within(start, end)

    def count_within(self, start: int, end: int) -> int:
        """Return how many passages reach into a stretch of the text."""
        return self._blocks.count_within(start, end)

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
            number = self._blocks.count_before(offset) - (0 if forward else 1)
        number %= len(self)
        return self.rows[number] if number < len(self._blocks) else self.areas[number - len(self._blocks)]

    def number(self, row: PassageRow) -> int:
        """Return the how manieth passage of the text this is, from 1."""
        if not row.spans:
            return len(self._blocks) + [area.id for area in self.areas].index(row.id) + 1
        return self._blocks.number(row) + 1

    # -- in the margin

    def column(self, row: PassageRow) -> int:
        """Return in which column of the margin a passage's stripe stands, from 0 beside the text."""
        return self._columns_of(self._blocks.place_of(row)[0]).all[row.id]

    def own_columns(self, start: int, end: int) -> Iterator[tuple[int, PassageRow]]:
        """Yield the passages over a stretch of the text that have a column for themselves, behind that column."""
        for number, _ in self._blocks.reaching(start, end):
            for column, row in self._columns_of(number).own:
                if row.spans[0][0] < end and row.spans[-1][1] > start:
                    yield column, row

    def columns_beginning(self, start: int, end: int) -> list[int]:
        """Return the columns of the passages that begin in a stretch of the text."""
        return [self._columns_of(number).all[row.id] for number, row in self._blocks.begin_within(start, end)]

    def _columns_of(self, number: int) -> _Columns:
        """Return the columns of the passages of a block; the block before it decides what is taken where it begins."""
        found = self._columns.get(number)
        if found is None:
            rows = self._blocks.blocks[number].rows
            before = self._blocks.blocks[number - 1].rows if number else []
            columns = columns_of([*before, *rows], self._text)[len(before) :]
            placed = list(zip(columns, rows, strict=True))
            own = tuple(pair for pair in placed if pair[0] < COLUMNS - 1)
            found = self._columns[number] = _Columns({row.id: column for column, row in placed}, own)
        return found

    # -- with one more

    def with_row(self, row: PassageRow, text: str = "") -> Highlights:
        """Return the same passages and this one, which takes the place of an earlier state of itself."""
        before = self.find(row.id)
        if not row.spans or (before is not None and not before.spans):
            others = (each for each in (*self.rows, *self.areas) if each.id != row.id)
            return Highlights((*others, row), text or self._text)
        blocks, touched = self._blocks.changed(before, row)
        start, end = row.spans[0][0], row.spans[-1][1]
        if before is not None:
            start, end = min(start, before.spans[0][0]), max(end, before.spans[-1][1])
        stale = None if touched is None else {*touched, *(number + 1 for number in touched)}
        made = self._copy()
        made._change(blocks, row, stale, (ref(self), (start, end)))  # noqa: SLF001 its own kind
        for number in touched or ():
            if number + 1 not in (touched or ()):
                made._keep_next(number, self._columns)  # noqa: SLF001
        return made

    def changed_since(self, shown: Highlights) -> Span | None:
        """Return the stretch of the text outside of which nothing differs from ``shown``; None where that is not known.

        One of the two is the other one with a passage more.
        """
        for one, other in ((self, shown), (shown, self)):
            if one._made_of is not None and one._made_of[0]() is other:  # noqa: SLF001 its own kind
                return one._made_of[1]  # noqa: SLF001
        return None

    def _copy(self) -> Highlights:
        made = Highlights((), self._text)
        made.areas = self.areas
        made._found, made._late, made._columns, made._given = self._found, self._late, self._columns, self._given
        return made

    def _change(
        self, blocks: RowBlocks, row: PassageRow, stale: set[int] | None, made_of: tuple[ref[Highlights], Span]
    ) -> None:
        """Take over what differs from what this is a copy of; ``stale`` are the blocks whose columns are to be found anew."""
        self._blocks, self._made_of = blocks, made_of
        kept = self._columns.items() if stale is not None else ()
        self._columns = {number: columns for number, columns in kept if number not in (stale or ())}
        self._late = {**self._late, row.id: row}
        if len(self._late) > _LATE:
            self._found, self._late = {**self._found, **self._late}, {}

    def _keep_next(self, number: int, before: dict[int, _Columns]) -> None:
        """Keep the columns of the block behind a changed one where nothing that reaches into it stands elsewhere now."""
        following = before.get(number + 1)
        if following is None or number not in before or number + 1 in self._columns:
            return
        first = self._blocks.blocks[number + 1].first - SAME_LINE
        reaching = {row.id for row in self._blocks.blocks[number].rows if row.spans[-1][1] >= first}
        now, then = self._columns_of(number).all, before[number].all
        if all(then.get(id_) == now[id_] for id_ in reaching):
            self._columns[number + 1] = following


def _place_of_area(row: PassageRow) -> tuple[int, int, int, EntityId]:
    area = row.area
    return (area.page, area.top, area.left, row.id) if area else (0, 0, 0, row.id)
