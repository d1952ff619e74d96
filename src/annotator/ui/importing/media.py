"""The words for media, and a field to pick one."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QComboBox, QWidget

from annotator.domain.source import Medium
from annotator.ui.icons import icon
from annotator.ui.importing.source_delegate import medium_icon


def medium_words(medium: Medium) -> str:
    """Return the name of a medium in the person's language."""
    words = {
        Medium.WEB_TEXT: QCoreApplication.translate("media", "Web page"),
        Medium.WEB_TABLE: QCoreApplication.translate("media", "Table on the web"),
        Medium.PDF: QCoreApplication.translate("media", "PDF"),
        Medium.IMAGE: QCoreApplication.translate("media", "Picture"),
        Medium.VIDEO: QCoreApplication.translate("media", "Video"),
        Medium.AUDIO: QCoreApplication.translate("media", "Sound"),
        Medium.OTHER: QCoreApplication.translate("media", "Other"),
    }
    return words[medium]


class MediumField(QComboBox):
    """Picks a medium."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        for medium in Medium:
            self.addItem(icon(medium_icon(medium)), medium_words(medium), medium)

    def medium(self) -> Medium:
        """Return the medium that is picked."""
        return Medium(self.currentData())

    def set_medium(self, medium: Medium) -> None:
        """Pick a medium."""
        self.setCurrentIndex(self.findData(medium))
