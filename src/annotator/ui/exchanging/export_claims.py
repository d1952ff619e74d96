"""Picks the claims that go out: those found are offered, those that were ticked stay on top whatever is looked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from annotator.domain.ids import EntityId
from annotator.ui.controls import GRID
from annotator.ui.desk import Desk

if TYPE_CHECKING:
    from annotator.services.project import Project
    from annotator.ui.jobs import Task

_LIMIT = 100
_ROWS = 5
_ID = Qt.ItemDataRole.UserRole

Found = tuple[tuple[EntityId, str], ...]


class ClaimTicks(QWidget):
    """A field to find claims and a list of them with boxes: ``Space`` ticks one."""

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._ticked: dict[EntityId, str] = {}
        self.words = QLineEdit()
        self.words.setPlaceholderText(self.tr("Find claims"))
        self.words.setAccessibleName(self.tr("Find claims"))
        self.words.setClearButtonEnabled(True)
        self.words.textChanged.connect(self._find)
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Claims that go out"))
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setFixedHeight(_ROWS * 3 * GRID + 4)
        self.list.itemChanged.connect(self._tick)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID // 2)
        column.addWidget(self.words)
        column.addWidget(self.list)
        self.setFocusProxy(self.list)

    @property
    def ticked(self) -> tuple[EntityId, ...]:
        """The claims that were ticked."""
        return tuple(self._ticked)

    def begin(self) -> None:
        """Offer claims; the one that is selected on the desk is ticked already."""
        chosen = self._desk.claim_id
        self._desk.ask(lambda project: _named(project, chosen), self._begin, owner=self)

    def _begin(self, chosen: Found) -> None:
        self._ticked.update(chosen)
        self._find(self.words.text())

    def _find(self, words: str) -> None:
        def question(project: Project, task: Task[Found]) -> Found:
            rows = project.claims_offered(words, limit=_LIMIT, cancelled=task.is_cancelled).rows
            return tuple((row.claim.id, row.claim.text) for row in rows)

        self._desk.look("claims to give", question, self._show, owner=self)

    def _show(self, found: Found) -> None:
        self.list.blockSignals(True)
        self.list.clear()
        others = {id_: text for id_, text in found if id_ not in self._ticked}
        for id_, text in (*self._ticked.items(), *others.items()):
            item = QListWidgetItem(" ".join(text.split()))
            item.setData(_ID, id_)
            item.setToolTip("")
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if id_ in self._ticked else Qt.CheckState.Unchecked)
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self.list.blockSignals(False)
        self.changed.emit()

    def _tick(self, item: QListWidgetItem) -> None:
        id_ = EntityId(item.data(_ID))
        if item.checkState() == Qt.CheckState.Checked:
            self._ticked[id_] = item.text()
        else:
            self._ticked.pop(id_, None)
        self.changed.emit()


def _named(project: Project, claim: EntityId) -> Found:
    return tuple((each.id, each.text) for each in project.claims() if each.id == claim) if claim else ()
