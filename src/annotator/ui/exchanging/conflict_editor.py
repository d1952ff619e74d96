"""Makes a new value for a field in conflict: words, a line, a date, a level, or several."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from annotator.domain.codec import Json
from annotator.ui.claiming.chips import Chips
from annotator.ui.controls import GRID, AccentButton, PlainButton
from annotator.ui.exchanging.conflict_telling import RowTold
from annotator.ui.forms import Field, Form, WordsField, date_problem

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class ConflictEditor(Form):
    """Begins with what our side says. Ctrl+Enter (Enter where one line is enough) takes it, Esc leaves it."""

    taken = Signal(object)
    """The new value."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row: RowTold | None = None
        self._field: Field | None = None
        self._words: WordsField | None = None
        self._line: QLineEdit | None = None
        self._picker: QComboBox | None = None
        self._chips: Chips | None = None
        self._place = QVBoxLayout()
        cancel = PlainButton(self.tr("Cancel"), key=self.tr("Esc"))
        cancel.clicked.connect(self.left)
        self.take = AccentButton(self.tr("Take this"), key=self.tr("Ctrl Enter"))
        self.take.clicked.connect(self._take)
        self.sent.connect(self._take)
        foot = QHBoxLayout()
        foot.setSpacing(GRID)
        foot.addStretch(1)
        foot.addWidget(cancel)
        foot.addWidget(self.take)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addLayout(self._place)
        column.addLayout(foot)

    def begin(self, row: RowTold) -> None:
        """Open for a field; raises ``ValueError`` for one that nothing new can be made for."""
        self._row = row
        if self._field is not None:
            self._place.removeWidget(self._field)
            self._field.hide()
            self._field.deleteLater()
        self._words = self._line = self._picker = self._chips = None
        widget = self._make(row)
        self._field = Field(self.tr("{0}, written anew").format(row.name), widget)
        self._place.addWidget(self._field)
        self.show()
        if isinstance(widget, Chips):
            widget.focus_first()
        else:
            widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def _make(self, row: RowTold) -> QWidget:
        start = row.sides[0].value.value
        if row.editor == "words":
            self._words = WordsField(lines=4)
            self._words.setPlainText(str(start or ""))
            self._words.selectAll()
            return self._words
        if row.editor in ("line", "date"):
            self._line = QLineEdit(str(start or ""))
            self._line.selectAll()
            return self._line
        if row.editor == "level":
            self._picker = QComboBox()
            for code, words, meaning in row.options:
                self._picker.addItem(words, code)
                self._picker.setItemData(self._picker.count() - 1, meaning, Qt.ItemDataRole.ToolTipRole)
            self._picker.setCurrentIndex(max(0, self._picker.findData(start)))
            return self._picker
        if row.editor == "levels":
            self._chips = Chips(row.name)
            self._chips.set_options(row.options, [str(code) for code in start] if isinstance(start, list) else ())
            return self._chips
        raise ValueError(row.editor)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take with Enter what is one line."""
        if event.key() in _ENTER and self._words is None and self._chips is None:
            self.sent.emit()
        else:
            super().keyPressEvent(event)

    def _value(self) -> Json:
        if self._words is not None:
            return self._words.toPlainText().strip()
        if self._line is not None:
            return self._line.text().strip() or None
        if self._picker is not None:
            return str(self._picker.currentData())
        return list(self._chips.chosen()) if self._chips is not None else None

    def _take(self) -> None:
        row, value = self._row, self._value()
        if row is None or self._field is None:
            return
        problem = date_problem(str(value or "")) if row.editor == "date" else ""
        if row.editor == "line" and not value and row.field in ("name", "title"):
            problem = self.tr("Write at least a word.")
        self._field.say(problem)
        if not problem:
            self.taken.emit(value if row.editor != "line" else value or "")
