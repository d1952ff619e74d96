"""What can be done with the original of a version: shown by another program, saved, checked."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from annotator.domain.evidence import OriginalFound
from annotator.domain.ids import EntityId
from annotator.ui.desk import Desk
from annotator.ui.folders import first_folder


class Originals(QObject):
    """Shows, saves and checks originals. Whatever is wrong with one is said where every error is."""

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._desk, self._window = desk, window

    def show(self, version: EntityId) -> None:
        """Warn, and let the desktop open a read-only copy."""
        box = self._box(
            self.tr("Show the original"),
            self.tr("Another program will open a copy of the original."),
            self.tr(
                "Unlike here, it may load what the page names from the network, and so tell others that you read it. "
                "The copy can be read only; the original in the project stays as it is."
            ),
        )
        opens = box.addButton(self.tr("Open the copy"), QMessageBox.ButtonRole.AcceptRole)
        stays = box.addButton(self.tr("Stay here"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(stays)
        box.setEscapeButton(stays)
        opens.clicked.connect(lambda: self._desk.do(lambda p: p.copy_original(version), self._open, owner=self))
        box.open()

    def _open(self, copy: Path) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(copy)))

    def save(self, version: EntityId, name: str) -> None:
        """Ask where to, and write the bytes as they came; ``name`` is whatever somebody called them, and leads nowhere."""
        from annotator.services.keeping import harmless_name

        dialog = QFileDialog(self._window, self.tr("Save the original as"), str(first_folder() / harmless_name(name)))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setFileMode(QFileDialog.FileMode.AnyFile)
        dialog.setLabelText(QFileDialog.DialogLabel.Accept, self.tr("Save"))
        dialog.fileSelected.connect(lambda path: self._desk.do(lambda p: p.save_original(version, path), owner=self))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def check(self, version: EntityId) -> None:
        """Digest the original anew and say what came out."""
        self._desk.do(lambda project: project.check_original(version), self._tell, owner=self)

    def _tell(self, found: OriginalFound) -> None:
        self._desk.changed.emit(None)
        digests = [self.tr("Recorded: {0}").format(found.recorded)]
        if found.altered:
            digests.append(self.tr("Found: {0}").format(found.found))
        box = self._box(self.tr("Check the original"), self.tr(found.sentence), "\n".join(digests))
        if found.altered:
            box.setIcon(QMessageBox.Icon.Critical)
        box.setStandardButtons(QMessageBox.StandardButton.Close)
        box.open()

    def _box(self, title: str, words: str, more: str) -> QMessageBox:
        box = QMessageBox(self._window)
        box.setWindowTitle(title)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(words)
        box.setInformativeText(more)
        box.finished.connect(box.deleteLater)
        return box
