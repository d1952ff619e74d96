"""The list of claims, flat or as a tree by parent.

A few claims are at hand as rows, and narrowed here. Of many only the order is: their rows are read as they are looked at.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QCoreApplication, QModelIndex, QObject, QPersistentModelIndex, Qt

from annotator.domain.folding import fold
from annotator.domain.ids import EntityId
from annotator.domain.long_lists import ClaimOrder, Folds
from annotator.domain.rows import ClaimRow
from annotator.domain.scales import Codebook
from annotator.ui.claiming.levels import label, stage_words
from annotator.ui.listing.pages import Pages

ENTRY = Qt.ItemDataRole.UserRole
_Index = QModelIndex | QPersistentModelIndex
Counts = tuple[tuple[str, int], ...]
_REMEMBERED = 20_000
_EMPTY = ClaimOrder(array("q"), 0)


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
        self.pages = Pages[ClaimRow](self)
        self.pages.came.connect(self._on_came)
        self.is_long = False
        self.order = _EMPTY
        self._folds = Folds(_EMPTY)
        self._folded_places: set[int] = set()
        self._places: dict[str, int] = {}
        self._rows: tuple[ClaimRow, ...] = ()
        self._here: Mapping[EntityId, Counts] | None = None
        self._codebook = Codebook(())
        self._entries: list[ClaimEntry] = []
        self._filter = ""
        self._folded: set[EntityId] = set()

    def show(self, rows: Sequence[ClaimRow], codebook: Codebook, here: Mapping[EntityId, Counts] | None = None) -> None:
        """Show these claims; with ``here`` only those in it, with the counts it gives."""
        self._rows, self._codebook, self._here = tuple(rows), codebook, here
        if self.is_long:
            self.beginResetModel()
            self.is_long, self.order, self._entries = False, _EMPTY, []
            self.pages.show(array("q"), afresh=True)
            self.endResetModel()
        self._build()

    def show_order(
        self, order: ClaimOrder, codebook: Codebook, places: Mapping[EntityId, int], folded: Iterable[int]
    ) -> None:
        """Show claims of which only the order is known. ``places`` says where some are, ``folded`` whose parts do not show."""
        folded = set(folded)
        same = self.is_long and order == self.order and folded == self._folded_places
        if not same:
            self.beginResetModel()
            self.pages.show(order.numbers, afresh=not self.is_long)
            self.order, self._folded_places = order, folded
            self._folds, self._places = Folds(order, folded), {}
        self._codebook, self._here, self._rows, self.is_long = codebook, None, (), True
        self._places.update(dict(places.items()))
        if same:
            self._on_came(0, len(order.numbers))
        else:
            self.endResetModel()

    def grow_old(self) -> None:
        """Know that what was read of many claims may no longer be so."""
        if self.is_long:
            self.pages.grow_old()
            self._on_came(0, len(self.order.numbers))

    def locate(self, claim: str, place: int) -> None:
        """Know where in the order a claim is that has not been looked at."""
        self._places[claim] = place

    def set_filter(self, text: str) -> None:
        """Show only claims with all these words; of many the order says which."""
        self._filter = text
        if not self.is_long:
            self._build()

    def toggle(self, claim: EntityId, *, folded: bool | None = None) -> None:
        """Fold the parts of a claim, or unfold them."""
        if self.is_long:
            self._toggle_place(self._places.get(claim, -1), folded=folded)
            return
        wanted = claim not in self._folded if folded is None else folded
        (self._folded.add if wanted else self._folded.discard)(claim)
        self._build()

    def _toggle_place(self, place: int, *, folded: bool | None) -> None:
        if place < 0:
            return
        self.beginResetModel()
        wanted = place not in self._folded_places if folded is None else folded
        (self._folded_places.add if wanted else self._folded_places.discard)(place)
        self._folds = Folds(self.order, self._folded_places)
        self.endResetModel()

    @property
    def folded_numbers(self) -> tuple[int, ...]:
        """The local numbers of those, of many, whose parts do not show."""
        return tuple(self.order.numbers[place] for place in self._folded_places)

    def entry(self, index: _Index) -> ClaimEntry | None:
        """Return the row at an index; None for one of many until it has been read."""
        if not index.isValid() or index.row() >= self.rowCount():
            return None
        return self._entry_at(self._folds.place(index.row())) if self.is_long else self._entries[index.row()]

    def _entry_at(self, place: int) -> ClaimEntry | None:
        row, order = self.pages.at(place), self.order
        if row is None:
            return None
        if len(self._places) > _REMEMBERED:
            self._places.clear()
        self._places[row.claim.id] = place
        lasts = order.lasts(place)
        parts = order.parts[place] if order.parts else 0
        folded = place in self._folded_places
        return ClaimEntry(row, row.stances, self._codebook, len(lasts) - 1, parts, folded, lasts)

    def index_of(self, claim: str) -> QModelIndex:
        """Return where a claim is; an invalid index when it is not shown, or among many not located."""
        if self.is_long:
            place = self._places.get(claim, -1)
            return self.index(self._folds.row(place)) if place >= 0 else QModelIndex()
        for number, entry in enumerate(self._entries):
            if entry.row.claim.id == claim:
                return self.index(number)
        return QModelIndex()

    def _on_came(self, start: int, end: int) -> None:
        """Show what came of the places from ``start`` on; those that are folded away lie between the rows that are told."""
        first = next((row for place in range(start, end) if (row := self._folds.row(place)) >= 0), -1)
        last = min(self.rowCount() - 1, first + end - start)
        if 0 <= first <= last:
            self.dataChanged.emit(self.index(first), self.index(last))

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
            rows = [
                row
                for row in rows
                if all(any(word in fold(text) for text in (row.claim.text, *row.also)) for word in wanted)
            ]
            return [ClaimEntry(row, self._counts(row), self._codebook) for row in rows]
        return self._branches(rows)

    def _counts(self, row: ClaimRow) -> Counts:
        return self._here[row.claim.id] if self._here is not None else row.stances

    def _branches(self, rows: list[ClaimRow]) -> list[ClaimEntry]:
        """Return claims below their parents; those whose parents go round in a circle stand at the top."""
        known = {row.claim.id: row for row in rows}
        children: dict[EntityId | None, list[ClaimRow]] = defaultdict(list)
        for row in rows:
            parent = row.parent
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
        return 0 if parent.isValid() else self._folds.count if self.is_long else len(self._entries)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a row, or what a screen reader says of it."""
        entry = self.entry(index)
        if role == ENTRY:
            return entry
        if role == Qt.ItemDataRole.DisplayRole and index.isValid():
            return spoken(entry) if entry is not None else "…"
        return None


def _circles(row: ClaimRow, known: Mapping[EntityId, ClaimRow]) -> bool:
    seen = {row.claim.id}
    parent = row.parent
    while parent is not None and parent in known:
        if parent in seen:
            return True
        seen.add(parent)
        parent = known[parent].parent
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
    unsettled = QCoreApplication.translate("versions", "{0} to settle, words changed").format(entry.row.unsettled)
    return ", ".join((entry.row.claim.text, *counts, state, *disputed, *([unsettled] if entry.row.unsettled else [])))
