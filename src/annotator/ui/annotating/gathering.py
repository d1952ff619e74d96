"""Passages that are gathered to be linked together: one linkage that rests on all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from annotator.domain.errors import NotFoundError
from annotator.domain.ids import EntityId
from annotator.domain.passage import Passage
from annotator.domain.rows import PassageRow
from annotator.ui.annotating.judgement import Target
from annotator.ui.annotating.marking import Marking
from annotator.ui.annotating.open_pages import OpenPages
from annotator.ui.annotating.passages import Passages
from annotator.ui.controls import ElidedLabel, LinkButton
from annotator.ui.desk import Desk

if TYPE_CHECKING:
    from annotator.services.project import Project

_HEIGHT = 32
_LEAST = 2


class Gathering(QObject):
    """Gathers passages of any sources and opens the panel that links them."""

    changed = Signal()
    status = Signal(str)

    def __init__(self, desk: Desk, pages: OpenPages, marking: Marking, passages: Passages) -> None:
        super().__init__(pages)
        self._desk, self._pages, self._marking, self._passages = desk, pages, marking, passages
        self._gathered: dict[str, tuple[Target, str]] = {}
        desk.closed.connect(self.forget)
        desk.changed.connect(lambda _change: self._look_for_deleted())
        marking.linked.connect(self._on_linked)

    @property
    def quotes(self) -> tuple[str, ...]:
        """The words of what has been gathered; an area has none."""
        return tuple(quote for _, quote in self._gathered.values())

    def toggle(self) -> None:
        """Gather the chosen passage, or the selected words, which become one; one that is gathered already is taken out."""
        view, page = self._pages.view, self._pages.page
        if view is None or page is None:
            return
        spans, version = view.selected(), page.opened.version.id
        if spans:
            self._desk.do(
                lambda project: project.highlight(version, spans), lambda made: self._take(made, version), owner=self
            )
            return
        row = self._passages.chosen()
        if row is None:
            self.status.emit(self.tr("Select some words first, or choose a passage"))
        elif row.id in self._gathered:
            del self._gathered[row.id]
            self.changed.emit()
        else:
            quote = " … ".join(view.text.text[start:end] for start, end in row.spans)
            self._add(row, version, quote)

    def link(self) -> bool:
        """Link what was gathered together, if the chosen passage is among it; returns whether it was."""
        if len(self._gathered) < _LEAST or self._desk.passage_id not in self._gathered:
            return False
        view = self._pages.view
        if view is None or view.has_selection:
            return False
        self._open(self._desk.passage_id)
        return True

    def link_all(self) -> None:
        """Link what was gathered together."""
        view = self._pages.view
        here = [id_ for id_ in self._gathered if view is not None and view.highlights.find(id_) is not None]
        if self._gathered:
            self._open(here[-1] if here else next(reversed(self._gathered)))

    def forget(self) -> None:
        """Let go of what was gathered."""
        self._gathered.clear()
        self.changed.emit()

    # -- inside

    def _open(self, first: str) -> None:
        target, _ = self._gathered[first]
        others = tuple(id_ for id_ in self._gathered if id_ != first)
        self._marking.link_target(
            Target(version=target.version, spans=target.spans, area=target.area, passage=first, together=others)
        )

    def _take(self, made: Passage, version: EntityId) -> None:
        spans = tuple((fragment.start, fragment.end) for fragment in made.fragments)
        row, view = PassageRow(id=made.id, spans=spans, stances=()), self._pages.view
        if view is not None and view.opened.version.id == version:
            self._passages.put(row)
            view.unselect()
            self._desk.select_passage(made.id)
        self._add(row, version, made.quote)

    def _add(self, row: PassageRow, version: EntityId, quote: str) -> None:
        self._gathered[row.id] = Target(version=version, spans=row.spans, passage=row.id, area=row.area), quote
        self.changed.emit()

    def _on_linked(self, passages: tuple[str, ...]) -> None:
        if set(passages) >= set(self._gathered):
            self.forget()

    def _look_for_deleted(self) -> None:
        ids = tuple(self._gathered)
        if ids:
            self._desk.ask(lambda project: _deleted(project, ids), self._let_go, owner=self, otherwise=lambda _: None)

    def _let_go(self, deleted: tuple[str, ...]) -> None:
        kept = {id_: gathered for id_, gathered in self._gathered.items() if id_ not in deleted}
        if len(kept) < len(self._gathered):
            self._gathered = kept
            self.changed.emit()


def _deleted(project: Project, ids: tuple[str, ...]) -> tuple[str, ...]:
    """Return those of the passages that stand no longer."""
    deleted = []
    for id_ in ids:
        try:
            project.entity(EntityId(id_))
        except NotFoundError:
            deleted.append(id_)
    return tuple(deleted)


class GatheredBar(QWidget):
    """A line below the text: what was gathered, and what can be done with it."""

    linked = Signal()
    forgotten = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = ElidedLabel()
        self.link = LinkButton(self.tr("Link together"))
        forget = LinkButton(self.tr("Forget"))
        self.link.clicked.connect(self.linked)
        forget.clicked.connect(self.forgotten)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 0)
        row.addWidget(self.words, 1)
        row.addWidget(self.link)
        row.addWidget(forget)
        self.setFixedHeight(max(_HEIGHT, self.words.sizeHint().height() + 8))
        self.hide()

    def show_gathered(self, quotes: tuple[str, ...]) -> None:
        """Say what has been gathered."""
        words = ", ".join(f"“{' '.join(quote.split())}”" if quote else self.tr("an area") for quote in quotes)
        one = self.tr("Gathered, another is needed: {0}").format(words)
        self.words.setText(one if len(quotes) < _LEAST else self.tr("{0} gathered: {1}").format(len(quotes), words))
        self.link.setEnabled(len(quotes) >= _LEAST)
        self.setAccessibleName(self.words.text())
        self.setVisible(bool(quotes))
