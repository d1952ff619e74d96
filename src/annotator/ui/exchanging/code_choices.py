"""What codes and tags of another program become: chosen for one or for many at once, with keys or with the box below them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from annotator.domain.foreign_coded import CLAIM, LABEL, NOTHING, CodeUse
from annotator.ui.controls import GRID, plain_label, plain_tooltip
from annotator.ui.exchanging.foreign_words import becomes_words, code_words, codes_words

_LINES = 6
_KEYS = {Qt.Key.Key_L: LABEL, Qt.Key.Key_C: CLAIM, Qt.Key.Key_X: NOTHING}
_KEY = Qt.ItemDataRole.UserRole
_NARROWEST = 22


class CodeChoices(QWidget):
    """The codes of a file, each with what becomes of it; ``changed`` tells of a new choice."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.choices: dict[str, str] = {}
        self._becomes: dict[str, str] = {}
        self.head = plain_label(bold=True)
        self.list = _List()
        self.list.setAccessibleName(self.tr("Codes and tags, and what they become"))
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.list.setTabKeyNavigation(False)
        self.list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.pressed_key.connect(self._choose)
        self.list.itemSelectionChanged.connect(self._show_chosen)
        self.box = QComboBox()
        self.box.setAccessibleName(self.tr("What the chosen codes become"))
        self.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.box.setMinimumContentsLength(_NARROWEST)
        self.box.activated.connect(lambda _index: self._choose(self.box.currentData()))
        below = QHBoxLayout()
        below.setSpacing(GRID)
        below.addWidget(plain_label(self.tr("L label, C claim, X nothing; or:"), muted=True, wrap=False))
        below.addWidget(self.box)
        below.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID)
        layout.addWidget(self.head)
        layout.addWidget(self.list)
        layout.addLayout(below)
        self.hide()

    def show_codes(self, codes: Sequence[CodeUse], options: Sequence[tuple[str, str]]) -> None:
        """Show codes, and what they can become: values with their words. What is chosen in the list stays so."""
        chosen = {item.data(_KEY) for item in self.list.selectedItems()}
        self._becomes = {code.key: code.becomes for code in codes}
        with QSignalBlocker(self.list):
            self.list.clear()
            for code in codes:
                item = QListWidgetItem(code_words(code, dict(options)))
                item.setData(_KEY, code.key)
                item.setToolTip(plain_tooltip(" › ".join(code.path)))
                self.list.addItem(item)
                item.setSelected(code.key in chosen)
                if code.key in chosen:
                    self.list.setCurrentItem(item, self.list.selectionModel().SelectionFlag.NoUpdate)
            if codes and not self.list.selectedItems():
                self.list.setCurrentRow(0)
        with QSignalBlocker(self.box):
            self.box.clear()
            for value, words in options:
                self.box.addItem(words, value)
        self._show_chosen()
        line = self.list.fontMetrics().height() + GRID
        self.list.setFixedHeight(min(_LINES, max(2, len(codes))) * line)
        self.head.setText(codes_words(Counter(becomes_words(code.becomes) for code in codes)))
        self.setVisible(bool(codes))

    def _show_chosen(self) -> None:
        """Show in the box what the codes become that are chosen, where that is one thing."""
        found = {self._becomes[item.data(_KEY)] for item in self.list.selectedItems()}
        self.box.setEnabled(bool(found))
        with QSignalBlocker(self.box):
            self.box.setCurrentIndex(self.box.findData(found.pop()) if len(found) == 1 else -1)

    def _choose(self, becomes: str) -> None:
        keys = [item.data(_KEY) for item in self.list.selectedItems()]
        if keys and becomes:
            self.choices.update(dict.fromkeys(keys, becomes))
            self.changed.emit()


class _List(QListWidget):
    pressed_key = Signal(str)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        becomes = _KEYS.get(Qt.Key(event.key())) if event.modifiers() == Qt.KeyboardModifier.NoModifier else None
        if becomes is None:
            super().keyPressEvent(event)
        else:
            self.pressed_key.emit(becomes)
