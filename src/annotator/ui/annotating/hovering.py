"""Shows the card of the passages on which the mouse rests, or at which the caret is when it is asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QEvent, QObject, QPointF, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from annotator.domain.ids import EntityId
from annotator.domain.rows import LinkageRow, PassageRow
from annotator.domain.scales import Codebook
from annotator.ui.annotating.hover_card import CardPassage, HoverCard
from annotator.ui.annotating.reading_view import ReadingView
from annotator.ui.desk import Desk

if TYPE_CHECKING:
    from annotator.services.project import Project

_RESTED = 450
"""Milliseconds for which the mouse must rest."""

_READ = 3
"""Passages whose linkages are read for one card."""

_ENDING = (
    QEvent.Type.Leave,
    QEvent.Type.Wheel,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.Resize,
    QEvent.Type.Hide,
    QEvent.Type.FocusOut,
)


class _About(NamedTuple):
    linkages: tuple[LinkageRow, ...]
    notes: tuple[str, ...]


class Hovering(QObject):
    """Watches the view that is worked in. Answers are kept until the project changes."""

    status = Signal(str)

    def __init__(self, desk: Desk, screen: QWidget) -> None:
        super().__init__(screen)
        self._desk, self._screen = desk, screen
        self._view: ReadingView | None = None
        self._known: dict[EntityId, _About] = {}
        self._codebook: Codebook | None = None
        self._rows: list[PassageRow] = []
        self._at = QPointF()
        self._by_key = False
        self.card = HoverCard(screen)
        self._resting = QTimer(self, singleShot=True, interval=_RESTED)
        self._resting.timeout.connect(self._rest)
        desk.changed.connect(lambda _change: self._forget())
        desk.closed.connect(self._forget)
        desk.passage_selected.connect(lambda _id: self.hide())
        desk.zoomed.connect(lambda _percent: self.hide())

    def watch(self, view: ReadingView) -> None:
        """Show the card over this view too, as long as it lives."""
        _Watcher(self, view)
        view.verticalScrollBar().valueChanged.connect(self.hide)

    def show_at_caret(self, view: ReadingView | None) -> None:
        """Show the card of the passages at the caret of a view, the chosen one first; again, hide it."""
        if view is None:
            return
        if self.card.isVisible():
            self.hide()
            return
        rows = view.highlights.at(view.caret())
        chosen = view.highlights.find(self._desk.passage_id)
        if chosen is not None and chosen.spans and (chosen in rows or not rows):
            rows = [chosen, *(row for row in rows if row.id != chosen.id)]
        if not rows:
            self.status.emit(self.tr("No passage stands here"))
            return
        self._view, self._by_key = view, True
        self._show(rows)

    @property
    def is_shown(self) -> bool:
        """Whether the card is to be seen."""
        return self.card.isVisible()

    def hide(self) -> None:
        """Take the card away."""
        self._resting.stop()
        self._rows = []
        if self.card.isVisible():
            self.card.hide()

    def take(self, view: ReadingView, event: QEvent) -> bool:
        """Follow the mouse over a view; go when anything else is done. Tell whether nobody else needs the event."""
        kind = event.type()
        if kind == QEvent.Type.MouseMove and isinstance(event, QMouseEvent):
            self._follow(view, event)
        elif kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self._rows:
            was_shown = self.card.isVisible()
            self.hide()
            return was_shown and event.key() == Qt.Key.Key_Escape
        elif kind in _ENDING and not (kind == QEvent.Type.Leave and self._by_key):
            self.hide()
        return False

    # -- inside

    def _follow(self, view: ReadingView, event: QMouseEvent) -> None:
        if event.position() == self._at and view is self._view:
            return
        self._at, self._view = event.position(), view
        if event.buttons():
            self.hide()
        elif self._rows and [row.id for row in rows_at(view, self._at)] == [row.id for row in self._rows]:
            return
        else:
            self.hide()
            self._by_key = False
            self._resting.start()

    def _rest(self) -> None:
        rows = rows_at(self._view, self._at) if self._view is not None else []
        if rows:
            self._show(rows)

    def _show(self, rows: list[PassageRow]) -> None:
        """Show the card as soon as what is judged is known."""
        self._rows = rows
        unknown = tuple(row.id for row in rows[:_READ] if row.id not in self._known)
        if not unknown and self._codebook is not None:
            self._put()
            return
        self._desk.ask(_reader(unknown), lambda found: self._take(rows, found), owner=self, otherwise=lambda _: None)

    def _take(self, rows: list[PassageRow], found: tuple[Codebook, dict[EntityId, _About]]) -> None:
        self._codebook = found[0]
        self._known |= found[1]
        if rows is self._rows:
            self._put()

    def _put(self) -> None:
        view, rows, codebook = self._view, self._rows, self._codebook
        if view is None or codebook is None or not rows:
            return
        text = view.text.text
        shown = [
            CardPassage(row, " … ".join(text[start:end] for start, end in row.spans), *self._known[row.id])
            for row in rows[:_READ]
        ]
        words, line = self._places(view, rows[0])
        if words is None:
            self._rows = []
            return
        window = self._screen.window()
        self.card.setParent(window)
        self.card.show_passages(shown, len(rows), codebook)
        origin = view.viewport().mapTo(window, view.viewport().rect().topLeft())
        top = origin.y()
        room = QRect(0, top, window.width(), min(view.viewport().height(), window.height() - top))
        self.card.place(words.translated(origin), line.translated(origin), room)
        self.card.show()
        self.card.raise_()
        if self._by_key:
            self.status.emit(self.card.words)

    def _places(self, view: ReadingView, row: PassageRow) -> tuple[QRect | None, QRect]:
        """Return where the words of a passage stand, and the line of them that is read."""
        found = view.strip_of((row.start, row.end)) if row.spans else view.area_strip(row.area) if row.area else None
        if found is None:
            return None, QRect()
        words = found.toAlignedRect()
        if self._by_key:
            return words, words
        y = round(self._at.y())
        return words, QRect(words.left(), y - 16, words.width(), 36)

    def _forget(self) -> None:
        self._known.clear()
        self._codebook = None
        self.hide()


class _Watcher(QObject):
    """Hands on what happens to a view."""

    def __init__(self, hovering: Hovering, view: ReadingView) -> None:
        super().__init__(view.viewport())
        self._hovering, self._view = hovering, view
        view.viewport().installEventFilter(self)
        if isinstance(view, QObject):
            view.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Tell what happens."""
        return self._hovering.take(self._view, event)


def rows_at(view: ReadingView, point: QPointF) -> list[PassageRow]:
    """Return the passages under a point of a view's viewport, that which a click would choose first."""
    offset = view.offset_at(point)
    for character in (offset, offset - 1):
        if any(strip.contains(point) for strip in view.strips((character, character + 1))):
            return view.highlights.over(character)
    areas = ((row, view.area_strip(row.area)) for row in view.highlights.areas if row.area is not None)
    return [row for row, strip in areas if strip is not None and strip.contains(point)]


def _reader(ids: tuple[EntityId, ...]) -> Callable[[Project], tuple[Codebook, dict[EntityId, _About]]]:
    def read(project: Project) -> tuple[Codebook, dict[EntityId, _About]]:
        about = {}
        for id_ in ids:
            standing = tuple(row for row in project.linkage_rows(passage=id_) if not row.linkage.withdrawn)
            about[id_] = _About(standing, tuple(note.text for note in project.notes(id_)))
        return project.codebook, about

    return read
