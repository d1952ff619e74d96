"""Shows one text: lays it out, folds, zooms, and knows where its words are on the screen."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QMimeData, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPalette, QResizeEvent, QTextBlock, QTextCursor, QTextDocument
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QWidget

from annotator.domain.passage import Area
from annotator.domain.text import snap_to_graphemes
from annotator.ui.annotating.folding import visible_block
from annotator.ui.annotating.highlights import Highlights
from annotator.ui.annotating.layout import ReaderLayout
from annotator.ui.annotating.opened import Opened
from annotator.ui.annotating.underlay import Shown, Span, Underlay
from annotator.ui.reading.looks import BAR, MARGIN, MEASURE, NARROW_MARGIN, Look, letters
from annotator.ui.theme import theme_notifier

_RIGHT_MARGIN = 16
_NARROW = 640
_LEAST = 80


class TextView(QPlainTextEdit):
    """A read-only text with a caret. Offsets that go in and come out are code points of the canonical text.

    To Qt and to screen readers it is a plain text field with the canonical text in it.
    """

    def __init__(self, opened: Opened, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.opened, self.text = opened, opened.text
        self.shown = Shown(Highlights())
        self._last_position = 0
        self.reading = self._document()
        self.underlay = Underlay(self.reading, self.text, self.shown)
        self._set_up()
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
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setCursorWidth(2)
        self.viewport().setMouseTracking(True)
        self.setAccessibleName(self.opened.title)
        palette = QPalette()
        for group in (QPalette.ColorGroup.Active, QPalette.ColorGroup.Inactive):
            palette.setColor(group, QPalette.ColorRole.Highlight, QColor(0, 0, 0, 0))
        self.setPalette(palette)
        self.put_caret(
            self.text.units.to_code_points(visible_block(self.document().firstBlock(), forward=True).position())
        )

    # -- size and folding

    def set_zoom(self, percent: int) -> None:
        """Show the text larger or smaller; the first visible line stays."""
        place = self.top_place()
        self.reading.zoom = percent / 100
        self._measure()
        self.reading.set_zoom(percent / 100)
        self.setFont(letters(Look(), percent / 100))
        self.lay_out_again()
        self.restore(place)

    def lay_out_again(self) -> None:
        """Lay the text out afresh: its colours or its sizes have changed."""
        self.reading.forget()
        self.document().markContentsDirty(0, self.document().characterCount() - 1)
        self.reading.forget()
        self.viewport().update()

    def toggle_folds(self) -> None:
        """Fold away all that is not part of the article, or show all of it where nothing is unfolded."""
        folds = self.reading.folds
        everything = list(range(len(folds.asides)))
        self.fold(everything, closed=len(folds.closed) < len(everything))

    def fold(self, asides: list[int], *, closed: bool) -> None:
        """Fold some asides away, or show them."""
        place = self.top_place()
        self.reading.folds.set_closed(asides, closed=closed)
        self.reading.forget()
        self._leave_folded()
        self.restore(place)
        self.viewport().update()

    @property
    def closed_asides(self) -> frozenset[int]:
        """The asides that are folded away."""
        return frozenset(self.reading.folds.closed)

    # -- caret and selection

    def caret(self) -> int:
        """Return where the caret stands."""
        return self.text.units.to_code_points(self.textCursor().position())

    def put_caret(self, offset: int) -> None:
        """Put the caret at a place; nothing is selected then."""
        cursor = QTextCursor(self.document())
        cursor.setPosition(self.text.units.to_utf16(offset))
        self.setTextCursor(cursor)

    def selected(self) -> tuple[Span, ...]:
        """Return what is selected and visible, in whole characters and without line ends at its ends."""
        start, end = self.selection()
        parts = (self._trimmed(*part) for part in self.reading.folds.shown(start, end))
        return tuple(part for part in parts if part[0] < part[1])

    @property
    def has_selection(self) -> bool:
        """Whether words are selected."""
        return self.textCursor().hasSelection()

    def selected_area(self) -> Area | None:
        """Return nothing: a text has no areas."""
        return None

    def area_strip(self, _area: Area) -> QRectF | None:
        """Return nothing: a text has no areas."""
        return None

    def selection(self) -> Span:
        """Return from where to where the selection goes, whatever is folded away in it."""
        cursor, units = self.textCursor(), self.text.units
        return units.to_code_points(cursor.selectionStart()), units.to_code_points(cursor.selectionEnd())

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

    def createMimeDataFromSelection(self) -> QMimeData:
        """Copy the words as they stand in the text: Qt would turn no-break spaces into blanks."""
        data = QMimeData()
        data.setText("\n".join(self.text.text[start:end] for start, end in self.selected()))
        return data

    # -- places on the screen

    def top_place(self) -> int:
        """Return the code point with which the first visible line begins."""
        block = self.firstVisibleBlock()
        if not block.isValid():
            return 0
        top = self.blockBoundingGeometry(block).translated(self.contentOffset()).top()
        box, layout = self.reading.box(block), block.layout()
        number = max(0, min(round((-top - box.before) / box.pitch + 0.4), layout.lineCount() - 1))
        return self.text.units.to_code_points(block.position() + layout.lineAt(number).textStart())

    def restore(self, offset: int) -> None:
        """Scroll until a place stands at the top."""
        self.scroll_up_to(offset, 0)

    def scroll_up_to(self, offset: int, y: int) -> None:
        """Scroll until the line with a code point stands at a height of ``y`` px, as far as the text allows."""
        position = self.text.units.to_utf16(min(offset, len(self.text.text)))
        block = visible_block(self.document().findBlock(position), forward=True)
        box = self.reading.box(block)
        line = block.layout().lineForTextPosition(max(position - block.position(), 0))
        above = box.line_top(line.lineNumber()) if line.isValid() and line.lineNumber() else 0.0
        while above < y and block.previous().isValid():
            block = block.previous()
            above += self.reading.box(block).height if block.isVisible() else 0.0
        block = visible_block(block, forward=True)
        box, beyond = self.reading.box(block), above - y
        skipped = max(0, int((beyond - box.before) // box.pitch) + 1) if beyond > box.before else 0
        self.verticalScrollBar().setValue(block.firstLineNumber() + min(skipped, block.lineCount() - 1))

    def is_in_sight(self, span: Span) -> bool:
        """Tell whether the words of a stretch can be seen, with some room below."""
        place = self.strip_of(span)
        return place is not None and place.top() >= 0 and place.bottom() <= self.viewport().height() - _RIGHT_MARGIN

    def strip_of(self, span: Span) -> QRectF | None:
        """Return where on the viewport the visible words of a stretch stand: one rectangle around all of them."""
        found = QRectF()
        for block, top in self.visible_blocks():
            for _, strip in self.underlay.strips(block, (span[0], max(span[1], span[0] + 1))):
                found = found.united(strip.translated(0, top))
        return found if found.isValid() else None

    def text_left(self) -> int:
        """Return where on the viewport the text begins."""
        return round(self.reading.left)

    def visible_blocks(self) -> Iterator[tuple[QTextBlock, float]]:
        """Yield the paragraphs in sight, and where on the viewport each begins."""
        block, height = self.firstVisibleBlock(), self.viewport().height()
        if not block.isValid():
            return
        top = self.blockBoundingGeometry(block).translated(self.contentOffset()).top()
        while block.isValid() and top <= height:
            if block.isVisible():
                yield block, top
                top += self.reading.box(block).height
            block = block.next()

    def bars(self) -> Iterator[tuple[int, QRectF]]:
        """Yield the lines of asides in sight: which aside, and where on the viewport."""
        folds = self.reading.folds
        for block, top in self.visible_blocks():
            box, number = self.reading.box(block), block.blockNumber()
            for index, y in ((folds.above(number), box.bar_above), (folds.below(number), box.bar_below)):
                if index is not None and y >= 0:
                    yield index, QRectF(box.left, top + y, self.reading.measure, BAR)

    def offset_at(self, point: QPointF) -> int:
        """Return the code point nearest to a point of the viewport."""
        return self.text.units.to_code_points(self.cursorForPosition(self.on_line(point).toPoint()).position())

    def on_line(self, point: QPointF) -> QPointF:
        """Return the point moved onto the letters of the line in whose strip it lies: Qt knows no room between lines."""
        if not 0 <= point.y() <= self.viewport().height():
            return point
        for block, top in self.visible_blocks():
            box, layout = self.reading.box(block), block.layout()
            if point.y() < top + box.height:
                number = int((point.y() - top - box.before) // box.pitch)
                line = layout.lineAt(max(0, min(number, layout.lineCount() - 1))).naturalTextRect()
                y = max(line.top() + 2, min(point.y() - top, line.bottom() - 2))
                return QPointF(point.x(), top + y)
        return point

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Centre the text anew."""
        self._measure()
        super().resizeEvent(event)

    # -- inside

    def _trimmed(self, start: int, end: int) -> Span:
        text = self.text.text
        while start < end and text[start] == "\n":
            start += 1
        while start < end and text[end - 1] == "\n":
            end -= 1
        return snap_to_graphemes(text, start, end) if start < end else (start, end)

    def _measure(self) -> None:
        width, zoom = self.viewport().width(), self.reading.zoom
        least = MARGIN if width >= _NARROW else NARROW_MARGIN
        measure = min(MEASURE * zoom, width - least - _RIGHT_MARGIN)
        self.reading.set_measure(max(float(least), (width - measure) // 2), max(measure, _LEAST))

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
