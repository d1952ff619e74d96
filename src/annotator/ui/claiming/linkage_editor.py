"""Correcting the words of a linkage, and withdrawing it, in the panel where it stands."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from annotator.domain.judgement import Linkage
from annotator.domain.scales import Codebook
from annotator.ui.claiming.chips import Chips
from annotator.ui.claiming.levels import answers, reason_words
from annotator.ui.controls import GRID, AccentButton, PlainButton
from annotator.ui.desk import Desk
from annotator.ui.disputes import DisputedLine
from annotator.ui.forms import Field, Form, WordsField


def reason_options(codebook: Codebook) -> list[tuple[str, str, str]]:
    """Return the reasons that a confidence may give, as options."""
    if not answers(codebook, "confidence"):
        return []
    reasons = codebook.scale("confidence").reasons
    return [(code, words, "") for code, words in zip(reasons, reason_words(reasons), strict=True)]


def _foot(*buttons: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(GRID)
    for button in buttons:
        row.addWidget(button)
    row.addStretch()
    return row


class LinkageEditor(Form):
    """Rationale, reasons and basis. ``typed`` tells that the rationale changed under a person's hands."""

    typed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._disputed = {field: DisputedLine(desk) for field in ("rationale", "reasons", "basis")}
        self.rationale = WordsField(self.tr("Why, in a sentence or two"), lines=5)
        self._reasons = Chips(self.tr("Reasons for the confidence"))
        self._basis = QComboBox()
        self._filling = False
        send = AccentButton(self.tr("Correct linkage"), key=self.tr("Ctrl Enter"))
        cancel = PlainButton(self.tr("Cancel"), key=self.tr("Esc"))
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, 0, 2 * GRID, 0)
        column.setSpacing(GRID)
        fields = {"rationale": (self.tr("Rationale"), self.rationale),
                  "reasons": (self.tr("Reasons for the confidence"), self._reasons),
                  "basis": (self.tr("Basis"), self._basis)}  # fmt: skip
        for field, (caption, widget) in fields.items():
            column.addWidget(Field(caption, widget))
            column.addWidget(self._disputed[field])
        column.addLayout(_foot(send, cancel))
        send.clicked.connect(self.sent)
        cancel.clicked.connect(self.left)
        self.rationale.textChanged.connect(self._tell)

    def show_linkage(self, linkage: Linkage, codebook: Codebook, disputed: Collection[str] = ()) -> None:
        """Show what is to be corrected; of the ``disputed`` fields all values."""
        self._filling = True
        for field, line in self._disputed.items():
            line.show_of(linkage.id, disputed, field)
        self.rationale.setPlainText(linkage.rationale)
        self._reasons.set_options(reason_options(codebook), linkage.reasons)
        self._basis.clear()
        self._basis.addItem(self.tr("None given"), "")
        for level in answers(codebook, "basis"):
            self._basis.addItem(level.label, level.code)
            self._basis.setItemData(self._basis.count() - 1, level.definition, Qt.ItemDataRole.ToolTipRole)
        self._basis.setCurrentIndex(max(0, self._basis.findData(linkage.basis)))
        self._filling = False

    def take_up(self, rationale: str) -> None:
        """Go on with a rationale that was being typed."""
        self._filling = True
        self.rationale.setPlainText(rationale)
        self._filling = False

    def begin(self) -> None:
        """Put the cursor behind the rationale."""
        self.rationale.setFocus(Qt.FocusReason.OtherFocusReason)
        self.rationale.moveCursor(self.rationale.textCursor().MoveOperation.End)

    def changed_from(self, linkage: Linkage) -> dict[str, Any]:
        """Return what was corrected, by the linkage's names; the order of reasons means nothing."""
        changed: dict[str, Any] = {}
        if (rationale := self.rationale.toPlainText().strip()) != linkage.rationale:
            changed["rationale"] = rationale
        if set(reasons := self._reasons.chosen()) != set(linkage.reasons):
            changed["reasons"] = reasons
        if (basis := self._basis.currentData() or "") != linkage.basis:
            changed["basis"] = basis
        return changed

    def _tell(self) -> None:
        if not self._filling:
            self.typed.emit()


class WithdrawForm(Form):
    """Asks for the reason why a linkage no longer stands. Enter sends it."""

    own_keys = (Qt.Key.Key_Return, Qt.Key.Key_Enter)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.reason = QLineEdit()
        self.reason.setPlaceholderText(self.tr("Why it no longer stands"))
        self._field = Field(self.tr("Reason for withdrawing"), self.reason)
        send = AccentButton(self.tr("Withdraw"), key=self.tr("Enter"))
        cancel = PlainButton(self.tr("Cancel"), key=self.tr("Esc"))
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, 0, 2 * GRID, 0)
        column.setSpacing(GRID)
        column.addWidget(self._field)
        column.addLayout(_foot(send, cancel))
        send.clicked.connect(self.sent)
        cancel.clicked.connect(self.left)
        self.reason.returnPressed.connect(self.sent)

    def begin(self) -> None:
        """Ask anew."""
        self.reason.clear()
        self._field.say("")
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def check(self) -> str:
        """Return the reason; when there is none, say so and return nothing."""
        reason = self.reason.text().strip()
        self._field.say("" if reason else self.tr("Say why: whoever reads this later will ask."))
        return reason
