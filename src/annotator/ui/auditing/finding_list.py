"""The findings as a list: grouped by level, filtered, each level foldable."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from annotator.domain.finding import Finding, Severity
from annotator.domain.ids import EntityId
from annotator.ui.auditing.audit_words import LEVELS, finding_title, finding_words, level_words

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


class FindingList(QAbstractListModel):
    """The findings that stand, of all levels or of one; or those that were waived."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._findings: tuple[Finding, ...] = ()
        self._names: Mapping[EntityId, str] = {}
        self._entries: list[FindingEntry] = []
        self.heads: frozenset[int] = frozenset()
        """The rows that are heads of levels."""
        self._level: Severity | None = None
        self._waived = False
        self._folded: set[Severity] = set()

    def show(self, findings: Sequence[Finding], names: Mapping[EntityId, str]) -> None:
        """Show these findings, waived ones among them; ``names`` are those of the annotators."""
        self._findings, self._names = tuple(findings), names
        self._build()

    def choose(self, level: Severity | None, *, waived: bool = False) -> None:
        """Show findings of one level, or of all; or only those that were waived."""
        self._level, self._waived = level, waived
        self._build()

    def toggle(self, level: Severity, *, folded: bool) -> None:
        """Fold a level, or unfold it."""
        (self._folded.add if folded else self._folded.discard)(level)
        self._build()

    def counts(self) -> Counter[Severity]:
        """Return how many findings of each level stand."""
        return Counter(finding.level for finding in self._findings if finding.waiver is None)

    @property
    def waived(self) -> int:
        """How many findings were waived."""
        return sum(finding.waiver is not None for finding in self._findings)

    def entry(self, index: _Index) -> FindingEntry | None:
        """Return the row at an index."""
        return self._entries[index.row()] if index.isValid() and index.row() < len(self._entries) else None

    def index_of(self, finding: Finding | None) -> QModelIndex:
        """Return where a finding is; an invalid index when it is not shown."""
        for row, entry in enumerate(self._entries):
            if finding is not None and entry.finding is not None and entry.finding.key == finding.key:
                return self.index(row)
        return QModelIndex()

    def _build(self) -> None:
        entries = self._made()
        self.beginResetModel()
        self._entries = entries
        self.heads = frozenset(row for row, entry in enumerate(entries) if entry.finding is None)
        self.endResetModel()

    def _made(self) -> list[FindingEntry]:
        entries: list[FindingEntry] = []
        shown = [each for each in self._findings if (each.waiver is not None) == self._waived]
        for level in LEVELS:
            own = [each for each in shown if each.level == level]
            if not own or self._level not in (None, level):
                continue
            folded = level in self._folded and self._level is None
            entries.append(FindingEntry(level, count=len(own), folded=folded))
            if not folded:
                entries += (FindingEntry(level, each, by=self._by(each)) for each in own)
        return entries

    def _by(self, finding: Finding) -> str:
        return self._names.get(finding.waiver.annotator_id, "") if finding.waiver else ""

    def rowCount(self, parent: _Index = _ROOT) -> int:
        """Return how many rows there are."""
        return 0 if parent.isValid() else len(self._entries)

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
