"""A list view that is laid out by arithmetic: where a row stands follows from the heights, and no row is asked for its own."""

from __future__ import annotations

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
)
from PySide6.QtGui import QHoverEvent, QPainter, QPaintEvent, QRegion
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyleOptionViewItem, QWidget

_STEP = 20
_FEW = 2_000
"""Rows among which letters may be searched for: with more, each would have to be read."""
_OF_NO_ROW = ~(QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_HasFocus | QStyle.StateFlag.State_MouseOver)
"""What of a state the rows of a list share."""
_Index = QModelIndex | QPersistentModelIndex
_Hint = QAbstractItemView.ScrollHint
_Move = QAbstractItemView.CursorAction


class LongList(QListView):
    """Shows rows below one another. Those that inherit tell where a row ``top``s; without it all are as high as the first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hovered = -1
        self._height = 0
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    # -- where rows stand

    def top(self, row: int) -> int:
        """Return how far below the beginning of the list a row begins, in px; for the number of rows, where the last one ends."""
        return row * self._even_height()

    def row_at(self, y: int) -> int:
        """Return the row at a height below the beginning of the list; it may lie outside of it."""
        low, high = 0, self._count()
        while low < high:
            middle = (low + high) // 2
            if self.top(middle + 1) > y:
                high = middle
            else:
                low = middle + 1
        return low if y >= 0 else -1

    def _even_height(self) -> int:
        """Return how high a row is: asked for once for each layout."""
        if not self._height:
            if not self._count():
                return 1
            option = QStyleOptionViewItem()
            self.initViewItemOption(option)
            self._height = max(1, self.itemDelegate().sizeHint(option, self.model().index(0, 0)).height())
        return self._height

    def _count(self) -> int:
        model = self.model()
        return model.rowCount() if model is not None else 0

    def visualRect(self, index: _Index) -> QRect:
        """Return where a row is on the viewport."""
        if not index.isValid():
            return QRect()
        top = self.top(index.row())
        height = self.top(index.row() + 1) - top
        return QRect(0, top - self.verticalScrollBar().value(), self.viewport().width(), height)

    def indexAt(self, at: QPoint) -> QModelIndex:
        """Return the row at a point of the viewport."""
        row = self.row_at(at.y() + self.verticalScrollBar().value())
        inside = 0 <= row < self._count() and 0 <= at.x() < self.viewport().width()
        return self.model().index(row, 0) if inside else QModelIndex()

    def scrollTo(self, index: _Index, hint: _Hint = _Hint.EnsureVisible) -> None:
        """Scroll until a row is seen."""
        if not index.isValid():
            return
        bar, room = self.verticalScrollBar(), self.viewport().height()
        top, end = self.top(index.row()), self.top(index.row() + 1)
        if hint == _Hint.PositionAtCenter:
            bar.setValue((top + end - room) // 2)
        elif hint == _Hint.PositionAtTop or (hint == _Hint.EnsureVisible and top < bar.value()):
            bar.setValue(top)
        elif hint == _Hint.PositionAtBottom or end > bar.value() + room:
            bar.setValue(min(top, end - room) if hint == _Hint.EnsureVisible else end - room)

    # -- what Qt would ask every row for

    def doItemsLayout(self) -> None:
        """Lay out: there is nothing to lay out but the scroll bar."""
        QAbstractItemView.doItemsLayout(self)

    def updateGeometries(self) -> None:
        """Let the scroll bar follow the rows."""
        self._height = 0
        bar, room = self.verticalScrollBar(), self.viewport().height()
        bar.setRange(0, max(0, self.top(self._count()) - room) if self._count() else 0)
        bar.setPageStep(room)
        bar.setSingleStep(_STEP)
        QAbstractItemView.updateGeometries(self)

    def scrollContentsBy(self, _dx: int, dy: int) -> None:
        """Move what is seen."""
        self.viewport().scroll(0, dy)

    def verticalOffset(self) -> int:
        """Return how far the list is scrolled, in px."""
        return self.verticalScrollBar().value()

    def moveCursor(self, action: _Move, _modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Return where a key leads to."""
        last, row = self._count() - 1, self.currentIndex().row()
        if last < 0:
            return QModelIndex()
        if row < 0 and action != _Move.MoveEnd:
            return self.model().index(0, 0)
        to = row
        if action in (_Move.MoveDown, _Move.MoveNext):
            to = row + 1
        elif action in (_Move.MoveUp, _Move.MovePrevious):
            to = row - 1
        elif action in (_Move.MoveHome, _Move.MoveEnd):
            to = 0 if action == _Move.MoveHome else last
        elif action in (_Move.MovePageDown, _Move.MovePageUp):
            room = self.viewport().height() - (self.top(row + 1) - self.top(row))
            to = self.row_at(max(0, self.top(row) + (room if action == _Move.MovePageDown else -room)))
            if to == row:
                to += 1 if action == _Move.MovePageDown else -1
        return self.model().index(max(0, min(to, last)), 0)

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        """Select the rows in a rectangle of the viewport."""
        first, last = self.indexAt(rect.normalized().topLeft()), self.indexAt(rect.normalized().bottomLeft())
        if first.isValid():
            self.selectionModel().select(QItemSelection(first, last if last.isValid() else first), command)
        else:
            self.selectionModel().select(QItemSelection(), command)

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        """Return what of the viewport selected rows take."""
        region, seen = QRegion(), self.viewport().rect()
        for number in range(selection.count()):
            each = selection.at(number)
            top, end = self.top(each.top()), self.top(each.bottom() + 1)
            region += seen.intersected(QRect(0, top - self.verticalOffset(), seen.width(), end - top))
        return region

    def keyboardSearch(self, words: str) -> None:
        """Go to the row that begins with what is typed, unless all would have to be read for it."""
        if self._count() <= _FEW:
            super().keyboardSearch(words)

    # -- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows that are seen."""
        painter, model, selected = QPainter(self.viewport()), self.model(), self.selectionModel()
        delegate = self.itemDelegate()
        painter.fillRect(event.rect(), self.palette().window())
        count, width, end = self._count(), self.viewport().width(), event.rect().bottom()
        if not count:
            return
        current = self.currentIndex() if self.hasFocus() else QModelIndex()
        row = max(0, self.row_at(self.verticalOffset() + event.rect().top()))
        top = self.top(row) - self.verticalOffset()
        while row < count and top <= end:
            index, option = model.index(row, 0), QStyleOptionViewItem()
            below = self.top(row + 1) - self.verticalOffset()
            self.initViewItemOption(option)
            option.rect = QRect(0, top, width, below - top)
            state = option.state & _OF_NO_ROW
            if selected.isSelected(index):
                state |= QStyle.StateFlag.State_Selected
            if index == current:
                state |= QStyle.StateFlag.State_HasFocus
            if row == self._hovered:
                state |= QStyle.StateFlag.State_MouseOver
            option.state = state
            delegate.paint(painter, option, index)
            row, top = row + 1, below

    def viewportEvent(self, event: QEvent) -> bool:
        """Remember which row is under the mouse."""
        if event.type() in (QEvent.Type.HoverEnter, QEvent.Type.HoverMove) and isinstance(event, QHoverEvent):
            self._hover(self.indexAt(event.position().toPoint()).row())
        elif event.type() == QEvent.Type.HoverLeave:
            self._hover(-1)
        return super().viewportEvent(event)

    def _hover(self, row: int) -> None:
        for each in {self._hovered, row} if row != self._hovered else ():
            self.viewport().update(self.visualRect(self.model().index(each, 0)))
        self._hovered = row
