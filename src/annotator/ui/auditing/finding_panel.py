"""The findings of the checks: by level, filtered, and what can be done with each."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from annotator.domain.finding import Finding, Severity
from annotator.domain.ids import EntityId
from annotator.ui.actions import FINDINGS, Actions
from annotator.ui.auditing.finding_groups import FindingGroups, Levels
from annotator.ui.auditing.finding_list import FindingList
from annotator.ui.auditing.finding_view import FindingView
from annotator.ui.controls import GRID, HairLine, LinkButton, SectionHead, plain_label
from annotator.ui.fields import Segments

_FILTERS = (None, Severity.ERROR, Severity.WARNING, Severity.INFORMATION)


class FindingPanel(QWidget):
    """Head with counts, filter, list; without findings it says what was looked at."""

    entered = Signal(object)
    """A ``Finding`` whose place is wanted."""
    waived = Signal(object, str)
    taken_back = Signal(object)
    deleted = Signal(object)
    """A ``Finding`` whose thing is to be deleted."""
    picked = Signal(object)
    """A ``Finding`` that a person came to."""
    chosen_changed = Signal()

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._list = FindingList(self)
        self.view = FindingView(self._list)
        self._waived_link = LinkButton("", height=24)
        self._head = SectionHead(self.tr("Findings"), trailing=self._waived_link)
        self._filter = Segments(("", "", "", ""), self.tr("Which findings are shown"))
        self._nothing = plain_label(muted=True)
        self._showing_waived = False
        self._waiting: tuple[FindingGroups, Mapping[EntityId, str]] | None = None
        self._build()
        self._filter.choose(0)
        self._tell()
        self._filter.chosen.connect(self._on_filter)
        self._waived_link.clicked.connect(self._turn_waived)
        self.view.entered.connect(self.entered)
        self.view.waived.connect(self.waived)
        self.view.taken_back.connect(self.taken_back)
        self.view.deleted.connect(self.deleted)
        self.view.picked.connect(self.picked)
        self.view.chosen_changed.connect(self._on_chosen)
        actions.place(FINDINGS, self)
        actions.bind("waive", self.view.waive)
        self.setFocusProxy(self.view)

    def _build(self) -> None:
        top = QVBoxLayout()
        top.setContentsMargins(2 * GRID, 4, GRID, GRID)
        top.setSpacing(4)
        top.addWidget(self._head)
        filters = QHBoxLayout()
        filters.addWidget(self._filter)
        filters.addStretch(1)
        top.addLayout(filters)
        empty = QWidget()
        around = QVBoxLayout(empty)
        around.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 0)
        around.addWidget(self._nothing)
        around.addStretch()
        self._stack = QStackedWidget()
        self._stack.addWidget(self.view)
        self._stack.addWidget(empty)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(top)
        whole.addWidget(HairLine())
        whole.addWidget(self._stack, 1)

    def show_findings(self, findings: FindingGroups, names: Mapping[EntityId, str]) -> None:
        """Show the findings, waived ones among them; while a reason is being written, once it has been."""
        if self.view.writing:
            self._waiting = findings, names
            return
        self._waiting = None
        self._list.show(findings, names)
        self._tell()

    def chosen(self) -> Finding | None:
        """Return the chosen finding."""
        return self.view.chosen() if self._stack.currentWidget() is self.view else None

    def _on_chosen(self) -> None:
        if self._waiting is not None and not self.view.writing:
            self.show_findings(*self._waiting)
        self.chosen_changed.emit()

    def _on_filter(self, number: int) -> None:
        self._list.choose(_FILTERS[number], waived=self._showing_waived)
        self._tell()

    def _turn_waived(self) -> None:
        self._showing_waived = not self._showing_waived
        self._on_filter(max(0, self._filter.current()))

    def _tell(self) -> None:
        """Say how many there are, and where there is nothing why."""
        found = self._list.findings
        waived, total = found.count(waived=True), found.count(waived=False)
        if self._showing_waived and not waived:
            self._turn_waived()
            return
        self._head.set_title(self.tr("Waived") if self._showing_waived else self.tr("Findings"))
        self._head.set_remark(str(waived if self._showing_waived else total))
        self._waived_link.setText(
            self.tr("Those that stand") if self._showing_waived else self.tr("{0} waived").format(waived)
        )
        self._waived_link.setVisible(bool(waived))
        self._waived_link.updateGeometry()
        self._filter.set_texts(self._filter_words(found.standing))
        self._stack.setCurrentIndex(0 if self._list.rowCount() else 1)
        self._nothing.setText(self._nothing_words(total))

    def _filter_words(self, found: Levels) -> list[str]:
        if self._showing_waived:
            return [self.tr("All"), self.tr("Errors"), self.tr("Warnings"), self.tr("Info")]
        levels = (
            (self.tr("Errors"), Severity.ERROR),
            (self.tr("Warnings"), Severity.WARNING),
            (self.tr("Info"), Severity.INFORMATION),
        )
        return [
            self.tr("All"),
            *(f"{words} {len(found[level])}" if level in found else words for words, level in levels),
        ]

    def _nothing_words(self, total: int) -> str:
        if total:
            return self.tr("No findings of this level.")
        return self.tr(
            "No findings: quotations stand in their sources, verdicts rest on evidence, nobody disagrees, and "
            "nothing else that is checked stood out."
        )
