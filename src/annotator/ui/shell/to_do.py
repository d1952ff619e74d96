"""What is left: conflicts, what came in and was not looked at, passages linked to no claim, claims without a conclusion."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QWidget

from annotator.domain.ids import EntityId
from annotator.ui.actions import Actions
from annotator.ui.auditing.names import Names
from annotator.ui.controls import GRID, ElidedLabel, PlainButton, plain_label
from annotator.ui.desk import Desk
from annotator.ui.exchanging.news_reading import count_news
from annotator.ui.shell.sheet import Sheet
from annotator.ui.theme import reading_font

if TYPE_CHECKING:
    from annotator.services.project import Project

_AT_MOST = 200
_ROW = 32


@dataclass(frozen=True, slots=True)
class Left:
    """One thing that is left to do."""

    kind: str
    id: EntityId
    words: str


@dataclass(frozen=True, slots=True)
class WhatIsLeft:
    """The first of what is left, and how much there is in all; ``news`` says how much came in that was not looked at."""

    passages: tuple[Left, ...]
    claims: tuple[Left, ...]
    all_passages: int
    all_claims: int
    conflicts: int = 0
    news: str = ""
    unconfirmed: int = 0


def read_what_is_left(project: Project) -> WhatIsLeft:
    """Read it with its words; called by a job."""
    names, to_do = Names(project), project.to_do()
    return WhatIsLeft(
        passages=tuple(Left("passage", id_, names.of(id_)) for id_ in to_do.unlinked_passages[:_AT_MOST]),
        claims=tuple(Left("claim", id_, names.of(id_)) for id_ in to_do.open_claims[:_AT_MOST]),
        all_passages=len(to_do.unlinked_passages),
        all_claims=len(to_do.open_claims),
        conflicts=project.disputed_count(),
        news=count_news(project).words,
        unconfirmed=len(project.row_order("sources", only=("unconfirmed",))),
    )


class ToDoSheet(Sheet):
    """Ways to conflicts and news, and two lists; Enter goes to what is chosen."""

    def __init__(self, window: QWidget, actions: Actions, desk: Desk, go_to: Callable[..., None]) -> None:
        super().__init__(window, actions, self.tr("What is left to do"), width=640)
        self._go_to = go_to
        self._lists: list[_Lefts] = []
        self.ways: list[PlainButton] = []
        self._waiting = plain_label(self.tr("Looking…"), muted=True)
        self.body.addWidget(self._waiting)
        desk.ask(read_what_is_left, self._take, owner=self)

    @property
    def lists(self) -> tuple[QListWidget, ...]:
        """The lists shown."""
        return tuple(self._lists)

    def focus_first(self) -> None:
        """Give the focus to the first list."""
        if self.ways:
            self.ways[0].setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._lists:
            self._lists[0].setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().focus_first()

    def _take(self, left: WhatIsLeft) -> None:
        self._waiting.hide()
        self._offer(left)
        parts = (
            (self.tr("Passages linked to no claim"), left.passages, left.all_passages),
            (self.tr("Claims without a conclusion"), left.claims, left.all_claims),
        )
        for title, rows, in_all in parts:
            if rows:
                self.body.addWidget(ElidedLabel(f"{title}  {in_all}", bold=True))
                lefts = _Lefts(title, rows)
                lefts.wanted.connect(self._enter)
                self._lists.append(lefts)
                self.body.addWidget(lefts)
            if in_all > len(rows):
                self.body.addWidget(plain_label(self.tr("and {0} more").format(in_all - len(rows)), muted=True))
        if not self._lists and not self.ways:
            self.body.addWidget(plain_label(self.tr("Nothing: every passage is linked, every claim concluded.")))
        QTimer.singleShot(0, self, self.focus_first)

    def _offer(self, left: WhatIsLeft) -> None:
        """Offer the ways to what came of merging bundles."""
        one = self.tr("Settle 1 conflict")
        settle = one if left.conflicts == 1 else self.tr("Settle {0} conflicts").format(left.conflicts)
        confirm = self.tr("Confirm the details of 1 source")
        if left.unconfirmed != 1:
            confirm = self.tr("Confirm the details of {0} sources").format(left.unconfirmed)
        ways = (
            (settle if left.conflicts else "", "git-fork", "show_conflicts"),
            (self.tr("See {0}").format(left.news) if left.news else "", "bell", "news"),
            (confirm if left.unconfirmed else "", "list-checks", "confirm_sources"),
        )
        row = QHBoxLayout()
        row.setSpacing(GRID)
        for words, sign, action in ways:
            if words:
                button = PlainButton(words, icon_name=sign)
                button.clicked.connect(lambda _checked=False, action=action: self._leave_for(action))
                self.ways.append(button)
                row.addWidget(button)
        row.addStretch(1)
        if self.ways:
            self.body.addLayout(row)

    def _leave_for(self, action: str) -> None:
        self.close()
        self._actions[action].trigger()

    def _enter(self, left: Left) -> None:
        self.close()
        self._go_to(left.kind, left.id)


class _Lefts(QListWidget):
    """One list; quotations in the face of what was published."""

    wanted = Signal(object)

    def __init__(self, title: str, rows: tuple[Left, ...]) -> None:
        super().__init__()
        self._rows = rows
        self.setAccessibleName(title)
        self.setFrameShape(QListWidget.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setUniformItemSizes(True)
        for left in rows:
            item = QListWidgetItem(left.words)
            item.setSizeHint(QSize(0, max(_ROW, self.fontMetrics().height() + GRID)))
            if left.kind == "passage":
                item.setFont(reading_font(15))
            self.addItem(item)
        self.setFixedHeight(min(7, len(rows)) * max(_ROW, self.sizeHintForRow(0)) + GRID)
        self.setCurrentRow(0)
        self.itemClicked.connect(lambda item: self._enter(self.row(item)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter(self.currentRow())
        else:
            super().keyPressEvent(event)

    def _enter(self, row: int) -> None:
        self.wanted.emit(self._rows[row])
