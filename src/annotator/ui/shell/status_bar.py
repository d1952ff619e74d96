"""The line below everything: what is saved, what is left, what is running, who works here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStatusBar, QWidget

from annotator.ui.actions import Actions
from annotator.ui.controls import GRID, ElidedLabel, PlainButton
from annotator.ui.icon_drawing import draw_icon
from annotator.ui.jobs import Task
from annotator.ui.theme import current_theme

if TYPE_CHECKING:
    from annotator.ui.shell.work_line import WorkLine

HEIGHT = 24
_SIGN = 16


class StatusBar(QStatusBar):
    """Saved, counts, progress with a way to stop it; keys, size of the text, name."""

    name_clicked = Signal()
    zoom_clicked = Signal()
    news_clicked = Signal()
    work_wanted = Signal()
    """More is wanted about the work under way."""

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeGripEnabled(False)
        self._saved: _Signed | None = None
        self._standing: ElidedLabel | None = None
        self._intent = self._standing_words = ""
        self._work: WorkLine | None = None
        self._news = PlainButton("", icon_name="bell", height=HEIGHT)
        self._keys = PlainButton(self.tr("Keys"), key=actions.key("keys"), key_first=True, height=HEIGHT)
        self._zoom = PlainButton("100%", height=HEIGHT)
        self._name = PlainButton("", icon_name="user", height=HEIGHT)
        self._news.clicked.connect(self.news_clicked)
        self._keys.clicked.connect(actions["keys"].trigger)
        self._zoom.clicked.connect(self.zoom_clicked)
        self._name.clicked.connect(self.name_clicked)
        self._content = QWidget(self)
        row = QHBoxLayout(self._content)
        row.setContentsMargins(2 * GRID, 1, GRID, 0)
        row.setSpacing(2 * GRID)
        row.addStretch(1)
        self._row = row
        for button in (self._news, self._keys, self._zoom, self._name):
            button.setFlat(True)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            row.addWidget(button)
        self.setFixedHeight(max(HEIGHT, self.fontMetrics().height() + 4) + 1)
        self._zoom.setToolTip(self.tr("Size of the text that is read; a click makes it normal"))
        self._name.setToolTip(self.tr("Your name, and other settings"))
        self._news.setToolTip(self.tr("What came in with bundles since you last looked"))
        self.show_news("")
        self.show_zoom(0)
        self.show_name("")

    def show_project(self, saved: str, standing: str) -> None:
        """Say when the newest change was saved, how much there is, and what is left; nothing without a project."""
        if self._saved is None and saved:
            self._saved, self._standing = _Signed("check"), ElidedLabel(muted=True)
            self._row.insertWidget(0, self._saved)
            self._row.insertWidget(1, self._standing, 1)
            self._row.setStretch(2, 0)
        if self._saved is not None and self._standing is not None:
            self._saved.setText(saved)
            self._saved.setVisible(bool(saved))
            self._standing_words = standing
            self._standing.setText(self._intent or standing)

    def show_intent(self, said: str) -> None:
        """Say what the person is about to do, instead of the counts; empty for nothing."""
        if said != self._intent:
            from annotator.ui.announcing import announce

            announce(self, said)
        self._intent = said
        if self._standing is not None:
            self._standing.setText(said or self._standing_words)

    def show_news(self, said: str) -> None:
        """Say how much is new; nothing hides it."""
        self._news.setText(said)
        self._news.setVisible(bool(said))
        self._news.updateGeometry()

    def show_zoom(self, percent: int) -> None:
        """Show the size of what is read; 0 hides it."""
        self._zoom.setText(self.tr("{0}%").format(percent))
        self._zoom.setVisible(percent > 0)
        self._zoom.updateGeometry()

    def show_name(self, name: str) -> None:
        """Show who works here."""
        self._name.setText(name)
        self._name.setVisible(bool(name))
        self._name.updateGeometry()

    def follow(self, task: Task[object]) -> None:
        """Show how far a piece of work is, until it is done."""
        if self._work is None:
            from annotator.ui.shell.work_line import WorkLine

            self._work = WorkLine()
            self._work.show_wanted.connect(self.work_wanted)
            self._row.insertWidget(self._row.indexOf(self._news), self._work)
        self._work.follow(task)

    def offer_work(self, *, more: bool) -> None:
        """Offer to show more about the work under way than a line."""
        if self._work is not None:
            self._work.offer(more=more)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the content all of the bar: Qt's own layout leaves less than a line of it."""
        super().resizeEvent(event)
        self._content.setGeometry(self.rect())

    def paintEvent(self, _: QPaintEvent) -> None:
        """Paint the line above."""
        painter = QPainter(self)
        painter.setPen(current_theme().hairline)
        painter.drawLine(0, 0, self.width(), 0)


class _Signed(QLabel):
    """Plain words behind a sign."""

    def __init__(self, sign: str) -> None:
        super().__init__()
        self._sign = sign
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setIndent(_SIGN + GRID)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        rect = QRect(0, (self.height() - _SIGN) // 2, _SIGN, _SIGN)
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            rect.moveRight(self.width() - 1)
        draw_icon(QPainter(self), rect, self._sign)
