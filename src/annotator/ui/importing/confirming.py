"""Going through the sources whose details nobody has confirmed, one dialog after the other, until one has had enough."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from annotator.domain.rows import SourceRow
from annotator.ui.desk import Desk
from annotator.ui.importing.source_details import SourceDetails


class Confirming(QObject):
    """Asks about each source in turn. Esc ends it; what was not confirmed waits without a word."""

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._desk, self._window = desk, window
        self._rows: Sequence[SourceRow] = ()
        self._next = 0

    def begin(self) -> None:
        """Ask which are to be confirmed, and begin with the newest."""
        self._desk.ask(lambda project: project.unconfirmed_sources(), self._take, owner=self)

    def _take(self, rows: Sequence[SourceRow]) -> None:
        self._rows, self._next = [row for row in reversed(rows) if row.versions], 0
        self._go_on()

    def _go_on(self) -> None:
        if self._next >= len(self._rows):
            return
        row = self._rows[self._next]
        self._next += 1
        dialog = SourceDetails(self._desk, row, row.versions[-1].id, self._window, place=(self._next, len(self._rows)))
        dialog.confirmed.connect(self._go_on)
        dialog.skipped.connect(self._go_on)
        dialog.open()
