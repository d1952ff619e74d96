"""A list of a million passages: the product's screen of lists, and a bare table over a plain Python list of as many rows.

All figures are CPU seconds of the window's thread; what jobs do beside it is not in them.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QAbstractTableModel, QEventLoop, QModelIndex, QPersistentModelIndex, Qt, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow, QTableView
from pysqlite3 import dbapi2

from annotator.domain.codec import canonical
from annotator.services.project import open_project
from annotator.ui.actions import Actions
from annotator.ui.desk import Desk
from annotator.ui.listing.lists_screen import ListsScreen
from annotator.ui.theme import choose_theme

ROWS = 1_000_000
_COLUMNS = 6
_JUMPS, _STEPS, _STEP = 40, 200, 24
_PLACES = 2_000
_TEXT = "The city’s water was tested in May, and every sample held lead. " * 40
_COUNTED = "WITH RECURSIVE counted(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counted WHERE n < :rows) "
_MADE = (
    "INSERT INTO entity SELECT :entity + n, unhex(printf('%012x70008000%012x', :now, n)), 'passage', 0 FROM counted",
    (
        "INSERT INTO revision SELECT :revision + n, :entity + n, :change, '', x'', m.body FROM counted "
        "CROSS JOIN made m ON m.place = n % :places"
    ),
    "INSERT INTO passage SELECT :entity + n, :text, n % :places, n % :places + 40, NULL FROM counted ORDER BY n % :places, n",
)
"""What makes the passages, in the database itself: row by row from here it took ten times as long as what is measured."""
_Index = QModelIndex | QPersistentModelIndex


def make_project(path: Path) -> None:
    """Make a project with a million passages of one text: the rows by hand, for what is measured is the reading of them."""
    with open_project(path, annotator="Ada", create=True) as project:
        version = project.type_source("Water", _TEXT)
        project.highlight(version.id, [(0, 8)])
    database = dbapi2.connect(str(path), isolation_level=None)
    database.execute("PRAGMA synchronous=OFF")
    (entity,) = database.execute("SELECT max(n) FROM entity").fetchone()
    revision, change = database.execute("SELECT max(n), max(change) FROM revision").fetchone()
    (text,) = database.execute("SELECT text FROM passage").fetchone()
    database.execute("CREATE TEMP TABLE made(place INTEGER PRIMARY KEY, body BLOB)")
    database.executemany("INSERT INTO made VALUES (?, ?)", [(n, _body(n, version.text)) for n in range(_PLACES)])
    given = {
        "entity": entity,
        "revision": revision,
        "change": change,
        "text": text,
        "places": _PLACES,
        "rows": ROWS - 1,
    }
    given["now"] = time.time_ns() // 1_000_000
    database.execute("BEGIN")
    for statement in _MADE:
        database.execute(_COUNTED + statement, given)
    database.execute("COMMIT")
    database.close()


def _body(start: int, text: str) -> bytes:
    fragment = {"start": start, "end": start + 40, "quote": _TEXT[start : start + 40], "prefix": "", "suffix": ""}
    return canonical({"fields": {"fragments": [fragment], "text": text}, "nonce": "00"})


class Product:
    """The screen of lists with the passages of a project."""

    def __init__(self, app: QApplication, path: Path) -> None:
        self._app = app
        self.desk = Desk()
        self.desk.open(path, annotator="Ada")
        self._wait(lambda: self.desk.project is not None)
        self.window = QMainWindow()
        self.screen = ListsScreen(self.desk, Actions(self.window))
        self.window.setCentralWidget(self.screen)
        self.window.resize(1440, 900)
        self.view: QTableView = self.screen.view

    def show(self) -> None:
        """Show the passages."""
        self.window.show()
        self.screen.show_kind("passages")

    def settle(self) -> None:
        """Wait until all is read that is seen, and paint."""
        self._wait(lambda: not self.screen.busy)
        self._app.processEvents()

    def _wait(self, done: Callable[[], bool]) -> None:
        loop, timer = QEventLoop(), QTimer(interval=10)
        timer.timeout.connect(lambda: loop.quit() if done() else None)
        timer.start()
        loop.exec()

    def close(self) -> None:
        """Let go of the project."""
        self.desk.close()


class _Plain(QAbstractTableModel):
    def __init__(self) -> None:
        super().__init__()
        self._rows = [f"row {n} of a plain list" for n in range(ROWS)]

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008, N802 Qt's own
        """Return how many rows there are."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008, N802 Qt's own
        """Return how many columns there are."""
        return 0 if parent.isValid() else _COLUMNS

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the words of a row."""
        return self._rows[index.row()] if role == Qt.ItemDataRole.DisplayRole else None


class Bare:
    """A table as Qt has it, over a plain list."""

    def __init__(self, app: QApplication) -> None:
        self._app = app
        self._model = _Plain()
        self.view = QTableView()
        self.view.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.view.verticalHeader().hide()
        self.view.verticalHeader().setDefaultSectionSize(32)
        self.view.setShowGrid(False)
        self.view.resize(1440, 810)
        self.view.horizontalHeader().setDefaultSectionSize(236)

    def show(self) -> None:
        """Show the list."""
        self.view.setModel(self._model)
        self.view.show()

    def settle(self) -> None:
        """Paint."""
        self._app.processEvents()


def shown(table: Product | Bare) -> float:
    """Return the seconds until the list is shown."""
    began = time.thread_time()
    table.show()
    table.settle()
    return time.thread_time() - began


def jump(table: Product | Bare) -> float:
    """Return the seconds of a jump to anywhere, until the rows are read and painted: the 95th of a hundred."""
    return _scrolled(table, _JUMPS, lambda number, most: number * 7_919_993 % most)


def smooth(table: Product | Bare) -> float:
    """Return the seconds of a step of the wheel: the 95th of a hundred."""
    return _scrolled(table, _STEPS, lambda number, most: most // 2 + number * _STEP)


def _scrolled(table: Product | Bare, times: int, place: Callable[[int, int], int]) -> float:
    shown(table)
    bar, found = table.view.verticalScrollBar(), list[float]()
    for number in range(times):
        began = time.thread_time()
        bar.setValue(place(number, bar.maximum()))
        table.settle()
        found.append(time.thread_time() - began)
    return sorted(found)[int(times * 0.95)]


def product(measured: Callable[[Product | Bare], float]) -> Callable[[Path], float]:
    """Return the case of the product."""

    def case(folder: Path) -> float:
        made = folder.parent / "long.annotator"
        if not made.exists():
            make_project(folder / made.name)
            (folder / made.name).replace(made)
        table = Product(_app(), made)
        found = measured(table)
        table.close()
        return found

    return case


def bare(measured: Callable[[Product | Bare], float]) -> Callable[[Path], float]:
    """Return the case of the bare table."""
    return lambda _folder: measured(Bare(_app()))


def _app() -> QApplication:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication([])
    choose_theme(app, "light")
    return app
