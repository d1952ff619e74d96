"""Search for anything, or run any command: one field over the window, opened with Ctrl+K."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QModelIndex, QObject, QRectF, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QFrame, QLineEdit, QListView, QStyleOptionViewItem, QVBoxLayout, QWidget

from annotator.ui.actions import SPECS, Actions, menu_words, words_of
from annotator.ui.controls import GRID, HairLine, plain_label
from annotator.ui.desk import Desk
from annotator.ui.shell.finding import GROUPS, Found, find_all
from annotator.ui.shell.palette_list import ROW, Command, Head, PaletteDelegate, PaletteList, Row
from annotator.ui.theme import current_theme, draw_frame

_WIDTH, _HEIGHT = 640, 560
_SETTLE = 120
_FEW_COMMANDS = 8


class Palette(QWidget):
    """A field and what it finds. Enter enters, Esc or a click elsewhere leaves."""

    def __init__(self, window: QWidget, desk: Desk, actions: Actions, go_to: Callable[..., None]) -> None:
        super().__init__(window)
        self._window = window
        self._desk = desk
        self._actions = actions
        self._go_to = go_to
        self._before = QApplication.focusWidget()
        self._found: tuple[Found, ...] = ()
        self._asked = ""
        self._commands = self._all_commands()
        self.setAccessibleName(actions["search"].text())
        self.field = QLineEdit()
        self.field.setFrame(False)
        self.field.setMinimumHeight(5 * GRID)
        self.field.setTextMargins(GRID, 0, GRID, 0)
        self.field.setPlaceholderText(self.tr("Search sources, passages, claims, rationales, or type a command"))
        self.field.setAccessibleName(self.field.placeholderText())
        self.field.textChanged.connect(lambda _text: self._on_text())
        self.field.installEventFilter(self)
        self.rows = PaletteList()
        self.list = QListView()
        self._delegate = PaletteDelegate(self.list)
        self.list.setModel(self.rows)
        self.list.setItemDelegate(self._delegate)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName(self.tr("What was found"))
        self.list.clicked.connect(self._enter)
        self._nothing = plain_label(self.tr("Nothing found. Try fewer words."), muted=True)
        self._nothing.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        column = QVBoxLayout(self)
        column.setContentsMargins(2, 2, 2, 2)
        column.setSpacing(0)
        for widget in (self.field, HairLine(), self._nothing, self.list):
            column.addWidget(widget)
        self._settle = QTimer(self, singleShot=True, interval=_SETTLE)
        self._settle.timeout.connect(self._ask)

    def open(self) -> None:
        """Lie down over the window, ready to type."""
        self._actions.pause()
        self._window.installEventFilter(self)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus)
        self._show_rows()
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def leave(self) -> None:
        """Go away, and give the focus back."""
        if self.isHidden():
            return
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.disconnect(self._on_focus)
        self.hide()
        self._actions.resume()
        if self._before is not None and self._before.isVisible():
            self._before.setFocus(Qt.FocusReason.PopupFocusReason)
        self.deleteLater()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Walk the list with the keys of the field; follow the window's size."""
        if watched is self.field and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._walk(Qt.Key(event.key()))
        if watched is self._window and event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def paintEvent(self, _: QPaintEvent) -> None:
        """Paint the panel."""
        theme = current_theme()
        draw_frame(QPainter(self), QRectF(self.rect()), theme.raised, theme.accent, 2)

    def _walk(self, key: Qt.Key) -> bool:
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}
        if key in steps:
            self._choose(self.rows.step(self.list.currentIndex().row(), steps[key]))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter(self.list.currentIndex())
        elif key == Qt.Key.Key_Escape:
            self.leave()
        else:
            return key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
        return True

    def _enter(self, index: QModelIndex) -> None:
        row = index.data(ROW)
        if not isinstance(row, (Found, Command)):
            return
        self.leave()
        if isinstance(row, Command):
            self._actions[row.name].trigger()
        elif row.kind == "version":
            self._go_to("version", row.id, row.version, row.start, row.end)
        else:
            self._go_to(row.kind, row.id)

    # -- what is found

    def _on_text(self) -> None:
        self._settle.start()
        self._show_rows()

    def _ask(self) -> None:
        query = self.field.text().strip()
        self._asked = query
        if not query or self._desk.project is None:
            self._take(query, ())
            return
        self._desk.ask(lambda p: find_all(p, query), lambda found: self._take(query, found), owner=self)

    def _take(self, query: str, found: tuple[Found, ...]) -> None:
        if query == self._asked:
            self._found = found
            self._show_rows()

    def _show_rows(self) -> None:
        query = self.field.text().strip().casefold()
        commands = self._matching(query)
        hits = self._hit_rows() if query else []
        first = bool(query) and any(_words(command)[0].startswith(query) for command in commands)
        head: list[Row] = [Head(self.tr("Commands")), *commands] if commands else []
        rows = [*head, *hits] if first or not hits else [*hits, *head]
        self.rows.show(rows)
        self._choose(self.rows.step(-1, 1))
        waiting = self._settle.isActive() or query != self._asked.casefold()
        self._nothing.setVisible(not rows and not waiting)
        self.list.setVisible(bool(rows))
        self._place()

    def _hit_rows(self) -> list[Row]:
        words = {
            "sources": self.tr("Sources"),
            "passages": self.tr("Passages"),
            "claims": self.tr("Claims"),
            "rationales": self.tr("Rationales and notes"),
            "agents": self.tr("Who says things"),
        }
        rows: list[Row] = []
        for group in GROUPS:
            own = [found for found in self._found if found.group == group]
            rows += [Head(words[group]), *own] if own else []
        return rows

    def _matching(self, query: str) -> list[Command]:
        if not query:
            return self._commands
        starts = [c for c in self._commands if any(w.startswith(query) for w in _words(c))]
        inside = [c for c in self._commands if c not in starts and all(w in c.words.casefold() for w in query.split())]
        return (starts + inside)[:_FEW_COMMANDS]

    def _all_commands(self) -> list[Command]:
        return [
            Command(spec.name, _titled(spec.menu, words_of(spec)), spec.icon, self._actions.key(spec.name))
            for spec in SPECS
            if spec.menu and spec.name != "search" and self._actions[spec.name].isEnabled()
        ]

    def _choose(self, row: int) -> None:
        index = self.rows.index(row)
        if index.isValid():
            self.list.setCurrentIndex(index)
            self.list.scrollTo(index)
            if row <= 1:
                self.list.scrollToTop()

    def _place(self) -> None:
        width = min(_WIDTH, self._window.width() - 4 * GRID)
        option = QStyleOptionViewItem()
        rows = sum(self._delegate.sizeHint(option, self.rows.index(n)).height() for n in range(self.rows.rowCount()))
        nothing = self._nothing.sizeHint().height() if self._nothing.isVisibleTo(self) else 0
        height = min(_HEIGHT, self._window.height() - 10 * GRID, 5 * GRID + 6 + rows + nothing)
        self.setGeometry((self._window.width() - width) // 2, 6 * GRID, width, height)

    def _on_focus(self, _old: QWidget | None, new: QWidget | None) -> None:
        if new is not None and new is not self.field:
            self._before = None
            self.leave()


def _titled(menu: str, words: str) -> str:
    return f"{menu_words(menu)}: {words.rstrip('…')}"


def _words(command: Command) -> list[str]:
    said = command.words.casefold().partition(": ")[2]
    return [said, *said.split()]
