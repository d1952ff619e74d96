"""Divides the width of the page among the columns of a table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from annotator.domain.structure import Block

GAP = 16.0
"""Px between two columns."""

_ROWS_LOOKED_AT = 200
_WIDEST = 60
"""Code points from which on more words do not ask for more room."""

_NUMBER = re.compile(r"[^\w]*\d[\d\s.,'’:/%+−–-]*\w{0,4}[^\w]*")
_MOSTLY = 0.6
_NARROWEST = 0.4
"""The least that a column gets of what it would have if all were alike."""


@dataclass(frozen=True, slots=True)
class TableColumn:
    """One column: where it begins and how wide it is, as shares of the table; whether it holds numbers."""

    left: float
    width: float
    numbers: bool


def divide(cells: Sequence[Block], text: str) -> tuple[TableColumn, ...]:
    """Return the columns of the table that these cells are of; the room goes by the length of what stands in them."""
    count = max(cell.column for cell in cells) + 1
    wanted, words, numbers, filled = [4.0] * count, [4] * count, [0] * count, [0] * count
    for cell in cells:
        if cell.row - cells[0].row > _ROWS_LOOKED_AT:
            break
        said = text[cell.start : cell.end].strip()
        column = cell.column
        wanted[column] = max(wanted[column], min(len(said), _WIDEST))
        words[column] = max(words[column], min(max(map(len, said.split()), default=0), _WIDEST))
        if said and cell.row > cells[0].row:
            filled[column] += 1
            numbers[column] += _NUMBER.fullmatch(said) is not None
    asked = [max(want, word * 1.2) for want, word in zip(wanted, words, strict=True)]
    shares = [max(share / sum(asked), _NARROWEST / count) for share in asked]
    total, left, found = sum(shares), 0.0, []
    for column, share in enumerate(shares):
        is_number = column > 0 and filled[column] > 0 and numbers[column] >= _MOSTLY * filled[column]
        found.append(TableColumn(left / total, share / total, is_number))
        left += share
    return tuple(found)
