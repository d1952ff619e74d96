"""How far the work in the background is."""

from __future__ import annotations

from time import monotonic

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from annotator.ui.controls import GRID, LinkButton, PlainButton, plain_label
from annotator.ui.jobs import Task

_HEIGHT = 24
_BETWEEN = 0.1
"""Seconds between two steps that are shown: a bar is painted at once, and a thousand small files would do nothing else."""


class WorkLine(QWidget):
    """The newest piece of work under way, and a way to stop it."""

    show_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._tasks: list[Task[object]] = []
        self._shown = 0.0
        self._said = plain_label(muted=True, wrap=False)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedSize(120, 16)
        self._stop = PlainButton(self.tr("Stop"), height=_HEIGHT)
        self._stop.setFlat(True)
        self._stop.clicked.connect(self._cancel)
        self._more = LinkButton(self.tr("Show"), height=_HEIGHT)
        self._more.clicked.connect(self.show_wanted)
        self._more.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID)
        for widget in (self._said, self._bar, self._more, self._stop):
            row.addWidget(widget)
        self.hide()

    def follow(self, task: Task[object]) -> None:
        """Show a piece of work until it is done."""
        self._tasks.append(task)
        task.progressed.connect(lambda done, total, _remark: self._show(task, done, total))
        task.finished.connect(lambda: self._done(task))
        self._show(task, 0, 0)

    def offer(self, *, more: bool) -> None:
        """Offer to show more about the work than a line."""
        self._more.setVisible(more)

    def _show(self, task: Task[object], done: int, total: int) -> None:
        if not self._tasks or task is not self._tasks[-1]:
            return
        if 0 < done < total and monotonic() - self._shown < _BETWEEN:
            return
        self._shown = monotonic()
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        self._bar.setVisible(total > 0)
        said = self.tr("{0}: {1} of {2}").format(task.title, done, total) if total else f"{task.title}…"
        self._said.setText(said)
        self._bar.setAccessibleName(said)
        self._stop.setEnabled(not task.is_cancelled())
        self.show()

    def _cancel(self) -> None:
        if self._tasks:
            self._tasks[-1].cancel()
            self._stop.setEnabled(False)

    def _done(self, task: Task[object]) -> None:
        self._tasks.remove(task)
        if self._tasks:
            self._show(self._tasks[-1], 0, 0)
        else:
            self.hide()
