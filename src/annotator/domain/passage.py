"""Passages: highlighted stretches of one text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from annotator.domain.entity import Entity, entity
from annotator.domain.errors import WrongArgumentError
from annotator.domain.ids import Digest, EntityId
from annotator.domain.structure import Page
from annotator.domain.text import CONTEXT, is_grapheme_boundary

Spans = tuple[tuple[int, int], ...]
"""Stretches of one text: half-open code points, sorted, apart."""


class Fidelity(StrEnum):
    """How closely a quotation keeps the words it quotes."""

    VERBATIM = "verbatim"
    BRACKETED = "bracketed"
    ELIDED = "elided"
    TRANSLATED = "translated"
    PARAPHRASE = "paraphrase"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fragment:
    """One stretch: half-open code points, its words, and up to 32 code points before and after (W3C TextQuoteSelector)."""

    start: int
    end: int
    quote: str
    prefix: str = ""
    suffix: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """A rectangle on a picture of a page: ``page`` from 0, edges in 1/100 pt from the page's upper left corner."""

    page: int
    left: int
    top: int
    right: int
    bottom: int


@entity("passage")
@dataclass(frozen=True, slots=True, kw_only=True)
class Passage(Entity):
    """A highlighted stretch of the text with the digest ``text``: sorted, disjoint fragments, or an area. It never moves.

    ``annotator_id`` is who highlighted it in another program; None where whoever entered it did.
    """

    text: Digest
    fragments: tuple[Fragment, ...] = ()
    area: Area | None = None
    label: str = ""
    fidelity: Fidelity | None = None
    annotator_id: EntityId | None = None

    @property
    def spans(self) -> Spans:
        """Where the fragments are: half-open code points; none for an area."""
        return tuple((fragment.start, fragment.end) for fragment in self.fragments)

    @property
    def quote(self) -> str:
        """The highlighted words; fragments are joined by “ … ”."""
        return " … ".join(fragment.quote for fragment in self.fragments)


def fragments_of(text: str, spans: Sequence[tuple[int, int]]) -> tuple[Fragment, ...]:
    """Return the fragments that half-open code point ``spans`` mark in ``text``, sorted.

    Raises ``WrongArgumentError`` when there is none, one is empty, lies outside the text, overlaps another, or splits a
    grapheme cluster.
    """
    if not spans:
        raise WrongArgumentError(
            argument="fragments", problem="there is none", allowed="one or more (start, end) pairs"
        )
    fragments, last = [], 0
    for start, end in sorted(spans):
        _check_span(text, start, end, last)
        fragments.append(
            Fragment(
                start=start,
                end=end,
                quote=text[start:end],
                prefix=text[max(0, start - CONTEXT) : start],
                suffix=text[end : end + CONTEXT],
            )
        )
        last = end
    return tuple(fragments)


def check_area(pages: Sequence[Page], area: Area) -> None:
    """Raise ``WrongArgumentError`` unless ``area`` is a rectangle on one of these pages."""
    if not 0 <= area.page < len(pages):
        allowed = f"0 to {len(pages) - 1}" if pages else "a version that has pages"
        raise WrongArgumentError(argument="area", problem=f"there is no page {area.page}", allowed=allowed)
    page = pages[area.page]
    if area.left >= area.right or area.top >= area.bottom:
        raise WrongArgumentError(
            argument="area", problem="it is empty", allowed="left before right, and top before bottom"
        )
    width, height = page.width or area.right, page.height or area.bottom
    if area.left < 0 or area.top < 0 or area.right > width or area.bottom > height:
        raise WrongArgumentError(
            argument="area",
            problem=f"it reaches beyond page {area.page}",
            allowed=f"0 to {width} across and 0 to {height} down, in 1/100 pt",
        )


def _check_span(text: str, start: int, end: int, last: int) -> None:
    span = f"fragment {start}–{end}"
    if start < 0 or end > len(text):
        raise WrongArgumentError(
            argument="fragments",
            problem=f"{span} lies outside the text",
            allowed=f"offsets from 0 to {len(text)} code points",
        )
    if start >= end:
        raise WrongArgumentError(
            argument="fragments", problem=f"{span} is empty", allowed="a start that lies before the end"
        )
    if start < last:
        raise WrongArgumentError(
            argument="fragments",
            problem=f"{span} overlaps the one before it",
            allowed="fragments apart from each other",
        )
    for offset in (start, end):
        if not is_grapheme_boundary(text, offset):
            raise WrongArgumentError(
                argument="fragments",
                problem=f"{span} splits the character at offset {offset}",
                allowed="whole characters as a reader sees them (grapheme clusters)",
            )
