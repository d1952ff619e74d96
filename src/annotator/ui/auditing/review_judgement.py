"""A judgement as a reviewer sees it: whose, what last happened to it, and the words in their context."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from annotator.domain.changed_words import ChangedWords
from annotator.domain.ids import EntityId
from annotator.domain.judgement import Conclusion, Linkage
from annotator.domain.review_queue import ReviewItem
from annotator.domain.scales import Codebook
from annotator.domain.word_diff import Piece as Words
from annotator.ui.auditing.review_told import ReviewTold
from annotator.ui.claiming.board import Piece


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """A linkage or conclusion as a column: whose, since when, what last happened to it, what is in dispute.

    ``quote`` are the words that it judges, ``passages`` where these stand, ``changed`` tells of words that are others in a newer
    version, ``own`` whether the reviewer made it.
    """

    made: Linkage | Conclusion
    annotator: str
    at: str
    history: str
    quote: str = ""
    passages: tuple[EntityId, ...] = ()
    disputed: tuple[str, ...] = ()
    changed: ChangedWords | None = None
    reviews: tuple[ReviewTold, ...] = ()
    own: bool = False

    @property
    def id(self) -> EntityId:
        """The id of the linkage or conclusion."""
        return self.made.id

    @property
    def why(self) -> str:
        """The rationale of a linkage, or the justification of a conclusion."""
        return self.made.rationale if isinstance(self.made, Linkage) else self.made.justification


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """The words of a passage in their context, and where they stand."""

    pieces: tuple[Piece, ...] = ()
    title: str = ""
    date: str | None = None
    version: EntityId | None = None
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewReading:
    """All that the review of one item of the queue needs. ``places`` are those of linkages.

    ``differences`` are the reasons of the first judgement against those of each other one, word by word; none where they
    have so little in common that marks would not help.
    """

    item: ReviewItem
    judgements: tuple[Judgement, ...]
    differences: tuple[tuple[Words, ...], ...]
    places: Mapping[EntityId, Where]
    codebook: Codebook

    @property
    def concerned(self) -> frozenset[EntityId]:
        """The ids by which a finding is about this: the judgements and the passages that they rest on."""
        ids = {each.id for each in self.judgements}
        return frozenset(ids | {passage for each in self.judgements for passage in each.passages})
