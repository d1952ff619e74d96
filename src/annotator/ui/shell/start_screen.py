"""What one sees before a project is open: who one is, what one worked on, and ways to begin."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from annotator.services.settings import Recent
from annotator.ui.actions import Actions
from annotator.ui.controls import GRID, plain_label
from annotator.ui.shell.drop_area import DropArea
from annotator.ui.shell.rail import RailButton
from annotator.ui.shell.recent_row import RecentRow
from annotator.ui.theme import current_theme

if TYPE_CHECKING:
    from annotator.ui.fields import FilterField
    from annotator.ui.shell.name_panel import NamePanel

_RAIL = 320
_SEEN_AT_A_GLANCE = 5
_BEGINNINGS = (
    ("new_project", "file-plus"),
    ("open_project", "folder-open"),
    ("open_bundle", "package-open"),
    ("open_sample", "graduation-cap"),
)


class StartScreen(QWidget):
    """Recent projects, a new one, another one, the sample case; at the very first, the person's name."""

    named = Signal(str)
    chosen = Signal(str)
    find_wanted = Signal(str)
    dropped_from_list = Signal(str)

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actions = actions
        self._rows: list[RecentRow] = []
        self._filter: FilterField | None = None
        self._head = QHBoxLayout()
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        self._recent = self._make_recent()
        self._name: NamePanel | None = None
        self._shown: tuple[str, tuple[Recent, ...]] | None = None
        self.drop_area = DropArea(
            self.tr("Drop sources here"),
            self.tr("Web pages, PDFs, text: a new project is made for them. Or a colleague’s bundle."),
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._make_rail(actions))
        row.addSpacing(1)
        row.addWidget(self._make_page(), 1)

    def _make_rail(self, actions: Actions) -> QWidget:
        rail = QWidget()
        rail.setFixedWidth(_RAIL - 1)
        column = QVBoxLayout(rail)
        column.setContentsMargins(5 * GRID, 7 * GRID, 5 * GRID, 2 * GRID)
        column.setSpacing(GRID)
        column.addWidget(plain_label(self.tr("Check what was said"), size=20, bold=True))
        said = self.tr("Highlight a passage, link it to a claim, say how sure you are and why.")
        column.addWidget(plain_label(said, muted=True))
        column.addSpacing(2 * GRID)
        self._beginnings = [RailButton(actions, name, sign) for name, sign in _BEGINNINGS]
        for button in self._beginnings:
            column.addWidget(button)
        column.addStretch(1)
        column.addWidget(plain_label(self.tr("Everything stays on this computer until you export it."), muted=True))
        return rail

    def _make_recent(self) -> QWidget:
        recent = QWidget()
        column = QVBoxLayout(recent)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        head = self._head
        head.setContentsMargins(2 * GRID, 0, 2 * GRID, 0)
        head.addWidget(plain_label(self.tr("Recent projects"), size=16, bold=True, wrap=False))
        head.addStretch(1)
        column.addLayout(head)
        column.addLayout(self._list)
        return recent

    def _make_page(self) -> QWidget:
        content = QWidget()
        content.setBackgroundRole(QPalette.ColorRole.Base)
        content.setAutoFillBackground(True)
        self._column = column = QVBoxLayout(content)
        column.setContentsMargins(6 * GRID, 7 * GRID, 6 * GRID, 4 * GRID)
        column.setSpacing(4 * GRID)
        column.addWidget(self._recent)
        column.addWidget(self.drop_area)
        column.addStretch(1)
        page = QScrollArea()
        page.setFrameShape(QFrame.Shape.NoFrame)
        page.setWidgetResizable(True)
        page.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        page.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        page.setWidget(content)
        return page

    def show_settings(self, name: str, recent: Iterable[Recent]) -> None:
        """Show who works here and what was opened lately, newest first."""
        recent = tuple(recent)
        if (name, recent) == self._shown:
            return
        self._shown = name, recent
        for row in self._rows:
            self._list.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = [RecentRow(each) for each in recent]
        for row in self._rows:
            self._list.addWidget(row)
            row.chosen.connect(self.chosen)
            row.find_wanted.connect(self.find_wanted)
            row.removed.connect(self.dropped_from_list)
        self._ask_name(wanted=not name)
        self._recent.setVisible(bool(name and self._rows))
        self.drop_area.setVisible(bool(name))
        self._offer_filter(wanted=len(self._rows) > _SEEN_AT_A_GLANCE)

    def _offer_filter(self, *, wanted: bool) -> None:
        if wanted and self._filter is None:
            from annotator.ui.fields import FilterField

            self._filter = FilterField(self.tr("Filter projects"))
            self._filter.setFixedWidth(176)
            self._filter.set_key(self._actions.key("filter"))
            self._filter.textChanged.connect(self._sift)
            self._filter.left.connect(self._focus_list)
            self._head.addWidget(self._filter)
        elif self._filter is not None:
            self._filter.setVisible(wanted)

    def _focus_list(self) -> None:
        first = next((row for row in self._rows if row.isVisible()), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.TabFocusReason)

    def _ask_name(self, *, wanted: bool) -> None:
        if wanted and self._name is None:
            from annotator.ui.shell.name_panel import NamePanel

            self._name = NamePanel()
            self._name.named.connect(self.named)
            self._column.insertWidget(0, self._name)
        elif not wanted and self._name is not None:
            self._name.deleteLater()
            self._name = None

    def show_missing(self, paths: Iterable[str]) -> None:
        """Mark the projects that are not where they were."""
        gone = set(paths)
        for row in self._rows:
            row.set_missing(missing=row.recent.path in gone)

    @property
    def recent_paths(self) -> tuple[str, ...]:
        """The paths of the projects that are listed."""
        return tuple(row.recent.path for row in self._rows)

    def focus_first(self) -> None:
        """Give the focus to where one starts: the name, else the newest project, else a new one."""
        if self._name is not None:
            self._name.field.setFocus()
        elif self._rows:
            self._rows[0].setFocus()
        else:
            self._beginnings[0].setFocus()

    def focus_filter(self) -> None:
        """Give the focus to the filter."""
        if self._filter is not None and self._filter.isVisible():
            self._filter.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk the list with the arrow keys."""
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        seen = [row for row in self._rows if row.isVisible()]
        if step is None or not seen:
            super().keyPressEvent(event)
            return
        at = next((n for n, row in enumerate(seen) if row.hasFocus()), -step if step > 0 else 0)
        seen[max(0, min(len(seen) - 1, at + step))].setFocus(Qt.FocusReason.TabFocusReason)

    def _sift(self, wanted: str) -> None:
        for row in self._rows:
            row.setVisible(wanted.casefold() in row.name.casefold())

    def paintEvent(self, _: QPaintEvent) -> None:
        """Paint the line beside the rail."""
        painter = QPainter(self)
        painter.setPen(current_theme().hairline)
        left = _RAIL - 1 if self.layoutDirection() == Qt.LayoutDirection.LeftToRight else self.width() - _RAIL
        painter.drawLine(left, 0, left, self.height())
