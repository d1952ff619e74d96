"""Shows what one change did: each thing it touched, each field before and after."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from annotator.domain.ids import ChangeId, EntityId
from annotator.ui.auditing.telling import ChangeTold, EntityTold, FieldTold
from annotator.ui.controls import GRID, HairLine, LinkButton, PlainButton, plain_label
from annotator.ui.theme import current_theme, reading_font

_FIELD_WIDTH = 128
_QUOTE = 15


class ChangeView(QScrollArea):
    """One change in words. It only asks for what its buttons offer."""

    show_wanted = Signal(str)
    """The id of an entity to be shown where one works on it."""
    history_wanted = Signal(str)
    """The id of an entity whose whole history is wanted."""
    restore_wanted = Signal(str, str)
    """An entity's id, and the change to whose state it is to go back."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("What the change did"))
        self.entities: tuple[EntityTold, ...] = ()
        self.tell(None)

    def tell(self, told: ChangeTold | None, *, with_history: bool = True) -> None:
        """Show a change; ``with_history`` offers the whole history of each thing."""
        self.entities = told.entities if told else ()
        page = _Page()
        column = QVBoxLayout(page)
        column.setContentsMargins(4 * GRID, 3 * GRID, 4 * GRID, 3 * GRID)
        column.setSpacing(GRID)
        if told is not None:
            column.addWidget(plain_label(told.label, bold=True, size=20))
            column.addWidget(plain_label(self.tr("{0}, {1}").format(told.who, told.at), muted=True))
            for entity in told.entities:
                column.addSpacing(GRID)
                column.addWidget(self._entity(told.change, entity, with_history=with_history))
            if told.left_out:
                column.addWidget(plain_label(self.tr("and {0} more").format(told.left_out), muted=True))
        column.addStretch(1)
        self.setWidget(page)

    def _entity(self, change: ChangeId, entity: EntityTold, *, with_history: bool) -> QWidget:
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addWidget(HairLine())
        head = QHBoxLayout()
        head.setSpacing(GRID)
        kind = plain_label(entity.kind, bold=True, wrap=False)
        kind.setFixedWidth(_FIELD_WIDTH)
        head.addWidget(kind, alignment=Qt.AlignmentFlag.AlignTop)
        head.addWidget(plain_label(entity.name, muted=True), 1)
        column.addLayout(head)
        column.addLayout(self._fields(entity))
        column.addLayout(self._buttons(change, entity, with_history=with_history))
        return part

    def _fields(self, entity: EntityTold) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(GRID)
        grid.setVerticalSpacing(GRID // 2)
        grid.setColumnMinimumWidth(0, _FIELD_WIDTH)
        for column in (1, 3):
            grid.setColumnStretch(column, 1)
        for row, field in enumerate(entity.fields):
            name = plain_label(field.name, muted=True)
            name.setFixedWidth(_FIELD_WIDTH)
            grid.addWidget(name, row, 0, Qt.AlignmentFlag.AlignTop)
            if entity.is_new:
                grid.addWidget(self._value(field.after, field), row, 1, 1, 3, Qt.AlignmentFlag.AlignTop)
            else:
                grid.addWidget(self._value(field.before, field, old=True), row, 1, Qt.AlignmentFlag.AlignTop)
                grid.addWidget(plain_label("→", muted=True, wrap=False), row, 2, Qt.AlignmentFlag.AlignTop)
                grid.addWidget(self._value(field.after, field), row, 3, Qt.AlignmentFlag.AlignTop)
        return grid

    def _value(self, said: str, field: FieldTold, *, old: bool = False) -> QLabel:
        label = plain_label(said or self.tr("nothing"), muted=old or not said)
        if field.quoted and said:
            label.setFont(reading_font(_QUOTE))
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        what = self.tr("before") if old else self.tr("after")
        label.setAccessibleName(f"{field.name} {what}: {said or self.tr('nothing')}")
        return label

    def _buttons(self, change: ChangeId, entity: EntityTold, *, with_history: bool) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(GRID)
        row.addSpacing(_FIELD_WIDTH + GRID // 2)
        show = LinkButton(self.tr("Show it"))
        show.clicked.connect(lambda: self.show_wanted.emit(entity.id))
        row.addWidget(show)
        if with_history:
            history = LinkButton(self.tr("Its history"))
            history.clicked.connect(lambda: self.history_wanted.emit(entity.id))
            row.addWidget(history)
        if entity.restorable:
            restore = PlainButton(self.tr("Restore this state"), icon_name="undo-2")
            restore.clicked.connect(lambda: self.restore_wanted.emit(entity.id, change))
            row.addWidget(restore)
        row.addStretch(1)
        return row

    def first(self) -> EntityId | None:
        """Return the first thing that the change touched."""
        return self.entities[0].id if self.entities else None


class _Page(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.setBackgroundRole(QPalette.ColorRole.Base)

    def paintEvent(self, _: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), current_theme().raised)
