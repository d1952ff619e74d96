"""Asks a person what a source is whose text is nearly there already: a version of it, a source of its own, or nothing new."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QMessageBox, QWidget

if TYPE_CHECKING:
    from annotator.services.importing_twins import Twin


class TwinAnswer(Enum):
    """What a person says of two sources with nearly the same text."""

    VERSION = "version"
    BOTH = "both"
    OUT = "out"


def ask_about_twin(name: str, twin: Twin, parent: QWidget, answer: Callable[[TwinAnswer], None]) -> None:
    """Show how alike the two are and ask; leaving it keeps both and says nothing."""
    box = QMessageBox(parent)
    box.setWindowTitle(_words("Nearly the same text"))
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(
        _words("The text of {0} is {1} per cent the same as that of “{2}”.").format(name, twin.likeness, twin.title)
    )
    box.setInformativeText(
        _words("Is it the same article? As a version, its passages stand beside the old ones, and it is one source.")
    )
    buttons = {
        TwinAnswer.VERSION: (_words("Make it a version"), QMessageBox.ButtonRole.AcceptRole),
        TwinAnswer.OUT: (_words("Take it out again"), QMessageBox.ButtonRole.DestructiveRole),
        TwinAnswer.BOTH: (_words("Keep both"), QMessageBox.ButtonRole.RejectRole),
    }
    for each, (words, role) in buttons.items():
        button = box.addButton(words, role)
        if each is TwinAnswer.BOTH:
            box.setDefaultButton(button)
            box.setEscapeButton(button)
        button.clicked.connect(lambda _checked=False, each=each: answer(each))
    box.finished.connect(box.deleteLater)
    box.open()


def _words(text: str) -> str:
    return QCoreApplication.translate("twins", text)
