"""The list of steps in a history: its model, and how a row is painted."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from annotator.ui.auditing.telling import Step
from annotator.ui.controls import GRID
from annotator.ui.painting import RowPainter, text_size
from annotator.ui.theme import current_theme, panel_font

STEP = Qt.ItemDataRole.UserRole
_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class StepList(QAbstractListModel):
    """Steps in the order shown. ``more_wanted`` is emitted when the view comes to the end of what has been read."""

    more_wanted = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._steps: list[Step] = []
        self._more = False

    def show(self, steps: Sequence[Step], *, more: bool) -> None:
        """Show other steps; ``more`` tells that not all have been read."""
        self.beginResetModel()
        self._steps, self._more = list(steps), more
        self.endResetModel()

    def add(self, steps: Sequence[Step], *, more: bool) -> None:
        """Show further steps below."""
        self._more = more
        if steps:
            self.beginInsertRows(_ROOT, len(self._steps), len(self._steps) + len(steps) - 1)
            self._steps += steps
            self.endInsertRows()

    def turn(self) -> None:
        """Turn the order round."""
        self.show(self._steps[::-1], more=False)

    def row_of(self, wanted: Step) -> int:
        """Return where a step stands, or -1."""
        key = (wanted.change, wanted.number)
        return next((row for row, step in enumerate(self._steps) if (step.change, step.number) == key), -1)

    def rowCount(self, parent: _Index = _ROOT) -> int:
        """Return how many steps are shown."""
        return 0 if parent.isValid() else len(self._steps)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a step, or what a screen reader says of it."""
        if not index.isValid():
            return None
        step = self._steps[index.row()]
        if role == STEP:
            return step
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{step.label}, {step.touched}, {step.who}, {step.at}"
        return None

    def canFetchMore(self, parent: _Index) -> bool:
        """Tell whether there are older steps."""
        return self._more and not parent.isValid()

    def fetchMore(self, _parent: _Index) -> None:
        """Ask for older steps; they come when they have been read."""
        self._more = False
        self.more_wanted.emit()


class StepView(QListView):
    """Shows steps; Enter goes to what one touched."""

    entered = Signal()

    def __init__(self, model: StepList, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._delegate = _StepDelegate(self)
        self._empty = ""
        self.setModel(model)
        self.setItemDelegate(self._delegate)
        self.setUniformItemSizes(True)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        self.setAccessibleName(self.tr("Changes"))
        self.doubleClicked.connect(lambda _index: self.entered.emit())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to what the chosen step touched with Enter."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.entered.emit()
        else:
            super().keyPressEvent(event)

    def say_empty(self, words: str) -> None:
        """Say these words where nothing is listed; nothing where something is."""
        self._empty = words
        self.setAccessibleDescription(words)
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the steps, or what to say where there are none."""
        super().paintEvent(event)
        if self._empty:
            painter = QPainter(self.viewport())
            painter.setFont(panel_font())
            painter.setPen(current_theme().muted)
            room = self.viewport().rect().adjusted(2 * GRID, 2 * GRID, -2 * GRID, -2 * GRID)
            painter.drawText(room, Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap, self._empty)

    def chosen(self) -> Step | None:
        """Return the chosen step."""
        step = self.currentIndex().data(STEP)
        return step if isinstance(step, Step) else None


class _StepDelegate(QStyledItemDelegate):
    """Two lines: what was done and when; what it touched and who did it."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:
        return QSize(0, max(48, 2 * text_size("x", panel_font()).height() + 12))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        step, theme = index.data(STEP), current_theme()
        view = option.widget
        painter.save()
        view.style().drawPrimitive(QStyle.PrimitiveElement.PE_PanelItemViewItem, option, painter, view)
        row = RowPainter(painter, option)
        painter.fillRect(row.part(0, row.rect.height() - 1, row.rect.width(), 1), theme.hairline)
        half, plain = (row.rect.height() - GRID) // 2, panel_font()
        width = row.rect.width() - 4 * GRID
        for top, said, remark, font, ink in (
            (4, step.label, step.at, panel_font(bold=True), theme.text),
            (4 + half, step.touched, step.who, plain, theme.muted),
        ):
            remark_width = min(text_size(remark, plain).width() + 2, width // 2)
            row.words(row.part(2 * GRID + width - remark_width, top, remark_width, half), remark, plain, theme.muted)
            row.words(row.part(2 * GRID, top, width - remark_width - 2 * GRID, half), said, font, ink)
        painter.restore()
