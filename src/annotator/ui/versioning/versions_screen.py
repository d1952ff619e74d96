"""The screen of versions: the old and the new text of a source side by side, and what became of the passages."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QComboBox, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from annotator.domain.errors import AnnotatorError, CancelledError
from annotator.domain.ids import EntityId
from annotator.domain.rows import RevisedRow
from annotator.domain.version_diff import VersionDiff
from annotator.ui.actions import VERSIONS, Actions
from annotator.ui.controls import (
    GRID,
    EmptyState,
    HairLine,
    LinkButton,
    PlainButton,
    SectionHead,
    plain_label,
    plain_tooltip,
)
from annotator.ui.desk import Desk
from annotator.ui.jobs import Task
from annotator.ui.refresher import Refresher
from annotator.ui.theme import current_theme
from annotator.ui.versioning.beside_view import BesideView
from annotator.ui.versioning.difference_bar import DifferenceBar
from annotator.ui.versioning.pair_reading import Pair, Wanted, compare, read_pair
from annotator.ui.versioning.settling import Settling

_NONE = EntityId("")
_LANE = "compare"
_WIDTH, _LEAST, _SHARE = 308, 224, 0.24
_ZOOM_STEP = 10
_NARROW = 1200
"""Px of the screen below which the number of differences is left out."""


class VersionsScreen(QWidget):
    """Sources that have several versions on the left, two versions of the chosen one on the right."""

    state_changed = Signal()
    """What can be done on the screen has changed."""

    def __init__(self, desk: Desk, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._actions = desk, actions
        self.pair: Pair | None = None
        self._wanted = Wanted(_NONE, _NONE)
        self._asked = 0
        self._is_sized = self._wants_focus = False
        self._comparing: Task[VersionDiff] | None = None
        self.sources = QComboBox()
        self.differences = DifferenceBar(actions)
        self.beside = BesideView(self.differences)
        self.settling = Settling(desk, actions, self.beside, self)
        self._import = PlainButton(self.tr("Import sources…"), icon_name="download", key=actions.key("import"))
        self._import.clicked.connect(actions["import"].trigger)
        self._nothing = EmptyState(
            "file-diff",
            self.tr("No source has a second version"),
            self.tr("Take a source in again from the same address, and both versions are compared here."),
            (self._import,),
        )
        self._refresher = Refresher(self, self._ask)
        self._build()
        self._listen()
        self._refresher.later()

    def _build(self) -> None:
        self.sources.setAccessibleName(self.tr("Source"))
        self.sources.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        left = QWidget()
        left.setMinimumWidth(_LEAST)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QVBoxLayout()
        head.setContentsMargins(2 * GRID, GRID // 2, 2 * GRID, GRID)
        self.head = SectionHead(self.tr("Versions"))
        head.addWidget(self.head)
        head.addWidget(self.sources)
        self._said = plain_label(muted=True)
        self._said.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        self.find_again = LinkButton("", icon_name="search", height=32)
        self.find_again.hide()
        column.addLayout(head)
        column.addWidget(HairLine())
        column.addWidget(self.settling.view, 1)
        column.addWidget(self._said)
        column.addWidget(self.find_again)
        right = QWidget()
        below = QVBoxLayout(right)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(0)
        below.addWidget(self.beside, 1)
        below.addWidget(self.settling.panel)
        self._split = QSplitter()
        self._split.setChildrenCollapsible(False)
        self._split.addWidget(left)
        self._split.addWidget(right)
        self._split.splitterMoved.connect(self._keep_sizes)
        self._split.setStretchFactor(1, 1)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._nothing)
        self._pages.addWidget(self._split)
        row = QVBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._pages)

    def _listen(self) -> None:
        desk, actions = self._desk, self._actions
        actions.place(VERSIONS, self)
        actions.bind("next_difference", lambda: self.beside.go_to_difference(forward=True))
        actions.bind("previous_difference", lambda: self.beside.go_to_difference(forward=False))
        self.find_again.clicked.connect(self._find_again)
        self.differences.asked.connect(actions["next_difference"].trigger)
        self.sources.activated.connect(lambda _: self.show_version(EntityId(self.sources.currentData())))
        for choice in (self.beside.old_choice, self.beside.new_choice):
            choice.chosen.connect(lambda _: self._choose_pair())
        self.beside.entered.connect(self.settling.on_entered)
        self.beside.escaped.connect(self.settling.on_escaped)
        self.settling.read.connect(self._show_read)
        self.settling.state_changed.connect(self.state_changed)
        self.settling.old_wanted.connect(lambda old: self._show_home(EntityId(old)))
        self.beside.zoom_asked.connect(lambda step: desk.set_zoom(desk.zoom + step * _ZOOM_STEP))
        desk.zoomed.connect(self.beside.set_zoom)
        desk.changed.connect(self._refresher.later)
        desk.opened.connect(self._begin)
        desk.closed.connect(self._begin)

    # -- what is shown

    @property
    def has_pair(self) -> bool:
        """Whether two versions are shown."""
        return self.pair is not None

    @property
    def can_settle(self) -> bool:
        """Whether something can be decided on the passage in hand."""
        return self.has_pair and self.settling.can_settle

    def show_version(self, version: EntityId, beside: EntityId = _NONE, passage: EntityId = _NONE) -> None:
        """Show a version beside another one of its source, by default the one before it, with a passage in hand."""
        if passage:
            self.settling.want(passage)
        self._wanted = Wanted(beside, version)
        self._ask()

    def focus_first(self) -> None:
        """Give the focus to the passages, to the new text where there are none, or to what there is to do."""
        self._wants_focus = not self.settling.is_read
        target: QWidget = self._import
        if self.settling.passages.rowCount():
            target = self.settling.view
        elif self.beside.new is not None:
            target = self.beside.new
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _begin(self) -> None:
        self._asked += 1
        self.pair, self._wanted = None, Wanted(_NONE, _NONE)
        self.settling.show_pair(None)
        self._pages.setCurrentWidget(self._nothing)
        self._refresher.later()

    def _ask(self) -> None:
        self._asked += 1
        asked = self._asked
        self._desk.ask(lambda project: project.revised_rows(), lambda rows: self._take_sources(asked, rows), owner=self)

    def _take_sources(self, asked: int, rows: tuple[RevisedRow, ...]) -> None:
        if asked != self._asked:
            return
        self.sources.clear()
        for row in rows:
            self.sources.addItem(row.title or self.tr("Untitled source"), row.newest)
        if not rows:
            self.pair = None
            self.settling.show_pair(None)
            self._pages.setCurrentWidget(self._nothing)
            self.state_changed.emit()
            return
        wanted = self._wanted if self._wanted.new else Wanted(_NONE, self._desk.version_id or rows[0].newest)
        first = Wanted(_NONE, rows[0].newest)
        known = self.pair
        self._desk.ask(
            lambda project: read_pair(project, wanted, known) or read_pair(project, first),
            lambda pair: self._take_pair(asked, pair),
            owner=self,
        )

    def _take_pair(self, asked: int, pair: Pair | None) -> None:
        if asked != self._asked or pair is None:
            return
        self.sources.setCurrentIndex(self.sources.findData(pair.row.versions[-1].id))
        self.sources.setToolTip(plain_tooltip(self.sources.currentText()))
        versions, before = pair.row.versions, self.pair
        self.pair, self._wanted = pair, Wanted(pair.old.version.id, pair.new.version.id)
        self.beside.old_choice.show_versions(versions, pair.old.version.id)
        self.beside.new_choice.show_versions(versions, pair.new.version.id)
        if before is None or _ids(before) != _ids(pair):
            had_focus = self.beside.new is not None and self.beside.isAncestorOf(self.focusWidget() or self)
            self._wants_focus = self._wants_focus or had_focus
            self.beside.show_old(pair.old, zoom=self._desk.zoom)
            QTimer.singleShot(0, self, lambda: self._show_new(asked, pair))
        else:
            self._show_passages(asked, pair)

    def _show_new(self, asked: int, pair: Pair) -> None:
        """Show the new version beside the old one: in a turn of its own, as two readers at once take longer than a frame."""
        if self.pair is not None and _ids(self.pair) == _ids(pair) and self.beside.new is None:
            self.beside.show_new(pair.new, zoom=self._desk.zoom)
            self._compare(pair)
            self._show_passages(asked, self.pair)

    def _show_passages(self, asked: int, pair: Pair) -> None:
        self.settling.show_pair(pair)
        self._pages.setCurrentWidget(self._split)
        self.state_changed.emit()
        new = pair.new.version.id
        self._desk.ask(lambda project: project.not_looked_for(new), lambda count: self._offer(asked, count), owner=self)

    def _offer(self, asked: int, count: int) -> None:
        """Offer to look for passages that were made in another version since, or came from a colleague."""
        if asked == self._asked:
            words = (
                self.tr("Look for 1 more passage")
                if count == 1
                else self.tr("Look for {0} more passages").format(count)
            )
            self.find_again.setText(words)
            self.find_again.setEnabled(True)
            self.find_again.setVisible(count > 0)

    def _find_again(self) -> None:
        if self.pair is not None:
            new = self.pair.new.version.id
            self.find_again.setEnabled(False)
            self._desk.do_long(
                lambda project, task: project.find_again(new, cancelled=task.is_cancelled),
                owner=self,
                title=self.tr("Finding passages again"),
            )

    def _show_read(self) -> None:
        """Say how far one is with the passages of the pair."""
        grouped = self.settling.passages.grouped
        waiting, count = grouped.waiting, len(grouped)
        self.head.set_remark(self.tr("{0} to settle").format(waiting) if waiting else "")
        if not count:
            self._said.setText(self.tr("No passage of another version was looked for in this one."))
        elif waiting:
            self._said.setText(self.tr("A judged passage is never moved to other words without you."))
        else:
            self._said.setText(self.tr("Nothing is left to settle in this version."))
        self.settling.view.setVisible(count > 0)
        self.settling.panel.setVisible(count > 0)
        if self._wants_focus and self.isVisible():
            self.focus_first()

    def _show_home(self, old: EntityId) -> None:
        """Show the version in which the passage in hand stands."""
        if self.pair is not None and old not in _ids(self.pair):
            self.show_version(self.pair.new.version.id, old)

    def _choose_pair(self) -> None:
        """Show the versions that a person chose; the same one twice means the one before it, or behind."""
        old, new = self.beside.old_choice.version, self.beside.new_choice.version
        self.show_version(new, old if old != new else _NONE)

    def _compare(self, pair: Pair) -> None:
        if self._comparing is not None:
            self._comparing.cancel()
        self.differences.show_diff(None)
        self._comparing = self._desk.look(
            _LANE,
            lambda _project, task: compare(pair, task),
            lambda diff: self._take_diff(pair, diff),
            owner=self,
            otherwise=self._unless_cancelled,
        )

    def _take_diff(self, pair: Pair, diff: VersionDiff) -> None:
        if pair is self.pair or (self.pair is not None and _ids(pair) == _ids(self.pair)):
            self._comparing = None
            self.beside.show_diff(diff)
            self.differences.show_diff(diff)

    def _unless_cancelled(self, error: AnnotatorError) -> None:
        if not isinstance(error, CancelledError):
            self._desk.refused.emit(error, None)

    def _keep_sizes(self) -> None:
        self._is_sized = True

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the list its share until a person gives it another."""
        super().resizeEvent(event)
        self.differences.set_narrow(narrow=self.width() < _NARROW)
        if not self._is_sized:
            list_width = max(_LEAST, min(_WIDTH, round(self.width() * _SHARE)))
            self._split.setSizes([list_width, self.width() - list_width])

    def paintEvent(self, _: QPaintEvent) -> None:
        """Paint the ground."""
        QPainter(self).fillRect(self.rect(), current_theme().surface)


def _ids(pair: Pair) -> tuple[EntityId, EntityId]:
    return pair.old.version.id, pair.new.version.id
