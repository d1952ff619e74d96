"""Who signed a bundle and what that is worth, and the box by which a person says that it may be taken."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QLabel, QWidget

from annotator.domain.signing import BundleSignature, Reception, SignatureState
from annotator.ui.controls import GRID, KeyCap, plain_label
from annotator.ui.exchanging.merge_sign import Sign
from annotator.ui.exchanging.signature_words import acceptance_words, signature_sentences
from annotator.ui.icon_drawing import IconRole

KEY = "A"
"""The key that sets and clears the box."""
_SURE = (SignatureState.KNOWN, SignatureState.OWN)


class SignatureView(QWidget):
    """Sentences with a sign before them, and the box where there is something to accept."""

    accepted = Signal(bool)

    def __init__(self, signature: BundleSignature, *, asks: bool = True, parent: QWidget | None = None) -> None:
        """``asks``: the person may accept it here."""
        super().__init__(parent)
        self.signature = signature
        self.setAccessibleName(self.tr("Who signed it"))
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(GRID)
        grid.setVerticalSpacing(GRID // 2)
        grid.setColumnStretch(1, 1)
        state, *others = signature_sentences(signature)
        self._add(grid, *_sign_of(signature), state, bold=signature.refused)
        for sentence in others:
            self._add(grid, "info" if signature.reception is Reception.AGAIN else "triangle-alert", "text", sentence)
        words = acceptance_words(signature) if asks else ""
        self.box = QCheckBox() if words else None
        if self.box is not None:
            self.box.setAccessibleName(words)
            self.box.toggled.connect(self.accepted)
            grid.addLayout(self._asked(self.box, words), grid.rowCount(), 1)

    def _asked(self, box: QCheckBox, words: str) -> QHBoxLayout:
        """Return the box, and beside it words that wrap; a click on them is one on the box."""
        label = plain_label(words)
        label.installEventFilter(self)
        row = QHBoxLayout()
        row.setContentsMargins(0, GRID // 2, 0, 0)
        row.setSpacing(GRID)
        row.addWidget(box, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(label, 1)
        row.addWidget(KeyCap(KEY), 0, Qt.AlignmentFlag.AlignTop)
        return row

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Turn the box when its words are clicked."""
        if event.type() == QEvent.Type.MouseButtonRelease:
            self.turn()
        return super().eventFilter(watched, event)

    @property
    def is_accepted(self) -> bool:
        """Whether the person accepts the signature."""
        return self.box is not None and self.box.isChecked()

    @property
    def may_be_taken(self) -> bool:
        """Whether the bundle may be taken in as things stand."""
        return self.is_accepted or not self.signature.refused

    def turn(self) -> bool:
        """Set or clear the box; tell whether there is one."""
        if self.box is None:
            return False
        self.box.toggle()
        return True

    def _add(self, grid: QGridLayout, sign: str, role: IconRole, words: str, *, bold: bool = False) -> None:
        mark, label = Sign(), plain_label(words, bold=bold)
        mark.show_sign(sign, role)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        row = grid.rowCount()
        grid.addWidget(mark, row, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(label, row, 1)

    def words(self) -> str:
        """Return everything that is said."""
        return "\n".join(label.text() for label in self.findChildren(QLabel))


def _sign_of(signature: BundleSignature) -> tuple[str, IconRole]:
    if signature.state is SignatureState.RENEWED:
        return "triangle-alert", "text"
    if signature.refused:
        return "circle-x", "error"
    return ("shield-check", "accent") if signature.state in _SURE else ("circle-question-mark", "text")
