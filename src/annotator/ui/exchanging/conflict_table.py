"""One entity in conflict as a table: its fields as rows, what all had seen and what each has made of it as columns."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from annotator.ui.controls import plain_label
from annotator.ui.exchanging.conflict_cells import Cell, value_widget
from annotator.ui.exchanging.conflict_telling import ConflictTold, RowTold, SideTold
from annotator.ui.theme import FOCUS_WIDTH, current_theme, draw_frame

BASE, NEW = -1, -2
"""Which column was taken, where it is none of the sides: the base, or a new value."""

_NAME_WIDTH = 128
_BAR = 3


class FieldCell(Cell):
    """The name of a field and how it stands; with the focus on it, the keys are for this field."""

    chosen = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        self._name, self._state = plain_label(name), plain_label()
        super().__init__(self._name, self._state, first=True, parent=parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumWidth(_NAME_WIDTH)
        self.setMaximumWidth(_NAME_WIDTH)
        self._is_current = False
        self.clicked.connect(self.setFocus)

    def say(self, state: str, *, settled: bool, current: bool) -> None:
        """Say how the field stands: settled, or still differing."""
        self._state.setText(state)
        role = QPalette.ColorRole.PlaceholderText if settled else QPalette.ColorRole.BrightText
        self._state.setForegroundRole(role)
        self._is_current = current
        self.setAccessibleName(f"{self._name.text()}: {state}")
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tell that the field is in hand."""
        super().focusInEvent(event)
        self.update()
        self.chosen.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Paint without the frame."""
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the bar of the field in hand, and the focus."""
        super().paintEvent(event)
        theme, painter = current_theme(), QPainter(self)
        if self._is_current:
            left = 0 if self.isLeftToRight() else self.width() - _BAR
            painter.fillRect(left, 0, _BAR, self.height() - 1, theme.accent)
        if self.hasFocus():
            draw_frame(painter, QRectF(self.rect()), None, theme.accent, FOCUS_WIDTH)


class ConflictTable(QWidget):
    """Shows, and tells which field was chosen; what is done about it is for others."""

    field_chosen = Signal(str)

    def __init__(self, told: ConflictTold, parent: QWidget | None = None, *, quiet: bool = False) -> None:
        """``quiet``: only to be looked at."""
        super().__init__(parent)
        self._told = told
        self._names: dict[str, FieldCell] = {}
        self._cells: dict[tuple[str, int], Cell] = {}
        self.setAccessibleName(told.title)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(0)
        sides = max(len(row.sides) for row in told.rows)
        grid.setColumnMinimumWidth(0, _NAME_WIDTH)
        for column in range(1, sides + 2):
            grid.setColumnStretch(column, 1)
        self._heads = _heads(told, sides)
        grid.addWidget(Cell(first=True), 0, 0)
        for column, words in enumerate(self._heads, 1):
            grid.addWidget(Cell(*_head(words)), 0, column)
        for number, row in enumerate(told.rows, 1):
            self._add_row(grid, number, row, quiet=quiet)
        if quiet:
            self.show_state("", {})

    def _add_row(self, grid: QGridLayout, number: int, row: RowTold, *, quiet: bool) -> None:
        name = self._names[row.field] = FieldCell(row.name)
        name.setFocusPolicy(Qt.FocusPolicy.NoFocus if quiet else Qt.FocusPolicy.StrongFocus)
        name.chosen.connect(lambda: self.field_chosen.emit(row.field))
        grid.addWidget(name, number, 0)
        values = [(n, side.value, _mixed(self._told, row, n)) for n, side in enumerate(row.sides)]
        for column, (which, value, remark) in enumerate([(BASE, row.base, ""), *values], 1):
            shown = value_widget(row.field, value)
            shown.setAccessibleDescription(self._heads[column - 1][0])
            cell = Cell(shown, *([plain_label(remark, muted=True)] if remark else []))
            cell.clicked.connect(lambda field=row.field: self._choose(field))
            self._cells[row.field, which] = cell
            grid.addWidget(cell, number, column)

    def _choose(self, field: str) -> None:
        if self._names[field].focusPolicy() != Qt.FocusPolicy.NoFocus:
            self._names[field].setFocus(Qt.FocusReason.MouseFocusReason)

    def show_state(self, current: str, taken: Mapping[str, int]) -> None:
        """Show which field is in hand, and what was taken for those that are settled (``BASE``, ``NEW``, or a side)."""
        for row in self._told.rows:
            choice = taken.get(row.field)
            state = self.tr("≠ differs") if choice is None else self.tr("✓ {0}").format(taken_words(row, choice))
            self._names[row.field].say(state, settled=choice is not None, current=row.field == current)
            for which in (BASE, *range(len(row.sides))):
                self._cells[row.field, which].show_state(taken=which == choice, in_hand=False)

    def focus_field(self, field: str) -> None:
        """Give the focus to a field."""
        if field in self._names:
            self._names[field].setFocus(Qt.FocusReason.OtherFocusReason)

    def place_of(self, field: str) -> QWidget | None:
        """Return the cell with the name of a field."""
        return self._names.get(field)

    def cell(self, field: str, which: int) -> Cell:
        """Return the cell of a field in a column (``BASE`` or a side)."""
        return self._cells[field, which]


def taken_words(row: RowTold, choice: int) -> str:
    """Return in a word what was taken."""
    if choice == BASE:
        return _tr("base")
    if choice == NEW:
        return _tr("written anew")
    whose = side_words(row, choice)
    return whose if whose == row.sides[choice].who else whose.lower()


def side_words(row: RowTold, number: int) -> str:
    """Return what a side is called: ours, theirs, or whose it is where there are several of theirs."""
    side = row.sides[number]
    if not side.theirs:
        return _tr("Ours")
    return _tr("Theirs") if sum(each.theirs for each in row.sides) == 1 else side.who


def _heads(told: ConflictTold, sides: int) -> list[tuple[str, str]]:
    """Return the title and the remark of each column."""
    longest = max(told.rows, key=lambda row: len(row.sides))
    heads = [(_tr("Base"), _tr("Last in common"))]
    for number in range(sides):
        whose = {_by(row.sides[number]) for row in told.rows if len(row.sides) > number}
        heads.append((side_words(longest, number), whose.pop() if len(whose) == 1 else ""))
    return heads


def _mixed(told: ConflictTold, row: RowTold, number: int) -> str:
    """Return who set a value and when, where the column cannot say it for all its rows."""
    whose = {_by(each.sides[number]) for each in told.rows if len(each.sides) > number}
    return _by(row.sides[number]) if len(whose) > 1 else ""


def _by(side: SideTold) -> str:
    return _tr("{0}, {1}").format(side.who, side.at)


def _head(words: tuple[str, str]) -> list[QLabel]:
    title, remark = words
    return [plain_label(title, bold=True), *([plain_label(remark, muted=True)] if remark else [])]


def _tr(words: str) -> str:
    return QCoreApplication.translate("conflicts", words)
