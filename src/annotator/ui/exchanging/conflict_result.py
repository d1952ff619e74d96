"""What a thing in conflict will be once it is settled: as far as it has come."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from annotator.ui.controls import GRID, VerdictChip, plain_label
from annotator.ui.exchanging.conflict_cells import value_widget
from annotator.ui.exchanging.conflict_table import BASE, NEW
from annotator.ui.exchanging.conflict_telling import ConflictTold, RowTold, ValueTold

_NAME_WIDTH = 128
_REST = 10


class ConflictResult(QWidget):
    """The fields in conflict with what was taken for them, and below them the others as they stand."""

    def __init__(self, told: ConflictTold, taken: Mapping[str, int], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._solid = told.kind == "conclusion"
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        self._grid.setHorizontalSpacing(GRID)
        self._grid.setVerticalSpacing(GRID // 2)
        self._grid.setColumnStretch(1, 1)
        self._grid.addWidget(plain_label(self.tr("Result"), bold=True), 0, 0, 1, 2)
        now = {field: value for field, _, value in told.rest}
        for row in told.rows:
            value = _taken(row, taken.get(row.field), now.get(row.field))
            if value is None:
                self._add(row.name, plain_label(self.tr("still open"), muted=True))
            elif not row.is_removal or len(told.rows) == 1:
                self._add(row.name, value_widget(row.field, value, solid=self._solid))
        for field, name, value in told.rest[:_REST]:
            if told.row(field) is None:
                self._add(name, value_widget(field, value, solid=self._solid))

    def _add(self, name: str, value: QWidget) -> None:
        caption, row = plain_label(name, muted=True), self._grid.rowCount()
        caption.setFixedWidth(_NAME_WIDTH - GRID)
        top = Qt.AlignmentFlag.AlignTop
        self._grid.addWidget(caption, row, 0, top)
        side = top | Qt.AlignmentFlag.AlignLeading if isinstance(value, VerdictChip) else Qt.AlignmentFlag(0)
        self._grid.addWidget(value, row, 1, side)


def _taken(row: RowTold, choice: int | None, now: ValueTold | None) -> ValueTold | None:
    """Return the value that a field has, or None while it is in conflict."""
    if choice is None:
        return None
    if choice == NEW:
        return now or ValueTold(value=None, words="")
    value = row.base if choice == BASE else row.sides[choice].value
    if row.is_removal:
        words = ("deleted", "kept")[value.value is not True]
        return ValueTold(value=value.value, words=QCoreApplication.translate("conflicts", words))
    return ValueTold(value=value.value, words=value.words, code=value.code, bars=value.bars)
