"""Going through the passages of a new version: which one is in hand, and what a person decides on it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

from annotator.domain.anchoring import FOUND, AnchorState
from annotator.domain.errors import AnnotatorError
from annotator.domain.ids import EntityId
from annotator.ui.actions import Actions
from annotator.ui.desk import Desk
from annotator.ui.versioning.anchored_reading import PassagesRead, read_passages
from annotator.ui.versioning.beside_view import BesideView
from annotator.ui.versioning.pair_reading import Pair
from annotator.ui.versioning.passage_entries import WAITING, PassageEntry
from annotator.ui.versioning.passage_list import PassageList
from annotator.ui.versioning.passage_view import PassageView
from annotator.ui.versioning.settle_panel import SettlePanel
from annotator.ui.versioning.told import Told, tell

if TYPE_CHECKING:
    from annotator.services.project import Project

_NONE = EntityId("")


class Settling(QObject):
    """Shows the passages of a pair, those that wait first; once one is settled, the next comes by itself."""

    read = Signal()
    """The passages have been read; there may be others than before."""
    state_changed = Signal()
    """Whether something can be settled has changed."""
    old_wanted = Signal(str)
    """The passage in hand stands in another version than the old one that is shown: its text (a digest)."""

    def __init__(self, desk: Desk, actions: Actions, beside: BesideView, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._beside = desk, beside
        self.passages = PassageList(self)
        self.view = PassageView(self.passages)
        self.panel = SettlePanel(actions)
        self.told: Told | None = None
        self.is_read = self._is_deciding = False
        self._pair: Pair | None = None
        self._passage = _NONE
        self._next = _NONE
        self._asked = 0
        self._ask_then: Callable[[], None] | None = None
        self._listen(actions)

    def _listen(self, actions: Actions) -> None:
        answers, does = self.panel.answers, {
            "accept_anchor": self.accept,
            "place_anchor": self.place,
            "keep_anchor": self.keep,
            "withdraw_anchor": self.withdraw,
            "next_anchor": lambda: self.step(1),
            "previous_anchor": lambda: self.step(-1),
        }  # fmt: skip
        for name, do in does.items():
            actions.bind(name, do)
        answers.placed.connect(self._place_here)
        answers.withdrawn.connect(self._withdraw)
        answers.left.connect(self._stay)
        self.panel.escaped.connect(self._stay)
        self.panel.back.connect(lambda: self.step(-1))
        self.panel.forth.connect(lambda: self.step(1))
        self.view.selectionModel().currentChanged.connect(lambda *_: self._on_chosen())
        self.view.entered.connect(self._focus_answers)
        self._beside.chosen.connect(self.choose)
        self._beside.selected.connect(self._on_selected)

    # -- what is shown

    def show_pair(self, pair: Pair | None) -> None:
        """Read the passages of two versions; None: there are none to show."""
        if pair is None or self._pair is None or pair.new.version.id != self._pair.new.version.id:
            self._passage, self.told = _NONE, None
        self._pair = pair
        self._asked += 1
        asked = self._asked
        if pair is None:
            self.is_read = self._is_deciding = False
            return
        self._desk.ask(lambda p: read_passages(p, pair), lambda found: self._take(asked, found), owner=self)

    def want(self, passage: EntityId) -> None:
        """Take a passage in hand as soon as the passages have been read again."""
        self._next = passage

    def choose(self, passage: str) -> None:
        """Take a passage in hand."""
        entry = self.passages.grouped.find(passage)
        if entry is None:
            self._beside.choose(passage, bring=False)
            return
        self.passages.toggle(entry.group, folded=False)
        self.view.setCurrentIndex(self.passages.index_of(passage))
        self.view.scrollTo(self.view.currentIndex())
        self._on_chosen()

    def step(self, by: int) -> None:
        """Take the next passage in hand, or the one before."""
        found = self.passages.neighbour(self.view.currentIndex(), by)
        if found.isValid():
            self.view.setCurrentIndex(found)
            self.view.scrollTo(found)

    @property
    def can_settle(self) -> bool:
        """Whether something can be decided on the passage in hand."""
        entry = self._entry
        return entry is not None and (entry.state not in FOUND or entry.decision is not None)

    @property
    def _entry(self) -> PassageEntry | None:
        """The passage in hand."""
        return self.passages.grouped.find(self._passage)

    def _take(self, asked: int, found: PassagesRead) -> None:
        if asked != self._asked:
            return
        self.is_read, self._is_deciding = True, False
        self._beside.show_passages(found.old, found.new, found.joins)
        self.passages.show(found.grouped)
        wanted = self._next if found.grouped.find(self._next) else self._passage
        self._next = _NONE
        entry = found.grouped.find(wanted) or self._first()
        if entry is not None:
            self.choose(entry.passage)
        else:
            self.told = None
        self.read.emit()
        self.state_changed.emit()

    def _first(self) -> PassageEntry | None:
        """Return the first passage that waits, or the first of all."""
        groups = self.passages.grouped.groups
        waiting = [own[0] for group, own in groups.items() if own and group in WAITING]
        others = [own[0] for group, own in groups.items() if own and group not in WAITING]
        return next(iter((*waiting, *others)), None)

    def _on_chosen(self) -> None:
        entry = self.passages.entry(self.view.currentIndex())
        if not isinstance(entry, PassageEntry):
            return
        is_other = entry.passage != self._passage
        if is_other:
            self._passage, self.told, self._ask_then = entry.passage, None, None
            self.panel.answers.stay()
        self._beside.choose(entry.passage, bring=is_other)
        anchor = entry.anchor
        self._desk.ask(lambda project: tell(project, anchor), lambda told: self._tell(anchor, told), owner=self)

    def _tell(self, anchor: EntityId, told: Told | None) -> None:
        entry = self._entry
        if told is None or entry is None or entry.anchor != anchor or self._pair is None:
            return
        self.told = told
        versions = self._pair.row.versions
        home = next((version for version in versions if version.text == told.passage.text), self._pair.old.version)
        self.panel.show_told(told, old=home.sequence, new=self._pair.new.version.sequence)
        if not self._beside.joins(entry.passage):
            self.old_wanted.emit(home.id)
        self.state_changed.emit()
        if self._ask_then is not None:
            self._ask_then()

    # -- what is decided

    def accept(self) -> None:
        """Let the passage stand on the new words."""
        entry = self._entry
        if entry is not None and entry.state is AnchorState.CHANGED:
            self._decide(lambda project, anchor: project.accept_anchor(anchor))

    def keep(self) -> None:
        """Let the passage stand in its own version alone."""
        self._decide(lambda project, anchor: project.keep_anchor(anchor))

    def place(self) -> None:
        """Ask for the words on which the passage stands now; the ones that were found are selected to begin with.

        Of several fragments none is: between them stand words that are not the passage's.
        """
        new = self._beside.new
        if new is None or not self._may_ask(self.place):
            return
        self.panel.answers.ask_place()
        spans = self.told.spans if self.told is not None else ()
        if len(spans) == 1:
            new.select(*spans[0])
        self._on_selected()
        new.setFocus(Qt.FocusReason.OtherFocusReason)

    def withdraw(self) -> None:
        """Ask why what rests on the passage is withdrawn."""
        if self._may_ask(self.withdraw) and self.told is not None:
            self.panel.answers.ask_reason(len(self.told.linkages))

    def _may_ask(self, ask: Callable[[], None]) -> bool:
        """Tell whether something can be asked; what was pressed before the passage is told about is asked then."""
        if not self.can_settle or self._is_deciding:
            return False
        self._ask_then = ask if self.told is None else None
        return self.told is not None

    def on_entered(self) -> None:
        """Take Enter in the new text: while words are asked for, those that are selected are meant."""
        if self.panel.answers.is_placing:
            self._place_here()

    def on_escaped(self) -> None:
        """Take Escape in the new text: nothing is decided."""
        self._stay()

    def _place_here(self) -> None:
        new = self._beside.new
        spans = new.selected() if new is not None else ()
        if spans and new is not None:
            new.unselect()
            self._decide(lambda project, anchor: project.move_anchor(anchor, spans))
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _withdraw(self, reason: str) -> None:
        self._decide(lambda project, anchor: project.withdraw_anchor(anchor, reason))
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _decide(self, job: Callable[[Project, EntityId], object]) -> None:
        """Do what was decided on the passage in hand, and go on to the next one that waits.

        Until that one is in hand, keys decide nothing: the next decision is meant for it.
        """
        entry = self._entry
        if entry is None or not self.can_settle or self._is_deciding:
            return
        self._is_deciding = True
        anchor = entry.anchor
        self._next = self._next_waiting()
        self.panel.answers.stay()

        def refuse(error: AnnotatorError) -> None:
            self._next, self._is_deciding = _NONE, False
            self._desk.refused.emit(error, None)

        self._desk.do(
            lambda project: job(project, anchor), lambda _: self.show_pair(self._pair), owner=self, otherwise=refuse
        )

    def _next_waiting(self) -> EntityId:
        """Return the passage that waits behind the one in hand, or the first that does."""
        groups = self.passages.grouped.groups
        waiting = [entry.passage for group, own in groups.items() if group in WAITING for entry in own]
        others = [passage for passage in waiting if passage != self._passage]
        if self._passage in waiting and waiting.index(self._passage) < len(others):
            return others[waiting.index(self._passage)]
        return others[0] if others else _NONE

    def _stay(self) -> None:
        """Decide nothing after all."""
        if self.panel.answers.is_asking:
            self.panel.answers.stay()
            if self._beside.new is not None:
                self._beside.new.unselect()
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_selected(self) -> None:
        new = self._beside.new
        self.panel.answers.place.setEnabled(new is not None and new.has_selection)

    def _focus_answers(self) -> None:
        buttons = self.panel.answers.buttons.all
        if buttons:
            buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)
