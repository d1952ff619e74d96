"""Asks what levels of other people's scales are here: one of ours, one more of ours, or nothing of ours."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QComboBox, QFormLayout, QWidget

from annotator.domain.errors import WrongArgumentError
from annotator.domain.foreign_scales import KEPT, RAISED, ForeignLevel
from annotator.domain.scales import Codebook
from annotator.ui.controls import GRID, plain_label

_NARROWEST = 12
_WIDEST = 32 * GRID


class LevelChoices(QWidget):
    """A box for each level; what was chosen at an earlier merge is chosen again."""

    def __init__(self, levels: Sequence[ForeignLevel], ours: Codebook) -> None:
        super().__init__()
        self._levels = tuple(levels)
        self.boxes = tuple(self._box(each, ours) for each in levels)
        form = QFormLayout(self)
        form.setContentsMargins(2 * GRID, GRID, 2 * GRID, 0)
        form.setSpacing(GRID)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for each, box in zip(self._levels, self.boxes, strict=True):
            said = plain_label(self._told(each, ours))
            said.setMinimumWidth(min(said.fontMetrics().horizontalAdvance(said.text()) + 1, _WIDEST))
            form.addRow(said, box)

    def _told(self, level: ForeignLevel, ours: Codebook) -> str:
        """Return the words for a level, and what other teams say that it means here."""
        if not level.otherwise:
            return self.tr("{0}, {1}").format(level.scale, level.words)
        labels = ", ".join(f"“{label}”" for code, label in _own(level.name, ours) if code in level.otherwise)
        return self.tr("{0}, {1} (other teams: {2})").format(level.scale, level.words, labels)

    def _box(self, level: ForeignLevel, ours: Codebook) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(self.tr("What “{0}” is here").format(level.words))
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(_NARROWEST)
        box.addItem(self.tr("stands as it is"), KEPT)
        box.addItem(self.tr("one more level of ours"), RAISED)
        for own in _own(level.name, ours):
            box.addItem(self.tr("means our “{0}”").format(own[1]), own[0])
        box.setCurrentIndex(max(box.findData(level.mapped), 0))
        return box

    @property
    def choices(self) -> dict[tuple[str, str], str]:
        """What was chosen otherwise than before."""
        return {
            (each.name, each.level.code): box.currentData()
            for each, box in zip(self._levels, self.boxes, strict=True)
            if box.currentData() != each.mapped
        }


def _own(name: str, ours: Codebook) -> list[tuple[str, str]]:
    try:
        levels = ours.scale(name).levels
    except WrongArgumentError:
        return []
    return [(level.code, level.label or level.code) for level in levels if not level.deprecated]
