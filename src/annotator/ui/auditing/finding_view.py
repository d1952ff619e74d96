"""The view of the findings: arrows choose, Enter goes to the place or folds a level, Esc leaves."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from annotator.domain.finding import Finding
from annotator.ui.auditing.finding_actions import FOOT, FindingActions
from annotator.ui.auditing.finding_delegate import FindingDelegate
from annotator.ui.auditing.finding_list import FindingEntry, FindingList
from annotator.ui.listing.long_list import LongList
from annotator.ui.theme import panel_font


class FindingView(LongList):
    """Shows a ``FindingList``. What can be done with the chosen finding stands in its row."""

    entered = Signal(object)
    """A ``Finding`` whose place is wanted."""
    waived = Signal(object, str)
    """A ``Finding``, and the reason why it may stand."""
    taken_back = Signal(object)
    """A ``Finding`` whose waiver is to go."""
    deleted = Signal(object)
    """A ``Finding`` whose thing is to be deleted."""
    left = Signal()
    """Esc was pressed: back to the review."""
    chosen_changed = Signal()
    picked = Signal(object)
    """A ``Finding`` that a person came to."""

    def __init__(self, model: FindingList, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._list = model
        self.setFont(panel_font())
        self._delegate = FindingDelegate(self, model, FOOT)
        self._kept: Finding | None = None
        self._row = self._position = 0
        self._had_focus = self._restoring = False
        self._actions: FindingActions | None = None
        self.setModel(model)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(self.tr("Findings"))
        self.selectionModel().currentChanged.connect(self._choose)
        model.modelAboutToBeReset.connect(self._keep)
        model.modelReset.connect(self._restore)
        self.doubleClicked.connect(lambda _index: self._enter())

    def top(self, row: int) -> int:
        """Return how far below the beginning of the list a row begins, in px."""
        return self._delegate.top(row)

    def chosen(self) -> Finding | None:
        """Return the chosen finding; None on the head of a level."""
        entry = self._list.entry(self.currentIndex())
        return entry.finding if entry else None

    @property
    def writing(self) -> bool:
        """Whether a reason is being written: the list had better stay as it is."""
        return self._actions is not None and self._actions.asking

    def waive(self) -> None:
        """Ask why the chosen finding may stand."""
        if self._actions is not None:
            self._actions.ask()

    # -- the chosen row

    @Slot(QModelIndex, QModelIndex)
    def _choose(self, current: QModelIndex, before: QModelIndex) -> None:
        if self._actions is not None:
            self._actions.hide()
        if before.isValid():
            self.setIndexWidget(before, None)  # type: ignore[arg-type]  # Qt takes none away
        self._actions = None
        self._delegate.choose(current)
        self.updateGeometries()
        entry = self._list.entry(current)
        if entry is not None and entry.finding is not None:
            self._furnish(current, entry.finding)
            if not self._restoring:
                self.picked.emit(entry.finding)
        self.chosen_changed.emit()

    def _furnish(self, index: QModelIndex, finding: Finding) -> None:
        actions = self._actions = FindingActions(finding)
        actions.go_wanted.connect(self._enter)
        actions.waived.connect(lambda reason: self.waived.emit(finding, reason))
        actions.taken_back.connect(lambda: self.taken_back.emit(finding))
        actions.deleted.connect(lambda: self.deleted.emit(finding))
        actions.left.connect(self._go_on)
        self.setIndexWidget(index, actions)
        self.scrollTo(index)

    @Slot()
    def _go_on(self) -> None:
        """Go on with the list once no reason is being written any more."""
        self.setFocus()
        self.chosen_changed.emit()

    @Slot()
    def _keep(self) -> None:
        self._kept = self.chosen()
        self._row, self._position = self.currentIndex().row(), self.verticalScrollBar().value()
        focus = self.focusWidget()
        self._had_focus = focus is not None and self.viewport().isAncestorOf(focus)

    @Slot()
    def _restore(self) -> None:
        """Keep to the finding that was chosen; where it has gone, to the one that took its place."""
        self._actions = None
        index = self._list.index_of(self._kept)
        if not index.isValid() and self._kept is not None and self._list.rowCount():
            index = self._list.index(min(self._row, self._list.rowCount() - 1))
        if index.isValid():
            self._restoring = True
            self.setCurrentIndex(index)
            self._restoring = False
            self.doItemsLayout()
            self.verticalScrollBar().setValue(self._position)
        if self._had_focus:
            self.setFocus()
        self.chosen_changed.emit()

    def _enter(self) -> None:
        finding = self.chosen()
        if finding is not None:
            self.entered.emit(finding)

    # -- events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the place with Enter, fold or unfold a level with Enter on its head; leave with Esc."""
        entry, key = self._list.entry(self.currentIndex()), event.key()
        if entry is not None and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if entry.finding is None:
                self._fold(entry, folded=not entry.folded)
            else:
                self.entered.emit(entry.finding)
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Fold or unfold a level when its head is clicked."""
        entry = self._list.entry(self.indexAt(event.position().toPoint()))
        super().mousePressEvent(event)
        if entry is not None and entry.finding is None:
            self._fold(entry, folded=not entry.folded)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the rows the height that they need in another width."""
        self._delegate.widen()
        super().resizeEvent(event)

    def _fold(self, entry: FindingEntry, *, folded: bool) -> None:
        self._list.toggle(entry.level, folded=folded)
