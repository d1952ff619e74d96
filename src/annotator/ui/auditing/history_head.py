"""The head of the history: what is listed, how it is narrowed, and the check of the whole."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from annotator.ui.actions import Actions
from annotator.ui.auditing.history_filter import HistoryFilter
from annotator.ui.auditing.telling import Query
from annotator.ui.controls import GRID, ElidedLabel, LinkButton, PlainButton
from annotator.ui.fields import FilterField, Segments

_CHANGES, _BUNDLES = 0, 1
_BAR = 24


class HistoryHead(QWidget):
    """What stands above the list. Of one thing there is only the order; the project's changes can be narrowed."""

    all_wanted = Signal()
    """The changes of the whole project are to be listed again."""
    turned = Signal()
    """The list is to be turned round."""
    part_chosen = Signal()
    """Changes or bundles are to be listed."""

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._of_one = False
        self._title = ElidedLabel(bold=True)
        self._all = LinkButton(self.tr("All changes"))
        self._all.clicked.connect(self.all_wanted)
        self.verify = PlainButton(self.tr("Verify"), icon_name="shield-check", height=_BAR)
        self.verify.clicked.connect(lambda: actions["verify"].trigger())
        self.parts = Segments((self.tr("Changes"), self.tr("Bundles")), self.tr("What is listed"))
        self.parts.choose(_CHANGES)
        self.parts.chosen.connect(self._choose_part)
        self.order = Segments((self.tr("Newest first"), self.tr("Oldest first")), self.tr("Order"))
        self.order.choose(0)
        self.order.chosen.connect(lambda _number: self.turned.emit())
        self.words = FilterField(self.tr("Filter changes"))
        self.words.set_key(actions.key("filter"))
        self.filter = HistoryFilter()
        self._build()
        self.show_parts(of_one=False)

    def _build(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._all)
        head.addWidget(self.parts)
        head.addWidget(self.verify)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, GRID, GRID, GRID)
        column.setSpacing(GRID // 2)
        column.addLayout(head)
        column.addWidget(self.words)
        column.addWidget(self.filter)
        column.addWidget(self.order)

    def show_parts(self, *, of_one: bool) -> None:
        """Show what belongs to the history of one thing, or to that of the project; begin with changes, newest first."""
        self._of_one = of_one
        self.order.choose(0)
        self.parts.choose(_CHANGES)
        self.set_title("")
        self._show()

    @property
    def on_bundles(self) -> bool:
        """Whether bundles are listed instead of changes."""
        return not self._of_one and self.parts.current() == _BUNDLES

    @property
    def oldest_first(self) -> bool:
        """Whether the list begins with the oldest."""
        return self._of_one and self.order.current() == 1

    def query(self) -> Query:
        """Return which changes are wanted."""
        return self.filter.query(self.words.text().strip())

    def set_title(self, title: str) -> None:
        """Say whose history it is; nothing for the project's."""
        self._title.setText(title or self.tr("History"))

    def empty_words(self) -> str:
        """Return what to say where nothing is listed."""
        if self.on_bundles:
            return self.tr("No bundle was merged or given away yet.")
        return (
            self.tr("No change is like this. “Clear all” shows every change again.") if self.query() != Query() else ""
        )

    def clear(self) -> None:
        """Want everything again."""
        self.filter.clear()
        self.words.clear()

    def _choose_part(self, _number: int) -> None:
        self._show()
        self.part_chosen.emit()

    def _show(self) -> None:
        self._all.setVisible(self._of_one)
        self.order.setVisible(self._of_one)
        self.parts.setVisible(not self._of_one)
        self.verify.setVisible(not self._of_one)
        for widget in (self.words, self.filter):
            widget.setVisible(not self._of_one and not self.on_bundles)
