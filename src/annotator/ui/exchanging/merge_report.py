"""What a bundle is and what would come in with it, counted by kind."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from annotator.domain.merging import MergePlan, Tally
from annotator.domain.scales import Codebook
from annotator.ui.controls import GRID, ElidedLabel, HairLine, plain_label
from annotator.ui.exchanging.level_choices import LevelChoices
from annotator.ui.exchanging.merge_sign import Sign
from annotator.ui.exchanging.merge_words import changes_words, kinds_words, number, people_words
from annotator.ui.exchanging.signature_view import SignatureView
from annotator.ui.exchanging.signature_words import author_words
from annotator.ui.theme import panel_font

_NUMBERS = 4


class MergeReport(QScrollArea):
    """Name, who signed it, whose changes, history, a table with totals, and scales that differ."""

    def __init__(self, plan: MergePlan, size: int, ours: Codebook, parent: QWidget | None = None) -> None:
        """``size`` is that of the file, in bytes, ``ours`` the scales in force here."""
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("What would come in"))
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, GRID + 4, 0, 2 * GRID)
        column.setSpacing(0)
        column.addLayout(self._head(plan))
        self.signed = SignatureView(plan.signature)
        self.signed.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        column.addWidget(self.signed)
        column.addWidget(HairLine())
        column.addLayout(self._facts(plan, size))
        column.addWidget(HairLine())
        self._table = QGridLayout()
        self._table.setContentsMargins(2 * GRID, 0, 2 * GRID, 0)
        self._table.setHorizontalSpacing(GRID + 4)
        self._table.setVerticalSpacing(0)
        self._table.setColumnStretch(0, 1)
        self._fill(plan.tallies)
        column.addLayout(self._table)
        self.levels = LevelChoices(plan.levels, ours)
        if plan.scales or plan.levels:
            column.addWidget(self._scales(plan.scales))
        if plan.levels:
            column.addWidget(self.levels)
        column.addStretch(1)
        content.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)
        self.setWidget(content)
        self.setMinimumWidth(content.minimumSizeHint().width() + self.verticalScrollBar().sizeHint().width())

    def _head(self, plan: MergePlan) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setContentsMargins(2 * GRID, 0, 2 * GRID, GRID)
        head.setSpacing(GRID)
        head.addWidget(plain_label(self.tr("Merge"), bold=True, wrap=False))
        head.addWidget(ElidedLabel(plan.name), 1)
        return head

    def _facts(self, plan: MergePlan, size: int) -> QGridLayout:
        whose = (
            self.tr("Changes of {0}").format(people_words(_authors(plan))) if plan.changes else self.tr("Nothing new")
        )
        total = changes_words(plan.changes + plan.known)
        history = self.tr("History whole: {0}; {1} are here already").format(total, number(plan.known))
        part = self._part(plan)
        checked = self.tr("Read and checked: all digests are right")
        facts = (
            ("user", whose, ""),
            ("link", history, self.tr("{0} come in").format(changes_words(plan.changes)) if plan.changes > 1 else ""),
            ("shield-check", checked, self.locale().formattedDataSize(size)),
            *((("info", part[0], part[1]),) if part else ()),
        )
        grid = QGridLayout()
        grid.setContentsMargins(2 * GRID, GRID, 2 * GRID, 2 * GRID)
        grid.setHorizontalSpacing(GRID)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(1, 1)
        for sign, said, remark in facts:
            row = grid.rowCount()
            grid.addWidget(Sign(sign), row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(plain_label(said), row, 1)
            if remark:
                grid.addWidget(plain_label(remark, muted=True), row + 1, 1)
        return grid

    def _part(self, plan: MergePlan) -> tuple[str, str] | None:
        """Return what a bundle leaves out, and what of that is stale then; None where it holds all."""
        if not plan.limits and not plan.withheld and not plan.stale:
            return None
        said = self.tr("It holds a part of the project") if plan.limits else self.tr("It leaves something out")
        if plan.withheld:
            said += self.tr("; of {0} things only comes that they exist").format(number(plan.withheld))
        stale = self.tr("{0} things here were changed since, and how is withheld").format(number(plan.stale))
        return said, stale if plan.stale else ""

    def _fill(self, tallies: tuple[Tally, ...]) -> None:
        heads = (self.tr("new"), self.tr("changed"), self.tr("conflict"), self.tr("same"))
        self._add_row(self.tr("What would come in"), heads, bold=True, muted=True)
        for tally in tallies:
            counts = (tally.new, tally.changed, tally.conflicts, tally.same)
            if any(counts):
                self._add_counts(kinds_words(tally.kind), counts)
        total = [sum(column) for column in zip(*map(_counts, tallies), strict=True)] or [0] * _NUMBERS
        self._add_counts(self.tr("Together"), tuple(total), bold=True)

    def _add_counts(self, title: str, counts: tuple[int, ...], *, bold: bool = False) -> None:
        cells = self._add_row(title, tuple(map(number, counts)), bold=bold)
        for cell, count, column in zip(cells, counts, range(_NUMBERS), strict=True):
            conflicts = column == _NUMBERS - 2
            if conflicts and count:
                cell.setForegroundRole(QPalette.ColorRole.BrightText)
                cell.setFont(panel_font(bold=True))
            elif not count or column == _NUMBERS - 1:
                cell.setForegroundRole(QPalette.ColorRole.PlaceholderText)

    def _add_row(
        self, title: str, words: tuple[str, ...], *, bold: bool = False, muted: bool = False
    ) -> tuple[QLabel, ...]:
        row = self._table.rowCount()
        name = plain_label(title, bold=bold)
        name.setContentsMargins(0, 4, 0, 4)
        self._table.addWidget(name, row, 0)
        cells = tuple(plain_label(each, muted=muted, bold=bold and not muted, wrap=False) for each in words)
        for column, cell in enumerate(cells, 1):
            cell.setAccessibleName(f"{title}: {cell.text()}")
            self._table.addWidget(cell, row, column, Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
        self._table.addWidget(HairLine(), row + 1, 0, 1, _NUMBERS + 1)
        return cells

    def _scales(self, scales: tuple[str, ...]) -> QWidget:
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 0)
        column.setSpacing(4)
        head = QHBoxLayout()
        head.setSpacing(GRID)
        head.addWidget(Sign("triangle-alert"))
        head.addWidget(plain_label(self.tr("Scales that differ from ours"), bold=True), 1)
        column.addLayout(head)
        for scale in scales:
            column.addWidget(plain_label(scale))
        column.addWidget(
            plain_label(self.tr("Their values come in as they are; none is turned into ours."), muted=True)
        )
        return part


def _authors(plan: MergePlan) -> tuple[str, ...]:
    return tuple(author_words(name, plan.signature) for name in plan.people)


def _counts(tally: Tally) -> tuple[int, int, int, int]:
    return tally.new, tally.changed, tally.conflicts, tally.same
