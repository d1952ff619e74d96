"""What came of looking for a quotation in the sources."""

from __future__ import annotations

from dataclasses import dataclass

from annotator.domain.ids import EntityId


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotedPlace:
    """The place of one source that comes nearest to a quotation: half-open code point ``spans`` of a version's text.

    ``score`` is the share of the quotation's letters that stand there; 1 is word for word, but for quotation marks, capitals,
    dashes and white space. ``words`` are those of the source, with “…” between its stretches.
    """

    source_id: EntityId
    version_id: EntityId
    title: str
    spans: tuple[tuple[int, int], ...]
    score: float
    words: str

    @property
    def is_verbatim(self) -> bool:
        """Whether every letter stands there."""
        return self.score >= 1


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotationCheck:
    """A quotation, the place in each source that comes near it, the nearest first, and in how many sources it was looked for.

    Where ``looked_in`` is less than ``sources``, only the likeliest were looked at: those that have most of its words.
    """

    quotation: str
    places: tuple[QuotedPlace, ...]
    looked_in: int
    sources: int
