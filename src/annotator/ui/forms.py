"""Forms: labelled fields with what is wrong said beside them, sent off with Ctrl+Enter and left with Esc."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QCoreApplication, QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPalette, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QPlainTextEdit,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from annotator.domain.dates import partial_date
from annotator.domain.errors import AnnotatorError
from annotator.ui.announcing import announce
from annotator.ui.controls import GRID, AccentButton, HairLine, PlainButton
from annotator.ui.controls import plain_label as plain_label
from annotator.ui.messages import next_step, sentence
from annotator.ui.tab_order import go_on, stops_in
from annotator.ui.theme import panel_font

_SEND = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


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

    def set_hint(self, hint: str) -> None:
        """Say something else below the field while nothing is wrong with it."""
        self._hint = hint
        self.say("")

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


class FormDialog(QDialog):
    """A form in a window of its own, over the main window: fields, what is wrong with the whole, and two buttons."""

    def __init__(self, title: str, verb: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.form = Form()
        self.fields: dict[str, Field] = {}
        self._problem = plain_label()
        self._problem.setForegroundRole(QPalette.ColorRole.BrightText)
        self._problem.hide()
        self._cancel = PlainButton(self.tr("Cancel"), key=self.tr("Esc"))
        self.send = AccentButton(verb, key=self.tr("Ctrl Enter"))
        self.column = QVBoxLayout(self.form)
        self.column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        self.column.setSpacing(GRID + 4)
        self._lay_out()
        for button in (self._cancel, self.send):
            button.setAutoDefault(False)
        self._cancel.clicked.connect(self.reject)
        self.send.clicked.connect(self.submit)
        self.form.sent.connect(self.submit)
        self.form.left.connect(self.reject)

    def add(self, name: str, label: str, field: QWidget, hint: str = "") -> Field:
        """Add a field below the others."""
        self.fields[name] = Field(label, field, hint)
        self.column.addWidget(self.fields[name])
        return self.fields[name]

    def add_beside(self, *fields: tuple[str, str, QWidget]) -> None:
        """Add fields side by side: name, label, field."""
        row = QHBoxLayout()
        row.setSpacing(2 * GRID)
        for name, label, field in fields:
            self.fields[name] = Field(label, field)
            row.addWidget(self.fields[name], 1, Qt.AlignmentFlag.AlignTop)
        self.column.addLayout(row)

    def submit(self) -> None:
        """Do what the form is for, if nothing is wrong with it."""
        raise NotImplementedError

    def check(self, problems: Mapping[str, str]) -> bool:
        """Say what is wrong with each field; move to the first one that is wrong, and tell whether none is."""
        self.say("")
        for name, field in self.fields.items():
            field.say(problems.get(name, ""))
        wrong = [name for name in self.fields if problems.get(name)]
        if wrong:
            self.fields[wrong[0]].field.setFocus(Qt.FocusReason.OtherFocusReason)
        return not wrong

    def showEvent(self, event: QShowEvent) -> None:
        """Begin at the first field, unless another one has been chosen."""
        super().showEvent(event)
        first = next(stops_in(self.form), None)
        if first is not None and self.focusWidget() in (None, self._cancel, self.send):
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def focusNextPrevChild(self, forwards: bool) -> bool:  # noqa: FBT001 Qt's own form
        """Move the focus as one reads the form."""
        return go_on(self, forwards=forwards) is not None

    def say(self, problem: str) -> None:
        """Say what is wrong with the whole."""
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))
        announce(self, problem, at_once=True)

    def refuse(self, error: AnnotatorError) -> None:
        """Say an error beside the field that it is about, else below all."""
        name = str(error.data.get("argument", ""))
        words = " ".join(part for part in (sentence(error), next_step(error)) if part)
        self.send.setEnabled(True)
        if name in self.fields:
            self.check({name: words})
        else:
            self.say(words)

    def _lay_out(self) -> None:
        scroll = QScrollArea()
        scroll.setWidget(self.form)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.foot = foot = QHBoxLayout()
        foot.setContentsMargins(2 * GRID, GRID + 4, 2 * GRID, GRID + 4)
        foot.setSpacing(GRID)
        foot.addWidget(self._problem, 1)
        foot.addStretch()
        foot.addWidget(self._cancel)
        foot.addWidget(self.send)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(scroll, 1)
        whole.addWidget(HairLine())
        whole.addLayout(foot)
