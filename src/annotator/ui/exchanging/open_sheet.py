"""Asks before a project is made of a bundle whose key is not known, or whose signature is not what it should be."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from annotator.domain.signing import BundleSignature
from annotator.ui.actions import Actions
from annotator.ui.controls import GRID, AccentButton, PlainButton, plain_label
from annotator.ui.exchanging.signature_view import KEY, SignatureView
from annotator.ui.shell.sheet import Sheet


class OpenSheet(Sheet):
    """The name of the bundle, who signed it, and the two ways to go on. Nothing was made yet."""

    def __init__(
        self,
        window: QWidget,
        actions: Actions,
        name: str,
        signature: BundleSignature,
        answered: Callable[[bool | None], None],
    ) -> None:
        """``answered`` gets whether the person accepts the signature, and None where no project is to be made."""
        super().__init__(window, actions, self.tr("Open a bundle"), width=560)
        self._answer: bool | None = None
        self.closed.connect(lambda: answered(self._answer))
        self.signed = SignatureView(signature)
        self.body.addWidget(plain_label(name, bold=True))
        self.body.addWidget(self.signed)
        self.body.addSpacing(GRID)
        self.body.addWidget(
            plain_label(self.tr("It was read and checked: all digests are right. No project was made yet."), muted=True)
        )
        self.cancel = PlainButton(self.tr("Cancel"), key=self.tr("Esc"))
        self.cancel.clicked.connect(self.close)
        self.open_button = AccentButton(self.tr("Open as project"), key=self.tr("Enter"))
        self.open_button.clicked.connect(self._open)
        self.footer.addStretch(1)
        self.footer.addWidget(self.cancel)
        self.footer.addWidget(self.open_button)
        self.signed.accepted.connect(lambda _: self._allow())
        self._allow()

    def focus_first(self) -> None:
        """Give the focus to what has to be said first, else to the way on."""
        first = self.signed.box if self.signed.box is not None else self.open_button
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Set or clear the box with its key; go on with Enter."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.open_button.click()
        elif not (event.text().upper() == KEY and self.signed.turn()):
            super().keyPressEvent(event)

    def _allow(self) -> None:
        self.open_button.setEnabled(self.signed.may_be_taken)

    def _open(self) -> None:
        self._answer = self.signed.is_accepted
        self.close()
