"""The line below a dry run: what holds until one decides, and the two ways to go on."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QLineEdit, QWidget

from annotator.domain.merging import MergePlan
from annotator.ui.controls import GRID, AccentButton, PlainButton, plain_label
from annotator.ui.exchanging.merge_sign import Sign
from annotator.ui.exchanging.merge_words import number
from annotator.ui.theme import current_theme

_TEAM_WIDTH = 20 * GRID


class MergeFoot(QWidget):
    """Cancel and merge, with their keys."""

    cancelled = Signal()
    wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        said = self.tr("Nothing has been changed yet. A backup is made first, and one undo takes the merge back.")
        self.team = QLineEdit()
        self.team.setPlaceholderText(self.tr("From which team?"))
        self.team.setAccessibleName(self.tr("The team that gave the bundle"))
        self.team.setFixedWidth(_TEAM_WIDTH)
        self.cancel = PlainButton(self.tr("Cancel"), key=self.tr("Esc"))
        self.merge = AccentButton(self.tr("Merge"), key=self.tr("Enter"))
        self.cancel.clicked.connect(self.cancelled)
        self.merge.clicked.connect(self.wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * GRID, GRID + 4, 2 * GRID, GRID + 4)
        row.setSpacing(GRID + 4)
        row.addWidget(Sign("shield-check"), 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(plain_label(said), 1)
        row.addWidget(self.team)
        row.addWidget(self.cancel)
        row.addWidget(self.merge)

    def offer(self, teams: Sequence[str]) -> None:
        """Complete the names of teams that bundles were exchanged with."""
        completer = QCompleter(list(teams), self.team)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.team.setCompleter(completer)

    def allow(self, allowed: bool) -> None:  # noqa: FBT001 the form of a slot
        """Say whether the bundle may be taken in as things stand."""
        self.merge.setEnabled(allowed)

    def show_plan(self, plan: MergePlan) -> None:
        """Name how many changes the merge would bring."""
        self.team.clear()
        one = self.tr("Merge 1 change")
        self.merge.setText(one if plan.changes == 1 else self.tr("Merge {0} changes").format(number(plan.changes)))
        self.merge.updateGeometry()

    def paintEvent(self, _: QPaintEvent) -> None:
        """Paint the ground and the line above."""
        theme, painter = current_theme(), QPainter(self)
        painter.fillRect(self.rect(), theme.surface)
        painter.fillRect(0, 0, self.width(), 1, theme.hairline)
