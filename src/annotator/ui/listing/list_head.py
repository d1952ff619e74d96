"""What stands above a long list: which one, the words and marks that narrow it, and how much it holds."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from annotator.domain.listing import LISTS
from annotator.ui.actions import Actions
from annotator.ui.claiming.chips import Chips
from annotator.ui.controls import GRID
from annotator.ui.fields import FilterField, Segments
from annotator.ui.listing.columns import KINDS, kind_words
from annotator.ui.theme import panel_font


class ListHead(QWidget):
    """The choice of the list, its filter, its chips and its count. Each list keeps its own filter and chips."""

    kind_chosen = Signal(str)
    narrowed = Signal()
    """Other words or chips narrow the list."""

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actions = actions
        self.kind = KINDS[0]
        self._words = dict.fromkeys(KINDS, "")
        self._only: dict[str, tuple[str, ...]] = dict.fromkeys(KINDS, ())
        self.segments = Segments([kind_words(kind) for kind in KINDS], self.tr("Which list"))
        self.words = FilterField(self.tr("Filter by words"))
        self._chips = {kind: Chips(self.tr("Only")) for kind in KINDS}
        self.count = QLabel(textFormat=Qt.TextFormat.PlainText)
        self.count.setFont(panel_font())
        self.count.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.words.setMinimumWidth(160)
        self.words.setMaximumWidth(400)
        self._build()
        self.segments.chosen.connect(lambda number: self.kind_chosen.emit(KINDS[number]))
        self.words.textChanged.connect(self._on_words)
        for kind, chips in self._chips.items():
            chips.set_options([(code, *_chip_words(kind, code)) for code in LISTS[kind].narrowings])
            chips.changed.connect(self._on_chips)
        actions.keys_changed.connect(self._show_key)
        self._show_key()
        self.show_kind(self.kind)

    def _build(self) -> None:
        first, second = QHBoxLayout(), QHBoxLayout()
        for row in (first, second):
            row.setSpacing(2 * GRID)
        first.addWidget(self.segments)
        first.addWidget(self.words, 1)
        first.addStretch()
        for chips in self._chips.values():
            second.addWidget(chips, 1)
        second.addWidget(self.count)
        self.count.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        column.setSpacing(GRID)
        column.addLayout(first)
        column.addLayout(second)
        for before, after in pairwise((self.segments, self.words, *self._chips.values())):
            QWidget.setTabOrder(before, after)

    # -- what is chosen

    @property
    def chips(self) -> Chips:
        """The chips of the list that is shown."""
        return self._chips[self.kind]

    @property
    def only(self) -> tuple[str, ...]:
        """What the list is narrowed to."""
        return self._only[self.kind]

    @property
    def text(self) -> str:
        """The words that narrow the list."""
        return self._words[self.kind]

    def show_kind(self, kind: str) -> None:
        """Show what narrows another list."""
        self.kind = kind
        self.segments.choose(KINDS.index(kind))
        self.words.blockSignals(True)
        self.words.setText(self._words[kind])
        self.words.blockSignals(False)
        for each, chips in self._chips.items():
            chips.setVisible(each == kind)

    def clear(self) -> None:
        """Narrow nothing any more: after another project was opened."""
        self._words, self._only = dict.fromkeys(KINDS, ""), dict.fromkeys(KINDS, ())
        for chips in self._chips.values():
            for code in chips.chosen():
                chips.chip(code).setChecked(False)
        self.show_kind(self.kind)

    def say(self, words: str) -> None:
        """Say how much is listed, or that it is being sorted."""
        self.count.setText(words)

    def _show_key(self) -> None:
        self.words.set_key(self._actions.key("filter"))

    def _on_words(self, text: str) -> None:
        self._words[self.kind] = text
        self.narrowed.emit()

    def _on_chips(self) -> None:
        self._only[self.kind] = self.chips.chosen()
        self.narrowed.emit()


def _chip_words(kind: str, code: str) -> tuple[str, str]:
    """Return the words of a chip and what it means."""
    translate = QCoreApplication.translate
    words = {
        ("sources", "unread"): (
            translate("lists", "To read"),
            translate("lists", "Sources in which no passage is highlighted yet"),
        ),
        ("sources", "unlinked"): (
            translate("lists", "In work"),
            translate("lists", "Sources with passages that are not linked to a claim yet"),
        ),
        ("sources", "unconfirmed"): (
            translate("lists", "Not confirmed"),
            translate("lists", "Sources whose details nobody has confirmed yet"),
        ),
        ("passages", "unlinked"): (
            translate("lists", "Not linked"),
            translate("lists", "Passages that no standing linkage rests on"),
        ),
        ("passages", "mine"): (translate("lists", "Mine"), translate("lists", "Passages that I highlighted")),
        ("claims", "open"): (translate("lists", "Open"), translate("lists", "Claims without a conclusion")),
        ("claims", "unlinked"): (
            translate("lists", "No evidence yet"),
            translate("lists", "Claims that no passage is linked to"),
        ),
        ("linkages", "mine"): (translate("lists", "Mine"), translate("lists", "Linkages that I made")),
        ("linkages", "withdrawn"): (
            translate("lists", "Withdrawn"),
            translate("lists", "Linkages that were withdrawn and count no more"),
        ),
    }
    disputed = (
        translate("lists", "Disputed"),
        translate("lists", "Where people who worked apart set different values, and nobody has settled it"),
    )
    return words.get((kind, code), disputed)
