"""What a person decides on a file of another program: which source is meant, which level says the same."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QWidget

from annotator.domain.ids import EntityId
from annotator.ui.controls import GRID, plain_label
from annotator.ui.exchanging.foreign_reading import Previewed
from annotator.ui.exchanging.foreign_words import level_words
from annotator.ui.exchanging.merge_words import number

_MOST = 40
_NARROWEST = 18


class ForeignChoices(QWidget):
    """A line with a choice for each source that is missing and each level that was matched; ``changed`` tells of a new choice."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.boxes: dict[tuple[str, str], QComboBox] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(2 * GRID)
        self._grid.setVerticalSpacing(GRID)
        self._grid.setColumnStretch(0, 1)
        self._rest = plain_label(muted=True)

    @property
    def choices(self) -> tuple[dict[str, EntityId], dict[str, str]]:
        """What is chosen: sources by the keys of those that are missing, levels by their words."""
        sources: dict[str, EntityId] = {}
        levels: dict[str, str] = {}
        for (kind, key), box in self.boxes.items():
            value = box.currentData()
            if value and kind == "source":
                sources[key] = EntityId(value)
            elif value:
                levels[key] = value
        return sources, levels

    def forget(self) -> None:
        """Take away all lines, as they are of another file."""
        for row in range(self._grid.rowCount()):
            for column in range(2):
                item = self._grid.itemAtPosition(row, column)
                widget = item.widget() if item is not None else None
                if widget is not None and widget is not self._rest:
                    self._grid.removeWidget(widget)
                    widget.deleteLater()
        self.boxes.clear()

    def show_choices(self, found: Previewed) -> None:
        """Offer a choice for what is open; lines that are there already stay as they are."""
        report = found.preview.report
        for missing in report.missing[:_MOST]:
            words = self.tr("“{0}” is not in the project; {1} on it").format(missing.words, number(missing.count))
            self._offer(("source", missing.key), words, self.tr("Leave out"), found.sources)
        for level in report.levels[:_MOST]:
            words = self.tr("“{0}” ({1}), {2}").format(level.words, level.scale.replace("_", " "), level_words(level))
            levels = found.levels.get(level.scale, ())
            labels = dict(levels)
            as_found = self.tr("As found: {0}").format(labels.get(level.code, level.code))
            self._offer(("level", level.words), words, as_found, levels)
        more = len(report.missing[_MOST:]) + len(report.levels[_MOST:])
        self._rest.setText(self.tr("and {0} more, which the command line can settle").format(number(more)))
        self._rest.setVisible(bool(more))
        self._grid.addWidget(self._rest, self._grid.rowCount(), 0, 1, 2)
        self.setVisible(bool(self.boxes))

    def _offer(self, key: tuple[str, str], words: str, nothing: str, choices: tuple[tuple[str, str], ...]) -> None:
        if key in self.boxes or not choices:
            return
        box = QComboBox()
        box.setAccessibleName(words)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(_NARROWEST)
        box.addItem(nothing, "")
        for value, label in choices:
            box.addItem(label, value)
        box.currentIndexChanged.connect(lambda _index: self.changed.emit())
        self.boxes[key] = box
        row = self._grid.rowCount()
        self._grid.addWidget(plain_label(words), row, 0)
        self._grid.addWidget(box, row, 1)
