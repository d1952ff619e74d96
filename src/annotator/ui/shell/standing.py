"""How much there is and what is left: read after every change, shown in the bars."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal

from annotator.ui.desk import Desk

if TYPE_CHECKING:
    from annotator.services.project import Project

_SETTLE = 120
"""Milliseconds that a row of changes is given to end."""


class Standing(NamedTuple):
    """Counts of the open project. ``saved_at`` is the time of its newest change, UTC in ISO 8601; ``news`` says
    how much came in that was not looked at; ``unsettled`` are passages with other words in a newer
    version, or not looked for in it.
    """

    sources: int = 0
    passages: int = 0
    linked: int = 0
    claims: int = 0
    open_claims: int = 0
    saved_at: str = ""
    conflicts: int = 0
    unsettled: int = 0
    news: str = ""

    @property
    def concluded(self) -> int:
        """The claims that have a conclusion."""
        return self.claims - self.open_claims


def read_standing(project: Project) -> Standing:
    """Count; called by a job."""
    from annotator.ui.exchanging.news_reading import count_news

    there, newest = project.counts(), project.changes(limit=1)
    return Standing(
        sources=there.sources,
        passages=there.passages,
        linked=there.linked,
        claims=there.claims,
        open_claims=there.open_claims,
        saved_at=newest[0].change.header.at if newest else "",
        conflicts=project.disputed_count(),
        unsettled=sum(row.waiting + row.unsought for row in project.revised_rows()),
        news=count_news(project).words,
    )


class StandingWatch(QObject):
    """Keeps the standing of the open project; ``changed`` tells when it is another."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.now: Standing | None = None
        self._desk = desk
        self._asked = False
        self._timer = QTimer(self, singleShot=True, interval=_SETTLE)
        self._timer.timeout.connect(self._ask)
        desk.opened.connect(self._ask)
        desk.changed.connect(lambda _change: self._timer.start())
        desk.closed.connect(self._forget)

    def _ask(self) -> None:
        if self._asked:
            self._timer.start()
            return
        self._asked = self._desk.project is not None
        self._desk.ask(read_standing, self._take, owner=self)

    def _take(self, standing: Standing) -> None:
        self._asked = False
        if standing != self.now:
            self.now = standing
            self.changed.emit()

    def _forget(self) -> None:
        self._timer.stop()
        self._asked = False
        self.now = None
        self.changed.emit()
