"""What paragraphs are by the names of their styles, which word processors write in English whatever language they speak."""

from __future__ import annotations

import re
from dataclasses import dataclass

from annotator.domain.structure import BlockKind

MAX_LEVEL = 6
_HEADING = re.compile(r"heading ?([1-9])")
_KINDS = {
    "title": BlockKind.TITLE,
    "caption": BlockKind.CAPTION,
    "illustration": BlockKind.CAPTION,
    "drawing": BlockKind.CAPTION,
    "figure": BlockKind.CAPTION,
    "quote": BlockKind.QUOTATION,
    "intense quote": BlockKind.QUOTATION,
    "quotations": BlockKind.QUOTATION,
    "block text": BlockKind.QUOTATION,
    "html preformatted": BlockKind.PREFORMATTED,
    "preformatted text": BlockKind.PREFORMATTED,
    "author": BlockKind.BYLINE,
    "byline": BlockKind.BYLINE,
}


@dataclass(frozen=True, slots=True)
class Role:
    """What a paragraph is; ``level`` is that of a heading."""

    kind: BlockKind
    level: int = 0


def role_of(style: str) -> Role | None:
    """Return what paragraphs of a style are, none when its name does not say."""
    name = style.strip().lower()
    heading = _HEADING.fullmatch(name)
    if heading:
        return Role(BlockKind.HEADING, min(int(heading[1]), MAX_LEVEL))
    kind = _KINDS.get(name)
    return Role(kind, 1 if kind is BlockKind.TITLE else 0) if kind else None
