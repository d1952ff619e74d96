"""What keys and clicks do with passages: make, choose, move their ends, add fragments, delete."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from annotator.domain.ids import EntityId
from annotator.domain.passage import Passage
from annotator.domain.rows import PassageRow
from annotator.ui.annotating.filtering import PassageFilter
from annotator.ui.annotating.highlights import Highlights
from annotator.ui.annotating.reading_view import ReadingView
from annotator.ui.annotating.stretching import Span, stretched
from annotator.ui.desk import Desk

if TYPE_CHECKING:
    from annotator.services.project import Project

_Shown = tuple[ReadingView, EntityId]
"""A view, and the version that it shows."""

_FEW_WORDS, _FEW_LETTERS = 3, 60
"""How much of a passage's ends is told when one is moved."""


class Passages(QObject):
    """Works on the passages of the version that is read; every step is one change."""

    status = Signal(str)
    narrowed = Signal(object, int, int)
    """The passages of a view were read: the ``ReadingView``, how many of them are shown, and how many there are."""
    made = Signal()
    """A passage was made or changed by a key: what stood at the selection may go."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._view: ReadingView | None = None
        self._version = EntityId("")
        self._beside: _Shown | None = None
        self._moving: set[object] = set()
        self.filter = PassageFilter()
        desk.passage_selected.connect(self._choose)
        desk.changed.connect(lambda _change: self.read_again())
        desk.closed.connect(self._moving.clear)

    def set_views(self, worked_in: _Shown | None, beside: _Shown | None = None) -> None:
        """Work on a view of a version from now on, and show the passages of the one beside it too."""
        before = (self._view, self._beside)
        self._view, self._version = worked_in or (None, EntityId(""))
        self._beside = beside
        for shown in (worked_in, beside):
            if shown is not None:
                shown[0].choose(self._desk.passage_id)
                if before[0] is not shown[0] and (before[1] is None or before[1][0] is not shown[0]):
                    self._read(shown)

    def read_again(self) -> None:
        """Read the passages of what is shown."""
        if self._view is not None:
            self._read((self._view, self._version))
        if self._beside is not None:
            self._read(self._beside)

    def _read(self, shown: _Shown) -> None:
        view, version = shown
        text = view.text.text

        filter_, chosen = self.filter, self._desk.passage_id

        def read(project: Project) -> tuple[Highlights, int]:
            rows = project.passage_rows(version)
            highlights = Highlights(rows if filter_.is_empty else filter_.of(rows, chosen), text)
            highlights.find(chosen)
            return highlights, len(rows)

        def take(found: tuple[Highlights, int]) -> None:
            highlights, total = found
            is_worked_in = view is self._view
            if self._moving or not (is_worked_in or (self._beside is not None and view is self._beside[0])):
                return
            if filter_ != self.filter:
                return
            if not filter_.is_empty and self._desk.passage_id != chosen:
                self.read_again()
                return
            view.set_highlights(highlights)
            self.narrowed.emit(view, len(highlights), total)
            if is_worked_in and self._desk.passage_id and not self._is_seen(self._desk.passage_id):
                self._desk.select_passage(EntityId(""))

        self._desk.ask(read, take, owner=self, otherwise=lambda _error: None)

    def set_filter(self, filter_: PassageFilter) -> None:
        """Show only the passages that a filter lets through, and the chosen one."""
        if filter_ != self.filter:
            self.filter = filter_
            self.read_again()

    # -- what the keys do

    def highlight(self) -> None:
        """Highlight the selection, words or an area."""
        version = self._version
        area = self._view.selected_area() if self._view else None
        if area is not None:
            self._desk.do(lambda project: project.highlight_area(version, area), self._take_made, owner=self)
            return
        spans = self._selected()
        if spans:
            self._desk.do(lambda project: project.highlight(version, spans), self._take_made, owner=self)

    def add_fragment(self) -> None:
        """Add the selection to the chosen passage."""
        row, spans = self.chosen(), self._selected()
        if row is not None and row.area is not None:
            self._refuse_area()
        elif row is None:
            self.status.emit(self.tr("Choose a passage first, then select words and press Shift+H"))
        elif spans:
            fragments = joined((*row.spans, *spans))
            self._desk.do(lambda project: _reshaped(project, row, fragments), self._take_made, owner=self)

    def delete(self) -> None:
        """Delete the chosen passage; undo brings it back."""
        passage = self._desk.passage_id
        if passage:
            self._desk.select_passage(EntityId(""))
            self._desk.do(lambda project: project.delete(passage), owner=self)

    def next_here(self) -> None:
        """Choose the next of the passages at the caret."""
        view = self._view
        if view is None:
            return
        here = view.highlights.at(view.caret())
        chosen = self.chosen()
        if not here and chosen:
            here = view.highlights.at(chosen.start)
        if not here:
            self.status.emit(self.tr("No passage stands here"))
            return
        ids = [row.id for row in here]
        number = (ids.index(chosen.id) + 1) % len(here) if chosen and chosen.id in ids else 0
        self._desk.select_passage(here[number].id)
        self._desk.stacked.emit(number + 1, len(here))
        self.status.emit(self.tr("Passage {0} of {1} here").format(number + 1, len(here)))

    def step(self, *, forward: bool) -> None:
        """Choose the next or previous passage of the text."""
        view = self._view
        row = view.highlights.neighbour(view.caret(), self._desk.passage_id, forward=forward) if view else None
        if view is None or row is None:
            self.status.emit(self.tr("No passages yet: select words and press H"))
            return
        if row.area is not None:
            view.show_area(row.area)
        else:
            view.show_place(row.start, row.spans[0][1])
        self._desk.select_passage(row.id)
        highlights = view.highlights
        self.status.emit(self.tr("Passage {0} of {1}").format(highlights.number(row), len(highlights)))

    def click(self, offset: int) -> None:
        """Choose the shortest passage at a place; one that is chosen stays so."""
        if self._view is None:
            return
        here = [row for row in self._view.highlights.at(offset) if any(s <= offset < e for s, e in row.spans)]
        ids = [row.id for row in here]
        if self._desk.passage_id not in ids:
            self._desk.select_passage(ids[0] if ids else EntityId(""))
        if len(ids) > 1:
            self._desk.stacked.emit(ids.index(self._desk.passage_id) + 1, len(ids))
            self.status.emit(self.tr("{0} passages here: O goes from one to the next").format(len(ids)))

    def stretch(self, is_end: bool, step: int, by_word: bool) -> None:  # noqa: FBT001 a signal's slot
        """Move an end of the chosen passage."""
        row, view = self.chosen(), self._view
        if row is None or view is None:
            return
        if row.area is not None:
            self._refuse_area()
            return
        spans = stretched(view.text.text, row.spans, is_end=is_end, step=step, by_word=by_word)
        if spans != row.spans:
            self.put(replace(row, spans=spans))
            self.reshape(spans)
            self.status.emit(self.tr("From “{0}” to “{1}”").format(*_ends(view.text.text, spans)))

    def reshape(self, spans: tuple[Span, ...]) -> None:
        """Give the chosen passage these fragments."""
        row = self.chosen()
        if row is None:
            return
        move = object()
        self._moving.add(move)

        def settle(_result: object = None) -> None:
            self._moving.discard(move)
            self.read_again()

        def refuse(error: object) -> None:
            settle()
            self._desk.refused.emit(error, None)

        self._desk.do(lambda project: _reshaped(project, row, spans), settle, owner=self, otherwise=refuse)

    def chosen(self) -> PassageRow | None:
        """Return the chosen passage, if it stands in the version that is read."""
        return self._view.highlights.find(self._desk.passage_id) if self._view else None

    def put(self, row: PassageRow) -> None:
        """Show a passage as it is now, before the passages are read again."""
        if self._view is not None:
            self._view.set_highlights(self._view.highlights.with_row(row, self._view.text.text))

    # -- inside

    def _selected(self) -> tuple[Span, ...]:
        spans = self._view.selected() if self._view else ()
        if not spans:
            self.status.emit(self.tr("Select some words first: with the mouse, or Shift and the arrow keys"))
        return spans

    def _take_made(self, passage: Passage) -> None:
        """Show a passage that has been made or changed, unless another source is read by now."""
        view = self._view
        if view is None or passage.text != view.opened.version.text:
            return
        before = self.chosen()
        spans = tuple((fragment.start, fragment.end) for fragment in passage.fragments)
        if before is not None and before.id == passage.id:
            self.put(replace(before, spans=spans))
        else:
            self.put(PassageRow(id=passage.id, spans=spans, stances=(), area=passage.area))
        if not self._selects_others(spans):
            view.unselect()
        self._desk.select_passage(passage.id)
        self.made.emit()

    def _selects_others(self, spans: tuple[Span, ...]) -> bool:
        """Tell whether other words have been selected since: a quick hand is on its way to the next passage."""
        selected = self._view.selected() if self._view else ()
        return any(not any(first <= start and end <= last for first, last in spans) for start, end in selected)

    def _refuse_area(self) -> None:
        self.status.emit(self.tr("An area cannot be changed: delete it and mark it anew"))

    def _is_seen(self, passage: str) -> bool:
        views = (self._view, self._beside[0] if self._beside else None)
        return any(view is not None and view.highlights.find(passage) is not None for view in views)

    def _choose(self, id_: str) -> None:
        for view in (self._view, self._beside[0] if self._beside else None):
            if view is not None:
                view.choose(id_)
        if id_ and not self.filter.is_empty and not self._is_seen(id_):
            self.read_again()


def _ends(text: str, spans: tuple[Span, ...]) -> tuple[str, str]:
    """Return the first and the last few words of a passage."""
    first = " ".join(text[spans[0][0] : spans[0][1]][:_FEW_LETTERS].split()[:_FEW_WORDS])
    last = " ".join(text[spans[-1][0] : spans[-1][1]][-_FEW_LETTERS:].split()[-_FEW_WORDS:])
    return first, last


def _reshaped(project: Project, row: PassageRow, spans: tuple[Span, ...]) -> Passage:
    """Give a passage these fragments; one of another version never moves there: it is placed anew in the one that is shown."""
    if row.anchor is None:
        return project.reshape(row.id, spans)
    project.move_anchor(row.anchor.id, spans)
    passage = project.entity(row.id)
    assert isinstance(passage, Passage)  # noqa: S101 a row of a passage has its id
    return passage


def joined(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """Return spans sorted, those that overlap or touch as one."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return tuple(found)
