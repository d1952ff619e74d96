"""Above the text: a tab for each open version, and what is known of the one that is read."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QTabBar, QToolButton, QWidget

from annotator.domain.ids import EntityId
from annotator.ui.actions import Actions
from annotator.ui.annotating.filter_button import FilterButton
from annotator.ui.annotating.opened import Opened
from annotator.ui.annotating.version_button import VersionButton
from annotator.ui.controls import ElidedLabel, PlainButton, plain_tooltip
from annotator.ui.icons import icon
from annotator.ui.importing.source_delegate import medium_icon
from annotator.ui.theme import current_theme, panel_font, theme_notifier
from annotator.ui.when import published

_HEIGHT = 32
_WIDEST, _NARROWEST = 232, 120
_ICON = QSize(16, 16)
_FACT, _SHORT_FACT, _NARROW = 170, 72, 600
_BESIDE = 56
"""What edges and gaps take of the bar."""
_BAR = 3
_BUTTON = 24


def icon_button(name: str, words: str, parent: QWidget | None = None) -> QToolButton:
    """Return a flat button with an icon, its words as tooltip and name."""
    button = QToolButton(parent)
    button.setIcon(icon(name))
    button.setIconSize(_ICON)
    button.setAutoRaise(True)
    button.setAccessibleName(words)
    button.setToolTip(words)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button


class Tabs(QTabBar):
    """A tab for each open version; the middle button closes one."""

    closed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFont(panel_font())
        self.setElideMode(Qt.TextElideMode.ElideRight)
        self.setExpanding(False)
        self.setDrawBase(False)
        self.setUsesScrollButtons(True)
        self.setMovable(True)
        self.setIconSize(_ICON)
        self.setAccessibleName(self.tr("Open sources"))
        self._active = True
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def add(self, opened: Opened) -> int:
        """Add a tab and return its number."""
        index = self.addTab("")
        self.setTabData(index, opened.version.id)
        close = icon_button("x", self.tr("Close {0}").format(opened.title))
        close.setFixedSize(22, 22)
        version = opened.version.id
        close.clicked.connect(lambda: self.closed.emit(version))
        self.setTabButton(index, QTabBar.ButtonPosition.RightSide, close)
        self.show_details(index, opened)
        return index

    def show_details(self, index: int, opened: Opened) -> None:
        """Show a version's title and medium."""
        self.setTabText(index, opened.title.replace("&", "&&"))
        self.setTabToolTip(index, plain_tooltip(opened.title))
        self.setTabIcon(index, icon(medium_icon(opened.row.source.medium)))
        self.setAccessibleTabName(index, opened.title)

    def set_active(self, *, active: bool) -> None:
        """Show whether what is done is done to the tab that is chosen here."""
        self._active = active
        self.update()

    def index_of(self, version: str) -> int:
        """Return the number of a version's tab, or -1."""
        return next((index for index in range(self.count()) if self.tabData(index) == version), -1)

    def version(self, index: int) -> EntityId:
        """Return the version of a tab."""
        return EntityId(self.tabData(index) or "")

    def tabSizeHint(self, index: int) -> QSize:
        """Return the size of a tab: as wide as its title, within bounds."""
        wide = self.fontMetrics().horizontalAdvance(self.tabText(index)) + 80
        return QSize(max(_NARROWEST, min(wide, _WIDEST)), max(_HEIGHT, self.fontMetrics().height() + 12))

    def minimumTabSizeHint(self, index: int) -> QSize:
        """Return how small a tab may become."""
        return QSize(_NARROWEST, self.tabSizeHint(index).height())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Close a tab with the middle button."""
        index = self.tabAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.MiddleButton and index >= 0:
            self.closed.emit(self.tabData(index))
        else:
            super().mouseReleaseEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the tabs on a line that goes on behind the last."""
        painter = QPainter(self)
        painter.fillRect(0, self.height() - 1, self.width(), 1, current_theme().hairline)
        painter.end()
        super().paintEvent(event)
        if not self._active and self.currentIndex() >= 0:
            chosen = self.tabRect(self.currentIndex())
            QPainter(self).fillRect(chosen.left(), chosen.top(), chosen.width(), _BAR, current_theme().hairline)


class DetailsBar(QWidget):
    """Back and forward, and what is known of the version: who published it, when, which version, its address."""

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pages = PlainButton(self.tr("Pages"), key=actions.key("pages_or_text"), height=_BUTTON)
        self.pages.setFlat(True)
        self.pages.setToolTip(self.tr("Show the pages as published"))
        self.pages.hide()
        self.back = icon_button("arrow-left", self.tr("Back"), self)
        self.forward = icon_button("arrow-right", self.tr("Forward"), self)
        self.filter = FilterButton()
        self.filter.clicked.connect(actions["filter_passages"].trigger)
        self._has_address = False
        self._facts = [ElidedLabel() for _ in range(2)]
        self.version = VersionButton(actions)
        self._original_icon, self._address_icon = QLabel(), QLabel()
        self._original, self.address = ElidedLabel(), ElidedLabel()
        self._tools: QWidget | None = None
        self._draw_icons()
        theme_notifier().changed.connect(self._draw_icons)
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 16, 0)
        row.setSpacing(4)
        row.addWidget(self.back)
        row.addWidget(self.forward)
        self._about = QWidget()
        about = self._about_row = QHBoxLayout(self._about)
        about.setContentsMargins(12, 0, 12, 0)
        about.setSpacing(16)
        for label in self._facts:
            about.addWidget(label)
        about.addWidget(self.version)
        about.addWidget(self._original_icon)
        about.addWidget(self._original)
        row.addWidget(self._about)
        row.addStretch(1)
        row.addWidget(self.filter)
        row.addSpacing(12)
        row.addWidget(self._address_icon)
        row.addWidget(self.address)
        row.addWidget(self.pages)
        self.setFixedHeight(max(_HEIGHT, self.address.sizeHint().height() + 12))
        self.show_ways(back=False, forward=False)

    @Slot()
    def _draw_icons(self) -> None:
        for label, name in ((self._original_icon, "archive"), (self._address_icon, "link")):
            label.setPixmap(icon(name).pixmap(_ICON, self.devicePixelRatioF()))
            label.setFixedSize(_ICON)

    def show_details(self, opened: Opened) -> None:
        """Show what is known of a version."""
        source, version = opened.row.source, opened.version
        for label, words in zip(self._facts, (opened.row.publisher, published(source.date_published)), strict=True):
            label.setText(words)
        self.version.show_version(opened)
        kept = self.tr("Original kept") if version.original else self.tr("Written down")
        self._original.setText(kept)
        self._original.setMinimumWidth(min(self._original.sizeHint().width(), _FACT))
        self._original_icon.setToolTip(kept)
        self._original_icon.setAccessibleName(kept)
        address = source.url or version.url
        self._has_address = bool(address)
        self.address.setText(address.removeprefix("https://").removeprefix("http://").removesuffix("/"))
        self.address.setAccessibleName(self.tr("Address: {0}").format(address))
        self._lay_out()

    def set_tools(self, tools: QWidget | None) -> None:
        """Put the tools of the view that is shown in the place of the address; None takes them away again."""
        if tools is not self._tools:
            if self._tools is not None:
                self._row.removeWidget(self._tools)
                self._tools.hide()
            self._tools = tools
            if tools is not None:
                self._row.addWidget(tools)
                tools.show()
        self._lay_out()

    @property
    def facts(self) -> tuple[str, ...]:
        """What is said of the version: publisher, date, which version."""
        several = () if self.version.isHidden() else (self.version.text(),)
        return (*(label.text() for label in self._facts if label.text()), *several)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out words where there is no room: the icon says the same."""
        super().resizeEvent(event)
        self._lay_out()

    def _lay_out(self) -> None:
        """Leave out what there is no room for, the address first; the tools for pages go before everything."""
        width, tools = self.width(), self._tools
        room = width - (tools.sizeHint().width() if tools is not None else 0)
        self._about.setVisible(tools is None or room >= 2 * _FACT)
        for label in self._facts:
            label.setMinimumWidth(min(label.sizeHint().width(), _FACT if room >= _NARROW else _SHORT_FACT))
            label.setVisible(bool(label.text()))
        for widget in (self.address, self._address_icon):
            widget.setVisible(self._has_address and tools is None and width >= _NARROW)
        self._original_icon.setVisible(tools is None)
        self._original.setVisible(tools is None and width >= _NARROW)
        beside = sum(each.sizeHint().width() for each in (self.back, self.forward, self.filter)) + _BESIDE
        for label in reversed(self._facts):
            if self._about_row.minimumSize().width() > room - beside:
                label.hide()

    def show_ways(self, *, back: bool, forward: bool) -> None:
        """Show whether one can go back and forward."""
        self.back.setEnabled(back)
        self.forward.setEnabled(forward)

    def paintEvent(self, _: QPaintEvent) -> None:
        """Paint the ground of the page, and the line below."""
        theme, painter = current_theme(), QPainter(self)
        painter.fillRect(self.rect(), theme.raised)
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme.hairline)
