"""The ground of checks that run behind a sheet: progress and a way to stop it, then one plain sentence."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QWidget

from annotator.domain.errors import AnnotatorError, CancelledError
from annotator.ui.actions import Actions
from annotator.ui.controls import GRID, PlainButton, plain_label
from annotator.ui.desk import Desk
from annotator.ui.icons import icon
from annotator.ui.messages import next_step, sentence
from annotator.ui.shell.sheet import Sheet

if TYPE_CHECKING:
    from annotator.services.project import Project
    from annotator.ui.jobs import Task

R = TypeVar("R")
_SIGN = 24


class CheckSheet(Sheet):
    """Shows how far a check is and what came out; closing it stops the check."""

    def __init__(self, window: QWidget, actions: Actions, title: str, begins: str) -> None:
        """``begins`` says what is being done until it is known what came out."""
        super().__init__(window, actions, title, width=560)
        self._sign = QLabel()
        self._sign.setFixedWidth(_SIGN)
        self.result = plain_label(begins)
        self.remark = plain_label(muted=True)
        self.limits = plain_label(muted=True)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setRange(0, 0)
        self._bar.setAccessibleName(self.tr("How far the check is"))
        row = QHBoxLayout()
        row.setSpacing(GRID)
        row.addWidget(self._sign)
        row.addWidget(self.result, 1)
        self.body.addLayout(row)
        for widget in (self.remark, self._bar, self.limits):
            self.body.addWidget(widget)
        for widget in (self._sign, self.remark, self.limits):
            widget.hide()
        self.stop = PlainButton(self.tr("Stop"))
        self.stop.clicked.connect(self.close)
        self.footer.addStretch(1)
        self.footer.addWidget(self.stop)

    def focus_first(self) -> None:
        """Give the focus to what stops the check while it runs."""
        (self.close_button if self.stop.isHidden() else self.stop).setFocus()

    def run(
        self,
        desk: Desk,
        check: Callable[[Project, Callable[[int, int], None]], R],
        then: Callable[[R], None],
        title: str,
    ) -> None:
        """Run ``check``, which is given the project and what it is to tell its progress; ``title`` is for the status bar."""

        def work(project: Project, task: Task[R]) -> R:
            def progress(done: int, total: int) -> None:
                if task.is_cancelled():
                    raise CancelledError(what="the check")
                task.report(done, total)

            return check(project, progress)

        task = desk.do_long(work, then, owner=self, otherwise=self._fail, title=title)
        if task is not None:
            task.progressed.connect(self._show_progress)
            self.closed.connect(task.cancel)

    def end(self, said: str, *, well: bool, remark: str = "", limits: str = "") -> None:
        """Say what came out in one sentence, what is to be said beside it, and what the check cannot show."""
        self._bar.hide()
        self.stop.hide()
        self._sign.setPixmap(icon("shield-check" if well else "circle-x", "text" if well else "error").pixmap(16, 16))
        self._sign.show()
        self.result.setText(said)
        for label, words in ((self.remark, remark), (self.limits, limits)):
            label.setText(words)
            label.setVisible(bool(words))
        self.focus_first()

    def _show_progress(self, done: int, total: int, _remark: object) -> None:
        self._bar.setRange(0, total)
        self._bar.setValue(done)

    def _fail(self, error: AnnotatorError) -> None:
        if not isinstance(error, CancelledError):
            self.end(sentence(error), well=False, remark=next_step(error))
