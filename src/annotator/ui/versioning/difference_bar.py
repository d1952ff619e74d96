"""How much two versions differ, and the way from one difference to the next."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from annotator.domain.version_diff import VersionDiff
from annotator.ui.actions import Actions
from annotator.ui.controls import GRID, ElidedLabel, PlainButton

_HEIGHT = 24


class DifferenceBar(QWidget):
    """Says how many differences there are; its button goes to the next one."""

    asked = Signal()

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._narrow = False
        self.words = ElidedLabel(muted=True)
        self.next = PlainButton(
            self.tr("Next difference"), key=actions.key("next_difference"), key_first=True, height=_HEIGHT
        )
        self.next.setFlat(True)
        self.next.clicked.connect(self.asked)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, GRID, 0)
        row.setSpacing(GRID)
        row.addWidget(self.words)
        row.addWidget(self.next)
        self.show_diff(None)

    def set_narrow(self, *, narrow: bool) -> None:
        """Leave out the words where there is little room; the button has them as its tooltip."""
        self._narrow = narrow
        self.words.setVisible(not narrow or self.next.isHidden())

    def show_diff(self, diff: VersionDiff | None) -> None:
        """Count the differences; None: they are still being looked for."""
        count = len(diff.changes) if diff is not None else 0
        self.next.setVisible(count > 0)
        if diff is None:
            self.words.setText(self.tr("Comparing…"))
        elif not count:
            self.words.setText(
                self.tr("The same words, some moved") if len(diff.moved_from) else self.tr("The same words")
            )
        else:
            words = self.tr("1 difference") if count == 1 else self.tr("{0} differences").format(count)
            self.words.setText(words)
            self.next.setToolTip(words)
        self.set_narrow(narrow=self._narrow)
