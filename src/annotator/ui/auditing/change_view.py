"""Shows what one change did: each thing it touched, each field before and after."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from annotator.domain.ids import EntityId
from annotator.ui.auditing.change_entity import EntityView
from annotator.ui.auditing.history_change import NEXT_PAGE, ChangeTold, EntityTold
from annotator.ui.controls import GRID, LinkButton, PlainButton, plain_label
from annotator.ui.theme import current_theme


class ChangeView(QScrollArea):
    """One change in words. It only asks for what its buttons offer."""

    show_wanted = Signal(str)
    """The id of an entity to be shown where one works on it."""
    history_wanted = Signal(str)
    """The id of an entity whose whole history is wanted."""
    restore_wanted = Signal(str, str)
    """An entity's id, and the change to whose state it is to go back."""
    settle_wanted = Signal(str)
    """The id of an entity in which several values stand side by side."""
    more_wanted = Signal(int)
    """More of what the change touched is to be told, from this number on."""

    def __init__(self, parent: QWidget | None = None, *, restore_key: str = "") -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("What the change did"))
        self.restore_key = restore_key
        self.entities: tuple[EntityTold, ...] = ()
        self._told: ChangeTold | None = None
        self._with_history = True
        self._column = QVBoxLayout()
        self._more: QWidget | None = None
        self.tell(None)

    def tell(self, told: ChangeTold | None, *, with_history: bool = True) -> None:
        """Show a change; ``with_history`` offers the whole history of each thing."""
        self.entities = ()
        self._told, self._with_history, self._more = told, with_history, None
        page = _Page()
        self._column = QVBoxLayout(page)
        self._column.setContentsMargins(4 * GRID, 3 * GRID, 4 * GRID, 3 * GRID)
        self._column.setSpacing(GRID)
        if told is not None:
            self._column.addWidget(plain_label(told.label, bold=True, size=20))
            self._column.addWidget(plain_label(self.tr("{0}, {1}").format(told.who, told.at), muted=True))
        self._column.addStretch(1)
        if told is not None:
            self._put(told)
        self.setWidget(page)

    def tell_more(self, told: ChangeTold | None) -> None:
        """Show more of what the change touched, below what is shown."""
        if told is None or self._told is None or told.change != self._told.change:
            return
        if self._more is None:
            return
        had_focus, at = self._more.hasFocus(), self._column.indexOf(self._more)
        self._column.removeWidget(self._more)
        self._more.hide()
        self._more.deleteLater()
        self._more = None
        self._put(told)
        item = self._column.itemAt(at)
        first = item.widget() if item else None
        if had_focus and first is not None:
            first.findChildren(LinkButton)[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def shown(self) -> EntityTold | None:
        """Return the one thing that can be set back here without saying which, if it is one."""
        return self.entities[0] if len(self.entities) == 1 else None

    def first(self) -> EntityId | None:
        """Return the first thing that the change touched."""
        return self.entities[0].id if self.entities else None

    def _put(self, told: ChangeTold) -> None:
        """Put what is told below what is shown, above the empty rest of the page."""
        alone = len(told.entities) == 1 and not self.entities and not told.left_out
        for entity in told.entities:
            view = EntityView(entity, with_history=self._with_history, key=self.restore_key if alone else "")
            view.show_wanted.connect(self.show_wanted)
            view.history_wanted.connect(self.history_wanted)
            view.settle_wanted.connect(self.settle_wanted)
            view.restore_wanted.connect(lambda id_: self.restore_wanted.emit(id_, told.change))
            self._add(view, gap=2 * GRID)
        self.entities += told.entities
        if told.left_out:
            few = self.tr("Show {0:n} more").format(told.left_out)
            many = self.tr("Show {0} of {1:n} more").format(NEXT_PAGE, told.left_out)
            more = PlainButton(few if told.left_out <= NEXT_PAGE else many)
            more.clicked.connect(lambda: self.more_wanted.emit(told.end))
            self._add(more, gap=GRID)
            self._more = more

    def _add(self, widget: QWidget, *, gap: int) -> None:
        widget.setContentsMargins(0, gap // 2, 0, 0)
        self._column.insertWidget(self._column.count() - 1, widget)


class _Page(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.setBackgroundRole(QPalette.ColorRole.Base)

    def paintEvent(self, _: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), current_theme().raised)
