"""What is told of one passage of a new version: the words then and now, how they were found, and what rests on them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from annotator.domain.anchoring import Anchor
from annotator.domain.errors import NotFoundError
from annotator.domain.ids import EntityId
from annotator.domain.judgement import Conclusion, Stage
from annotator.domain.passage import Passage
from annotator.domain.rows import LinkageRow
from annotator.domain.scales import Codebook
from annotator.domain.word_diff import Piece, word_diff

if TYPE_CHECKING:
    from annotator.services.project import Project


class Told(NamedTuple):
    """A passage and its anchor in the new text. ``pieces`` compare the words; ``decided`` is by whom and when, if it was."""

    anchor: Anchor
    passage: Passage
    pieces: tuple[Piece, ...]
    linkages: tuple[LinkageRow, ...]
    conclusions: dict[EntityId, Conclusion]
    decided: tuple[str, str]
    codebook: Codebook

    @property
    def spans(self) -> tuple[tuple[int, int], ...]:
        """Where the passage stands in the new text, proposed places too."""
        return tuple((fragment.start, fragment.end) for fragment in self.anchor.stands)


def tell(project: Project, anchor_id: EntityId) -> Told | None:
    """Read what is told of the passage of an anchor; None where it is no longer there."""
    try:
        anchor = project.entity(anchor_id)
        passage = project.entity(anchor.passage) if isinstance(anchor, Anchor) else None
    except NotFoundError:
        return None
    if not isinstance(anchor, Anchor) or not isinstance(passage, Passage):
        return None
    linkages = tuple(row for row in project.linkage_rows(passage=passage.id) if not row.linkage.withdrawn)
    conclusions = {claim: found for claim in {row.claim_id for row in linkages} if (found := _newest(project, claim))}
    now = " … ".join(fragment.quote for fragment in anchor.stands)
    history = project.history(anchor_id) if anchor.decision is not None else ()
    decided = (history[-1].annotator, history[-1].change.header.at) if history else ("", "")
    return Told(anchor, passage, word_diff(passage.quote, now), linkages, conclusions, decided, project.codebook)


def _newest(project: Project, claim: EntityId) -> Conclusion | None:
    found = project.conclusions(claim)
    return next((each for each in reversed(found) if each.stage is not Stage.WITHDRAWN), None)
