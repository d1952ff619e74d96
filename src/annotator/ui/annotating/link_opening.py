"""Opens an address of a text in the browser, once the person has seen it; nothing is ever fetched otherwise."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QMessageBox, QWidget


def ask_to_open(target: str, parent: QWidget) -> None:
    """Show an address and ask what to do with it; only http and https can be opened."""
    url = QUrl(target, QUrl.ParsingMode.StrictMode)
    if url.scheme() not in ("http", "https"):
        return
    box = QMessageBox(parent)
    box.setWindowTitle(_words("Open link"))
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(_words("Open this address in your browser?"))
    box.setInformativeText(url.toDisplayString())
    opens = box.addButton(_words("Open in browser"), QMessageBox.ButtonRole.AcceptRole)
    copies = box.addButton(_words("Copy address"), QMessageBox.ButtonRole.ActionRole)
    stays = box.addButton(_words("Stay here"), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(stays)
    box.setEscapeButton(stays)
    opens.clicked.connect(lambda: QDesktopServices.openUrl(url))
    copies.clicked.connect(lambda: QGuiApplication.clipboard().setText(target))
    box.finished.connect(box.deleteLater)
    box.open()


def _words(text: str) -> str:
    return QCoreApplication.translate("links", text)
