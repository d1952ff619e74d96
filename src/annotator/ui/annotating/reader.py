"""Shows one text and its passages. A plain text field to Qt and to screen readers; what is painted lies under the words."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, QRectF, Qt, QTimer, QVariantAnimation, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
    QTextBlock,
    QTextCursor,
    QTextDocument,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QStyle, QWidget

from annotator.domain.text import snap_to_graphemes
from annotator.ui.annotating.folding import visible_block
from annotator.ui.annotating.highlights import Highlights
from annotator.ui.annotating.layout import ReaderLayout
from annotator.ui.annotating.looks import BAR, MARGIN, MEASURE, NARROW_MARGIN, Look, letters
from annotator.ui.annotating.margin import draw_bar
from annotator.ui.annotating.opened import Opened
from annotator.ui.annotating.underlay import Shown, Span, Underlay
from annotator.ui.theme import current_theme, theme_notifier

_RIGHT_MARGIN = 16
_NARROW = 640
_SETTLED = 250
"""Milliseconds after which a selection made with keys counts as made."""

_PULSE = 900
_ABOVE = 0.28
"""Where a place that is shown comes to stand, as a share of the height."""

_ARROWS = {
    Qt.Key.Key_Left: (-1, False),
    Qt.Key.Key_Right: (1, False),
    Qt.Key.Key_Up: (-1, True),
    Qt.Key.Key_Down: (1, True),
}


class ReaderView(QPlainTextEdit):
    """A read-only text with a caret. Offsets that go in and come out are code points of the canonical text."""

    settled = Signal()
    """A selection has been made, or a place been clicked."""
    unselected = Signal()
    escaped = Signal()
    stretched = Signal(bool, int, bool)
    """An end of the chosen passage is to move: whether it is the right one, which way (-1, 1), by a word or a character."""
    zoom_asked = Signal(int)
    menu_asked = Signal(QPoint, int)
    """A context menu is wanted: where on the screen, and over which code point."""

    def __init__(self, opened: Opened, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.opened, self.text = opened, opened.text
        self.fold_key = ""
        self.shown = Shown(Highlights())
        self.pressed = False
        self._last_position = 0
        self._reading = self._document()
        self._underlay = Underlay(self._reading, self.text, self.shown)
        self._settle = QTimer(self, singleShot=True, interval=_SETTLED)
        self._settle.timeout.connect(self.settled)
        self._pulse = QVariantAnimation(self, startValue=1.0, endValue=0.0, duration=_PULSE)
        self._pulse.valueChanged.connect(self._on_pulse)
        self._set_up()
        self.selectionChanged.connect(self._on_selection)
        self.cursorPositionChanged.connect(self._leave_folded)
        theme_notifier().changed.connect(self.lay_out_again)

    def _document(self) -> ReaderLayout:
        document = QTextDocument(self)
        document.setUndoRedoEnabled(False)
        layout = ReaderLayout(document, self.text)
        document.setDocumentLayout(layout)
        document.setDocumentMargin(0)
        document.setDefaultFont(letters(Look(), 1.0))
        document.setPlainText(self.text.text)
        layout.start()
        layout.folds.set_closed(list(range(len(layout.folds.asides))), closed=True)
        self.setFont(letters(Look(), 1.0))
        self.setDocument(document)
        layout.forget()
        return layout

    def _set_up(self) -> None:
        self.setReadOnly(True)
        flags = Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        self.setTextInteractionFlags(flags)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setCursorWidth(2)
        self.viewport().setMouseTracking(True)
        self.setAccessibleName(self.opened.title)
        palette = QPalette()
        for group in (QPalette.ColorGroup.Active, QPalette.ColorGroup.Inactive):
            palette.setColor(group, QPalette.ColorRole.Highlight, QColor(0, 0, 0, 0))
        self.setPalette(palette)
        first = visible_block(self.document().firstBlock(), forward=True)
        self._put_caret(first.position())

    # -- what is shown

    def set_highlights(self, highlights: Highlights) -> None:
        """Show these passages."""
        self.shown.highlights = highlights
        self.viewport().update()

    def choose(self, passage: str) -> None:
        """Show a passage as the chosen one."""
        self.shown.chosen = passage
        self.viewport().update()

    def set_zoom(self, percent: int) -> None:
        """Show the text larger or smaller; the first visible line stays."""
        place = self.top_place()
        self._reading.zoom = percent / 100
        self._measure()
        self._reading.set_zoom(percent / 100)
        self.setFont(letters(Look(), percent / 100))
        self.lay_out_again()
        self.restore(place)

    def lay_out_again(self) -> None:
        """Lay the text out afresh: its colours or its sizes have changed."""
        self._reading.forget()
        self.document().markContentsDirty(0, self.document().characterCount() - 1)
        self._reading.forget()
        self.viewport().update()

    def toggle_folds(self) -> None:
        """Fold away all that is not part of the article, or show all of it where nothing is unfolded."""
        folds = self._reading.folds
        everything = list(range(len(folds.asides)))
        self.fold(everything, closed=len(folds.closed) < len(everything))

    def fold(self, asides: list[int], *, closed: bool) -> None:
        """Fold some asides away, or show them."""
        place = self.top_place()
        self._reading.folds.set_closed(asides, closed=closed)
        self._reading.forget()
        self._leave_folded()
        self.restore(place)
        self.viewport().update()

    @property
    def closed_asides(self) -> frozenset[int]:
        """The asides that are folded away."""
        return frozenset(self._reading.folds.closed)

    # -- places

    def caret(self) -> int:
        """Return where the caret stands."""
        return self.text.units.to_code_points(self.textCursor().position())

    def selected(self) -> tuple[Span, ...]:
        """Return what is selected and visible, in whole characters and without line ends at its ends."""
        cursor, units = self.textCursor(), self.text.units
        if not cursor.hasSelection():
            return ()
        start, end = units.to_code_points(cursor.selectionStart()), units.to_code_points(cursor.selectionEnd())
        parts = (self._trimmed(*part) for part in self._reading.folds.shown(start, end))
        return tuple(part for part in parts if part[0] < part[1])

    def _trimmed(self, start: int, end: int) -> Span:
        text = self.text.text
        while start < end and text[start] == "\n":
            start += 1
        while start < end and text[end - 1] == "\n":
            end -= 1
        return snap_to_graphemes(text, start, end) if start < end else (start, end)

    def select(self, start: int, end: int) -> None:
        """Select a stretch."""
        cursor, units = self.textCursor(), self.text.units
        cursor.setPosition(units.to_utf16(start))
        cursor.setPosition(units.to_utf16(end), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)

    def unselect(self) -> None:
        """Select nothing; the caret stays."""
        cursor = self.textCursor()
        cursor.clearSelection()
        self.setTextCursor(cursor)

    def show_place(self, start: int, end: int, *, pulse: bool = False) -> None:
        """Put the caret at a place, unfold it, scroll to it if it is not in sight, and point it out once."""
        holding = self._reading.folds.holding(start, max(end, start + 1))
        if holding:
            self.fold(holding, closed=False)
        self._put_caret(self.text.units.to_utf16(start))
        place = self.strip_of((start, end))
        if place is None or place.top() < 0 or place.bottom() > self.viewport().height() - _RIGHT_MARGIN:
            self._scroll_to(start, int(self.viewport().height() * _ABOVE))
        if pulse and end > start and self.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration, None, self):
            self.shown.pulse = (start, end)
            self._pulse.start()

    def top_place(self) -> int:
        """Return the code point with which the first visible line begins."""
        block = self.firstVisibleBlock()
        if not block.isValid():
            return 0
        top = self.blockBoundingGeometry(block).translated(self.contentOffset()).top()
        box, layout = self._reading.box(block), block.layout()
        number = max(0, min(round((-top - box.before) / box.pitch + 0.4), layout.lineCount() - 1))
        return self.text.units.to_code_points(block.position() + layout.lineAt(number).textStart())

    def restore(self, offset: int) -> None:
        """Scroll until a place stands at the top."""
        self._scroll_to(offset, 0)

    def scroll_up_to(self, offset: int, y: int) -> None:
        """Scroll until a place stands at a height of ``y`` px, as far as the text allows."""
        self._scroll_to(offset, y)

    def strip_of(self, span: Span) -> QRectF | None:
        """Return where on the viewport the visible words of a stretch stand: one rectangle around all of them."""
        found = QRectF()
        for block, top in self.visible_blocks():
            for _, strip in self._underlay.strips(block, (span[0], max(span[1], span[0] + 1))):
                found = found.united(strip.translated(0, top))
        return found if found.isValid() else None

    def text_left(self) -> int:
        """Return where on the viewport the text begins."""
        return round(self._reading.left)

    def visible_blocks(self) -> Iterator[tuple[QTextBlock, float]]:
        """Yield the paragraphs in sight, and where on the viewport each begins."""
        block, height = self.firstVisibleBlock(), self.viewport().height()
        if not block.isValid():
            return
        top = self.blockBoundingGeometry(block).translated(self.contentOffset()).top()
        while block.isValid() and top <= height:
            if block.isVisible():
                yield block, top
                top += self._reading.box(block).height
            block = block.next()

    def bars(self) -> Iterator[tuple[int, QRectF]]:
        """Yield the lines of asides in sight: which aside, and where on the viewport."""
        folds = self._reading.folds
        for block, top in self.visible_blocks():
            box, number = self._reading.box(block), block.blockNumber()
            for index, y in ((folds.above(number), box.bar_above), (folds.below(number), box.bar_below)):
                if index is not None and y >= 0:
                    yield index, QRectF(box.left, top + y, self._reading.measure, BAR)

    @property
    def reading(self) -> ReaderLayout:
        """The layout of the text."""
        return self._reading

    @property
    def underlay(self) -> Underlay:
        """What paints under the words, and knows where they are."""
        return self._underlay

    # -- Qt's own

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what lies under the words, then the words."""
        self.shown.selection = self._selection()
        painter = QPainter(self.viewport())
        for block, top in self.visible_blocks():
            painter.save()
            painter.translate(0, top)
            self._underlay.paint(painter, block)
            painter.restore()
        for index, rect in self.bars():
            folds = self._reading.folds
            is_closed = index in folds.closed
            draw_bar(painter, rect, folds.asides[index], self.fold_key, current_theme(), closed=is_closed)
        painter.end()
        super().paintEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Centre the text anew."""
        self._measure()
        super().resizeEvent(event)

    def event(self, event: QEvent) -> bool:
        """Leave every key to the window's shortcuts first: there is nothing to type here."""
        if event.type() == QEvent.Type.ShortcutOverride:
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the ends of the chosen passage while no words are selected; else move the caret."""
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        control = Qt.KeyboardModifier.ControlModifier
        arrow = _ARROWS.get(Qt.Key(event.key()))
        is_free = bool(self.shown.chosen) and not self.textCursor().hasSelection()
        if event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        elif arrow and is_free and modifiers & ~control == Qt.KeyboardModifier.ShiftModifier:
            self.stretched.emit(not modifiers & control, *arrow)
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
        offset = self.offset_at(event.pos().toPointF()) if by_mouse else self.caret()
        where = event.globalPos() if by_mouse else self.viewport().mapToGlobal(self.cursorRect().bottomLeft())
        self.menu_asked.emit(where, offset)

    def createMimeDataFromSelection(self) -> QMimeData:
        """Copy the words as they stand in the text: Qt would turn no-break spaces into blanks."""
        data = QMimeData()
        data.setText("\n".join(self.text.text[start:end] for start, end in self.selected()))
        return data

    def offset_at(self, point: QPointF) -> int:
        """Return the code point nearest to a point of the viewport."""
        return self.text.units.to_code_points(self.cursorForPosition(self.on_line(point).toPoint()).position())

    def on_line(self, point: QPointF) -> QPointF:
        """Return the point moved onto the letters of the line in whose strip it lies: Qt knows no room between lines."""
        if not 0 <= point.y() <= self.viewport().height():
            return point
        for block, top in self.visible_blocks():
            box, layout = self._reading.box(block), block.layout()
            if point.y() < top + box.height:
                number = int((point.y() - top - box.before) // box.pitch)
                line = layout.lineAt(max(0, min(number, layout.lineCount() - 1))).naturalTextRect()
                y = max(line.top() + 2, min(point.y() - top, line.bottom() - 2))
                return QPointF(point.x(), top + y)
        return point

    # -- inside

    def _selection(self) -> Span:
        cursor, units = self.textCursor(), self.text.units
        return units.to_code_points(cursor.selectionStart()), units.to_code_points(cursor.selectionEnd())

    def _measure(self) -> None:
        width, zoom = self.viewport().width(), self._reading.zoom
        least = MARGIN if width >= _NARROW else NARROW_MARGIN
        measure = min(MEASURE * zoom, width - least - _RIGHT_MARGIN)
        self._reading.set_measure(max(float(least), (width - measure) // 2), max(measure, 80))

    def _put_caret(self, position: int) -> None:
        cursor = QTextCursor(self.document())
        cursor.setPosition(position)
        self.setTextCursor(cursor)

    def _scroll_to(self, offset: int, y: int) -> None:
        """Scroll until the line with a code point stands at a height of ``y`` px."""
        position = self.text.units.to_utf16(offset)
        block = visible_block(self.document().findBlock(position), forward=True)
        box = self._reading.box(block)
        line = block.layout().lineForTextPosition(max(position - block.position(), 0))
        above = box.line_top(line.lineNumber()) if line.isValid() and line.lineNumber() else 0.0
        while above < y and block.previous().isValid():
            block = block.previous()
            above += self._reading.box(block).height if block.isVisible() else 0.0
        block = visible_block(block, forward=True)
        box = self._reading.box(block)
        skipped = max(0, int((above - y - box.before) // box.pitch) + 1) if above - y > box.before else 0
        self.verticalScrollBar().setValue(block.firstLineNumber() + min(skipped, block.lineCount() - 1))

    def _leave_folded(self) -> None:
        """Keep the caret out of what is folded away, going on the way it went."""
        cursor = self.textCursor()
        block = cursor.block()
        if not block.isVisible():
            target = visible_block(block, forward=cursor.position() >= self._last_position)
            is_behind = target.blockNumber() > block.blockNumber()
            mode = QTextCursor.MoveMode.KeepAnchor if cursor.hasSelection() else QTextCursor.MoveMode.MoveAnchor
            cursor.setPosition(target.position() + (0 if is_behind else target.length() - 1), mode)
            self.setTextCursor(cursor)
        self._last_position = self.textCursor().position()

    def _on_selection(self) -> None:
        self.viewport().update()
        if not self.textCursor().hasSelection():
            self._settle.stop()
            self.unselected.emit()
        elif not self.pressed:
            self._settle.start()

    def _on_pulse(self, strength: float) -> None:
        self.shown.strength = strength
        self.viewport().update()
