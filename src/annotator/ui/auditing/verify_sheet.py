"""Checks that the project is as it was written, and says in plain words what came out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QWidget

from annotator.domain.errors import AnnotatorError, CancelledError
from annotator.ui.actions import Actions
from annotator.ui.controls import GRID, PlainButton, plain_label
from annotator.ui.desk import Desk
from annotator.ui.icons import icon
from annotator.ui.messages import next_step, sentence
from annotator.ui.shell.sheet import Sheet

if TYPE_CHECKING:
    from annotator.services.exchanging import VerifyReport
    from annotator.services.project import Project
    from annotator.ui.jobs import Task


class VerifySheet(Sheet):
    """Runs as soon as it is opened; closing it stops the check."""

    def __init__(self, window: QWidget, actions: Actions, desk: Desk) -> None:
        super().__init__(window, actions, self.tr("Verify project"), width=560)
        self._sign = QLabel()
        self._sign.setFixedWidth(24)
        self.result = plain_label(self.tr("Everything is computed again from what is stored, and compared."))
        self._remark = plain_label(muted=True)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setRange(0, 0)
        self._bar.setAccessibleName(self.tr("How far the check is"))
        row = QHBoxLayout()
        row.setSpacing(GRID)
        row.addWidget(self._sign)
        row.addWidget(self.result, 1)
        self.body.addLayout(row)
        self.body.addWidget(self._remark)
        self.body.addWidget(self._bar)
        self._sign.hide()
        self._task = desk.do_long(_verify, self._succeed, owner=self, otherwise=self._fail, title=self.tr("Verifying"))
        if self._task is not None:
            self._task.progressed.connect(self._show_progress)
            self.closed.connect(self._task.cancel)
        self._again = PlainButton(self.tr("Stop"))
        self._again.clicked.connect(self.close)
        self.footer.addStretch(1)
        self.footer.addWidget(self._again)

    def _show_progress(self, done: int, total: int, _remark: object) -> None:
        self._bar.setRange(0, total)
        self._bar.setValue(done)

    def _succeed(self, report: VerifyReport) -> None:
        said = self.tr("The project is as it was written: {0} changes and {1} states of {2} things were checked.")
        self._end("shield-check", said.format(*(f"{n:n}" for n in (report.changes, report.revisions, report.entities))))
        left_out = report.withheld + report.absent
        if left_out:
            said = self.tr("{0} parts were left out of this copy by whoever gave it, and could not be checked.")
            self._remark.setText(said.format(left_out))

    def _fail(self, error: AnnotatorError) -> None:
        if isinstance(error, CancelledError):
            return
        self._end("circle-x", sentence(error))
        self._remark.setText(next_step(error))

    def _end(self, sign: str, said: str) -> None:
        self._bar.hide()
        self._sign.setPixmap(icon(sign, "error" if sign == "circle-x" else "text").pixmap(16, 16))
        self._sign.show()
        self.result.setText(said)
        self._again.hide()
        self.focus_first()


def _verify(project: Project, task: Task[VerifyReport]) -> VerifyReport:
    def progress(done: int, total: int) -> None:
        if task.is_cancelled():
            raise CancelledError(what="the check")
        task.report(done, total)

    return project.verify(progress=progress)
