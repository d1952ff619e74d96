"""Pages with a caret and a selection, in code points of the text: the same that the text view gives."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QMimeData, QPointF, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

from annotator.domain.text import snap_to_graphemes
from annotator.services.paging import PagePictures
from annotator.ui.annotating.opened import Opened
from annotator.ui.pages.page_lines import Span
from annotator.ui.pages.pages_canvas import PagesCanvas
from annotator.ui.pages.steps import next_character, next_word
from annotator.ui.reading.accessible_text import Telling, tell_about

_ROOM = 24
_ARROWS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class SelectingPages(PagesCanvas):
    """Knows what is selected, and what the keys do to it."""

    unselected = Signal()
    selection_changed = Signal()
    """Caret or selection have moved."""
    caret_moved = Signal()

    def __init__(self, opened: Opened, pictures: Callable[[], PagePictures], parent: QWidget | None = None) -> None:
        super().__init__(opened, pictures, parent)
        self._anchor_at = self._caret = 0
        self._goal: float | None = None
        self.telling = Telling(self, self)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    # -- what is selected

    @property
    def has_selection(self) -> bool:
        """Whether words are selected."""
        return self._anchor_at != self._caret

    def selection(self) -> Span:
        """Return from where to where the selection goes, in whole characters."""
        start, end = sorted((self._anchor_at, self._caret))
        return snap_to_graphemes(self.text.text, start, end) if start < end else (start, end)

    def selected(self) -> tuple[Span, ...]:
        """Return what is selected, without line ends at its ends, and without what lies in it but is not the article."""
        start, end = self.selection()
        parts, begin = [], start
        for aside in self.text.asides:
            if start < aside.start and aside.end < end:
                parts.append((begin, aside.start))
                begin = aside.end
        trimmed = (self._trimmed(*part) for part in [*parts, (begin, end)])
        return tuple(part for part in trimmed if part[0] < part[1])

    def _trimmed(self, start: int, end: int) -> Span:
        text = self.text.text
        while start < end and text[start] == "\n":
            start += 1
        while start < end and text[end - 1] == "\n":
            end -= 1
        return start, end

    def caret(self) -> int:
        """Return where the caret is."""
        return self._caret

    def select(self, start: int, end: int) -> None:
        """Select a stretch; the caret stands at ``end``. Where no page has words nothing is selected that cannot be seen."""
        start = start if self.opened.structure.lines else end
        had, last = self.has_selection, len(self.text.text)
        self._anchor_at, self._caret = min(max(start, 0), last), min(max(end, 0), last)
        self.viewport().update()
        self.caret_moved.emit()
        self.selection_changed.emit()
        if had and not self.has_selection:
            self.unselected.emit()

    def unselect(self) -> None:
        """Select nothing; the caret stays."""
        self.select(self._caret, self._caret)

    def words(self) -> str:
        """Return the selected words as they stand in the text, a line for each part."""
        return "\n".join(self.text.text[start:end] for start, end in self.selected())

    def copy(self) -> None:
        """Copy the selected words."""
        words = self.words()
        if words:
            data = QMimeData()
            data.setText(words)
            QGuiApplication.clipboard().setMimeData(data)

    # -- going

    def put_caret(self, offset: int, *, selecting: bool = False) -> None:
        """Put the caret at a place; ``selecting`` keeps where the selection began."""
        self.select(self._anchor_at if selecting else offset, offset)

    def bring_into_sight(self, offset: int) -> None:
        """Scroll as little as needed to see a place."""
        caret = self.lines.caret(offset)
        if caret is None:
            return
        self._ensure_laid_out()
        box, view = (caret.left, caret.top, caret.right, caret.bottom), self.viewport().size()
        place = self.on_view(caret.page, box)
        for bar, first, last, room in (
            (self.verticalScrollBar(), place.top(), place.bottom(), view.height()),
            (self.horizontalScrollBar(), place.left(), place.right(), view.width()),
        ):
            if first < _ROOM:
                bar.setValue(bar.value() + int(first) - _ROOM)
            elif last > room - _ROOM:
                bar.setValue(bar.value() + int(last - room) + _ROOM)

    def offset_at(self, point: QPointF) -> int:
        """Return the code point nearest to a point of the viewport."""
        if not len(self.sheets):
            return 0
        place = point + self.origin
        page = self.sheets.at(place.y())
        on_page = self.sheets.to_page(page, place)
        found = self.lines.offset_at(page, on_page.x(), on_page.y())
        return self._caret if found is None else found

    def event(self, event: QEvent) -> bool:
        """Leave every key to the window's shortcuts first: there is nothing to type here."""
        if event.type() == QEvent.Type.ShortcutOverride:
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the caret, or select: by characters, words, lines, screens."""
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        selecting = bool(modifiers & Qt.KeyboardModifier.ShiftModifier)
        control = bool(modifiers & Qt.KeyboardModifier.ControlModifier)
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.matches(QKeySequence.StandardKey.SelectAll):
            self.select(0, len(self.text.text))
        elif (target := self._target(Qt.Key(event.key()), control=control)) is not None:
            self.put_caret(target, selecting=selecting)
            if event.key() not in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):  # they have scrolled as far as they mean to
                self.bring_into_sight(target)
        else:
            event.ignore()

    def _target(self, key: Qt.Key, *, control: bool) -> int | None:
        """Return where a key moves the caret; None for a key that does not."""
        goal, self._goal = self._goal, None
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            step = _ARROWS[key] * (-1 if self.lines.is_rtl(self._caret) else 1)
            return (next_word if control else next_character)(self.text.text, self._caret, step)
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            return self._beside(_ARROWS[key], goal)
        if key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            return self._turned(-1 if key == Qt.Key.Key_PageUp else 1)
        if key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            return self._end_of_line(is_end=key == Qt.Key.Key_End, whole=control)
        return None

    def _beside(self, step: int, goal: float | None) -> int:
        caret = self.lines.caret(self._caret)
        line = self.lines.beside(self.lines.line_number(self._caret), step)
        if caret is None or line is None:
            return self._caret
        self._goal = caret.left if goal is None else goal
        return self.lines.offset_on(line, self._goal)

    def _turned(self, step: int) -> int:
        """Scroll by a screen and return the place that stands where the caret stood."""
        caret = self.lines.caret(self._caret)
        bar = self.verticalScrollBar()
        if caret is None:
            bar.setValue(bar.value() + step * bar.pageStep())
            return self._caret
        place = self.on_view(caret.page, (caret.left, caret.top, caret.right, caret.bottom)).center()
        y = min(max(place.y(), 0.0), float(self.viewport().height()))
        before = bar.value()
        bar.setValue(before + step * (bar.pageStep() - 2 * _ROOM))
        if bar.value() == before:
            return len(self.text.text) if step > 0 else 0
        return self.offset_at(QPointF(place.x(), y))

    def _end_of_line(self, *, is_end: bool, whole: bool) -> int:
        number = self.lines.line_number(self._caret)
        if whole or number < 0:
            return len(self.text.text) if is_end else 0
        line = self.lines.line(number)
        return line.end if is_end else line.start


tell_about(SelectingPages)
