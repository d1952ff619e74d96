"""The button above the text that says which passages are shown, and its menu, which stays open while one picks."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QMenu, QWidget

from annotator.domain.ids import EntityId
from annotator.domain.scales import Codebook
from annotator.ui.annotating.filtering import Kinds, PassageFilter
from annotator.ui.annotating.highlights import rank
from annotator.ui.controls import PlainButton, plain_tooltip

_HEIGHT = 24
_CLAIM = 64
_CLAIMS = 30


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be picked in the menu: the kinds that there are, and the words for them."""

    kinds: Kinds
    codebook: Codebook
    annotators: dict[EntityId, str]
    claims: dict[EntityId, str]
    claim: str = ""
    """The claim that is chosen on the right: it stands first."""


class FilterButton(PlainButton):
    """Says how many of the passages are shown; looks pressed as long as some are hidden."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent, icon_name="list-filter", height=_HEIGHT)
        self.setCheckable(True)
        self.show_counts(0, 0, narrowed=False)

    def show_counts(self, shown: int, total: int, *, narrowed: bool) -> None:
        """Say what is shown; ``narrowed`` where somebody has chosen so."""
        if narrowed:
            self.setText(self.tr("{0} of {1} passages").format(shown, total))
            self.setToolTip(plain_tooltip(self.tr("Other passages are hidden. Click to show others, or all")))
        else:
            self.setText(self.tr("All passages"))
            self.setToolTip(plain_tooltip(self.tr("Show only some of the passages")))
        self.setChecked(narrowed)
        self.setFlat(not narrowed)
        self.updateGeometry()

    def nextCheckState(self) -> None:
        """Stay as it is: a click opens the menu."""


class StayingMenu(QMenu):
    """A menu that stays open while things are ticked in it."""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Stay open where something is ticked."""
        if not _ticked(self):
            super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tick with Space or Enter, and stay open."""
        if event.key() not in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter) or not _ticked(self):
            super().keyPressEvent(event)


class FilterMenu(StayingMenu):
    """Picks what is shown."""

    picked = Signal(object)
    """The ``PassageFilter`` is another one."""

    def __init__(self, filter_: PassageFilter, choices: Choices, parent: QWidget) -> None:
        super().__init__(parent)
        self.filter = filter_
        self._choices = choices
        kinds, book = choices.kinds, choices.codebook
        for stance in sorted(kinds.stances, key=rank):
            words = book.label("stance", stance) if stance else self.tr("Not linked")
            self._offer(self, "stances", stance, words, kinds.stances[stance])
        if kinds.verdicts:
            self.addSeparator()
        for verdict, count in kinds.verdicts.most_common():
            self._offer(self, "verdicts", verdict, book.label("verdict", verdict), count)
        self.addSeparator()
        self._offer(self, "noted", "", self.tr("With notes"), kinds.noted)
        self._offer_several(self.tr("Judged by"), "annotators", choices.annotators, kinds.annotators)
        self._offer_several(self.tr("About the claim"), "claims", choices.claims, kinds.claims)
        self.addSeparator()
        self._all = self.addAction(self.tr("Show all passages"))
        self._all.triggered.connect(self._show_all)
        self._all.setEnabled(not filter_.is_empty)
        self.aboutToHide.connect(self.deleteLater)

    def _offer_several(self, title: str, name: str, words: dict[EntityId, str], counts: dict[EntityId, int]) -> None:
        menu = StayingMenu(title, self)
        chosen = {self._choices.claim, *getattr(self.filter, name)}
        ordered = sorted(counts, key=lambda id_: (id_ not in chosen, -counts[id_], words.get(id_, id_)))
        for id_ in ordered[:_CLAIMS]:
            self._offer(menu, name, id_, _short(words.get(id_, id_)), counts[id_])
        if len(ordered) > _CLAIMS:
            menu.addAction(self.tr("{0} more: choose one on the right").format(len(ordered) - _CLAIMS)).setEnabled(
                False
            )
        menu.setEnabled(bool(ordered))
        self.addMenu(menu)

    def _offer(self, menu: QMenu, name: str, value: str, words: str, count: int) -> None:
        action = QAction(f"{words.replace('&', '&&')}\t{count}", menu)
        action.setCheckable(True)
        chosen = self.filter.noted if name == "noted" else value in getattr(self.filter, name)
        action.setChecked(chosen)
        action.setEnabled(bool(count) or chosen)
        action.toggled.connect(lambda _on: self._toggle(name, value))
        menu.addAction(action)

    def _toggle(self, name: str, value: str) -> None:
        self._take(self.filter.toggled(name, value))

    def _show_all(self) -> None:
        self._take(PassageFilter())

    def _take(self, filter_: PassageFilter) -> None:
        self.filter = filter_
        self._all.setEnabled(not filter_.is_empty)
        self.picked.emit(filter_)


def _ticked(menu: QMenu) -> bool:
    """Tick the action that is pointed to, and tell whether there is one that can be ticked."""
    action = menu.activeAction()
    if action is None or not action.isCheckable() or not action.isEnabled():
        return False
    action.toggle()
    return True


def _short(words: str) -> str:
    return words if len(words) <= _CLAIM else f"{words[: _CLAIM - 1].rstrip()}…"
