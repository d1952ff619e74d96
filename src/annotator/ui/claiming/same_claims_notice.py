"""Tells after a merge of claims that came in and look like some that were here."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from annotator.domain.change import Change
from annotator.domain.ids import EntityId
from annotator.domain.same_claims import SameClaims
from annotator.ui.desk import Desk

_SETTLE = 600
"""Milliseconds that a row of changes is given to end, and what else is told of a merge to be told first."""


_LANE = "same claims"


class SameClaimsNotice(QObject):
    """Watches for merges while a project is open. Two teams that check one claim apart have entered it twice."""

    told = Signal(str, str)
    """A sentence, and what there is to do."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._known: frozenset[frozenset[EntityId]] = frozenset()
        self._timer = QTimer(self, singleShot=True, interval=_SETTLE)
        self._timer.timeout.connect(self._look)
        desk.closed.connect(self._forget)
        desk.changed.connect(self._on_change)

    def again(self) -> None:
        """Tell once more of what could not be told, as far as nobody has decided on it."""
        self._known = frozenset()
        self._look()

    def _forget(self) -> None:
        self._timer.stop()
        self._known = frozenset()

    def _on_change(self, change: Change | None) -> None:
        """Look once the changes have ended. One that is not named is a merge, or one taken back."""
        if change is None:
            self._timer.start()

    def _look(self) -> None:
        self._desk.look(_LANE, lambda project, _task: project.same_claims_that_came(), self._tell, owner=self)

    def _tell(self, found: tuple[SameClaims, ...]) -> None:
        pairs = frozenset(frozenset((pair.one.id, pair.other.id)) for pair in found)
        is_news, self._known = bool(pairs - self._known), pairs
        if not is_news:
            return
        said = self.tr("“{0}” and a claim that was here may be the same.").format(found[0].other.text)
        if len(found) > 1:
            said = self.tr("{0} claims may be the same as others that were here.").format(len(found))
        self.told.emit(said, self.tr("Where a person says so, what rests on either counts for one."))
