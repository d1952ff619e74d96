"""Taking in what another program annotated: what would come in, what stays out and why, and only then the button."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QFileDialog, QListWidget, QProgressBar, QPushButton, QWidget

from annotator.domain.errors import AnnotatorError, CancelledError
from annotator.ui.actions import Actions
from annotator.ui.controls import AccentButton, PlainButton, plain_label
from annotator.ui.desk import Desk
from annotator.ui.exchanging.code_choices import CodeChoices
from annotator.ui.exchanging.foreign_choices import ForeignChoices
from annotator.ui.exchanging.foreign_lines import ForeignLines
from annotator.ui.exchanging.foreign_reading import Choices, Previewed, look_again, read_file, take_in
from annotator.ui.exchanging.foreign_words import by_words, counts_words, done_words, names_words
from annotator.ui.exchanging.merge_words import number
from annotator.ui.folders import first_folder
from annotator.ui.messages import next_step, sentence
from annotator.ui.shell.sheet import Sheet

if TYPE_CHECKING:
    from annotator.domain.foreign_report import ForeignReport
    from annotator.ui.jobs import Task

_FEWER = 6


class ForeignSheet(Sheet):
    """A file is read and previewed; each choice previews it anew; the button writes it as one step."""

    def __init__(self, window: QWidget, actions: Actions, desk: Desk) -> None:
        super().__init__(window, actions, self.tr("Import annotations"), width=760)
        self._desk = desk
        self._found: Previewed | None = None
        self._task: Task[Previewed] | None = None
        self.file = plain_label(bold=True)
        self.form = plain_label(muted=True)
        self.said = plain_label()
        self.lacks = plain_label(muted=True)
        self._in_head = plain_label(self.tr("Comes in"), bold=True)
        self.counts = plain_label()
        self.choices = ForeignChoices()
        self.choices.changed.connect(self._look_again)
        self.codes = CodeChoices()
        self.codes.changed.connect(self._look_again)
        self.waiting = ForeignLines(self.tr("What waits for you, and why"), lines=_FEWER)
        self.left = ForeignLines(self.tr("What stays out, and why"))
        self.bar = QProgressBar()
        self.bar.setRange(0, 0)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("Reading"))
        self.other = PlainButton(self.tr("Choose a file…"), icon_name="folder-open")
        self.other.clicked.connect(self.choose)
        self.go = AccentButton(self.tr("Take in"), key=self.tr("Enter"))
        self.go.clicked.connect(self._take_in)
        found: tuple[QWidget, ...] = (self._in_head, self.counts, self.choices, self.codes, self.waiting, self.left)
        self._parts: tuple[QWidget, ...] = (self.file, self.form, self.lacks, self.bar, *found)
        for widget in (*self._parts[:4], self.said, *found):
            self.body.addWidget(widget)
        self.body.addStretch(1)
        self.footer.addWidget(self.other)
        self.footer.addStretch(1)
        self.footer.addWidget(self.go)
        self.closed.connect(self._stop)
        self._show_none()

    def focus_first(self) -> None:
        """Give the focus to the button that is to be pressed next."""
        button = self.go if self.go.isEnabled() and self.go.isVisible() else self.other
        button.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press with Enter the button that has the focus, else the one that takes in, as it says."""
        focused = self.focusWidget()
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
        elif isinstance(focused, QPushButton):
            focused.click()
        elif self.go.isVisible():
            self.go.click()

    def choose(self) -> None:
        """Let the person choose a file."""
        dialog = QFileDialog(self, self.tr("Import annotations"), str(first_folder()))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda name: self.read(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def read(self, path: Path) -> None:
        """Read a file and show what would come of it; nothing is written."""
        self._stop()
        self._show_none()
        self.file.setText(path.name)
        self.file.show()
        self.said.setText(self.tr("Reading…"))
        self.said.show()
        self.bar.show()
        self._task = self._desk.do_long(
            lambda project, task: read_file(project, task, path),
            self._show,
            owner=self,
            otherwise=self._fail,
            title=self.tr("Reading annotations"),
        )

    def _show_none(self) -> None:
        self._found = None
        self.choices.forget()
        self.codes.choices.clear()
        self.said.show()
        self.said.setText(
            self.tr(
                "Choose what was exported in Hypothesis, NVivo, ATLAS.ti, MAXQDA or QualCoder, a file of Web Annotations, or a "
                "fact-check. Import the sources first: what was annotated is put where its words stand in them."
            )
        )
        for widget in (*self._parts, self.go):
            widget.hide()
        self.go.setEnabled(False)

    def _show(self, found: Previewed) -> None:
        self._task, self._found = None, found
        report = found.preview.report
        self.bar.hide()
        self.form.setText(" · ".join(filter(None, (found.label, by_words(report)))))
        self.lacks.setText(found.lacks)
        self.said.hide()
        self.counts.setText("\n".join((counts_words(report), *names_words(report))))
        self.choices.show_choices(found)
        self.codes.show_codes(report.codes, found.become)
        self._show_told(report)
        for widget in (self.form, self.lacks, self._in_head, self.counts, self.go):
            widget.show()
        self.go.setEnabled(report.new > 0)
        self.other.setText(self.tr("Choose another file…"))
        if not isinstance(self.focusWidget(), QComboBox | QListWidget):
            QTimer.singleShot(0, self, self.focus_first)

    def _show_told(self, report: ForeignReport) -> None:
        count = len(report.left_out)
        said = self.tr("1 thing stays out") if count == 1 else self.tr("{0} things stay out").format(number(count))
        self.left.show_lines(said, report.left_out)
        count = len(report.waiting)
        said = self.tr("1 of the passages waits for you") if count == 1 else self.tr("{0} of the passages wait for you")
        where = self.tr("you settle under Versions where they stand")
        self.waiting.show_lines(f"{said.format(number(count))}: {where}", report.waiting)

    def _look_again(self) -> None:
        """Preview what was read anew, with what is chosen now."""
        before, choices = self._found, self._chosen()
        if before is None:
            return
        self.go.setEnabled(False)
        self._desk.ask(
            lambda project: look_again(project, before, choices),
            lambda found: self._show_if(found, choices),
            owner=self,
            otherwise=self._fail,
        )

    def _show_if(self, found: Previewed, choices: Choices) -> None:
        if choices == self._chosen():
            self._show(found)

    def _chosen(self) -> Choices:
        sources, levels = self.choices.choices
        return Choices(sources=sources, levels=levels, codes=dict(self.codes.choices))

    def _take_in(self) -> None:
        found, choices = self._found, self._chosen()
        if found is None:
            return
        self.go.setEnabled(False)
        self.bar.show()
        self._desk.do(lambda project: take_in(project, found, choices), self._done, owner=self, otherwise=self._fail)

    def _done(self, report: ForeignReport) -> None:
        self._found = None
        self.bar.hide()
        self.said.setText(
            f"{done_words(report)} {self.tr('One undo takes it back.')}" if report.new else done_words(report)
        )
        self.said.show()
        for widget in (self.lacks, self._in_head, self.counts, self.choices, self.codes, self.go):
            widget.hide()
        self.close_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fail(self, error: AnnotatorError) -> None:
        self._task = None
        self.bar.hide()
        if isinstance(error, CancelledError):
            return
        self.said.setText(f"{sentence(error)} {next_step(error)}".strip())
        self.said.show()
        self.focus_first()

    def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            self._task = None
