"""Reads the passages of a pair of versions: where they stand on either side, and what became of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from annotator.domain.ids import EntityId
from annotator.domain.rows import AnchorRow, PassageRow
from annotator.ui.annotating.highlights import Highlights
from annotator.ui.versioning.joins import Join, Joins
from annotator.ui.versioning.pair_reading import Pair
from annotator.ui.versioning.passage_entries import PassageEntry
from annotator.ui.versioning.passage_list import Grouped

if TYPE_CHECKING:
    from annotator.services.project import Project


class PassagesRead(NamedTuple):
    """The passages of both sides, what joins them, and the list of those that have an anchor in the new text."""

    old: Highlights
    new: Highlights
    joins: Joins
    grouped: Grouped


def read_passages(project: Project, pair: Pair) -> PassagesRead:
    """Read the passages of two versions; runs off the window's thread."""
    old, new = project.passage_rows(pair.old.version.id), project.passage_rows(pair.new.version.id)
    anchors = project.anchors(pair.new.version.id)
    claims = {anchor.judged[0].claim for anchor in anchors if anchor.judged}
    words = {row.claim.id: row.claim.text for row in project.claim_rows_of(sorted(claims))}
    there = {row.id: row for row in old}
    return PassagesRead(
        Highlights(old, pair.old.text.text),
        Highlights(new, pair.new.text.text),
        Joins(join for anchor in anchors if (join := _join(anchor, there.get(anchor.passage)))),
        Grouped([_entry(anchor, words) for anchor in anchors]),
    )


def _join(anchor: AnchorRow, there: PassageRow | None) -> Join | None:
    """Return what joins a passage of the old text with its place in the new one; None where it stands in neither."""
    if there is None or not there.spans:
        return None
    new = (anchor.spans[0][0], anchor.spans[-1][1]) if anchor.spans else None
    return Join(anchor.passage, (there.start, there.end), new, anchor.state, anchor.is_settled)


def _entry(anchor: AnchorRow, claims: dict[EntityId, str]) -> PassageEntry:
    judged = anchor.judged[0] if anchor.judged else None
    return PassageEntry(
        anchor=anchor.id,
        passage=anchor.passage,
        quote=anchor.quote,
        stance=judged.stance if judged else "",
        claim=claims.get(judged.claim, "") if judged else "",
        state=anchor.state,
        decision=anchor.decision,
    )
