"""A person says that something is the next version of a source: a file that is chosen, or what is on the clipboard."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from annotator.domain.anchoring import VersionReport
from annotator.domain.errors import ImportFailedError
from annotator.domain.ids import EntityId
from annotator.ui.desk import Desk
from annotator.ui.folders import first_folder

if TYPE_CHECKING:
    from annotator.services.importing_given import Given
    from annotator.services.project import Project
    from annotator.ui.jobs import Task


class NextVersion(QObject):
    """Takes a new version of one source in, off the window's thread, and shows what became of its passages."""

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._desk, self._window = desk, window

    def choose(self, source: EntityId, title: str) -> None:
        """Ask for the file that is the next version of a source."""
        dialog = QFileDialog(self._window, self.tr("New version of “{0}”").format(title), str(first_folder()))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setLabelText(QFileDialog.DialogLabel.Accept, self.tr("Add as new version"))
        dialog.fileSelected.connect(lambda name: self.take(source, Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def paste(self, source: EntityId, title: str) -> None:
        """Take the HTML or the text on the clipboard as the next version of a source."""
        mime = QGuiApplication.clipboard().mimeData()
        if mime is not None and mime.hasHtml() and mime.html().strip():
            self.take(source, (f"{title}.html", mime.html().encode("utf-8-sig")))
        elif mime is not None and mime.text().strip():
            self.take(source, (f"{title}.txt", mime.text().encode()))
        else:
            error = ImportFailedError(
                name=self.tr("The clipboard"),
                reason=self.tr("it holds no text or web page"),
                advice=self.tr("Copy the words first."),
            )
            self._desk.refused.emit(error, None)

    def take(self, source: EntityId, given: Given) -> None:
        """Take a new version in; what changed in it is shown where it can be settled."""

        def work(project: Project, task: Task[VersionReport]) -> VersionReport:
            return project.add_version(source, given, progress=task.report, cancelled=task.is_cancelled)

        self._desk.do_long(work, self._show, owner=self, title=self.tr("Taking a new version in"))

    def _show(self, report: VersionReport) -> None:
        if report.changed or report.orphaned:
            self._desk.settle_wanted.emit(report.version.id, "")
        else:
            self._desk.show_place(report.version.id)
