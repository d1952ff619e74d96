"""Says that something broke, once, and offers a report that holds no word of anybody's work."""

from __future__ import annotations

import platform
import re
import sys
import traceback
from pathlib import Path

from PySide6.QtCore import QCoreApplication, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from annotator import __version__
from annotator.ui.controls import GRID, AccentButton, PlainButton, plain_label
from annotator.ui.theme import panel_font

_ID = re.compile(r"\b(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{64})\b")
_PACKAGES = ("annotator", "site-packages")


def report_of(error: BaseException) -> str:
    """Return what broke where: kinds of errors, modules, lines and ids; no words, no values, no paths of the person."""
    lines = [
        f"Annotator {__version__}, Python {platform.python_version()}, Qt {qVersion()}, {platform.system()} {platform.machine()}"
    ]
    seen: set[int] = set()
    cause: BaseException | None = error
    while cause is not None and id(cause) not in seen:
        seen.add(id(cause))
        ids = " ".join(dict.fromkeys(_ID.findall(str(cause))))
        lines += ["", f"{type(cause).__module__}.{type(cause).__qualname__} {ids}".rstrip()]
        for frame in traceback.extract_tb(cause.__traceback__):
            lines.append(f"  {_module(frame.filename)}:{frame.lineno} {frame.name}")
        cause = cause.__cause__ or cause.__context__
    return "\n".join(lines)


def _module(filename: str) -> str:
    """Return a file's place within its package: never the folders above, which name people."""
    parts = Path(filename).parts
    for package in _PACKAGES:
        if package in parts:
            return "/".join(parts[len(parts) - 1 - parts[::-1].index(package) :])
    return parts[-1] if parts else "?"


class CrashDialog(QDialog):
    """One dialog, however much breaks: what comes after the first error is added to its report."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Something broke"))
        self.setModal(True)
        self.resize(640, 420)
        self._report = QPlainTextEdit()
        self._report.setReadOnly(True)
        self._report.setFont(panel_font())
        self._report.setAccessibleName(self.tr("Report"))
        copy = AccentButton(self.tr("Copy the report"), icon_name="copy")
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.report))
        close = PlainButton(self.tr("Go on"), key=self.tr("Esc"))
        close.clicked.connect(self.accept)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        column.setSpacing(GRID)
        column.addWidget(plain_label(self.tr("Annotator has made a mistake"), bold=True, size=16))
        column.addWidget(plain_label(self.tr("Your work is saved. What you did last may not have happened.")))
        said = self.tr("The report names places in the program. It holds nothing of your sources, claims or files.")
        column.addWidget(plain_label(said, muted=True))
        column.addWidget(self._report, 1)
        row = QHBoxLayout()
        row.setSpacing(GRID)
        row.addStretch(1)
        row.addWidget(close)
        row.addWidget(copy)
        column.addLayout(row)
        copy.setFocus()

    @property
    def report(self) -> str:
        """Everything that broke while the dialog was open."""
        return self._report.toPlainText()

    def add(self, error: BaseException) -> None:
        """Add an error to the report."""
        self._report.appendPlainText(("\n\n" if self.report else "") + report_of(error))


def show_crash(error: BaseException, parent: QWidget | None = None) -> None:
    """Show the dialog, or add to the one that is open."""
    sys.stderr.write(report_of(error) + "\n")
    app = QCoreApplication.instance()
    if not isinstance(app, QGuiApplication):
        return
    dialog = next((w for w in _dialogs() if w.isVisible()), None)
    if dialog is None:
        dialog = CrashDialog(parent)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
    dialog.add(error)


def _dialogs() -> list[CrashDialog]:
    from PySide6.QtWidgets import QApplication

    return [widget for widget in QApplication.topLevelWidgets() if isinstance(widget, CrashDialog)]
