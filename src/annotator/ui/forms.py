"""Forms: labelled fields with what is wrong said beside them, sent off with Ctrl+Enter and left with Esc."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPalette
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from annotator.domain.dates import partial_date
from annotator.ui.theme import panel_font

_SEND = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def plain_label(text: str = "", *, muted: bool = False, bold: bool = False, size: int = 13) -> QLabel:
    """Return a label whose words are plain text and wrap."""
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setFont(panel_font(size, bold=bold))
    if muted:
        label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
    return label


class WordsField(QPlainTextEdit):
    """A field for a few lines of words; Tab leaves it."""

    def __init__(self, placeholder: str = "", lines: int = 3, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(placeholder)
        self.setTabChangesFocus(True)
        self.setFont(panel_font())
        self.setFixedHeight(self.fontMetrics().lineSpacing() * lines + 18)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)


class Field(QWidget):
    """A label, a field, and below it what is wrong with it."""

    def __init__(self, label: str, field: QWidget, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = field
        self._hint = hint
        self._remark = plain_label(hint, muted=True)
        self._remark.setVisible(bool(hint))
        caption = plain_label(label, muted=True)
        caption.setBuddy(field)
        field.setAccessibleName(label)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(caption)
        column.addWidget(field)
        column.addWidget(self._remark)

    @property
    def problem(self) -> str:
        """What is wrong with the field; empty when nothing is."""
        return "" if self._remark.text() == self._hint else self._remark.text()

    def say(self, problem: str) -> None:
        """Say what is wrong, or with no words that nothing is."""
        self._remark.setText(problem or self._hint)
        self._remark.setVisible(bool(problem or self._hint))
        role = QPalette.ColorRole.BrightText if problem else QPalette.ColorRole.PlaceholderText
        self._remark.setForegroundRole(role)
        self.field.setAccessibleDescription(problem or self._hint)


class Form(QWidget):
    """Holds fields. ``sent`` and ``left`` tell that Ctrl+Enter and Esc were pressed in it.

    Both keys, and whatever ``own_keys`` names, stay in the form: shortcuts around it do not get them.
    """

    sent = Signal()
    left = Signal()

    own_keys: Sequence[Qt.Key] = ()

    def event(self, event: QEvent) -> bool:
        """Claim the form's keys before any shortcut."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._is_own(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Send the form off, or leave it."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in _SEND and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.sent.emit()
        elif not self._is_own(event):
            super().keyPressEvent(event)

    def _is_own(self, event: QKeyEvent) -> bool:
        with_control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() in _SEND:
            return with_control or event.key() in self.own_keys
        return event.key() == Qt.Key.Key_Escape or event.key() in self.own_keys


def date_problem(text: str) -> str:
    """Return what is wrong with a partial date as typed; empty when nothing is, or nothing was typed."""
    try:
        if text.strip():
            partial_date(text.strip())
    except ValueError:
        return QCoreApplication.translate("forms", "Write a date as 2025, 2025-05 or 2025-05-14.")
    return ""
