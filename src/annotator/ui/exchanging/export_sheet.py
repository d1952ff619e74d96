"""Giving work away: which form, what it cannot carry, where to, how far it is, and what came of it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QFileDialog,
    QGridLayout,
    QLineEdit,
    QProgressBar,
    QRadioButton,
    QWidget,
)

from annotator.domain.errors import AnnotatorError, CancelledError, KeysUnreadableError
from annotator.domain.signing import Signing
from annotator.ui.actions import Actions
from annotator.ui.controls import GRID, AccentButton, PlainButton, plain_label
from annotator.ui.desk import Desk
from annotator.ui.exchanging.export_outgoing import OutgoingPanel
from annotator.ui.exchanging.export_scope import ScopePanel
from annotator.ui.exchanging.signature_words import signing_sentences
from annotator.ui.folders import first_folder
from annotator.ui.messages import next_step, sentence
from annotator.ui.shell.sheet import Sheet

if TYPE_CHECKING:
    from annotator.services.exchanging import BundleScope, Format
    from annotator.services.project import Project
    from annotator.ui.jobs import Task

_BUNDLE = "bundle"
_COLUMNS = 2


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written; ``verified`` tells that it was read again and found whole."""

    path: Path
    size: int
    verified: bool
    signing: Signing | None = None


class ExportSheet(Sheet):
    """One form is chosen, one file is written. What stood there before stays until the new file is whole."""

    def __init__(self, window: QWidget, actions: Actions, desk: Desk) -> None:
        super().__init__(window, actions, self.tr("Export"), width=760)
        self._desk = desk
        self._task: Task[Exported] | None = None
        self._formats: tuple[Format, ...] = ()
        self._written: Path | None = None
        self.choices = QButtonGroup(self)
        self.choices.idToggled.connect(lambda _number, on: self._show_choice() if on else None)
        self.scope = ScopePanel(desk)
        self.scope.changed.connect(self._show_scope)
        self.outgoing = OutgoingPanel(desk)
        self.closed.connect(self.outgoing.stop)
        self._lacks = plain_label(muted=True)
        self.place = QLineEdit()
        self.place.setAccessibleName(self.tr("Place"))
        self.browse = PlainButton(self.tr("Choose…"), icon_name="folder-open")
        self.browse.clicked.connect(self._choose_place)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(self.tr("How far the export is"))
        self.result = plain_label(bold=True)
        self._advice = plain_label()
        self.stop = PlainButton(self.tr("Stop"))
        self.stop.clicked.connect(self._stop)
        self.show_folder = PlainButton(self.tr("Show in folder"), icon_name="folder-open")
        self.show_folder.clicked.connect(self._show_folder)
        self.go = AccentButton(self.tr("Export"), key=self.tr("Enter"))
        self.go.clicked.connect(self._export)
        self.place.textChanged.connect(self._allow)
        self.place.returnPressed.connect(self.go.click)
        self._build()
        desk.ask(_read_formats, self._take_formats, owner=self)

    def _build(self) -> None:
        self.body.addWidget(plain_label(self.tr("Form"), muted=True))
        self._forms = QGridLayout()
        self._forms.setHorizontalSpacing(2 * GRID)
        self._forms.setVerticalSpacing(GRID)
        self.body.addLayout(self._forms)
        self.body.addWidget(self._lacks)
        self.body.addWidget(self.scope)
        self.body.addWidget(self.outgoing)
        hidden: tuple[QWidget, ...] = (self._bar, self.result, self._advice)
        for widget in hidden:
            self.body.addWidget(widget)
            widget.hide()
        self.footer.addWidget(plain_label(self.tr("Place"), muted=True, wrap=False))
        self.footer.addWidget(self.place, 1)
        self.footer.addWidget(self.browse)
        for button in (self.stop, self.show_folder, self.go):
            self.footer.addWidget(button)
        self.stop.hide()
        self.show_folder.hide()
        self.go.setEnabled(False)

    def _take_formats(self, formats: tuple[Format, ...]) -> None:
        self._formats = formats
        rows = -(-len(formats) // _COLUMNS)
        for number, each in enumerate(formats):
            button = QRadioButton(each.label.replace("&", "&&"))
            button.setAccessibleDescription(each.lacks)
            self.choices.addButton(button, number)
            row, column = number % rows, number // rows
            self._forms.addWidget(button, row, column)
        self.choices.button(0).setChecked(True)
        self.choices.button(0).setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Export with Enter from any of the choices, as the button says."""
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and isinstance(self.focusWidget(), QRadioButton | QCheckBox | QComboBox):
            self.go.click()
        else:
            super().keyPressEvent(event)

    @property
    def chosen(self) -> Format | None:
        """The form that is chosen."""
        number = self.choices.checkedId()
        return self._formats[number] if number >= 0 else None

    def _show_choice(self) -> None:
        form, project = self.chosen, self._desk.project
        if form is None or project is None:
            return
        self._lacks.setText(form.lacks)
        self.scope.show_for(bundle=form.code == _BUNDLE)
        self.outgoing.setVisible(form.code == _BUNDLE)
        self._show_scope()
        old = Path(self.place.text().strip()) if self.place.text().strip() else None
        folder = old.parent if old else first_folder()
        self.place.setText(str(folder / f"{project.name}{form.suffix}"))
        self.result.hide()
        self._advice.hide()
        self.show_folder.hide()

    def _show_scope(self) -> None:
        """Tell what the choice comes to, and let it be written once all is said that it needs."""
        missing = self.scope.missing if self._is_bundle else ""
        if missing or not self._is_bundle:
            self.outgoing.say(missing)
        else:
            self.outgoing.count(self.scope.scope)
        self._allow()

    @property
    def _is_bundle(self) -> bool:
        return self.chosen is not None and self.chosen.code == _BUNDLE

    def _allow(self) -> None:
        is_whole = not (self._is_bundle and self.scope.missing)
        self.go.setEnabled(bool(self.place.text().strip()) and self.chosen is not None and is_whole)

    def _choose_place(self) -> None:
        form = self.chosen
        if form is None:
            return
        dialog = QFileDialog(self, self.tr("Where is the export to be?"), self.place.text())
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setLabelText(QFileDialog.DialogLabel.Accept, self.tr("Choose"))
        dialog.selectFile(self.place.text())
        dialog.fileSelected.connect(self.place.setText)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    # -- running

    def _export(self) -> None:
        form, place = self.chosen, self.place.text().strip()
        if form is None or not place or self._task is not None:
            return
        path, code = Path(place).expanduser(), form.code
        scope, team = self.scope.scope, self.scope.named_team
        self.outgoing.stop()
        self._task = self._desk.do_long(
            lambda project, task: _write(project, task, code, path, scope, team),
            self._succeed,
            owner=self,
            otherwise=self._fail,
            title=self.tr("Exporting"),
        )
        if self._task is not None:
            self._task.progressed.connect(self._show_progress)
            self.closed.connect(self._task.cancel)
        self._show_running(running=True)

    def _show_running(self, *, running: bool) -> None:
        self._bar.setRange(0, 0)
        self._bar.setVisible(running)
        self.stop.setVisible(running)
        self.stop.setEnabled(running)
        self.go.setVisible(not running)
        for widget in (self.place, self.browse, self.scope, *self.choices.buttons()):
            widget.setEnabled(not running)
        if running:
            self.bring_into_view(self._bar)
            self.result.hide()
            self._advice.hide()
            self.show_folder.hide()
            self.stop.setFocus()

    def _show_progress(self, done: int, total: int, _remark: object) -> None:
        self._bar.setRange(0, total)
        self._bar.setValue(done)

    def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
        self.stop.setEnabled(False)

    def _succeed(self, exported: Exported) -> None:
        self._written = exported.path
        said = self.tr("Verified: {0} was read again and is whole.") if exported.verified else self.tr("Exported: {0}.")
        size = self.locale().formattedDataSize(exported.size)
        lines = [self.tr("{0}, in {1}").format(size, exported.path.parent)]
        lines += signing_sentences(exported.signing) if exported.signing else ()
        self._end(said.format(exported.path.name), "\n".join(lines))
        self.show_folder.show()
        self.show_folder.setFocus()

    def _fail(self, error: AnnotatorError) -> None:
        if isinstance(error, CancelledError):
            self._end(self.tr("Stopped. Nothing was written."), "")
        else:
            self._end(sentence(error), next_step(error))

    def _end(self, said: str, advice: str) -> None:
        self._task = None
        self._show_running(running=False)
        self.result.setText(said)
        self.result.show()
        self._advice.setText(advice)
        self._advice.setVisible(bool(advice))
        self.bring_into_view(self._advice if advice else self.result)
        self.go.setFocus()

    def _show_folder(self) -> None:
        if self._written is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._written.parent)))


def _read_formats(_project: Project) -> tuple[Format, ...]:
    from annotator.services.exchanging import formats

    return formats()


def _write(project: Project, task: Task[Exported], code: str, path: Path, scope: BundleScope, team: str) -> Exported:
    from annotator.services.exchanging import verify_bundle

    def told(done: int, total: int) -> None:
        task.report(done, total)

    is_bundle = code == _BUNDLE
    project.export(code, path, scope=scope, team=team, progress=told, cancelled=task.is_cancelled)
    if is_bundle:
        # Where only the keys cannot be read it is whole, and what is told of the signing says what is wrong with them.
        with suppress(KeysUnreadableError):
            verify_bundle(path, progress=told)
    signing = project.signing() if is_bundle else None
    return Exported(path, path.stat().st_size, is_bundle, signing)
