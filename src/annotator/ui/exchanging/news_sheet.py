"""What is new since a person last looked, over the window: one key goes there and marks it as seen."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QWidget

from annotator.domain.ids import EntityId
from annotator.domain.merging import News
from annotator.ui.actions import Actions
from annotator.ui.controls import GRID, PlainButton, plain_label
from annotator.ui.desk import Desk
from annotator.ui.exchanging.news_list import NewsList
from annotator.ui.exchanging.news_reading import read_news
from annotator.ui.fields import KeyedWords
from annotator.ui.shell.sheet import Sheet

if TYPE_CHECKING:
    from annotator.services.project import Project

_NOWHERE = frozenset({"annotator", "scale"})
"""Kinds that are nowhere to be gone to: having read their line is having seen them."""
_ROWS = 14


class NewsSheet(Sheet):
    """A list by person and kind. What one goes to is seen; “Mark all as seen” empties it."""

    def __init__(self, window: QWidget, actions: Actions, desk: Desk, go_to: Callable[[EntityId], None]) -> None:
        super().__init__(window, actions, self.tr("New since you last looked"), width=760)
        self._desk, self._go_to = desk, go_to
        self.list = NewsList()
        self.list.wanted.connect(self._enter)
        self.list.hide()
        self.said = plain_label(self.tr("Looking…"), muted=True)
        self.body.addWidget(self.said)
        self.body.addWidget(self.list)
        self.body.addStretch(1)
        self._keys = KeyedWords(self.tr("{0} goes there and marks it as seen"), [self.tr("Enter")])
        self.mark_all = PlainButton(self.tr("Mark all as seen"), icon_name="check")
        self.mark_all.clicked.connect(self._mark_all)
        self.footer.addWidget(self._keys, 1, Qt.AlignmentFlag.AlignVCenter)
        self.footer.addWidget(self.mark_all)
        for widget in (self._keys, self.mark_all):
            widget.hide()
        desk.ask(read_news, self._take, owner=self)

    def focus_first(self) -> None:
        """Give the focus to the list."""
        if self.list.isVisible():
            self.list.setFocus()
        else:
            super().focus_first()

    def _take(self, news: tuple[News, ...]) -> None:
        self.said.setVisible(not news)
        self.said.setText(self.tr("Nothing: you have seen everything that came in with bundles."))
        self.list.setVisible(bool(news))
        for widget in (self._keys, self.mark_all):
            widget.setVisible(bool(news))
        self.list.show_news(news)
        rows = min(_ROWS, self.list.count())
        self.list.setFixedHeight(rows * max(1, self.list.sizeHintForRow(0)) + GRID)
        QTimer.singleShot(0, self, self.focus_first)

    def _enter(self, news: News) -> None:
        """Go to a thing; with it those are seen that are nowhere to be gone to."""
        everything = (self.list.news_at(row) for row in range(self.list.count()))
        told = [each.entity_id for each in everything if each is not None and each.kind in _NOWHERE]

        def mark(project: Project) -> None:
            for id_ in dict.fromkeys((news.entity_id, *told)):
                project.look_at(id_)

        self._desk.do(mark)
        self.close()
        if news.kind not in _NOWHERE:
            self._go_to(news.entity_id)

    def _mark_all(self) -> None:
        self._desk.do(lambda project: project.look_at())
        self.close()
