"""The findings as a list: grouped by level, filtered, each level foldable."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from annotator.domain.finding import Finding, Severity
from annotator.domain.ids import EntityId
from annotator.ui.auditing.audit_words import LEVELS, finding_title, finding_words, level_words
from annotator.ui.auditing.finding_groups import FindingGroups

ENTRY = Qt.ItemDataRole.UserRole
_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


@dataclass(frozen=True, slots=True)
class FindingEntry:
    """A row: a finding, or (without one) the head of a level with how many there are and whether they show.

    ``by`` names who waived it.
    """

    level: Severity
    finding: Finding | None = None
    count: int = 0
    folded: bool = False
    by: str = ""


class _Section(NamedTuple):
    """A level on the screen: where its head stands, and what stands below it."""

    head: int
    level: Severity
    findings: tuple[Finding, ...]
    folded: bool

    @property
    def end(self) -> int:
        """The row behind it."""
        return self.head + 1 + (0 if self.folded else len(self.findings))


class FindingList(QAbstractListModel):
    """The findings that stand, of all levels or of one; or those that were waived. A row is made when it is looked at."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.findings = FindingGroups()
        self._names: Mapping[EntityId, str] = {}
        self._sections: tuple[_Section, ...] = ()
        self._level: Severity | None = None
        self._waived = False
        self._folded: set[Severity] = set()

    def show(self, findings: FindingGroups, names: Mapping[EntityId, str]) -> None:
        """Show these findings, waived ones among them; ``names`` are those of the annotators."""
        self.findings, self._names = findings, names
        self._build()

    def choose(self, level: Severity | None, *, waived: bool = False) -> None:
        """Show findings of one level, or of all; or only those that were waived."""
        self._level, self._waived = level, waived
        self._build()

    def toggle(self, level: Severity, *, folded: bool) -> None:
        """Fold a level, or unfold it."""
        (self._folded.add if folded else self._folded.discard)(level)
        self._build()

    def heads_before(self, row: int) -> int:
        """Return how many heads of levels stand above a row."""
        return sum(section.head < row for section in self._sections)

    def entry(self, index: _Index) -> FindingEntry | None:
        """Return the row at an index."""
        row = index.row()
        section = next((each for each in self._sections if each.head <= row < each.end), None)
        if section is None:
            return None
        if row == section.head:
            return FindingEntry(section.level, count=len(section.findings), folded=section.folded)
        finding = section.findings[row - section.head - 1]
        return FindingEntry(section.level, finding, by=self._by(finding))

    def index_of(self, finding: Finding | None) -> QModelIndex:
        """Return where a finding is; an invalid index when it is not shown."""
        place = self.findings.places.get(finding.key) if finding is not None else None
        if finding is None or place is None:
            return QModelIndex()
        for section in self._sections:
            there = () if section.folded else section.findings[place : place + 1]
            if there and there[0].key == finding.key:
                return self.index(section.head + 1 + place)
        return QModelIndex()

    def _build(self) -> None:
        sections: list[_Section] = []
        groups = self.findings.levels(waived=self._waived)
        for level in LEVELS:
            if level in groups and self._level in (None, level):
                folded = level in self._folded and self._level is None
                sections.append(_Section(sections[-1].end if sections else 0, level, groups[level], folded))
        self.beginResetModel()
        self._sections = tuple(sections)
        self.endResetModel()

    def _by(self, finding: Finding) -> str:
        return self._names.get(finding.waiver.annotator_id, "") if finding.waiver else ""

    def rowCount(self, parent: _Index = _ROOT) -> int:
        """Return how many rows there are."""
        return self._sections[-1].end if self._sections and not parent.isValid() else 0

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a row, or what a screen reader says of it."""
        entry = self.entry(index)
        if role == ENTRY:
            return entry
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole) and entry is not None:
            return self._spoken(entry)
        return None

    def _spoken(self, entry: FindingEntry) -> str:
        finding = entry.finding
        if finding is None:
            return f"{level_words(entry.level)} {entry.count}"
        said = f"{level_words(entry.level, many=False)}: {finding_title(finding)}. {finding_words(finding)}"
        if finding.waiver is not None:
            said = f"{said} {self.tr('Waived by {0}: {1}').format(entry.by, finding.waiver.reason)}"
        return said
