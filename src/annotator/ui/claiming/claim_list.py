"""The list of claims, flat or as a tree by parent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QCoreApplication, QModelIndex, QObject, QPersistentModelIndex, Qt

from annotator.domain.folding import fold
from annotator.domain.ids import EntityId
from annotator.domain.rows import ClaimRow
from annotator.domain.scales import Codebook
from annotator.ui.claiming.levels import label, stage_words

ENTRY = Qt.ItemDataRole.UserRole
_Index = QModelIndex | QPersistentModelIndex
Counts = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class ClaimEntry:
    """One claim as a row: ``counts`` by stance, ``depth`` in the tree, how many ``parts`` it has and whether they show.

    ``last`` tells for each level of the tree from the outermost whether the row is the last of its siblings there.
    """

    row: ClaimRow
    counts: Counts
    codebook: Codebook
    depth: int = 0
    parts: int = 0
    folded: bool = False
    last: tuple[bool, ...] = ()


class ClaimList(QAbstractListModel):
    """The claims that a list shows. ``tree``: below their parents, and foldable."""

    def __init__(self, parent: QObject | None = None, *, tree: bool = False) -> None:
        super().__init__(parent)
        self._tree = tree
        self._rows: tuple[ClaimRow, ...] = ()
        self._here: Mapping[EntityId, Counts] | None = None
        self._codebook = Codebook(())
        self._entries: list[ClaimEntry] = []
        self._filter = ""
        self._folded: set[EntityId] = set()

    def show(self, rows: Sequence[ClaimRow], codebook: Codebook, here: Mapping[EntityId, Counts] | None = None) -> None:
        """Show these claims; with ``here`` only those in it, with the counts it gives."""
        self._rows, self._codebook, self._here = tuple(rows), codebook, here
        self._build()

    def set_filter(self, text: str) -> None:
        """Show only claims with all these words."""
        self._filter = text
        self._build()

    def toggle(self, claim: EntityId, *, folded: bool | None = None) -> None:
        """Fold the parts of a claim, or unfold them."""
        wanted = claim not in self._folded if folded is None else folded
        (self._folded.add if wanted else self._folded.discard)(claim)
        self._build()

    @property
    def total(self) -> int:
        """How many claims the project has."""
        return len(self._rows)

    def entry(self, index: _Index) -> ClaimEntry | None:
        """Return the row at an index."""
        return self._entries[index.row()] if index.isValid() and index.row() < len(self._entries) else None

    def index_of(self, claim: str) -> QModelIndex:
        """Return where a claim is; an invalid index when it is not shown."""
        for number, entry in enumerate(self._entries):
            if entry.row.claim.id == claim:
                return self.index(number)
        return QModelIndex()

    def row_of(self, claim: str) -> ClaimRow | None:
        """Return a claim's row, shown or not."""
        return next((row for row in self._rows if row.claim.id == claim), None)

    def _build(self) -> None:
        entries = self._made()
        if [entry.row.claim.id for entry in entries] == [entry.row.claim.id for entry in self._entries]:
            self._entries = entries
            if entries:
                self.dataChanged.emit(self.index(0), self.index(len(entries) - 1))
            return
        self.beginResetModel()
        self._entries = entries
        self.endResetModel()

    def _made(self) -> list[ClaimEntry]:
        wanted = fold(self._filter).split()
        rows = [row for row in self._rows if self._here is None or row.claim.id in self._here]
        if wanted or not self._tree:
            rows = [row for row in rows if all(word in fold(row.claim.text) for word in wanted)]
            return [ClaimEntry(row, self._counts(row), self._codebook) for row in rows]
        return self._branches(rows)

    def _counts(self, row: ClaimRow) -> Counts:
        return self._here[row.claim.id] if self._here is not None else row.stances

    def _branches(self, rows: list[ClaimRow]) -> list[ClaimEntry]:
        """Return claims below their parents; those whose parents go round in a circle stand at the top."""
        known = {row.claim.id: row for row in rows}
        children: dict[EntityId | None, list[ClaimRow]] = defaultdict(list)
        for row in rows:
            parent = row.claim.parent
            children[parent if parent in known and not _circles(row, known) else None].append(row)
        entries: list[ClaimEntry] = []

        def walk(parent: EntityId | None, last: tuple[bool, ...]) -> None:
            siblings = children[parent]
            for number, row in enumerate(siblings):
                id_, parts = row.claim.id, len(children[row.claim.id])
                here = (*last, number == len(siblings) - 1)
                folded = bool(parts) and id_ in self._folded
                entries.append(ClaimEntry(row, self._counts(row), self._codebook, len(last), parts, folded, here))
                if parts and not folded:
                    walk(id_, here)

        walk(None, ())
        return entries

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 Qt's own default
        """Return how many rows there are."""
        return 0 if parent.isValid() else len(self._entries)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a row, or what a screen reader says of it."""
        entry = self.entry(index)
        if role == ENTRY:
            return entry
        if role == Qt.ItemDataRole.DisplayRole and entry is not None:
            return spoken(entry)
        return None


def _circles(row: ClaimRow, known: Mapping[EntityId, ClaimRow]) -> bool:
    seen = {row.claim.id}
    parent = row.claim.parent
    while parent is not None and parent in known:
        if parent in seen:
            return True
        seen.add(parent)
        parent = known[parent].claim.parent
    return False


def spoken(entry: ClaimEntry) -> str:
    """Return a claim as a sentence for a screen reader."""
    book, conclusion = entry.codebook, entry.row.conclusion
    counts = [f"{label(book, 'stance', stance)} {count}" for stance, count in entry.counts]
    if conclusion is None:
        state = QCoreApplication.translate("claims", "Open")
    else:
        verdict, confidence = (
            label(book, "verdict", conclusion.verdict),
            label(book, "confidence", conclusion.confidence),
        )
        state = ", ".join(part for part in (verdict, confidence, stage_words(conclusion.stage)) if part)
    disputed = [QCoreApplication.translate("disputes", "disputed")] if entry.row.conflicted else []
    return ", ".join((entry.row.claim.text, *counts, state, *disputed))
