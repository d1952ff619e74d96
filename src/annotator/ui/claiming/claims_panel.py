"""The dock of claims: those of the source that is read, or all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from annotator.domain.ids import EntityId
from annotator.domain.long_lists import ClaimOrder
from annotator.domain.rows import ClaimRow
from annotator.domain.scales import Codebook
from annotator.ui.actions import CLAIM, Actions
from annotator.ui.claiming.claim_editor import ClaimEditor
from annotator.ui.claiming.claim_list import ClaimList, Counts
from annotator.ui.claiming.claim_view import ClaimView
from annotator.ui.claiming.homes import ClaimHomes
from annotator.ui.controls import GRID, LinkButton, SectionHead
from annotator.ui.desk import Desk
from annotator.ui.dragging import WordsDrop
from annotator.ui.fields import FilterField, KeyedWords
from annotator.ui.icons import icon
from annotator.ui.listing.ordering import Ordering
from annotator.ui.listing.pages import Asked
from annotator.ui.refresher import Refresher

if TYPE_CHECKING:
    from annotator.services.project import Project

_LIST, _NOTHING, _EDITOR = range(3)
_FEW = 500
"""So many claims are read at once, whether all of them are shown or not; of more only the order is, where all are shown."""


@dataclass(frozen=True, slots=True)
class _Claims:
    """All claims (if ``whole``: they are few) or those of one version, the scales, how often the claims of that version are
    linked there, and how many claims there are."""

    rows: tuple[ClaimRow, ...]
    codebook: Codebook
    here: Mapping[EntityId, Counts]
    total: int
    whole: bool


def _read(project: Project, version: EntityId, *, whole: bool) -> _Claims:
    """Read the claims of a version, and where the ``whole`` list is shown all others too."""
    here, total = project.stances_in(version) if version else {}, project.how_many("claims")
    few = total <= _FEW
    rows = project.claim_rows() if few else () if whole else project.claim_rows_of(here)
    return _Claims(rows, project.codebook, here, total, few)


@dataclass(frozen=True, slots=True)
class _Ordered:
    """The order of many claims, where some of them are in it, and where those are whose parts do not show."""

    order: ClaimOrder
    codebook: Codebook
    places: Mapping[EntityId, int]
    folded: frozenset[int]


def _place(project: Project, claim: EntityId, order: ClaimOrder) -> int:
    number = project.row_number(claim) if claim else 0
    return order.place(number) if number else -1


_NO_CLAIMS = _Claims((), Codebook(()), {}, 0, True)


class ClaimsPanel(QWidget):
    """Lists claims with how many passages speak for and against them and what was concluded. ``tree``: by parent, all of them."""

    def __init__(self, desk: Desk, actions: Actions, parent: QWidget | None = None, *, tree: bool = False) -> None:
        super().__init__(parent)
        self._desk, self._actions, self._tree = desk, actions, tree
        self._shows_all = tree
        self._found = _NO_CLAIMS
        self._model = ClaimList(self, tree=tree)
        self._view = ClaimView(desk, self._model, self, tree=tree)
        self._ordering = Ordering(desk, "order", self._wish, self._take_order)
        self._filter = FilterField(self.tr("Filter claims"))
        self._empty = KeyedWords("")
        self._editor = ClaimEditor(desk)
        self.setAccessibleName(self.tr("Claims"))
        self._refresher = Refresher(self, self.refresh)
        self._build()
        self._connect()
        self._say()
        self._refresher.later()

    # -- what others call

    def focus_filter(self) -> None:
        """Put the cursor into the filter."""
        self._filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._filter.selectAll()

    def focus_list(self) -> None:
        """Put the focus on the list."""
        self._view.setFocus(Qt.FocusReason.OtherFocusReason)

    def home(self) -> QWidget:
        """Return the panel itself: where claims are written and corrected."""
        return self

    def refresh(self) -> None:
        """Ask for the claims again."""
        if self._desk.project is None:
            self._take(_NO_CLAIMS)
            return
        self._model.grow_old()
        version = EntityId("") if self._tree else self._desk.version_id
        whole = self._everything
        self._desk.ask(lambda project: _read(project, version, whole=whole), self._take, owner=self)

    # -- building

    def _build(self) -> None:
        self._add = QToolButton(self)
        self._add.setIcon(icon("plus"))
        self._add.setAutoRaise(True)
        self._add.setToolTip(self.tr("Write a claim"))
        self._add.setAccessibleName(self.tr("Write a claim"))
        self._toggle = LinkButton("", height=24)
        trailing = QWidget()
        row = QHBoxLayout(trailing)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._toggle)
        row.addWidget(self._add)
        self._head = SectionHead(self.tr("Claims"), trailing=trailing)
        top = QWidget()
        head = QVBoxLayout(top)
        head.setContentsMargins(2 * GRID, 0, 2 * GRID, GRID)
        head.setSpacing(0)
        head.addWidget(self._head)
        head.addWidget(self._filter)
        self._filter.setVisible(self._tree)
        self._nothing = QWidget()
        around = QVBoxLayout(self._nothing)
        around.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 0)
        around.addWidget(self._empty)
        around.addStretch()
        self._stack = QStackedWidget()
        for page in (self._view, self._nothing, self._editor):
            self._stack.addWidget(page)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(top)
        whole.addWidget(self._stack, 1)
        for before, after in pairwise((self._view, self._filter, self._toggle, self._add)):
            QWidget.setTabOrder(before, after)
        self.setFocusProxy(self._view)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def _connect(self) -> None:
        desk = self._desk
        for signal in (desk.opened, desk.closed, desk.changed, desk.version_selected):
            signal.connect(self._refresher.later)
        desk.closed.connect(self._leave_editor)
        self._filter.textChanged.connect(self._narrow)
        self._filter.left.connect(self.focus_list)
        self._toggle.clicked.connect(self._toggle_all)
        self._add.clicked.connect(self.add_claim)
        self._view.customContextMenuRequested.connect(self._show_menu)
        self._view.opened.connect(self._open)
        self._model.pages.wanted.connect(self._ask_page)
        desk.claim_selected.connect(self._look_for_selected)
        for target in (self._view.viewport(), self._nothing):
            WordsDrop(target, self._place_for_words).dropped.connect(self._take_words)
        self._editor.closed.connect(self._leave_editor)
        self._actions.keys_changed.connect(self._say)
        self._actions.place(CLAIM, self)
        ClaimHomes.join(self._actions, self)

    def sizeHint(self) -> QSize:
        """Return a size with four claims."""
        return QSize(352, 384)

    # -- showing

    def _take(self, found: _Claims) -> None:
        self._found = found
        self._show()

    def _show(self) -> None:
        if self._everything and not self._found.whole:
            self._ordering.later() if self._model.is_long else self._ordering.now()
            self._say()
            return
        self._ordering.forget()
        here = None if self._everything else self._found.here
        self._view.change(lambda: self._model.show(self._found.rows, self._found.codebook, here))
        self._say()

    def _wish(self) -> Callable[[Project, Callable[[], bool]], _Ordered]:
        """Return what reads the order of many claims as they are wanted now."""
        words, tree, folded = self._filter.text(), self._tree, self._model.folded_numbers
        entry = self._view.current()
        wanted = {self._desk.claim_id, entry.row.claim.id if entry else EntityId("")} - {""}

        def read(project: Project, cancelled: Callable[[], bool]) -> _Ordered:
            order = project.claim_order(words, tree=tree, cancelled=cancelled)
            places = {claim: _place(project, claim, order) for claim in wanted}
            closed = frozenset(order.place(number) for number in folded) - {-1}
            return _Ordered(order, project.codebook, places, closed)

        return read

    def _take_order(self, found: _Ordered) -> None:
        if not self._everything:
            return
        self._view.change(lambda: self._model.show_order(found.order, found.codebook, found.places, found.folded))
        self._say()

    def _ask_page(self, asked: Asked) -> None:
        self._desk.look(
            "page",
            lambda project, _task: project.claims_numbered(asked.numbers),
            lambda rows: self._model.pages.take(asked, rows),
            owner=self,
        )

    @Slot(str)
    def _look_for_selected(self, claim: str) -> None:
        """Ask where the claim that is selected is among many, unless it has been looked at."""
        if not self._model.is_long or not claim or self._model.index_of(claim).isValid():
            return
        order, id_ = self._model.order, EntityId(claim)

        def take(place: int) -> None:
            if order is self._model.order and self._desk.claim_id == claim:
                self._model.locate(claim, place)
                self._view.show_selected(claim)

        self._desk.look("page", lambda project, _task: _place(project, id_, order), take, owner=self)

    @property
    def _everything(self) -> bool:
        return self._shows_all or not self._desk.version_id

    @Slot(str)
    def _narrow(self, text: str) -> None:
        self._view.change(lambda: self._model.set_filter(text))
        if self._model.is_long:
            self._view.scrollToTop()
            self._ordering.now()
        self._say()

    @Slot()
    def _toggle_all(self) -> None:
        self._shows_all = not self._shows_all
        if not self._everything and self._model.is_long:
            self.refresh()
        else:
            self._show()

    @Slot()
    def _say(self) -> None:
        """Say how many claims there are, and what to do when none is shown."""
        total, here = self._found.total, len(self._found.here)
        everything = self._everything
        self._head.set_title(self.tr("Claims") if everything else self.tr("Claims in this source"))
        self._head.set_remark(str(total if everything else here) if total else "")
        self._toggle.setVisible(not self._tree and bool(self._desk.version_id) and total > 0)
        self._toggle.setText(
            self.tr("In this source {0}").format(here) if everything else self.tr("All {0}").format(total)
        )
        self._toggle.updateGeometry()
        self._filter.set_key(self._actions.key("filter"))
        self._filter.setVisible(total > 0 or self._tree)
        if self._is_editing:
            return
        is_shown = self._model.rowCount() or (self._everything and not self._found.whole and not self._filter.text())
        self._stack.setCurrentIndex(_LIST if is_shown else _NOTHING)
        self._empty.set_words(*self._words_for_nothing())

    def _words_for_nothing(self) -> tuple[str, tuple[str, ...]]:
        link, add = self._actions.key("link"), self._actions.key("add_claim")
        if self._filter.text():
            return self.tr("No claim has these words. {0} shows all again."), (self.tr("Esc"),)
        if self._found.total:
            return self.tr("No passage here is linked to a claim yet. Select words and press {0}"), (link,)
        words = self.tr(
            "No claims yet. Select words in a source and press {0} : the first claim is made as you link it. "
            "Or write one with {1}"
        )
        return words, (link, add)

    # -- doing

    @property
    def _is_editing(self) -> bool:
        return self._stack.currentIndex() == _EDITOR

    @Slot()
    def add_claim(self) -> None:
        """Begin a new claim."""
        if self._desk.project is not None and not self._is_editing:
            self._stack.setCurrentIndex(_EDITOR)
            self._editor.write()

    def edit_claim(self) -> None:
        """Correct the claim that is selected."""
        if self._desk.claim_id and not self._is_editing:
            self._stack.setCurrentIndex(_EDITOR)
            self._editor.correct(self._desk.claim_id)

    def delete_claim(self) -> None:
        """Delete the claim that is selected; undo brings it back."""
        claim = self._desk.claim_id
        if claim and not self._is_editing:
            self._desk.do(lambda project: project.delete(claim), lambda _: self._forget(claim), owner=self)

    def _forget(self, claim: EntityId) -> None:
        if self._desk.claim_id == claim:
            self._desk.select_claim(EntityId(""))

    @Slot()
    def _leave_editor(self) -> None:
        if self._is_editing:
            self._stack.setCurrentIndex(_LIST)
            self._say()
            self.focus_list()

    @Slot()
    def _open(self) -> None:
        if not self._tree:
            self._actions["show_claims"].trigger()

    def _place_for_words(self, at: QPoint) -> QRect | None:
        """Return the claim that words would be linked to, or all of the list: they make a new claim there."""
        if self._desk.project is None or self._is_editing:
            return None
        if self._stack.currentIndex() == _NOTHING:
            return self._nothing.rect()
        index = self._view.indexAt(at)
        return self._view.visualRect(index) if index.isValid() else self._view.viewport().rect()

    @Slot(QPoint, str)
    def _take_words(self, at: QPoint, words: str) -> None:
        entry = self._model.entry(self._view.indexAt(at)) if self._stack.currentIndex() == _LIST else None
        self._desk.link_wanted.emit(entry.row.claim.id if entry else "", " ".join(words.split()))

    @Slot(QPoint)
    def _show_menu(self, at: QPoint) -> None:
        index = self._view.indexAt(at)
        if index.isValid():
            self._view.setFocus(Qt.FocusReason.PopupFocusReason)
            self._view.setCurrentIndex(index)
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        names = ("show_claims", "conclude", "edit_claim", "delete_claim", "history") if index.isValid() else ()
        menu.addActions([self._actions[name] for name in ("add_claim", *names, "same_claims")])
        entry = self._view.current() if index.isValid() else None
        if entry is not None and entry.row.conflicted:
            conclusion = entry.row.conclusion
            disputed = entry.row.claim.id if entry.row.disputed or conclusion is None else conclusion.id
            menu.addAction(self.tr("Settle what is disputed…"), lambda: self._desk.dispute_wanted.emit(disputed))
        menu.popup(self._view.viewport().mapToGlobal(at))
