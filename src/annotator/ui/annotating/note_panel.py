"""Writes a note on a passage."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from annotator.domain.errors import AnnotatorError
from annotator.ui.controls import AccentButton
from annotator.ui.forms import Form, WordsField, plain_label
from annotator.ui.messages import next_step, sentence


class NotePanel(Form):
    """The panel of ``A``. ``sent`` asks to keep the words of ``text``."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = WordsField(self.tr("Note: what you or a colleague should know"), lines=3)
        self.field.setAccessibleName(self.tr("Note"))
        self.button = AccentButton(self.tr("Add note"), key=self.tr("Ctrl Enter"))
        self._problem = plain_label()
        self._problem.setForegroundRole(QPalette.ColorRole.BrightText)
        self._problem.hide()
        row = QHBoxLayout()
        row.addWidget(self._problem, 1)
        row.addStretch()
        row.addWidget(self.button)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 12)
        column.setSpacing(12)
        column.addWidget(self.field)
        column.addLayout(row)
        self.field.textChanged.connect(self._show)
        self.button.clicked.connect(self.sent)
        self._show()

    @property
    def text(self) -> str:
        """What was written."""
        return self.field.toPlainText().strip()

    @property
    def is_ready(self) -> bool:
        """Whether anything was written."""
        return bool(self.text)

    def focus_next(self) -> None:
        """Give the focus to the field."""
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_sending(self) -> None:
        """Take no second order."""
        self.button.setEnabled(False)

    def show_problem(self, error: AnnotatorError) -> None:
        """Say why the note was not kept."""
        self._problem.setText(" ".join(part for part in (sentence(error), next_step(error)) if part))
        self._problem.show()
        self._show()

    def _show(self) -> None:
        self.button.setEnabled(self.is_ready)
