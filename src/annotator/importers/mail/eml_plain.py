"""The words of a message in plain text: paragraphs, and what is quoted from others."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby

from annotator.domain.structure import Block, BlockKind

_QUOTED = re.compile(r"(?:>[ ]?)+")
_SIGNATURE = "-- "


@dataclass(frozen=True, slots=True)
class Written:
    """A text and its blocks."""

    text: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class _Line:
    depth: int
    words: str


def plain_words(text: str, *, flowed: bool) -> Written:
    """Return a canonical text without its quotation marks at the beginnings of lines, which become quotations.

    ``flowed``: lines that end in a space go on in the next one (RFC 3676).
    """
    lines = [_line(line, flowed=flowed) for line in text.split("\n")]
    if flowed:
        lines = _joined(lines)
    parts: list[str] = []
    blocks: list[Block] = []
    position = 0
    for (blank, depth), run in groupby(lines, key=lambda line: (not line.words.strip(), line.depth)):
        if blank:
            continue
        words = "\n".join(line.words.rstrip() for line in run)
        kind = BlockKind.QUOTATION if depth else BlockKind.PARAGRAPH
        blocks.append(Block(kind=kind, start=position, end=position + len(words)))
        parts.append(words)
        position += len(words) + 1
    return Written("\n".join(parts), tuple(blocks))


def _line(line: str, *, flowed: bool) -> _Line:
    match = _QUOTED.match(line)
    words = line[match.end() :] if match else line
    if flowed and match is None:
        words = line.removeprefix(" ")  # space-stuffed
    return _Line(match[0].count(">") if match else 0, words)


def _joined(lines: list[_Line]) -> list[_Line]:
    joined: list[_Line] = []
    open_ = False
    for line in lines:
        if open_ and joined[-1].depth == line.depth and line.words != _SIGNATURE:
            joined[-1] = _Line(line.depth, joined[-1].words + line.words)
        else:
            joined.append(line)
        open_ = line.words.endswith(" ") and line.words != _SIGNATURE
    return joined
