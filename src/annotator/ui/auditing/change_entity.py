"""Shows what a change did to one thing: its fields before and after, and what can be done about it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from annotator.ui.auditing.history_change import EntityTold, FieldTold, ValueTold
from annotator.ui.controls import (
    GRID,
    ConfidenceBars,
    HairLine,
    LinkButton,
    PlainButton,
    StanceTile,
    VerdictChip,
    plain_label,
)
from annotator.ui.theme import reading_font
from annotator.ui.word_diff import WordDiff

_FIELD_WIDTH = 128
_QUOTE = 15
_TOP = Qt.AlignmentFlag.AlignTop


class EntityView(QWidget):
    """One thing that a change touched."""

    show_wanted = Signal(str)
    """The thing is to be shown where one works on it."""
    history_wanted = Signal(str)
    """Its whole history is wanted."""
    restore_wanted = Signal(str)
    """It is to go back to what it was after the change."""
    settle_wanted = Signal(str)
    """What stands side by side in it is to be settled."""

    def __init__(self, entity: EntityTold, *, with_history: bool, key: str, parent: QWidget | None = None) -> None:
        """``with_history`` offers the whole history; ``key`` is the key that restores the state here, or nothing."""
        super().__init__(parent)
        self.told = entity
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addWidget(HairLine())
        head = QHBoxLayout()
        head.setSpacing(GRID)
        kind = plain_label(entity.kind, bold=True)
        kind.setFixedWidth(_FIELD_WIDTH)
        head.addWidget(kind, alignment=_TOP)
        head.addWidget(plain_label(entity.name, muted=True), 1)
        column.addLayout(head)
        column.addLayout(self._fields())
        column.addLayout(self._buttons(with_history=with_history, key=key))

    def _fields(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(GRID)
        grid.setVerticalSpacing(GRID // 2)
        grid.setColumnMinimumWidth(0, _FIELD_WIDTH)
        for column in (1, 3):
            grid.setColumnStretch(column, 1)
        for row, field in enumerate(self.told.fields):
            name = plain_label(field.name, muted=True)
            name.setFixedWidth(_FIELD_WIDTH)
            grid.addWidget(name, 2 * row, 0, _TOP)
            if field.pieces:
                grid.addWidget(self._difference(field), 2 * row, 1, 1, 3)
            elif self.told.is_new or (not field.before.words and not field.after.words):
                grid.addWidget(self._value(field.after, field), 2 * row, 1, 1, 3, _TOP)
            else:
                grid.addWidget(self._value(field.before, field, old=True), 2 * row, 1, _TOP)
                grid.addWidget(plain_label("→", muted=True, wrap=False), 2 * row, 2, _TOP)
                grid.addWidget(self._value(field.after, field), 2 * row, 3, _TOP)
            if field.dispute:
                grid.addWidget(self._dispute(field), 2 * row + 1, 1, 1, 3)
        return grid

    def _dispute(self, field: FieldTold) -> QWidget:
        word = plain_label(self.tr("≠ disputed"), wrap=False)
        word.setForegroundRole(QPalette.ColorRole.BrightText)
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, GRID // 2)
        row.setSpacing(GRID)
        row.addWidget(word, alignment=_TOP)
        row.addWidget(plain_label(field.dispute, muted=True), 1, _TOP)
        return holder

    def _difference(self, field: FieldTold) -> WordDiff:
        view = WordDiff(field.pieces)
        view.setAccessibleName(f"{field.name}: {view.accessibleName()}")
        return view

    def _value(self, value: ValueTold, field: FieldTold, *, old: bool = False) -> QWidget:
        nothing = "" if field.dispute and not value.words else self.tr("nothing")
        label = plain_label(value.words or nothing, muted=old or not value.words)
        if field.quoted and value.words:
            label.setFont(reading_font(_QUOTE))
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        what = self.tr("before") if old else self.tr("after")
        label.setAccessibleName(f"{field.name} {what}: {value.words or nothing}")
        if not value.code:
            return label
        if field.mark == "verdict":
            chip = VerdictChip(value.code, value.words)
            chip.setAccessibleName(label.accessibleName())
            return _row(chip)
        mark = (
            StanceTile(value.code, value.words) if field.mark == "stance" else ConfidenceBars(value.bars, value.words)
        )
        return _row(mark, label)

    def _buttons(self, *, with_history: bool, key: str) -> QHBoxLayout:
        entity, row = self.told, QHBoxLayout()
        row.setSpacing(GRID)
        row.addSpacing(_FIELD_WIDTH + GRID // 2)
        show = LinkButton(self.tr("Show it"))
        show.clicked.connect(lambda: self.show_wanted.emit(entity.id))
        row.addWidget(show)
        if with_history:
            history = LinkButton(self.tr("Its history"))
            history.clicked.connect(lambda: self.history_wanted.emit(entity.id))
            row.addWidget(history)
        if entity.disputed:
            settle = LinkButton(self.tr("Settle…"))
            settle.clicked.connect(lambda: self.settle_wanted.emit(entity.id))
            row.addWidget(settle)
        if entity.restorable and entity.is_now:
            row.addWidget(plain_label(self.tr("It is like this now."), muted=True, wrap=False))
        elif entity.restorable:
            restore = PlainButton(self.tr("Restore this state"), icon_name="undo-2", key=key)
            restore.clicked.connect(lambda: self.restore_wanted.emit(entity.id))
            row.addWidget(restore)
        row.addStretch(1)
        return row


def _row(*widgets: QWidget) -> QWidget:
    """Return small widgets side by side, at the beginning of their line."""
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(GRID // 2)
    for widget in widgets:
        row.addWidget(widget, 1 if widget is widgets[-1] and len(widgets) > 1 else 0)
    if len(widgets) == 1:
        row.addStretch(1)
    return holder
