"""What another program marks and nobody can place without doubt, as a text of its own: there its words stand for sure.

Such a text is a version of its source, older than all others, so that a person settles its passages as they settle those
whose words changed. It holds what the file says of each: the words, with what stands before and behind them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from annotator.domain.errors import WrongArgumentError
from annotator.domain.foreign import ForeignStretch
from annotator.domain.foreign_words import clean_text
from annotator.domain.passage import fragments_of
from annotator.domain.source import Version
from annotator.domain.structure import Block, BlockKind, Structure

EXCERPTS = "annotations"
"""The importer of a version that is such a text."""

_GAP = " … "
Span = tuple[int, int]


def is_excerpts(version: Version) -> bool:
    """Tell whether a version has only what another program marked, and is no capture of the source."""
    return version.importer == EXCERPTS


@dataclass(frozen=True, slots=True)
class Excerpts:
    """A text of excerpts, a line each, with the half-open code points that the words of each have in it."""

    text: str
    spans: tuple[tuple[Span, ...], ...]

    @property
    def structure(self) -> Structure:
        """The lines as paragraphs."""
        blocks, at = [], 0
        for line in self.text.split("\n"):
            blocks.append(Block(kind=BlockKind.PARAGRAPH, start=at, end=at + len(line)))
            at += len(line) + 1
        return Structure(blocks=tuple(blocks))


def excerpts(passages: Iterable[Sequence[ForeignStretch]]) -> Excerpts:
    """Return the text of what some passages mark."""
    lines: list[str] = []
    spans: list[tuple[Span, ...]] = []
    at = 0
    for stretches in passages:
        line, inside = _line(stretches, around=True)
        try:
            fragments_of(line, inside)
        except WrongArgumentError:  # what stands beside them would be one letter with them
            line, inside = _line(stretches, around=False)
        lines.append(line)
        spans.append(tuple((at + start, at + end) for start, end in inside))
        at += len(line) + 1
    return Excerpts("\n".join(lines), tuple(spans))


def _line(stretches: Sequence[ForeignStretch], *, around: bool) -> tuple[str, tuple[Span, ...]]:
    line, inside = "", []
    for stretch in stretches:
        line += _GAP if line else ""
        line += _beside(stretch.prefix) if around else ""
        words = _flat(stretch.quote)
        inside.append((len(line), len(line) + len(words)))
        line += words + (_beside(stretch.suffix) if around else "")
    return line, tuple(inside)


def _flat(words: str) -> str:
    return " ".join(clean_text(words).split())


def _beside(words: str) -> str:
    """Return what stands beside words, with the space that parts it from them."""
    flat = _flat(words)
    return f"{' ' * words[:1].isspace()}{flat}{' ' * words[-1:].isspace()}" if flat else ""
