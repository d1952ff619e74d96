"""A text with its passages, under the keyboard: what is painted lies under the words."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMargins, QPoint, QPointF, QRectF, Qt, QTimer, QVariantAnimation, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QPainter, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QStyle, QWidget

from annotator.domain.find import Hits
from annotator.domain.passage import Area
from annotator.ui.annotating.highlights import Highlights
from annotator.ui.annotating.margin import Margin
from annotator.ui.annotating.opened import Opened
from annotator.ui.annotating.passage_keys import ABOVE, PULSE, SETTLED, stretch_of
from annotator.ui.annotating.ribbon import WIDTH, Ribbon
from annotator.ui.annotating.underlay import Grounds, Shown, Underlay
from annotator.ui.reading.direction import begins_from_the_right
from annotator.ui.reading.fold_lines import draw_fold_line
from annotator.ui.reading.furniture import Furniture
from annotator.ui.reading.hits import HitLayer
from annotator.ui.reading.open_text import Aside
from annotator.ui.reading.text_view import TextView
from annotator.ui.theme import current_theme

_LEAST_MARGIN = 48
"""Px on the right side of the text from which on the margin of a text that runs from right to left stands there."""


class ReaderView(TextView):
    """Shows passages and a selection, and tells what the person means to do with them."""

    settled = Signal()
    """A selection has been made."""
    unselected = Signal()
    escaped = Signal()
    entered = Signal()
    stretched = Signal(bool, int, bool)
    """An end of the chosen passage is to move: whether it is the right one, which way (-1, 1), by a word or a character."""
    zoom_asked = Signal(int)
    menu_asked = Signal(QPoint, int)
    """A context menu is wanted: where on the screen, and over which code point."""

    aside_menu_asked = Signal(QPoint, object)
    """A context menu is wanted of the line of an ``Aside``: where on the screen."""

    def __init__(self, opened: Opened, parent: QWidget | None = None) -> None:
        self.shown = Shown(Highlights())
        super().__init__(opened.text, parent)
        self.opened = opened
        self.fold_key = ""
        self.setAccessibleName(opened.title)
        self._is_from_right = begins_from_the_right(self.text.text, 0, len(self.text.text))
        self.underlay = Underlay(self.shown, self.margin)
        self.hits = HitLayer()
        self.inked += [self.hits.within, self.shown.grounds]
        self.under[:0] = [Furniture(self.page), Grounds(self.shown), self.hits]
        self.under.append(self.underlay)
        self.ribbon = Ribbon(self.text, self)
        self.ribbon.sought.connect(self._seek)
        self._place_ribbon()
        self._settle = QTimer(self, singleShot=True, interval=SETTLED)
        self._settle.timeout.connect(self.settled)
        self._pulse = QVariantAnimation(self, startValue=1.0, endValue=0.0, duration=PULSE)
        self._pulse.valueChanged.connect(self._on_pulse)
        self.selection_changed.connect(self._on_selection)

    # -- passages

    @property
    def highlights(self) -> Highlights:
        """The passages that are shown."""
        return self.shown.highlights

    def set_highlights(self, highlights: Highlights) -> None:
        """Show these passages."""
        changed = highlights.changed_since(self.shown.highlights)
        self.shown.highlights = highlights
        self.telling.marked()
        self.underlay.forget(changed)
        self.ribbon.set_highlights(highlights)
        self.viewport().update()

    def choose(self, passage: str) -> None:
        """Show a passage as the chosen one."""
        for id_ in (self.shown.chosen, passage):
            row = self.highlights.find(id_)
            if row is not None and row.spans:
                self.underlay.forget((row.start, row.end))
        self.shown.chosen = passage
        self.telling.say_soon()
        self.viewport().update()

    def set_hits(self, hits: Hits, current: int) -> None:
        """Mark the hits of a search, and strongly the one with this number (-1: none)."""
        self.hits.set_hits(hits, current)
        self.ribbon.set_hits(hits, current)
        self.viewport().update()

    def folded(self) -> tuple[tuple[int, int], ...]:
        """Return the stretches that are folded away."""
        return tuple(
            (self.folds.asides[index].start, self.folds.asides[index].end) for index in sorted(self.folds.closed)
        )

    def fold_anew(self) -> None:
        """Fold as the text says by now, here and in the ribbon."""
        super().fold_anew()
        self.ribbon.show_asides()
        self.telling.marked()

    def aside_at(self, point: QPointF) -> Aside | None:
        """Return the aside whose line is at a point of the viewport."""
        index = next((index for index, rect in self.bars() if rect.contains(point)), None)
        return None if index is None else self.folds.asides[index]

    def margin(self) -> Margin:
        """Return where stripes stand: on the side where lines begin, if there is room."""
        right = self.page.left + self.page.measure
        room = self.viewport().width() - right
        if self._is_from_right and room >= _LEAST_MARGIN:
            return Margin(right, 1, room)
        return Margin(self.page.left, -1, self.page.left)

    def selected_area(self) -> Area | None:
        """Return nothing: a text has no areas."""
        return None

    def area_strip(self, _area: Area) -> QRectF | None:
        """Return nothing: a text has no areas."""
        return None

    def show_area(self, _area: Area, *, pulse: bool = False) -> None:
        """Do nothing: a text has no areas."""

    def show_place(self, start: int, end: int, *, pulse: bool = False) -> None:
        """Put the caret at a place, unfold it, scroll to it if it is not in sight, and point it out once."""
        last = len(self.text.text)
        start, end = min(start, last), min(end, last)
        holding = self.folds.holding(start, max(end, start + 1))
        if holding:
            self.fold(holding, closed=False)
        self.put_caret(start)
        if not self.is_in_sight((start, end)):
            self.scroll_up_to(start, int(self.viewport().height() * ABOVE))
        if pulse and end > start and self.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration, None, self):
            self.shown.pulse = (start, end)
            self._pulse.start()

    # -- Qt's own

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the ribbon beside the scroll bar."""
        super().resizeEvent(event)
        self._place_ribbon()

    def changeEvent(self, event: QEvent) -> None:
        """Keep the ribbon on the side of the scroll bar."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self._place_ribbon()

    def paint_around(self, painter: QPainter) -> None:
        """Paint the lines that stand for what is folded, and let the ribbon show what is in sight."""
        theme = current_theme()
        self._show_in_ribbon()
        for index, rect in self.bars():
            is_closed = index in self.folds.closed
            draw_fold_line(painter, rect, self.folds.asides[index], self.fold_key, theme, closed=is_closed)

    def event(self, event: QEvent) -> bool:
        """Leave every key to the window's shortcuts first: there is nothing to type here."""
        if event.type() == QEvent.Type.ShortcutOverride:
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the ends of the chosen passage while the caret is on it and no words are selected; else move the caret."""
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not modifiers:
            self.entered.emit()
        elif (asked := stretch_of(event)) and self._is_on_chosen():
            self.stretched.emit(*(asked.mirrored() if self.piece_of(self.caret()).box.rtl else asked))
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll; with Ctrl, zoom."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_asked.emit(1 if event.angleDelta().y() > 0 else -1)
        else:
            super().wheelEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of what is under the mouse, or at the caret."""
        by_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        aside = self.aside_at(event.pos().toPointF()) if by_mouse else None
        if aside is not None:
            self.aside_menu_asked.emit(event.globalPos(), aside)
            return
        offset = self.offset_at(event.pos().toPointF()) if by_mouse else self.caret()
        caret = self.caret_strip().bottomLeft().toPoint()
        self.menu_asked.emit(event.globalPos() if by_mouse else self.viewport().mapToGlobal(caret), offset)

    # -- inside

    def _place_ribbon(self) -> None:
        is_mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        margins = QMargins(WIDTH, 0, 0, 0) if is_mirrored else QMargins(0, 0, WIDTH, 0)
        if self.viewportMargins() != margins:
            self.setViewportMargins(margins)
        place = self.viewport().geometry()
        x = place.left() - WIDTH if is_mirrored else place.right() + 1
        self.ribbon.setGeometry(x, place.top(), WIDTH, place.height())

    def _show_in_ribbon(self) -> None:
        lines = [seen for seen in self.seen() if seen.lines]
        if lines:
            self.ribbon.show_frame(
                lines[0].laid.span_of_lines(lines[0].lines)[0], lines[-1].laid.span_of_lines(lines[-1].lines)[1]
            )
        row = self.shown.row
        self.ribbon.show_mark(row.start if row is not None and row.spans else self.caret())

    def _seek(self, offset: int) -> None:
        self.scroll_up_to(offset, self.viewport().height() // 2)

    def _is_on_chosen(self) -> bool:
        row = self.shown.row
        return row is not None and bool(row.spans) and not self.has_selection and row.start <= self.caret() <= row.end

    def _on_selection(self) -> None:
        if not self.has_selection:
            self._settle.stop()
            self.unselected.emit()
        elif not self.pressed:
            self._settle.start()

    def _on_pulse(self, strength: float) -> None:
        self.shown.strength = strength
        self.viewport().update()
