"""What can be done with the chosen finding, inside its row: go there, waive it with a reason, take that back."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from annotator.domain.checks.stands_on_deleted import STANDS_ON_DELETED
from annotator.domain.finding import Finding
from annotator.ui.auditing.finding_delegate import LEFT
from annotator.ui.controls import GRID, LinkButton
from annotator.ui.theme import panel_font

_FOR_GOOD = ("version",)
"""What is not deleted by itself."""
FOOT = 34
"""The room in px that it takes below the words."""


class ReasonField(QLineEdit):
    """One line for a reason. Enter sends it once it says something, Esc leaves; both keys stay in the field."""

    sent = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFont(panel_font())
        self.setPlaceholderText(self.tr("Why it may stand; Enter saves"))
        self.setAccessibleName(self.tr("Reason for waiving"))

    def event(self, event: QEvent) -> bool:
        """Claim Enter and Esc before any shortcut."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() in _OWN:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Send the reason, or leave."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in _OWN:
            if reason := self.text().strip():
                self.sent.emit(reason)
        else:
            super().keyPressEvent(event)


_OWN = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape)


class FindingActions(QWidget):
    """Lies over the chosen row, in the room that its delegate leaves."""

    go_wanted = Signal()
    waived = Signal(str)
    """The reason for waiving."""
    taken_back = Signal()
    deleted = Signal()
    """What the finding is about is to be deleted, as what it stands on was."""
    left = Signal()
    """The reason was not given after all."""

    def __init__(self, finding: Finding, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        stands_on_deleted = finding.code == STANDS_ON_DELETED
        self._go = LinkButton(self.tr("Go to"), height=24)
        self._delete = LinkButton(self.tr("Delete it"), height=24)
        self._waive = LinkButton(self.tr("Waive") if stands_on_deleted else self.tr("Waive with a reason"), height=24)
        self._back = LinkButton(self.tr("Take the waiver back"), height=24)
        self.field = ReasonField()
        self.field.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._is_waived = finding.waiver is not None
        self._can_delete = stands_on_deleted and finding.kind not in _FOR_GOOD
        row = QHBoxLayout()
        row.setSpacing(GRID // 2)
        for button in (self._go, self._delete, self._waive, self._back):
            row.addWidget(button)
        row.addWidget(self.field, 1)
        row.addStretch(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(LEFT - 4, 0, GRID, 5)
        column.addStretch()
        column.addLayout(row)
        self._show(asking=False)
        self._go.clicked.connect(self.go_wanted)
        self._waive.clicked.connect(self.ask)
        self._back.clicked.connect(self.taken_back)
        self._delete.clicked.connect(self.deleted)
        self.field.sent.connect(self._send)
        self.field.left.connect(self._leave)

    def ask(self) -> None:
        """Ask for the reason."""
        if not self._is_waived:
            self._show(asking=True)
            self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def asking(self) -> bool:
        """Whether a reason is being written."""
        return not self.field.isHidden()

    def _send(self, reason: str) -> None:
        self._show(asking=False)
        self.waived.emit(reason)

    def _leave(self) -> None:
        self._show(asking=False)
        self.field.clear()
        self.left.emit()

    def _show(self, *, asking: bool) -> None:
        self._go.setVisible(not asking)
        self._delete.setVisible(not asking and self._can_delete)
        self._waive.setVisible(not asking and not self._is_waived)
        self._back.setVisible(not asking and self._is_waived)
        self.field.setVisible(asking)
