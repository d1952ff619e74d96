"""The queue of the review: what is to be decided on, the riskiest first, and what has been decided."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QHelpEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)

from annotator.domain.ids import EntityId
from annotator.domain.review_queue import ReviewItem
from annotator.ui.auditing.audit_words import decision_colour, decision_words, quoted, why_sentence, why_sign, why_words
from annotator.ui.auditing.review_marks import draw_decision
from annotator.ui.controls import GRID, plain_tooltip
from annotator.ui.listing.long_list import LongList
from annotator.ui.marks import draw_confidence
from annotator.ui.painting import RowPainter, text_size
from annotator.ui.theme import current_theme, panel_font

ITEM = Qt.ItemDataRole.UserRole
_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_HEIGHT = 48
_SIGN_LEFT, _LEFT = 16, 40
_AT_ONCE = 1_000
"""So much is shown that is to be decided on: the riskiest. What is decided makes room for more."""


class QueueList(QAbstractListModel):
    """The items in the order in which they came first: what is decided stays in its place."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._items: list[ReviewItem] = []

    @property
    def items(self) -> Sequence[ReviewItem]:
        """All items in the order in which they are shown."""
        return self._items

    def show(self, items: Sequence[ReviewItem]) -> None:
        """Show these items; those that are shown keep their order, new ones follow what they follow by their risk."""
        items = _settled(self._items, _first(self._items, items))
        same = [_key(each) for each in items] == [_key(each) for each in self._items]
        if same:
            self._items = items
            if items:
                self.dataChanged.emit(self.index(0), self.index(len(items) - 1))
            return
        self.beginResetModel()
        self._items = items
        self.endResetModel()

    def put(self, item: ReviewItem) -> None:
        """Show an item anew, in its place."""
        number = self.number_of(item)
        if number >= 0:
            self._items[number] = item
            self.dataChanged.emit(self.index(number), self.index(number))

    def clear(self) -> None:
        """Forget all, and their order."""
        self.beginResetModel()
        self._items = []
        self.endResetModel()

    def number_of(self, item: ReviewItem | None) -> int:
        """Return where an item is, or -1: the same judgements, or some of them."""
        if item is None:
            return -1
        wanted = set(item.entities)
        found = (number for number, each in enumerate(self._items) if wanted & set(each.entities))
        return next(found, -1)

    def rowCount(self, parent: _Index = _ROOT) -> int:
        """Return how many items there are."""
        return 0 if parent.isValid() else len(self._items)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return an item, or what a screen reader says of it."""
        if not index.isValid():
            return None
        item = self._items[index.row()]
        if role == ITEM:
            return item
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return ", ".join(part for part in (item.claim, item.words, remark(item)) if part)
        return None


def remark(item: ReviewItem) -> str:
    """Return what was decided on an item, else the gravest reason to look at it."""
    if item.decision is not None:
        words = decision_words(item.decision)
        return QCoreApplication.translate("audit", "{0}, changed since").format(words) if item.outdated else words
    return why_words(item.why[0]) if item.why else ""


def _key(item: ReviewItem) -> tuple[EntityId, ...]:
    return tuple(sorted(item.entities))


def _first(known: Sequence[ReviewItem], items: Sequence[ReviewItem]) -> Sequence[ReviewItem]:
    """Return as many of the items as are shown at once, beside those that are known already."""
    if len(items) <= _AT_ONCE:
        return items
    shown = {entity for each in known for entity in each.entities}
    found: list[ReviewItem] = []
    room = _AT_ONCE - sum(item.decision is None for item in known)
    for item in items:
        is_known = not shown.isdisjoint(item.entities)
        if is_known or room > 0:
            found.append(item)
            room -= not is_known and item.decision is None
    return found


def _settled(known: Sequence[ReviewItem], items: Sequence[ReviewItem]) -> list[ReviewItem]:
    """Return items in the order of those that are known already; a new one behind the one that precedes it."""
    place = {_key(each): number for number, each in enumerate(known)}
    order: list[tuple[int, int, ReviewItem]] = []
    last = -1
    for number, item in enumerate(items):
        if _key(item) in place:
            last = place[_key(item)]
            order.append((last, -1, item))
        else:
            order.append((last, number, item))
    return [item for _, _, item in sorted(order, key=lambda each: each[:2])]


class QueueView(LongList):
    """Shows a ``QueueList``; a click or Enter jumps to an item."""

    entered = Signal(int)
    """The number of the item that is wanted."""

    def __init__(self, model: QueueList, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.setItemDelegate(_QueueDelegate(self))
        self.setAccessibleName(self.tr("What is to be reviewed, the riskiest first"))
        self.clicked.connect(lambda index: self.entered.emit(index.row()))

    def show_current(self, number: int) -> None:
        """Mark the item that is being reviewed."""
        index = self.model().index(number, 0)
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index)
        else:
            self.selectionModel().clear()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Jump to the marked item with Enter."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.entered.emit(self.currentIndex().row())
        else:
            super().keyPressEvent(event)


class _QueueDelegate(QStyledItemDelegate):
    """A sign, the claim, and at its end why it is here or what was decided; below it the words that were judged."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:
        return QSize(0, max(_HEIGHT, 2 * text_size("x", panel_font()).height() + GRID + 4))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        item, theme, view = index.data(ITEM), current_theme(), option.widget
        painter.save()
        view.style().drawPrimitive(QStyle.PrimitiveElement.PE_PanelItemViewItem, option, painter, view)
        row = RowPainter(painter, option)
        height, width = row.rect.height(), row.rect.width()
        half = (height - GRID) // 2
        painter.fillRect(row.part(0, height - 1, width, 1), theme.hairline)
        self._draw_sign(row, item, row.part(_SIGN_LEFT, 4, 16, half))
        words = remark(item)
        ink = theme.muted if item.decision is None else decision_colour(item.decision, theme)
        room = min(text_size(words, panel_font()).width() + 1, width // 2)
        row.words(row.part(width - 2 * GRID - room, 4, room, half), words, panel_font(), ink, at_end=True)
        claim = row.part(_LEFT, 4, width - _LEFT - room - 3 * GRID, half)
        row.words(claim, item.claim, panel_font(), theme.text)
        below = self._below(item)
        row.words(row.part(_LEFT, 4 + half, width - _LEFT - 2 * GRID, half), below, panel_font(), theme.muted)
        painter.restore()

    def _below(self, item: ReviewItem) -> str:
        if item.kind == "conclusion":
            return self.tr("Conclusion of {0}").format(", ".join(item.annotators))
        return quoted(item.words) or self.tr("An area of a page")

    @staticmethod
    def _draw_sign(row: RowPainter, item: ReviewItem, rect: QRect) -> None:
        theme = current_theme()
        if item.decision is not None:
            draw_decision(row.painter, rect.toRectF(), item.decision, theme)
        elif item.why[:1] == ("low_confidence",):
            draw_confidence(row.painter, rect.toRectF(), 1, theme)
        elif item.why:
            row.icon(_SIGN_LEFT, 4 + (rect.height() - 16) // 2, *why_sign(item.why[0]))

    def helpEvent(
        self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: _Index
    ) -> bool:
        item = index.data(ITEM)
        if event.type() == QEvent.Type.ToolTip and item is not None:
            said = " ".join(part for part in (item.claim, quoted(item.words), why_sentence(item.why)) if part)
            QToolTip.showText(event.globalPos(), plain_tooltip(said), view)
            return True
        return False
