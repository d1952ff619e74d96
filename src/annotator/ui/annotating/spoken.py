"""What a screen reader is told of the passages: which one begins where the caret comes, and what was judged about it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QTextCharFormat

from annotator.domain.claim import Claim
from annotator.domain.ids import EntityId
from annotator.domain.rows import PassageRow
from annotator.ui.annotating.highlights import stances_of
from annotator.ui.desk import Desk
from annotator.ui.reading.accessible_text import Mark
from annotator.ui.theme import current_theme

if TYPE_CHECKING:
    from annotator.services.project import Project
    from annotator.ui.annotating.reader import ReaderView
    from annotator.ui.pages.pages_view import PagesView

_UNDERLINE = QTextCharFormat.UnderlineStyle
_LINES = {
    "supports": _UNDERLINE.SingleUnderline,
    "refutes": _UNDERLINE.WaveUnderline,
    "qualifies": _UNDERLINE.DashUnderline,
}
"""How the line of a stance is told; that of any other is dotted."""


class SpokenPassages(QObject):
    """The passages of a view in words. The words of claims are read when they are first needed."""

    def __init__(self, view: ReaderView | PagesView, desk: Desk) -> None:
        super().__init__(view)
        self._view, self._desk = view, desk
        self._claims: dict[EntityId, str] = {}
        self._stances: dict[str, str] = {}
        self._asked: frozenset[EntityId] = frozenset()
        view.telling.marks = self
        desk.changed.connect(self._forget)

    def within(self, start: int, end: int) -> Iterator[Mark]:
        """Yield the stretches of passages in a part of the text, with the line and tint of their stance."""
        theme = current_theme()
        for row in self._view.highlights.within(start, end):
            stance = stances_of(row)[0]
            form = QTextCharFormat()
            form.setUnderlineStyle(_LINES.get(stance, _UNDERLINE.DotLine))
            form.setBackground(theme.stance(stance).tint)
            for begin, stop in row.spans:
                if begin < end and stop > start:
                    yield begin, stop, form

    def words_at(self, offset: int) -> str | None:
        """Return what is told of the passages over a place; None while it is being read."""
        rows = self._view.highlights.over(offset)
        wanted = {judged.claim for row in rows for judged in row.judged}
        if not wanted <= self._claims.keys():
            self._ask(frozenset(wanted))
            return None
        rows.sort(key=lambda row: row.id != self._desk.passage_id)
        return " ".join(self._words_of(row) for row in rows)

    def _words_of(self, row: PassageRow) -> str:
        highlights = self._view.highlights
        head = self.tr("Passage {0} of {1}").format(highlights.number(row), len(highlights))
        if row.id == self._desk.passage_id:
            head = self.tr("{0}, chosen").format(head)
        if row.noted:
            head = self.tr("{0}, with a note").format(head)
        said = dict.fromkeys(
            self.tr("{0}: {1}").format(self._stances.get(judged.stance, judged.stance), self._claims[judged.claim])
            for judged in row.judged
        )
        return f"{head}. {'; '.join(said) or self.tr('Linked to no claim')}".rstrip(".") + "."

    def _ask(self, claims: frozenset[EntityId]) -> None:
        if not claims <= self._asked:
            self._asked |= claims
            self._desk.ask(lambda project: _read(project, claims), self._take, owner=self, otherwise=lambda _: None)

    def _take(self, found: tuple[dict[EntityId, str], dict[str, str]]) -> None:
        self._claims |= found[0]
        self._stances = found[1]
        self._view.telling.say_soon()

    def _forget(self) -> None:
        self._claims.clear()
        self._asked = frozenset()


def _read(project: Project, claims: frozenset[EntityId]) -> tuple[dict[EntityId, str], dict[str, str]]:
    found = ((id_, project.entity(id_)) for id_ in claims)
    words = {id_: claim.text for id_, claim in found if isinstance(claim, Claim)}
    stances = {level.code: level.label for level in project.codebook.scale("stance").levels}
    return words, stances
