"""Which version stands on a side: its number and when it was taken in, and a list of the others."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from annotator.domain.ids import EntityId
from annotator.domain.source import Version
from annotator.ui.controls import GRID, plain_tooltip
from annotator.ui.importing.source_entries import version_words

_LEAST = 120


class VersionChoice(QWidget):
    """The versions of a source, oldest first, one of them chosen."""

    chosen = Signal(str)
    """A person chose another version."""

    def __init__(self, name: str, trailing: QWidget | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.box = QComboBox()
        self.box.setAccessibleName(name)
        self.box.setMinimumWidth(_LEAST)
        self.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.box.activated.connect(lambda _: self.chosen.emit(self.version))
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * GRID, GRID, GRID, GRID)
        row.setSpacing(GRID)
        row.addWidget(self.box, 1)
        if trailing is not None:
            row.addWidget(trailing)

    @property
    def version(self) -> EntityId:
        """The chosen version."""
        return EntityId(self.box.currentData() or "")

    def show_versions(self, versions: Sequence[Version], chosen: EntityId) -> None:
        """Offer these, with one of them chosen."""
        self.box.clear()
        for version in versions:
            self.box.addItem(version_words(version), version.id)
        self.box.setCurrentIndex(max(self.box.findData(chosen), 0))
        self.box.setToolTip(plain_tooltip(self.box.currentText()))
