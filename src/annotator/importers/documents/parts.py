"""What word processors' files are made of, whichever program wrote them: paragraphs of runs, tables, notes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from annotator.domain.structure import BlockKind


@dataclass(slots=True)
class Run:
    """A stretch of one look; ``text`` has LF for a line break, ``target`` is where a link leads."""

    text: str
    strong: bool = False
    emphasis: bool = False
    target: str = ""

    def looks_like(self, other: Run) -> bool:
        """Tell whether another run looks the same and leads to the same place."""
        return (self.strong, self.emphasis, self.target) == (other.strong, other.emphasis, other.target)


@dataclass(slots=True, kw_only=True)
class Paragraph:
    """One paragraph. ``level`` is that of a heading or the depth of a list item; ``number`` is printed before it.

    ``label`` says what it is when it is not part of the article, such as ``header``.
    """

    runs: list[Run] = field(default_factory=list)
    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0
    number: str = ""
    label: str = ""

    @property
    def text(self) -> str:
        """The words of all runs."""
        return "".join(run.text for run in self.runs)


@dataclass(slots=True)
class Cell:
    """A cell of a table; ``span`` is how many columns it takes. One that another covers from above is empty."""

    parts: list[Part] = field(default_factory=list)
    span: int = 1


@dataclass(slots=True)
class Table:
    """A table, row by row."""

    rows: list[list[Cell]] = field(default_factory=list)


@dataclass(slots=True)
class Note:
    """A footnote or endnote; ``mark`` is what stands for it in the text, without brackets."""

    mark: str
    parts: list[Part] = field(default_factory=list)


Part = Paragraph | Table


@dataclass(slots=True)
class Document:
    """A whole document: running heads, the body, the notes in the order of their marks, running feet."""

    heads: list[Part] = field(default_factory=list)
    body: list[Part] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    feet: list[Part] = field(default_factory=list)


def reference(mark: str) -> str:
    """Return what stands in the text for a note: in brackets, so that no number grows by a digit."""
    return f"[{mark}]"


def paragraphs_in(parts: list[Part]) -> Iterator[Paragraph]:
    """Yield all paragraphs, those in tables too."""
    for part in parts:
        if isinstance(part, Paragraph):
            yield part
        else:
            for row in part.rows:
                for cell in row:
                    yield from paragraphs_in(cell.parts)
