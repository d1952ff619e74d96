"""Says that no project was made of a bundle, and why; one that is only over a limit may be allowed more."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from annotator.domain.errors import BundleOverLimitError, BundleRefusedError
from annotator.ui.actions import Actions
from annotator.ui.controls import GRID, PlainButton, plain_label
from annotator.ui.exchanging.merge_sign import Sign
from annotator.ui.exchanging.refusal_words import refused_headline, refused_sentences
from annotator.ui.shell.sheet import Sheet


class RefusedSheet(Sheet):
    """The name of the bundle, the part that fails, the reason, and the ways to go on."""

    def __init__(
        self, window: QWidget, actions: Actions, error: BundleRefusedError, again: Callable[[str], None]
    ) -> None:
        """``again`` reads it once more, with more allowed of the limit that it gets."""
        super().__init__(window, actions, self.tr("Open a bundle"), width=560)
        sign = Sign()
        sign.show_sign("circle-x", "error")
        head = QHBoxLayout()
        head.setSpacing(GRID)
        head.addWidget(sign)
        head.addWidget(plain_label(refused_headline(error), bold=True), 1)
        self.body.addLayout(head)
        for sentence in refused_sentences(error):
            said = plain_label(sentence)
            said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self.body.addWidget(said)
        self.body.addStretch(1)
        self.footer.addStretch(1)
        self.another = self._button(self.tr("Choose another…"), actions["open_bundle"].trigger)
        self.more: PlainButton | None = None
        if isinstance(error, BundleOverLimitError):
            limit = str(error.data["limit"])
            self.more = self._button(self.tr("Allow more for this one"), lambda: again(limit))

    def _button(self, words: str, does: Callable[[], object]) -> PlainButton:
        """Return a button that goes on otherwise; the sheet is closed first."""
        button = PlainButton(words)
        button.clicked.connect(self.close)
        button.clicked.connect(does)
        self.footer.addWidget(button)
        return button

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press with Enter the button that has the focus."""
        focused = self.focusWidget()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(focused, QPushButton):
            focused.click()
        else:
            super().keyPressEvent(event)

    def focus_first(self) -> None:
        """Give the focus to the first way on."""
        self.another.setFocus(Qt.FocusReason.OtherFocusReason)
