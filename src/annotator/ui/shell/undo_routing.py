"""Ctrl+Z goes to the text field that has the focus and holds typing, else to the project."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from annotator.ui.actions import Actions
from annotator.ui.announcing import announce
from annotator.ui.desk import Desk

_TEXT_FIELDS = ("QLineEdit", "QPlainTextEdit", "QTextEdit")


class UndoRouting(QObject):
    """Decides for each undo and redo who does it."""

    def __init__(self, desk: Desk, actions: Actions, window: QWidget) -> None:
        super().__init__(window)
        self._desk = desk
        self._window = window
        self._actions = actions
        self._watched: QWidget | None = None

    def watch(self) -> None:
        """Follow the focus from now on."""
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._watch)

    def undo(self) -> None:
        """Undo typing where there is some, else the last step of the project."""
        if not _turn_back(QApplication.focusWidget(), "undo"):
            self._say(self.tr("Undo: {0}"), self._desk.undo_label)
            self._desk.undo()

    def redo(self) -> None:
        """Do typing or a step again."""
        if not _turn_back(QApplication.focusWidget(), "redo"):
            self._say(self.tr("Redo: {0}"), self._desk.redo_label)
            self._desk.redo()

    def _say(self, words: str, label: str) -> None:
        announce(self._window, words.format(QCoreApplication.translate("labels", label)) if label else "")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep a text field that has nothing to undo from taking the keys for itself."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            keys = QKeySequence(event.keyCombination())
            for what in ("undo", "redo"):
                if keys in self._actions[what].shortcuts() and not _can(watched, what):
                    event.ignore()
                    return True
        return super().eventFilter(watched, event)

    def _watch(self, _old: QWidget | None, new: QWidget | None) -> None:
        if self._watched is not None and isValid(self._watched):  # a field loses the focus while it is destroyed, too
            self._watched.removeEventFilter(self)
        self._watched = new if any(new is not None and new.inherits(kind) for kind in _TEXT_FIELDS) else None
        if self._watched is not None:
            self._watched.installEventFilter(self)


def _can(widget: QObject | None, what: str) -> bool:
    from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QTextEdit

    if isinstance(widget, QLineEdit):
        return widget.isUndoAvailable() if what == "undo" else widget.isRedoAvailable()
    if isinstance(widget, (QPlainTextEdit, QTextEdit)):
        document = widget.document()
        return document.isUndoAvailable() if what == "undo" else document.isRedoAvailable()
    return False


def _turn_back(widget: QWidget | None, what: str) -> bool:
    can = _can(widget, what)
    if can:
        getattr(widget, what)()
    return can
