"""The one row above everything: project, screens, undo and search."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QSizePolicy, QWidget

from annotator.ui.actions import Actions
from annotator.ui.controls import GRID
from annotator.ui.icon_drawing import IconRole, draw_icon
from annotator.ui.theme import FOCUS_WIDTH, current_theme, draw_frame, panel_font

HEIGHT = 40
_SIGN = 16
_LINE = 3
_SCREENS = (
    ("read", "book-open"),
    ("claims", "scale"),
    ("audit", "list-checks"),
    ("history", "history"),
    ("lists", "rows-3"),
    ("versions", "file-diff"),
    ("conflicts", "git-fork"),
)
_AT_TIMES = ("versions", "conflicts")
"""The screens that have a tab only while there is something to do on them."""
_LEFT, _RIGHT, _WIDE, _LEAST, _LEAST_LEFT = 272, 352, 1200, 104, 136


class TopBar(QWidget):
    """Menu, project, screens, undo and redo, search. Its columns follow the docks below."""

    screen_chosen = Signal(str)

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actions = actions
        self.setFixedHeight(max(HEIGHT, self.fontMetrics().height() + 2 * GRID))
        self.menu_button = IconButton("menu", self.tr("Menu"))
        self.project_button = ProjectButton()
        self._left = QWidget()
        left = _row(self._left, 2 * GRID - 4)
        left.addWidget(self.menu_button)
        left.addWidget(self.project_button, 1)
        self._tabs: dict[str, ScreenTab] = {}
        self._group: QButtonGroup | None = None
        self._row = _row(self, 0)
        self._row.addWidget(self._left)
        self._row.addStretch(1)
        self._columns = _LEFT, _RIGHT
        self.set_columns(_LEFT, _RIGHT)
        self.show_project("", 0)

    def _furnish(self) -> None:
        """Make what only an open project needs."""
        actions, row = self._actions, self._row
        group = self._group = QButtonGroup(self)
        for number, (name, sign) in enumerate(_SCREENS):
            tab = self._tabs[name] = ScreenTab(actions[f"show_{name}"].text(), sign)
            group.addButton(tab)
            row.insertWidget(1 + number, tab)
            tab.clicked.connect(lambda _checked=False, name=name: self.screen_chosen.emit(name))
        self._undo = _action_button(actions["undo"], "undo-2")
        self._redo = _action_button(actions["redo"], "redo-2")
        self._right = QWidget()
        self.search = SearchField(actions)
        _row(self._right, 2 * GRID).addWidget(self.search, 1)
        row.addWidget(self._undo)
        row.addWidget(self._redo)
        row.addSpacing(GRID)
        row.addWidget(self._right)
        self.set_columns(*self._columns)

    def show_project(self, name: str, claims: int) -> None:
        """Show the name of the project and how many claims it has; without a name, that none is open."""
        is_open = bool(name)
        if is_open and not self._tabs:
            self._furnish()
        self.project_button.setText(name or self.tr("Annotator"))
        self.project_button.setEnabled(is_open)
        if self._tabs:
            self._tabs["claims"].set_count(claims)
            lasting = (tab for name, tab in self._tabs.items() if name not in _AT_TIMES)
            for widget in (*lasting, self._undo, self._redo, self._right):
                widget.setVisible(is_open)

    def show_waiting(self, name: str, count: int) -> None:
        """Show how much waits on a screen that has a tab at times, and the way there while anything does or it is shown."""
        if self._tabs:
            tab = self._tabs[name]
            tab.set_count(count)
            tab.setVisible(self.project_button.isEnabled() and (count > 0 or tab.isChecked()))
            self.set_columns(*self._columns)

    def show_findings(self, count: int) -> None:
        """Show how many errors and warnings the checks found that nobody waived."""
        if self._tabs:
            self._tabs["audit"].set_count(count)

    def show_screen(self, name: str) -> None:
        """Mark the screen that is shown; one without a tab marks none."""
        if self._group is not None:
            self._group.setExclusive(False)
            for each, tab in self._tabs.items():
                tab.setChecked(each == name)
            self._group.setExclusive(True)
            if name in _AT_TIMES:
                self._tabs[name].show()
            self.set_columns(*self._columns)

    @property
    def shown_screen(self) -> str:
        """The screen that is marked."""
        return next((name for name, tab in self._tabs.items() if tab.isChecked()), "")

    def show_undo(self, undo: str, redo: str) -> None:
        """Say what undo and redo would do."""
        if not self._tabs:
            return
        for button, action, label in (
            (self._undo, self._actions["undo"], undo),
            (self._redo, self._actions["redo"], redo),
        ):
            tip = self.tr("{0}: {1}").format(action.text(), label) if label else action.text()
            key = self._actions.key(action.objectName())
            button.say(tip, f"{tip} ({key})" if key else tip)

    def set_columns(self, left: int, right: int) -> None:
        """Stand over docks of these widths; 0 where there is none."""
        self._columns = left, right
        wide = self.width() >= _WIDE
        self._left.setFixedWidth(max(200, left or (_LEFT if wide else 200)))
        if self._tabs:
            self._give_way()
            wanted = max(240, right or (_RIGHT if wide else 240))
            self._right.setFixedWidth(max(_LEAST, min(wanted, self._room_for_search())))

    def _give_way(self) -> None:
        """Cut the project's name, and then the words of the screens that are not shown, where even a short search has no room."""
        for tab in self._tabs.values():
            tab.show_word()
        wanted, lacking = self._left.width(), _LEAST - self._room_for_search()
        if lacking > 0:
            self._left.setFixedWidth(max(_LEAST_LEFT, self._left.width() - lacking))
        if self._room_for_search() < _LEAST:
            for tab in self._tabs.values():
                tab.show_word(shown=tab.isChecked())
            self._left.setFixedWidth(min(wanted, self._left.width() + max(0, self._room_for_search() - _LEAST)))

    def _room_for_search(self) -> int:
        """Return the width that everything else leaves: where there is little, the search gives way."""
        tabs = [tab.sizeHint().width() for tab in self._tabs.values() if not tab.isHidden()]
        taken = self._left.width() + sum(tabs) + self._undo.width() + self._redo.width()
        return self.window().width() - taken - (len(tabs) + 4) * GRID

    def paintEvent(self, _: QPaintEvent) -> None:
        """Paint the line below."""
        painter = QPainter(self)
        painter.setPen(current_theme().hairline)
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)


def _row(parent: QWidget, margin: int) -> QHBoxLayout:
    row = QHBoxLayout(parent)
    row.setContentsMargins(margin, 0, margin, 0)
    row.setSpacing(GRID)
    return row


class _Painted(QAbstractButton):
    """A flat button that paints itself: a ground under the mouse, a frame with the focus."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def _ground(self, painter: QPainter, rect: QRect) -> None:
        theme = current_theme()
        fill = theme.hover if self.underMouse() and self.isEnabled() else None
        line = theme.accent if self.hasFocus() else None
        draw_frame(painter, QRectF(rect), fill, line, FOCUS_WIDTH)

    def _visual(self, left: int, width: int, height: int) -> QRect:
        part = QRect(left, (self.height() - height) // 2, width, height)
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            part.moveRight(self.width() - 1 - left)
        return part


class IconButton(_Painted):
    """A sign to click on; its name is its tooltip."""

    def __init__(self, sign: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sign = sign
        self.setFixedSize(3 * GRID, 3 * GRID)
        self.say(name)

    def say(self, name: str, tip: str = "") -> None:
        """Give it another name."""
        self.setAccessibleName(name)
        self.setToolTip(tip or name)

    def paintEvent(self, _: QPaintEvent) -> None:
        """Paint the sign, faded when it cannot be used."""
        painter = QPainter(self)
        self._ground(painter, self.rect())
        square = self._visual((self.width() - _SIGN) // 2, _SIGN, _SIGN)
        draw_icon(painter, square, self._sign, faded=not self.isEnabled())


def _action_button(action: QAction, sign: str) -> IconButton:
    button = IconButton(sign, action.text())
    button.clicked.connect(action.trigger)
    action.enabledChanged.connect(button.setEnabled)
    button.setEnabled(action.isEnabled())
    return button


class ProjectButton(_Painted):
    """The project's name; a click opens what can be done with the project."""

    _PADDING = 6

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFont(panel_font(bold=True))
        self.setFixedHeight(max(24, self.fontMetrics().height()))

    def setText(self, text: str) -> None:
        """Show another name."""
        super().setText(text.replace("&", "&&"))
        self._name = text
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return room for the name and the arrow."""
        return QSize(self.fontMetrics().horizontalAdvance(self._name) + 2 * self._PADDING + GRID + _SIGN, self.height())

    def minimumSizeHint(self) -> QSize:
        """Return room for an ellipsis and the arrow."""
        return QSize(64, self.height())

    def paintEvent(self, _: QPaintEvent) -> None:
        """Paint the name and the arrow behind it."""
        painter = QPainter(self)
        self._ground(painter, self.rect().adjusted(0, 0, -max(0, self.width() - self.sizeHint().width()), 0))
        room = self.width() - 2 * self._PADDING - (GRID + _SIGN if self.isEnabled() else 0)
        shown = self.fontMetrics().elidedText(self._name, Qt.TextElideMode.ElideRight, room)
        width = self.fontMetrics().horizontalAdvance(shown)
        painter.setPen(current_theme().text)
        painter.drawText(self._visual(self._PADDING, room, self.height()), _START, shown)
        if self.isEnabled():
            draw_icon(painter, self._visual(self._PADDING + width + GRID, _SIGN, _SIGN), "chevron-down")


class ScreenTab(_Painted):
    """One screen of the window, with how much is in it; the line below marks the one that is shown."""

    _PADDING = GRID

    def __init__(self, text: str, sign: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sign = sign
        self._count = 0
        self._word = text
        self.setText(text)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFont(panel_font(bold=True))
        self.setFixedHeight(max(HEIGHT, self.fontMetrics().height() + 2 * GRID))
        self.set_count(0)

    def show_word(self, *, shown: bool = True) -> None:
        """Show the name of the screen beside its sign, or in the tooltip alone."""
        word = self.text() if shown else ""
        if word != self._word:
            self._word = word
            self.setToolTip("" if shown else self.text())
            self.updateGeometry()
            self.update()

    def set_count(self, count: int) -> None:
        """Show how much is on the screen; nothing for 0."""
        self._count = count
        self.setAccessibleName(f"{self.text()} {count}" if count else self.text())
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return room for the sign, the bold word and the count."""
        width = self._word_width() + _SIGN + 2 * self._PADDING
        if self._count:
            width += self.fontMetrics().horizontalAdvance(str(self._count)) + GRID
        return QSize(width, self.height())

    def _word_width(self) -> int:
        return self.fontMetrics().horizontalAdvance(self._word) + self._PADDING if self._word else 0

    def minimumSizeHint(self) -> QSize:
        """Return the same: a screen's name is never cut off."""
        return self.sizeHint()

    def paintEvent(self, _: QPaintEvent) -> None:
        """Paint the sign, the word, the count, and the line of the chosen one."""
        theme = current_theme()
        painter = QPainter(self)
        self._ground(painter, self.rect().adjusted(0, GRID - 2, 0, 1 - GRID))
        role: IconRole = "text" if self.isChecked() else "muted"
        draw_icon(painter, self._visual(self._PADDING, _SIGN, _SIGN), self._sign, role)
        left = self._PADDING + _SIGN + (GRID if self._word else 0)
        width = self.fontMetrics().horizontalAdvance(self._word)
        painter.setFont(panel_font(bold=self.isChecked()))
        painter.setPen(theme.text if self.isChecked() else theme.muted)
        painter.drawText(self._visual(left, width, self.height()), _START, self._word)
        if self._count:
            painter.setFont(panel_font())
            painter.setPen(theme.muted)
            count = str(self._count)
            at = left + painter.fontMetrics().horizontalAdvance(self._word) + GRID
            if self.isChecked():
                at = left + width + GRID
            painter.drawText(
                self._visual(at, self.fontMetrics().horizontalAdvance(count), self.height()), _START, count
            )
        if self.isChecked():
            painter.fillRect(0, self.height() - _LINE, self.width(), _LINE, theme.accent)


class SearchField(_Painted):
    """Looks like a field and opens the search."""

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actions = actions
        self.setText(actions["search"].text())
        self.setAccessibleName(self.text())
        self.setFont(panel_font())
        self.setFixedHeight(max(24, self.fontMetrics().height() + 4))
        self.setCursor(Qt.CursorShape.IBeamCursor)
        self.clicked.connect(actions["search"].trigger)

    def minimumSizeHint(self) -> QSize:
        """Return room for the sign and the key."""
        return QSize(72, self.height())

    def sizeHint(self) -> QSize:
        """Return room for the words."""
        return QSize(320, self.height())

    def paintEvent(self, _: QPaintEvent) -> None:
        """Paint a field with its sign, its words and its key."""
        theme = current_theme()
        painter = QPainter(self)
        line, width = (theme.accent, FOCUS_WIDTH) if self.hasFocus() else (theme.edge, 1.0)
        draw_frame(painter, QRectF(self.rect()), theme.raised, line, width)
        draw_icon(painter, self._visual(GRID, _SIGN, _SIGN), "search", "muted")
        key = self._actions.key("search")
        key_width = self.fontMetrics().horizontalAdvance(key)
        painter.setPen(theme.muted)
        painter.drawText(self._visual(self.width() - key_width - 10, key_width, self.height()), _START, key)
        left = GRID + _SIGN + GRID
        room = self.width() - left - key_width - 20
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room)
        painter.drawText(self._visual(left, room, self.height()), _START, shown)


_START = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading | Qt.TextFlag.TextSingleLine
