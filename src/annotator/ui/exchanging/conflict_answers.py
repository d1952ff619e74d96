"""What can be done about a field in conflict: one button for each value, with the keys that press them."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QVBoxLayout, QWidget

from annotator.ui.actions import Actions
from annotator.ui.controls import GRID, PlainButton, plain_label
from annotator.ui.exchanging.conflict_editor import ConflictEditor
from annotator.ui.exchanging.conflict_table import BASE, side_words
from annotator.ui.exchanging.conflict_telling import ConflictTold, RowTold
from annotator.ui.flow import Flow

SIDE_ACTIONS = ("take_ours", "take_theirs", "take_third", "take_fourth")


class ConflictAnswers(QWidget):
    """The answers to one field. No answer is louder than another, and none is set beforehand."""

    taken = Signal(int)
    """A column: ``BASE`` or the number of a side."""
    written = Signal(object)
    """A new value."""
    left_standing = Signal()
    stayed = Signal()
    """The editor was left without a new value."""

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actions = actions
        self._row: RowTold | None = None
        self._title, self._remark = plain_label(bold=True, wrap=False), plain_label(muted=True)
        head = QHBoxLayout()
        head.setSpacing(GRID)
        head.addWidget(self._title)
        head.addWidget(self._remark, 1)
        self.buttons = Flow()
        self.editor = ConflictEditor()
        self.editor.hide()
        self.editor.taken.connect(self._write)
        self.editor.left.connect(self._stay)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, GRID + 4, 2 * GRID, GRID + 4)
        column.setSpacing(GRID)
        column.addLayout(head)
        column.addWidget(self.buttons)
        column.addWidget(self.editor)

    @property
    def row(self) -> RowTold | None:
        """The field that the answers are for."""
        return self._row

    def show_row(self, told: ConflictTold, row: RowTold | None, *, settled: bool) -> None:
        """Offer the answers to a field; what is settled can be settled otherwise by undoing it first."""
        self.editor.hide()
        self.buttons.show()
        self._row = None if settled else row
        if row is None:
            return
        self._title.setText(row.name)
        count, place = len(told.rows), told.rows.index(row) + 1
        remark = self.tr("field {0} of {1} in conflict").format(place, count) if count > 1 else ""
        self._remark.setText(self.tr("settled; undo opens it again") if settled else remark)
        self.buttons.fill([] if settled else self._make(row))

    def _make(self, row: RowTold) -> list[QAbstractButton]:
        made: list[QAbstractButton] = []
        for number in range(len(row.sides)):
            name = SIDE_ACTIONS[number] if number < len(SIDE_ACTIONS) else ""
            made.append(self._button(self._verb(row, number), name, lambda n=number: self.taken.emit(n)))
        if not row.is_removal:
            made.append(self._button(self.tr("Take base"), "take_base", lambda: self.taken.emit(BASE)))
        if row.editor:
            made.append(self._button(self.tr("Write new"), "write_new", self.write, "pencil"))
        leave = self.tr("Leave both standing") if len(row.sides) == 2 else self.tr("Leave all standing")
        made.append(self._button(leave, "leave_both", self.left_standing.emit, "git-fork"))
        return made

    def _button(self, words: str, action: str, does: object, sign: str = "") -> PlainButton:
        key = self._actions.key(action) if action else ""
        button = PlainButton(words, icon_name=sign, key=key)
        button.clicked.connect(does)
        return button

    def _verb(self, row: RowTold, number: int) -> str:
        if row.is_removal:
            return self.tr("Delete it") if row.sides[number].value.value is True else self.tr("Keep it")
        whose = side_words(row, number)
        return self.tr("Take {0}’s").format(whose) if whose == row.sides[number].who else self._usual(whose)

    def _usual(self, whose: str) -> str:
        return self.tr("Take {0}").format(whose.lower())

    def write(self) -> None:
        """Open the editor, where a new value can be made."""
        if self._row is not None and self._row.editor and self.editor.isHidden():
            self.buttons.hide()
            self.editor.begin(self._row)

    def _write(self, value: object) -> None:
        self._close_editor()
        self.written.emit(value)

    def _stay(self) -> None:
        self._close_editor()
        self.stayed.emit()

    def _close_editor(self) -> None:
        self.editor.hide()
        self.buttons.show()
