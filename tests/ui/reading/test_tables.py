"""How the page is divided among the columns of a table."""

from __future__ import annotations

import pytest

from annotator.domain.structure import Block, BlockKind
from annotator.ui.reading.tables import divide


def _table(rows: list[list[str]]) -> tuple[list[Block], str]:
    cells, parts, at = [], [], 0
    for row, words in enumerate(rows):
        for column, said in enumerate(words):
            cells.append(Block(kind=BlockKind.TABLE_CELL, start=at, end=at + len(said), row=row, column=column))
            at += len(said) + 1
        parts.append("\t".join(words))
    return cells, "\n".join(parts)


_BILLS = [
    ["Group of accounts", "Accounts", "Mean"],
    ["All pilot accounts", "5,870", "+14.2%"],
    ["Read every quarter before", "4,916", "+11.6 %"],
    ["Estimated for two years or more", "954", "—"],
]


def test_columns_lie_side_by_side_and_fill_the_page() -> None:
    columns = divide(*_table(_BILLS))
    assert [column.left for column in columns[1:]] == pytest.approx([c.left + c.width for c in columns[:-1]])
    assert columns[-1].left + columns[-1].width == pytest.approx(1)


def test_more_words_get_more_room_and_a_narrow_column_keeps_some() -> None:
    columns = divide(*_table([["No.", "What was said"], ["1", "word " * 200], ["2", "word"]]))
    assert columns[1].width > 2 * columns[0].width
    assert columns[0].width > 0.1


def test_columns_of_numbers_are_known_by_what_stands_below_their_head() -> None:
    assert [column.numbers for column in divide(*_table(_BILLS))] == [False, True, True]
    assert not divide(*_table([["Who", "Says"], ["A", "yes"], ["B", "3"], ["C", "no"]]))[1].numbers


def test_only_so_many_rows_of_a_huge_table_are_looked_at() -> None:
    few = [["a", "b"], *[["word", "word"]] * 300]
    assert divide(*_table(few)) == divide(*_table([*few, ["word " * 50, "word"]]))
