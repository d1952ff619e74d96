"""What is to be put on the pages of a PDF, as it crosses to the process that does so."""

from __future__ import annotations

from dataclasses import dataclass

from annotator.domain.structure import Box


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One annotation on one page: the boxes of its words (one a line) or, for ``area``, of a picture.

    ``colour`` is ``#RRGGBB``, ``line`` how the words are underlined (solid, wavy, dashed, dotted, or empty), ``below`` how many
    lines stand there already. ``name`` tells it apart, ``author`` and ``words`` are its note; times are UTC in ISO 8601.
    """

    boxes: tuple[Box, ...]
    area: bool = False
    colour: str
    line: str = ""
    below: int = 0
    name: str
    author: str
    words: str
    created: str
    modified: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """All that is to be put on one PDF. ``pages`` are the widths and heights that the boxes were measured on, in 1/100 pt."""

    pages: tuple[tuple[int, int], ...]
    marks: tuple[Mark, ...]


class PdfRefusedError(Exception):
    """Nothing can be put on this PDF; ``reason`` is the end of a sentence about it."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
