"""Reads what a reviewer is shown of one judgement: its words in their context, and what everybody else made of the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from annotator.domain.errors import NotFoundError
from annotator.domain.ids import EntityId
from annotator.domain.judgement import Conclusion, Linkage
from annotator.domain.passage import Fragment, Passage
from annotator.domain.review_queue import ReviewItem
from annotator.domain.rows import Event, LinkageRow
from annotator.domain.source import Source, Version
from annotator.domain.word_diff import Difference, word_diff
from annotator.domain.word_diff import Piece as Words
from annotator.ui.auditing.field_words import UNTOLD, field_words
from annotator.ui.auditing.names import Names
from annotator.ui.auditing.review_judgement import Judgement, ReviewReading, Where
from annotator.ui.auditing.review_told import read_reviews
from annotator.ui.auditing.telling import value_told
from annotator.ui.claiming.board import Piece
from annotator.ui.when import moment

if TYPE_CHECKING:
    from annotator.services.project import Project

_CONTEXT, _LITTLE = 280, 60
"""Code points of the text on each side of a passage that are shown, at most; and of one that is long itself."""
_IN_COMMON = 0.4
"""The share of the shorter text that must be the same for marks on what differs to help."""
_TOLD_IN_FULL = ("stance", "verdict", "confidence", "stage")
"""Fields whose last change is told with what it was before."""


def read_review(project: Project, item: ReviewItem) -> ReviewReading | None:
    """Return what there is to be reviewed; None when nothing of it is left."""
    found = [made for id_ in item.entities if (made := _find(project, id_)) is not None]
    if not found:
        return None
    rows = {row.linkage.id: row for row in project.linkage_rows(claim=item.claim_id)}
    teller = _Teller(project)
    judgements = tuple(teller.told(made, rows) for made in found)
    return ReviewReading(
        item=item,
        judgements=judgements,
        differences=tuple(_differences(judgements[0].why, each.why) for each in judgements[1:]),
        places={made.id: _place(project, rows[made.id]) for made in found if made.id in rows},
        codebook=project.codebook,
    )


def _differences(one: str, other: str) -> tuple[Words, ...]:
    """Return how two reasons differ; nothing where most of either is different."""
    pieces = word_diff(one, other)
    same = sum(len(piece.text) for piece in pieces if piece.change is Difference.SAME)
    return pieces if same >= _IN_COMMON * min(len(one), len(other)) else ()


def _find(project: Project, id_: EntityId) -> Linkage | Conclusion | None:
    try:
        made = project.entity(id_)
    except NotFoundError:
        return None
    return made if isinstance(made, (Linkage, Conclusion)) else None


class _Teller:
    """Tells judgements within one job."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._names = Names(project)
        self._people = {each.id: each.name for each in project.annotators()}

    def told(self, made: Linkage | Conclusion, rows: Mapping[EntityId, LinkageRow]) -> Judgement:
        """Return a judgement as a column; ``rows`` are those of the linkages of its claim."""
        rests_on = (made.id,) if isinstance(made, Linkage) else made.linkage_ids
        events = self._project.history(made.id)
        return Judgement(
            made=made,
            annotator=self._people.get(made.annotator_id, ""),
            at=moment(events[0].change.header.at) if events else "",
            history=self._history(made, events),
            quote=rows[made.id].quote if made.id in rows else "",
            passages=made.passage_ids if isinstance(made, Linkage) else (),
            disputed=tuple(field_words(each.field, made.kind) for each in self._project.conflicts(made.id)),
            changed=next((rows[id_].changed for id_ in rests_on if id_ in rows and rows[id_].changed), None),
            reviews=read_reviews(self._project, made.id),
            own=made.annotator_id == self._project.annotator_id,
        )

    def _history(self, made: Linkage | Conclusion, events: Sequence[Event]) -> str:
        """Return what last happened to a judgement, in a line."""
        if not events:
            return ""
        at = moment(events[-1].change.header.at)
        told = sorted(
            (field for field in events[-1].fields if field[0] not in UNTOLD),
            key=lambda field: field[0] not in _TOLD_IN_FULL,
        )
        if len(events) == 1 or not told:
            return QCoreApplication.translate("review", "Unchanged since {0}").format(at)
        name, before, after = told[0]
        field = field_words(name, made.kind)
        if name not in _TOLD_IN_FULL:
            return QCoreApplication.translate("review", "{0} changed, {1}").format(field, at)
        nothing = QCoreApplication.translate("review", "nothing")
        old, new = (value_told(self._names, made.kind, name, value) or nothing for value in (before, after))
        return QCoreApplication.translate("review", "{0}: {1} to {2}, {3}").format(field, old, new, at)


# -- words in their context


def _passages(project: Project, ids: Iterable[EntityId]) -> list[Passage]:
    found = []
    for id_ in ids:
        try:
            passage = project.entity(id_)
        except NotFoundError:
            continue
        if isinstance(passage, Passage):
            found.append(passage)
    return found


def _place(project: Project, row: LinkageRow) -> Where:
    """Return the words that a linkage rests on, with some of the text around them."""
    passages = _passages(project, row.linkage.passage_ids)
    version = project.entity(row.version_id) if row.version_id else None
    fragments = [(passage.text, fragment) for passage in passages for fragment in passage.fragments]
    if not isinstance(version, Version) or not fragments:
        return Where(title=row.source_title, version=row.version_id)
    text = project.text(version.id)
    source = project.entity(version.source_id)
    return Where(
        pieces=tuple(_piece(fragment, text if digest == version.text else "") for digest, fragment in fragments),
        title=row.source_title,
        date=source.date_published if isinstance(source, Source) else None,
        version=version.id,
        start=fragments[0][1].start,
        end=fragments[0][1].end,
    )


def _piece(fragment: Fragment, text: str) -> Piece:
    """Return a stretch with what stands around it in its paragraph; without the text, what the passage itself knows."""
    if not text:
        return Piece(fragment.prefix, fragment.quote, fragment.suffix)
    room = max(_LITTLE, _CONTEXT - len(fragment.quote) // 2)
    before = text[max(0, fragment.start - room) : fragment.start]
    after = text[fragment.end : fragment.end + room]
    line_before, line_after = before.rpartition("\n")[2], after.partition("\n")[0]
    if line_before == before and fragment.start > room:
        line_before = f"… {before.partition(' ')[2]}"
    if line_after == after and fragment.end + room < len(text):
        line_after = f"{after.rpartition(' ')[0]} …"
    return Piece(line_before, fragment.quote, line_after)
