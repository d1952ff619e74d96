"""What persons say of blocks, laid over the structure that an importer found: part of the article, or not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from annotator.domain.ids import Digest
from annotator.domain.source import BlockMark
from annotator.domain.structure import Block, Structure

BY_HAND = "by_hand"
"""The label of a block that a person took out of the article."""

Marks = Mapping[int, bool]
"""By the start of a block (a code point): whether a person says that it is part of the article."""


def marked(structure: Structure, marks: Marks) -> Structure:
    """Return ``structure`` as persons corrected it. A mark where no block starts says nothing."""
    if not marks:
        return structure
    return replace(structure, blocks=tuple(_marked(block, marks) for block in structure.blocks))


def marks_by_text(marks: Iterable[BlockMark]) -> Mapping[Digest, Marks]:
    """Return what marks say, by the text that they are of."""
    found: dict[Digest, dict[int, bool]] = defaultdict(dict)
    for mark in marks:
        found[mark.text][mark.start] = mark.article
    return found


def _marked(block: Block, marks: Marks) -> Block:
    article = marks.get(block.start, block.article)
    if article == block.article:
        return block
    return replace(block, article=article, label="" if article else BY_HAND)
