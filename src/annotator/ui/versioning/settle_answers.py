"""What can be done about a passage whose words changed or went: four answers with their keys, and what two of them ask."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QWidget

from annotator.domain.anchoring import FOUND, AnchorState
from annotator.ui.actions import Actions
from annotator.ui.controls import GRID, AccentButton, PlainButton, plain_label
from annotator.ui.flow import Flow
from annotator.ui.versioning.told import Told

ANSWERS = ("accept_anchor", "place_anchor", "keep_anchor", "withdraw_anchor")


class SettleAnswers(QStackedWidget):
    """The answers to one passage. No answer is louder than another; moving asks for words, withdrawing for a reason."""

    placed = Signal()
    """The words that are selected are those of the passage now."""
    withdrawn = Signal(str)
    """What rests on the passage is withdrawn, for this reason."""
    left = Signal()
    """Nothing was decided after all."""

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actions = actions
        self.buttons = Flow()
        self.place = AccentButton(self.tr("Move here"), key=self.tr("Enter"))
        self.place.clicked.connect(self.placed)
        self.reason = QLineEdit()
        self.reason.setPlaceholderText(self.tr("Why: for instance, the publisher took it back"))
        self.reason.setAccessibleName(self.tr("Why what rests on the passage is withdrawn"))
        self.withdraw = AccentButton(self.tr("Withdraw"), key=self.tr("Enter"))
        self.withdraw.clicked.connect(self._withdraw)
        self.reason.returnPressed.connect(self._withdraw)
        self.reason.textChanged.connect(lambda words: self.withdraw.setEnabled(bool(words.strip())))
        self._place_row = self._row(
            plain_label(self.tr("Select the words in the new version that the passage stands on now.")), self.place
        )
        self._reason_row = self._row(self.reason, self.withdraw)
        for page in (self.buttons, self._place_row, self._reason_row):
            self.addWidget(page)

    # -- what is asked

    @property
    def is_placing(self) -> bool:
        """Whether words are being selected for the passage."""
        return self.currentWidget() is self._place_row

    @property
    def is_asking(self) -> bool:
        """Whether words or a reason are asked for."""
        return self.currentWidget() is not self.buttons

    def show_told(self, told: Told, *, old: int) -> None:
        """Offer the answers to a passage of the version with the number ``old``; what was found again needs none.

        What is being asked goes on being asked: a change elsewhere takes no reason from under one's hands.
        """
        state = told.anchor.state
        if state in FOUND and told.anchor.decision is None:
            self.stay()
            self.buttons.fill([])
            return
        words = {
            "accept_anchor": self.tr("Accept the new words"),
            "place_anchor": self.tr("Move by hand"),
            "keep_anchor": self.tr("Keep on version {0}").format(old) if old else self.tr("Keep as it was marked"),
            "withdraw_anchor": self.tr("Withdraw…"),
        }
        offered = [name for name in ANSWERS if name != "accept_anchor" or state is AnchorState.CHANGED]
        self.buttons.fill([self._button(words[name], name) for name in offered])

    def ask_place(self) -> None:
        """Ask for the words on which the passage stands now."""
        self.setCurrentWidget(self._place_row)

    def ask_reason(self, judgements: int) -> None:
        """Ask why what rests on the passage is withdrawn."""
        self.reason.clear()
        self.withdraw.setEnabled(False)
        one, several = self.tr("Withdraw 1 judgement"), self.tr("Withdraw {0} judgements")
        self.withdraw.setText(
            one if judgements == 1 else several.format(judgements) if judgements else self.tr("Give it up")
        )
        self.setCurrentWidget(self._reason_row)
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def stay(self) -> None:
        """Offer the answers again."""
        self.setCurrentWidget(self.buttons)

    # -- inside

    def _row(self, asks: QWidget, does: QWidget) -> QWidget:
        row, page = QHBoxLayout(), QWidget()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID)
        stay = PlainButton(self.tr("Cancel"), key=self.tr("Esc"))
        stay.clicked.connect(self.left)
        row.addWidget(asks, 1)
        row.addWidget(does)
        row.addWidget(stay)
        page.setLayout(row)
        return page

    def _button(self, words: str, action: str) -> PlainButton:
        button = PlainButton(words, key=self._actions.key(action))
        button.clicked.connect(self._actions[action].trigger)
        return button

    def _withdraw(self) -> None:
        if self.reason.text().strip():
            self.withdrawn.emit(self.reason.text().strip())
