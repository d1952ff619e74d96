"""The centre of a project without sources: what to do first, and what comes then."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from annotator.ui.actions import Actions
from annotator.ui.controls import GRID, AccentButton, EmptyState, HairLine, LinkButton, PlainButton, plain_label
from annotator.ui.theme import current_theme

_WIDTH = 624


class EmptyProject(QScrollArea):
    """A place to drop the first sources, and the three steps of the work."""

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        choose = AccentButton(self.tr("Choose sources"), icon_name="folder-open", key=actions.key("import"))
        choose.clicked.connect(actions["import"].trigger)
        paste = PlainButton(self.tr("Paste text"), icon_name="clipboard-paste", key=actions.key("paste_source"))
        paste.clicked.connect(actions["paste_source"].trigger)
        said = self.tr("Saved web pages, PDFs, text files, whole folders")
        drop = EmptyState("download", self.tr("Drop your first sources here"), said, (choose, paste), drop_target=True)
        column = QVBoxLayout()
        column.setSpacing(4 * GRID)
        column.addStretch(2)
        column.addWidget(drop)
        column.addLayout(self._steps(actions.key("link")))
        column.addWidget(HairLine())
        column.addLayout(self._sample(actions))
        column.addStretch(3)
        middle = QWidget()
        middle.setMaximumWidth(_WIDTH)
        middle.setLayout(column)
        page = _Page()
        row = QHBoxLayout(page)
        row.setContentsMargins(2 * GRID, 0, 2 * GRID, 0)
        row.addStretch(1)
        row.addWidget(middle, 100)
        row.addStretch(1)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidgetResizable(True)
        self.setWidget(page)
        self.setFocusProxy(choose)

    def _steps(self, key: str) -> QGridLayout:
        steps = (
            (
                self.tr("1  Read"),
                self.tr("The original is kept, byte for byte. What is not part of the article is folded away."),
            ),
            (
                self.tr("2  Link"),
                self.tr("Select, press {0}, type the claim. Then stance, verdict and confidence: one key each.").format(
                    key
                ),
            ),
            (self.tr("3  Conclude"), self.tr("See all evidence for and against a claim side by side, and decide.")),
        )
        grid = QGridLayout()
        grid.setHorizontalSpacing(4 * GRID)
        grid.setVerticalSpacing(GRID)
        for n, (title, said) in enumerate(steps):
            grid.addWidget(plain_label(title, bold=True), 0, n)
            grid.addWidget(plain_label(said, muted=True), 1, n, Qt.AlignmentFlag.AlignTop)
            grid.setColumnStretch(n, 1)
        return grid

    def _sample(self, actions: Actions) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(plain_label(self.tr("New here?"), muted=True, wrap=False))
        link = LinkButton(actions["open_sample"].text())
        link.clicked.connect(actions["open_sample"].trigger)
        row.addWidget(link)
        row.addStretch(1)
        return row


class _Page(QWidget):
    def paintEvent(self, _: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), current_theme().raised)
