"""The table of a long list. It paints itself, row by row, so that a million rows cost what a screenful costs."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QFontMetrics, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QTableView, QToolTip, QWidget

from annotator.domain.listing import Line
from annotator.ui.controls import plain_tooltip
from annotator.ui.listing.cells import CellPainter, Fitted
from annotator.ui.listing.columns import cell_words
from annotator.ui.listing.list_header import ListHeader
from annotator.ui.listing.paged_rows import PagedRows
from annotator.ui.theme import current_theme, panel_font, reading_font

_ROW = 32
_Index = QModelIndex | QPersistentModelIndex
_FLAGS = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows


class ListView(QTableView):
    """Shows ``PagedRows``. Enter and a double click open a row; Left and Right go from column to column."""

    opened = Signal(object)
    """The line that is to be shown where one works on it."""

    def __init__(self, rows: PagedRows, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = rows
        self._hovered = -1
        self._fitted: dict[Fitted, str] = {}
        self.heads = ListHeader(self)
        self.setHorizontalHeader(self.heads)
        self.setModel(rows)
        height = max(_ROW, QFontMetrics(panel_font()).height() + 12, QFontMetrics(reading_font(15)).height() + 8)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(self.verticalHeader().ResizeMode.Fixed)
        self.verticalHeader().setMinimumSectionSize(height)
        self.verticalHeader().setDefaultSectionSize(height)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.heads.setStretchLastSection(False)
        self.doubleClicked.connect(lambda _index: self.open_current())

    # -- where one is

    @property
    def row_height(self) -> int:
        """The height of every row in px."""
        return self.verticalHeader().defaultSectionSize()

    def current_line(self) -> Line | None:
        """Return the line of the current row, None where there is none or it is yet to be read."""
        index = self.currentIndex()
        return self._rows.line(index.row()) if index.isValid() else None

    def go_to(self, row: int, *, column: int | None = None, scroll: bool = True) -> None:
        """Make a row the current one."""
        if not 0 <= row < self._rows.rowCount():
            return
        at = max(0, self.currentIndex().column()) if column is None else column
        index = self._rows.index(row, min(at, self._rows.columnCount() - 1))
        position = self.verticalScrollBar().value()
        self.selectionModel().setCurrentIndex(index, _FLAGS)
        if scroll:
            self.scrollTo(index)
        else:
            self.verticalScrollBar().setValue(position)
        self.heads.set_in_hand(index.column())

    def open_current(self) -> None:
        """Ask for the current row to be shown where one works on it."""
        line = self.current_line()
        if line is not None:
            self.opened.emit(line)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open with Enter; the first and the last row with Home and End."""
        key, plain = event.key(), not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
            self.open_current()
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End) and plain:
            self.go_to(0 if key == Qt.Key.Key_Home else self._rows.rowCount() - 1)
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, _words: str) -> None:
        """Do nothing: letters are keys here, and a million rows are not read for one of them."""

    def currentChanged(self, current: _Index, previous: _Index) -> None:
        """Show in the heads in which column the keys are."""
        super().currentChanged(current, previous)
        if current.isValid():
            self.heads.set_in_hand(current.column())
        self.viewport().update()

    # -- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows that are seen."""
        painter, theme = QPainter(self.viewport()), current_theme()
        painter.fillRect(event.rect(), theme.raised)
        if not self._rows.rowCount():
            return
        cells = CellPainter(painter, self._rows.codebook, self.layoutDirection(), self._fitted)
        columns = [
            (section, self.columnViewportPosition(section), self.columnWidth(section), column)
            for section, column in enumerate(self._rows.columns)
        ]
        dirty, height = event.rect(), self.row_height
        offset = self.verticalScrollBar().value()
        first = max(0, (offset + dirty.top()) // height)
        last = min(self._rows.rowCount() - 1, (offset + dirty.bottom()) // height)
        for row in range(first, last + 1):
            top = row * height - offset
            self._paint_ground(painter, row, top, height)
            line = self._rows.line(row)
            for section, left, width, column in columns:
                rect = QRect(left, top, width, height)
                if not rect.intersects(dirty):
                    continue
                if line is None:
                    cells.waiting(rect, first=section == 0)
                else:
                    cells.cell(rect, line, column, first=section == 0)

    def _paint_ground(self, painter: QPainter, row: int, top: int, height: int) -> None:
        theme, width = current_theme(), self.viewport().width()
        if row == self.currentIndex().row():
            focused = self.hasFocus()
            painter.fillRect(0, top, width, height, theme.row if focused else theme.row_unfocused)
            edge = 0 if self.isLeftToRight() else width - 3
            painter.fillRect(edge, top, 3, height, theme.accent if focused else theme.edge)
        elif row == self._hovered:
            painter.fillRect(0, top, width, height, theme.hover)
        painter.fillRect(0, top + height - 1, width, 1, theme.hairline)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show which row is under the mouse."""
        super().mouseMoveEvent(event)
        self._hover(self.rowAt(event.position().toPoint().y()))

    def leaveEvent(self, event: QEvent) -> None:
        """Forget the row under the mouse."""
        super().leaveEvent(event)
        self._hover(-1)

    def _hover(self, row: int) -> None:
        for each in {self._hovered, row} if row != self._hovered else ():
            self.viewport().update(0, self.rowViewportPosition(each), self.viewport().width(), self.row_height)
        self._hovered = row

    def viewportEvent(self, event: QEvent) -> bool:
        """Show the whole of a cell that has been cut off."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            index = self.indexAt(event.pos())
            line = self._rows.line(index.row()) if index.isValid() else None
            words = cell_words(line, self._rows.columns[index.column()].code, self._rows.codebook) if line else ""
            QToolTip.showText(event.globalPos(), plain_tooltip(words) if words else "", self)
            return True
        return super().viewportEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the room among the columns."""
        super().resizeEvent(event)
        self.heads.fit(self.viewport().width())

    def focusInEvent(self, event: object) -> None:
        """Have a current row as soon as keys arrive."""
        super().focusInEvent(event)  # type: ignore[arg-type]
        if not self.currentIndex().isValid():
            self.go_to(0, column=0)
        self.viewport().update()
        self.heads.viewport().update()

    def focusOutEvent(self, event: object) -> None:
        """Show that keys go elsewhere."""
        super().focusOutEvent(event)  # type: ignore[arg-type]
        self.viewport().update()
        self.heads.viewport().update()
