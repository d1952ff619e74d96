"""The view that lists of claims share: arrows select, Enter opens, Left and Right fold."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from annotator.domain.ids import EntityId
from annotator.ui.claiming.claim_delegate import ClaimDelegate
from annotator.ui.claiming.claim_list import ClaimEntry, ClaimList
from annotator.ui.desk import Desk
from annotator.ui.listing.long_list import LongList

_FOLD_WIDTH = 28


class ClaimView(LongList):
    """Shows a ``ClaimList``; its current row is the claim selected on the desk."""

    opened = Signal()

    def __init__(self, desk: Desk, model: ClaimList, parent: QWidget, *, tree: bool = False) -> None:
        super().__init__(parent)
        self._desk, self._list, self._tree = desk, model, tree
        self._settling = self._owed = False
        self.setModel(model)
        self.setItemDelegate(ClaimDelegate(self, desk, tree=tree))
        model.pages.came.connect(self._select_owed)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setAccessibleName(self.tr("Claims"))
        self.selectionModel().currentChanged.connect(self._select)
        self.doubleClicked.connect(lambda _: self.opened.emit())
        desk.claim_selected.connect(self.show_selected)

    def current(self) -> ClaimEntry | None:
        """Return the current row."""
        return self._list.entry(self.currentIndex())

    def change(self, change: Callable[[], None]) -> None:
        """Change the model; the current row and the scroll position stay."""
        bar, current = self.verticalScrollBar(), self.current()
        position = bar.value()
        self._settling = True
        change()
        self._settling = False
        self.doItemsLayout()
        selected: str = self._desk.claim_id
        if current is not None and not self._list.index_of(selected).isValid():
            selected = current.row.claim.id
        if current is not None or not self.currentIndex().isValid():
            self.show_selected(selected, scroll=False)
        bar.setValue(position)

    @Slot(str)
    def show_selected(self, claim: str, *, scroll: bool = True) -> None:
        """Make the claim that is selected on the desk the current row."""
        index = self._list.index_of(claim)
        if index == self.currentIndex():
            return
        self._settling = True
        if index.isValid():
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            if scroll:
                self.scrollTo(index)
        else:
            self.selectionModel().clear()
        self._settling = False

    @Slot(QModelIndex, QModelIndex)
    def _select(self, current: QModelIndex, _before: QModelIndex) -> None:
        entry = self._list.entry(current)
        self._owed = entry is None and current.isValid() and not self._settling
        if entry is not None and not self._settling:
            self._desk.select_claim(EntityId(entry.row.claim.id))

    @Slot()
    def _select_owed(self) -> None:
        """Select what keys went to before it had been read."""
        if self._owed:
            self._select(self.currentIndex(), QModelIndex())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open with Enter, fold and unfold with Left and Right."""
        entry = self.current()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and entry is not None and not event.modifiers():
            self._desk.select_claim(entry.row.claim.id)
            self.opened.emit()
        elif self._tree and entry is not None and event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._fold(entry, folded=event.key() == Qt.Key.Key_Left)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Fold or unfold when the arrow is clicked."""
        at = event.position().toPoint()
        entry = self._list.entry(self.indexAt(at))
        if self._tree and entry is not None and entry.parts and at.x() < _FOLD_WIDTH + entry.depth * 24:
            self._fold(entry, folded=not entry.folded)
        else:
            super().mousePressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Have a current row as soon as keys arrive; it is selected once a key says so."""
        self._settling = True
        super().focusInEvent(event)
        if not self.selectionModel().hasSelection() and self._list.rowCount():
            self.setCurrentIndex(self._list.index(max(0, self.currentIndex().row())))
        self._settling = False

    def _fold(self, entry: ClaimEntry, *, folded: bool) -> None:
        if entry.parts:
            self.change(lambda: self._list.toggle(entry.row.claim.id, folded=folded))
        elif folded and entry.row.parent:
            self._desk.select_claim(entry.row.parent)
