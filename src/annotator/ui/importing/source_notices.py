"""Lines above the list of sources: what is to be done about some of them. Nothing is shown where there is nothing to do."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from annotator.domain.ids import EntityId
from annotator.ui.controls import GRID, ElidedLabel, LinkButton, plain_tooltip
from annotator.ui.desk import Desk
from annotator.ui.refresher import Refresher

if TYPE_CHECKING:
    from annotator.services.importing_batch import UnfinishedImport
    from annotator.services.project import Project
    from annotator.ui.jobs import Task


@dataclass(frozen=True, slots=True)
class _Found:
    unconfirmed: int
    unfinished: tuple[UnfinishedImport, ...]


def _read(project: Project) -> _Found:
    return _Found(len(project.row_order("sources", only=("unconfirmed",))), project.unfinished_imports())


class SourceNotices(QWidget):
    """Unconfirmed details, a batch that was stopped, altered originals: a sentence and a link each.

    Originals are digested once, behind everything else, when a project is opened.
    """

    confirm_wanted = Signal()
    go_on_wanted = Signal(object)
    """The paths of a batch that is to be gone on with."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._altered: tuple[EntityId, ...] = ()
        self._unfinished: UnfinishedImport | None = None
        self._stopped = _Notice(self, self.tr("Go on"), self.tr("Forget"))
        self._broken = _Notice(self, self.tr("Show"))
        self._open = _Notice(self, self.tr("Confirm…"))
        self._refresher = Refresher(self, self.refresh)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(2)
        for notice in (self._broken, self._stopped, self._open):
            column.addWidget(notice)
            notice.hide()
        self._open.taken.connect(self.confirm_wanted)
        self._stopped.taken.connect(self._go_on)
        self._stopped.dropped.connect(self._forget)
        self._broken.taken.connect(self._show_altered)
        for signal in (desk.opened, desk.closed, desk.changed):
            signal.connect(self._refresher.later)
        desk.opened.connect(self._check)
        self._check()
        self._refresher.later()

    @Slot()
    def refresh(self) -> None:
        """Ask again what is to be done."""
        if self._desk.project is None:
            self._altered = ()
            self._take(_Found(0, ()))
        else:
            self._desk.look("page", lambda project, _task: _read(project), self._take, owner=self)

    @Slot()
    def _check(self) -> None:
        def work(project: Project, task: Task[tuple[EntityId, ...]]) -> tuple[EntityId, ...]:
            return project.check_originals(cancelled=task.is_cancelled)

        self._desk.look("originals", work, self._take_altered, owner=self)

    def _take_altered(self, versions: tuple[EntityId, ...]) -> None:
        self._altered = versions
        if versions:
            self._desk.changed.emit(None)

    def _take(self, found: _Found) -> None:
        self._unfinished = found.unfinished[-1] if found.unfinished else None
        if self._unfinished is not None:
            words = self.tr("Stopped: {0}").format(_given_words(self._unfinished.given))
            self._stopped.say(
                words,
                self.tr("An import of {0} files was stopped. What came in is known and not taken in again").format(
                    self._unfinished.files
                ),
            )
        if found.unconfirmed:
            one = self.tr("1 not confirmed")
            words = one if found.unconfirmed == 1 else self.tr("{0} not confirmed").format(found.unconfirmed)
            self._open.say(words, self.tr("Title, people, date and address are as import found them"))
        if self._altered:
            one = self.tr("1 original altered")
            words = one if len(self._altered) == 1 else self.tr("{0} originals altered").format(len(self._altered))
            self._broken.say(words, self.tr("The stored bytes are not those that were taken in"), is_error=True)
        self._stopped.setVisible(self._unfinished is not None)
        self._open.setVisible(bool(found.unconfirmed))
        self._broken.setVisible(bool(self._altered))

    @Slot()
    def _go_on(self) -> None:
        if self._unfinished is not None:
            self.go_on_wanted.emit(list(self._unfinished.given))

    @Slot()
    def _forget(self) -> None:
        if self._unfinished is not None:
            given = self._unfinished.given
            self._desk.do(lambda project: project.forget_import(given), lambda _: self.refresh(), owner=self)

    @Slot()
    def _show_altered(self) -> None:
        self._desk.show_place(self._altered[0])


class _Notice(QWidget):
    """One line: words, a link, and perhaps a second one."""

    taken = Signal()
    dropped = Signal()

    def __init__(self, parent: QWidget, does: str, drops: str = "") -> None:
        super().__init__(parent)
        self._words = ElidedLabel(muted=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID)
        row.addWidget(self._words, 1)
        for words, signal in ((does, self.taken), (drops, self.dropped)):
            if words:
                link = LinkButton(words)
                link.setAutoDefault(False)
                link.clicked.connect(signal)
                row.addWidget(link, 0, Qt.AlignmentFlag.AlignVCenter)

    def say(self, words: str, more: str, *, is_error: bool = False) -> None:
        """Show words; the rest is their tooltip."""
        self._words.setText(words)
        self._words.setForegroundRole(QPalette.ColorRole.BrightText if is_error else QPalette.ColorRole.PlaceholderText)
        self.setAccessibleName(f"{words}. {more}")
        self.setToolTip(plain_tooltip(more) if more else "")


def _given_words(given: tuple[Path, ...]) -> str:
    return f"“{given[0].name}”" if given else ""
