"""What the linkage panel shows of one passage, read in one go."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from annotator.domain.ids import EntityId
from annotator.domain.passage import Passage
from annotator.domain.rows import AppearanceRow, LinkageRow
from annotator.domain.scales import Codebook
from annotator.ui.auditing.review_told import ReviewTold, read_reviews
from annotator.ui.claiming.area_words import area_words
from annotator.ui.claiming.levels import label, voice_words

if TYPE_CHECKING:
    from annotator.services.project import Project

_LONG = 600
"""Code points of a quote that a panel shows."""


@dataclass(frozen=True, slots=True)
class NoteLine:
    """A note and who wrote it."""

    text: str
    annotator: str
    private: bool


@dataclass(frozen=True, slots=True)
class PassageReading:
    """A passage with all that is said about it. ``withdrawals``: who withdrew a linkage, and when."""

    passage: Passage
    rows: tuple[LinkageRow, ...]
    appearances: tuple[AppearanceRow, ...]
    notes: tuple[NoteLine, ...]
    withdrawals: Mapping[EntityId, tuple[str, str]]
    codebook: Codebook
    annotator: EntityId
    """Who is at work."""
    reviews: Mapping[EntityId, tuple[ReviewTold, ...]]
    """What reviewers made of each linkage."""

    @property
    def quote(self) -> str:
        """The words, shortened where they are very long; for an area, that it is one."""
        area = self.passage.area
        if area is not None:
            return area_words(area)
        quote = self.passage.quote
        return quote if len(quote) <= _LONG else f"{quote[:_LONG].rstrip()}…"

    def row(self, linkage: str) -> LinkageRow | None:
        """Return one of the linkages."""
        return next((row for row in self.rows if row.linkage.id == linkage), None)

    def first(self) -> LinkageRow | None:
        """Return the linkage to show when none is asked for: one's own that stands, else any that stands, else any."""
        standing = [row for row in self.rows if not row.linkage.withdrawn]
        own = [row for row in standing if row.linkage.annotator_id == self.annotator]
        return next(iter([*own, *standing, *self.rows]), None)

    def said_by(self, claim: str) -> list[str]:
        """Return who says a claim (or anything) in the passage, one sentence each."""
        rows = [row for row in self.appearances if row.claim_id == claim] or self.appearances
        return [self._said(row) for row in rows]

    def _said(self, row: AppearanceRow) -> str:
        who = row.agent or QCoreApplication.translate("linkage", "Somebody unknown")
        role = label(self.codebook, "appearance_role", row.appearance.role).lower()
        voice = voice_words(row.appearance.voice)
        words = f"{who} {role}".strip()
        return f"{words}, {voice}" if voice else words


def read_passage(project: Project, passage_id: EntityId) -> PassageReading | None:
    """Return what there is about a passage; None when it was deleted."""
    passage = project.entity(passage_id)
    if not isinstance(passage, Passage):
        return None
    rows = project.linkage_rows(passage=passage_id)
    names = {each.id: each.name for each in project.annotators()}
    about = [passage_id, *(row.linkage.id for row in rows)]
    notes = tuple(
        NoteLine(note.text, names.get(note.annotator_id, ""), note.private)
        for id_ in about
        for note in project.notes(id_)
        if not note.private or note.annotator_id == project.annotator_id
    )
    return PassageReading(
        passage,
        rows,
        project.appearance_rows(passage_id),
        notes,
        {row.linkage.id: _withdrawal(project, row.linkage.id) for row in rows if row.linkage.withdrawn},
        project.codebook,
        project.annotator_id,
        {row.linkage.id: read_reviews(project, row.linkage.id) for row in rows},
    )


def _withdrawal(project: Project, linkage: EntityId) -> tuple[str, str]:
    for event in reversed(project.history(linkage)):
        if any(name == "withdrawn" for name, _, _ in event.fields):
            return event.annotator, event.change.header.at
    return "", ""
