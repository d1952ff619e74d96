"""Short ways to look at what an importer made of a document."""

from __future__ import annotations

from annotator.domain.imported import Imported
from annotator.domain.structure import BlockKind


def kinds(imported: Imported) -> list[tuple[str, int, str, str]]:
    """Return (kind, level, number, words) of each block that is part of the article."""
    return [
        (block.kind.value, block.level, block.number, imported.text[block.start : block.end])
        for block in imported.structure.blocks
        if block.article
    ]


def asides(imported: Imported) -> list[tuple[str, str]]:
    """Return (label, words) of each block that is no part of the article."""
    blocks = imported.structure.blocks
    return [(block.label, imported.text[block.start : block.end]) for block in blocks if not block.article]


def marks(imported: Imported) -> list[tuple[str, str, str]]:
    """Return (kind, words, target) of each mark."""
    return [(one.kind.value, imported.text[one.start : one.end], one.target) for one in imported.structure.inlines]


def cells(imported: Imported) -> list[tuple[int, int, str]]:
    """Return (row, column, words) of each cell."""
    return [
        (block.row, block.column, imported.text[block.start : block.end])
        for block in imported.structure.blocks
        if block.kind is BlockKind.TABLE_CELL
    ]
