"""Correcting by hand which blocks of a text are its article."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from annotator.domain.change import DELETED, Write
from annotator.domain.errors import WrongArgumentError
from annotator.domain.ids import EntityId
from annotator.domain.source import BlockMark, Version, block_mark_id
from annotator.domain.structure import Block
from annotator.services.annotating import Spans
from annotator.services.base import Job, Outcome, created, existing
from annotator.store.reader import Reader


class MarkingBlocks(Job):
    """The job of saying what is part of an article, where the importer was wrong. It belongs to the text, not to a version."""

    def mark_blocks(self, version: EntityId, spans: Spans, *, article: bool) -> tuple[BlockMark, ...]:
        """Say of every block that half-open code point ``spans`` touch whether it is part of the article: one change.

        Returns the marks that were written: none where all was so already. Raises ``WrongArgumentError`` (no such place),
        ``NotFoundError``.
        """

        def plan(reader: Reader) -> Outcome[tuple[BlockMark, ...]]:
            found = existing(reader, Version, version)
            blocks = _touched(reader.structure(found.structure).blocks, spans, len(reader.text(found.text)))
            marks = [
                BlockMark(
                    id=block_mark_id(found.text, block.start), text=found.text, start=block.start, article=article
                )
                for block in blocks
            ]
            told = {block.start: block.article for block in blocks}
            written = {mark: write for mark in marks if (write := _write(reader, mark, told[mark.start]))}
            return Outcome(tuple(written), tuple(written.values()))

        return self.do("mark_blocks" if article else "unmark_blocks", plan)


def _touched(blocks: Sequence[Block], spans: Spans, length: int) -> list[Block]:
    """Return the blocks that spans touch. Raises ``WrongArgumentError``."""
    for start, end in spans:
        if not 0 <= start < end <= length:
            raise WrongArgumentError(
                argument="spans", problem=f"{start}-{end} is no place in the text", allowed=f"0 to {length}, not empty"
            )
    return [block for block in blocks if _touches(block, spans)]


def _touches(block: Block, spans: Iterable[tuple[int, int]]) -> bool:
    return any(start < block.end and block.start < end for start, end in spans)


def _write(reader: Reader, mark: BlockMark, told: bool) -> Write | None:  # noqa: FBT001 what the importer says
    """Return what makes or corrects a mark; None where it, or without it the importer, says so already."""
    state = reader.state(mark.id)
    if state is None:
        return None if mark.article == told else created(mark)
    if not state.deleted and not state.conflicts and state.fields.get("article") == mark.article:
        return None
    if state.deleted and mark.article == told:
        return None
    return Write(mark.id, mark.kind, {"article": mark.article} | ({DELETED: None} if state.deleted else {}))
