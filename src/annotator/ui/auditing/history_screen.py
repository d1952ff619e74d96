"""The history screen: the project's changes, or those of one thing, what each of them did, and the bundles."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from annotator.domain.ids import ChangeId, EntityId
from annotator.domain.merging import Exchanged
from annotator.domain.people import Annotator
from annotator.ui.actions import HISTORY, Actions
from annotator.ui.auditing.change_entity import EntityView
from annotator.ui.auditing.change_view import ChangeView
from annotator.ui.auditing.history_bundles import BundleView, step_of_bundle
from annotator.ui.auditing.history_change import NEXT_PAGE, ChangeTold, tell_change
from annotator.ui.auditing.history_head import HistoryHead
from annotator.ui.auditing.step_list import StepList, StepView
from annotator.ui.auditing.telling import Steps, tell_changes, tell_history
from annotator.ui.controls import HairLine
from annotator.ui.desk import Desk
from annotator.ui.exchanging.merge_opening import bring_back, take_back
from annotator.ui.folders import first_folder
from annotator.ui.theme import current_theme

_SETTLE = 150
_WIDTH = 400
_LEAST = 280


class HistoryScreen(QWidget):
    """Changes on the left, newest first; what the chosen one did on the right. Or the bundles, and one of them."""

    wanted = Signal(str)
    """The id of an entity to be shown where one works on it."""
    state_changed = Signal()
    """There is a state to restore on the screen where there was none, or the other way round."""

    def __init__(self, desk: Desk, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._actions = desk, actions
        self._entity = EntityId("")
        self._before: int | None = None
        self._to_restore = False
        self._asked = 0
        self._exchanges: tuple[Exchanged, ...] = ()
        self._steps = StepList(self)
        self._view = StepView(self._steps)
        self._told = ChangeView(restore_key=actions.key("restore"))
        self._bundle = BundleView(turn_key=actions.key("turn_merge"))
        self._head = HistoryHead(actions)
        self._settle = QTimer(self, singleShot=True, interval=_SETTLE)
        self._build()
        self._listen()

    def _build(self) -> None:
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head)
        column.addWidget(HairLine())
        column.addWidget(self._view, 1)
        left.setMinimumWidth(_LEAST)
        self._right = QStackedWidget()
        self._right.addWidget(self._told)
        self._right.addWidget(self._bundle)
        split = QSplitter()
        split.setChildrenCollapsible(False)
        split.addWidget(left)
        split.addWidget(self._right)
        split.setSizes([_WIDTH, 2 * _WIDTH])
        split.setStretchFactor(1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(split)

    def _listen(self) -> None:
        head = self._head
        head.all_wanted.connect(self.show_all)
        head.turned.connect(self._steps.turn)
        head.part_chosen.connect(self._show_part)
        head.words.textChanged.connect(lambda _text: self._settle.start())
        head.words.left.connect(self._view.setFocus)
        head.filter.changed.connect(self._ask)
        self._settle.timeout.connect(self._ask)
        self._steps.more_wanted.connect(self._ask_more)
        self._view.selectionModel().currentChanged.connect(lambda *_: self._tell())
        self._view.entered.connect(self._enter)
        self._told.show_wanted.connect(self.wanted)
        self._told.history_wanted.connect(lambda id_: self.show_of(EntityId(id_)))
        self._told.restore_wanted.connect(self._restore)
        self._told.settle_wanted.connect(self._desk.dispute_wanted)
        self._told.more_wanted.connect(self._tell_more)
        self._bundle.changes_wanted.connect(self._show_changes_of)
        self._bundle.compare_wanted.connect(self.compare)
        self._bundle.turned.connect(self.turn_merge)
        self._actions.bind("restore", self._restore_shown)
        self._actions.bind("turn_merge", self.turn_merge)
        self._actions.bind("compare", self.compare)
        self._actions.place(HISTORY, self)
        self._desk.changed.connect(lambda _change: self._settle.start() if self.isVisible() else None)
        self._desk.closed.connect(self._clear)

    # -- what is shown

    def show_all(self) -> None:
        """Show the changes of the whole project, newest first."""
        self._show(EntityId(""))

    def show_of(self, entity: EntityId, *, to_restore: bool = False) -> None:
        """Show the history of one thing; ``to_restore`` chooses what it was before it was deleted."""
        self._show(entity)
        self._to_restore = to_restore

    @property
    def can_restore(self) -> bool:
        """Whether a state is on the screen to which something can be set back."""
        told = self._told.entities
        return self.isVisible() and not self._head.on_bundles and any(e.restorable and not e.is_now for e in told)

    @property
    def can_turn_merge(self) -> bool:
        """Whether a merge is on the screen that can be taken back, or brought back."""
        bundle = self._bundle.shown
        return self.isVisible() and self._head.on_bundles and bundle is not None and bundle.direction == "in"

    def focus_filter(self) -> None:
        """Give the focus to the filter, or where there is none to the list."""
        (self._head.words if self._head.words.isVisible() else self._view).setFocus()

    def focus_list(self) -> None:
        """Give the focus to the list."""
        self._view.setFocus()

    def _show(self, entity: EntityId) -> None:
        self._entity = entity
        self._to_restore = False
        self._head.show_parts(of_one=bool(entity))
        self._right.setCurrentWidget(self._told)
        self._view.setFocus()
        self._ask()

    def _show_part(self) -> None:
        self._right.setCurrentWidget(self._bundle if self._head.on_bundles else self._told)
        self._steps.show((), more=False)
        self._ask()

    def _show_changes_of(self, number: int) -> None:
        self._head.filter.pick_bundle(number)
        self._head.words.clear()
        self._show(EntityId(""))

    def _ask(self) -> None:
        self._settle.stop()
        self._asked += 1
        asked, entity, query = self._asked, self._entity, self._head.query()
        if not entity:
            self._desk.ask(lambda p: (p.annotators(), p.exchanges()), lambda s: self._offer(asked, *s), owner=self)
        if entity:
            self._desk.ask(lambda p: tell_history(p, entity), lambda s: self._take(asked, s), owner=self)
        elif not self._head.on_bundles:
            self._desk.ask(lambda p: tell_changes(p, query, None), lambda s: self._take(asked, s), owner=self)

    def _ask_more(self) -> None:
        asked, query, before = self._asked, self._head.query(), self._before
        self._desk.ask(lambda p: tell_changes(p, query, before), lambda s: self._take_more(asked, s), owner=self)

    def _offer(self, asked: int, people: tuple[Annotator, ...], exchanges: tuple[Exchanged, ...]) -> None:
        self._head.filter.offer(people, exchanges)
        self._exchanges = exchanges
        if self._head.on_bundles:
            self._take(asked, Steps(title="", rows=tuple(map(step_of_bundle, exchanges))))

    def _take(self, asked: int, steps: Steps) -> None:
        if asked != self._asked:
            return
        chosen = self._view.chosen()
        self._before = steps.before
        rows = steps.rows[::-1] if self._head.oldest_first else steps.rows
        self._steps.show(rows, more=steps.before is not None)
        self._head.set_title(steps.title)
        row = max(0, self._steps.row_of(chosen)) if chosen else 0
        if self._to_restore:
            self._to_restore = False
            row = next((n for n, step in enumerate(rows) if not step.gone), 0)
        self._view.setCurrentIndex(self._steps.index(row))
        self._view.say_empty(self._head.empty_words() if not rows else "")
        self._tell()

    def _take_more(self, asked: int, steps: Steps) -> None:
        if asked == self._asked:
            self._before = steps.before
            self._steps.add(steps.rows, more=steps.before is not None)

    def _tell(self) -> None:
        step, only = self._view.chosen(), self._entity or None
        if self._head.on_bundles:
            self._bundle.show_bundle(next((one for one in self._exchanges if step and one.number == step.number), None))
            self.state_changed.emit()
            return
        if step is None:
            self._told.tell(None)
            self.state_changed.emit()
            return
        change = step.change

        def take(told: ChangeTold | None) -> None:
            if self._is_chosen(change):
                self._told.tell(told, with_history=only is None)
                self.state_changed.emit()

        self._desk.ask(lambda project: tell_change(project, change, only), take, owner=self)

    def _tell_more(self, start: int) -> None:
        step = self._view.chosen()
        if step is None:
            return
        change = step.change

        def take(told: ChangeTold | None) -> None:
            if self._is_chosen(change):
                self._told.tell_more(told)

        self._desk.ask(lambda p: tell_change(p, change, start=start, most=NEXT_PAGE), take, owner=self)

    def _is_chosen(self, change: ChangeId) -> bool:
        now = self._view.chosen()
        return now is not None and now.change == change

    def _clear(self) -> None:
        self._asked += 1
        self._entity = EntityId("")
        self._exchanges = ()
        self._head.clear()
        self._steps.show((), more=False)
        self._told.tell(None)
        self._bundle.show_bundle(None)

    # -- what is done

    def compare(self) -> None:
        """Ask for a bundle file that was kept elsewhere, and hold the project against it."""
        project = self._desk.project
        if project is None:
            return
        dialog = QFileDialog(
            self.window(), self.tr("Which bundle?"), str(first_folder(project.path.parent)), self.tr("Bundles (*.zip)")
        )
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda name: QTimer.singleShot(0, self, lambda: self.compare_with(Path(name))))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def compare_with(self, path: Path) -> None:
        """Hold the project against a bundle file."""
        from annotator.ui.auditing.compare_sheet import CompareSheet

        CompareSheet(self.window(), self._actions, self._desk, path).open()

    def turn_merge(self) -> None:
        """Take back the merge that is shown, or bring it back where it was taken back."""
        bundle = self._bundle.shown
        if bundle is not None and self.can_turn_merge:
            (take_back if bundle.stands else bring_back)(self._desk, bundle.number)

    def _enter(self) -> None:
        first = self._entity or self._told.first()
        if first and not self._head.on_bundles:
            self.wanted.emit(first)

    def _restore(self, entity: str, change: str) -> None:
        self._desk.do(lambda project: project.restore(EntityId(entity), ChangeId(change)))

    def _restore_shown(self) -> None:
        """Set back the thing that has the focus, or the only one that the change touched."""
        step, at = self._view.chosen(), QApplication.focusWidget()
        while at is not None and not isinstance(at, EntityView):
            at = at.parentWidget()
        told = at.told if isinstance(at, EntityView) else self._told.shown()
        if step is not None and told is not None and told.restorable:
            self._restore(told.id, step.change)

    def showEvent(self, event: QShowEvent) -> None:
        """Tell that there may be something to restore."""
        super().showEvent(event)
        self.state_changed.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        """Tell that there is nothing to restore any more."""
        super().hideEvent(event)
        self.state_changed.emit()

    def paintEvent(self, _: QPaintEvent) -> None:
        """Paint the ground."""
        QPainter(self).fillRect(self.rect(), current_theme().surface)
