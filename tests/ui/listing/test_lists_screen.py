"""Tests of the screen of long lists: only what is looked at is read, changes keep the place, keys and clicks do what they say."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from shutil import copyfile

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from annotator.domain.listing import Line, PassageLine
from annotator.services.project import Project, open_project
from annotator.ui.actions import Actions
from annotator.ui.desk import Desk
from annotator.ui.fields import KeyedWords
from annotator.ui.listing.lists_screen import ListsScreen
from annotator.ui.listing.paged_rows import PagedRows
from annotator.ui.listing.pages import PAGE
from annotator.ui.main_window import MainWindow
from tests.ui.hands import find, press, write
from tests.ui.whole import ME, settle

COUNT = 3_000
_SENTENCE = "Meter {:04} was found true. "
_LONG = "".join(_SENTENCE.format((n * 7) % COUNT) for n in range(COUNT))
_WIDTH = len(_SENTENCE.format(0))


class Lists:
    """The screen in a window of its own, with what a person sees of it."""

    def __init__(self, qtbot: QtBot, desk: Desk) -> None:
        self._qtbot = qtbot
        self.desk = desk
        self.window = QMainWindow()
        self.actions = Actions(self.window)
        self.screen = ListsScreen(desk, self.actions)
        self.window.setCentralWidget(self.screen)
        self.window.resize(1000, 650)
        qtbot.addWidget(self.window)
        self.window.show()
        self.window.activateWindow()
        self.settle()

    @property
    def project(self) -> Project:
        """The project on the desk."""
        assert self.desk.project is not None
        return self.desk.project

    @property
    def rows(self) -> PagedRows:
        """The model."""
        return find(self.screen, PagedRows)

    def show(self, kind: str) -> None:
        """Show a list and wait for it."""
        self.screen.show_kind(kind)
        self.settle()

    def settle(self) -> None:
        """Wait until nothing is on its way."""
        quiet = 0

        def is_quiet() -> bool:
            nonlocal quiet
            quiet = 0 if self.screen.busy or self.desk.jobs.busy else quiet + 1
            return quiet > 3

        self._qtbot.waitUntil(is_quiet, timeout=30_000)

    def line(self, row: int) -> Line:
        """Return the line of a row once it has been read."""
        self._qtbot.waitUntil(lambda: self.rows.line(row) is not None, timeout=10_000)
        line = self.rows.line(row)
        assert line is not None
        return line

    def words(self, row: int) -> str:
        """Return the words of a passage."""
        line = self.line(row)
        assert isinstance(line, PassageLine)
        return line.words

    @property
    def current(self) -> int:
        """The current row."""
        return self.screen.view.currentIndex().row()

    @property
    def count(self) -> str:
        """What is said about how much there is."""
        return self.screen._head.count.text()


@pytest.fixture(scope="module")
def long_project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a project with some thousand linked passages, and one that is not linked."""
    path = tmp_path_factory.mktemp("long") / "long.annotator"
    with open_project(path, annotator=ME, create=True) as project:
        version = project.type_source("The count", _LONG)
        claims = [
            project.add_claim(words) for words in ("All meters are right.", "Élan counted them.", "No meter is right.")
        ]
        project.link_many(
            [
                {
                    "version": version.id,
                    "fragments": [(n * _WIDTH, (n + 1) * _WIDTH - 1)],
                    "claim": claims[n % 2].id,
                    "stance": ("supports", "refutes")[n % 2],
                }
                for n in range(COUNT)
            ]
        )
        project.highlight(version.id, [(0, 5)])
    return path


@pytest.fixture
def long_path(long_project: Path, tmp_path: Path) -> Path:
    """Return a copy of the long project."""
    return Path(copyfile(long_project, tmp_path / "long.annotator"))


@pytest.fixture
def lists(qtbot: QtBot, long_path: Path) -> Iterator[Lists]:
    """Return the screen with the long project on it."""
    desk = Desk()
    with qtbot.waitSignal(desk.opened, timeout=20_000):
        desk.open(long_path, annotator=ME)
    lists = Lists(qtbot, desk)
    yield lists
    desk.close()


def test_the_count_is_said_in_words(lists: Lists) -> None:
    lists.show("passages")
    assert lists.count == "3,001 passages"
    lists.show("claims")
    assert lists.count == "3 claims"


def test_only_pages_that_are_looked_at_are_read(lists: Lists) -> None:
    asked: list[int] = []
    lists.rows.page_wanted.connect(lambda page: asked.append(len(page.numbers)))
    lists.show("passages")
    assert sum(asked) == PAGE
    lists.screen.view.verticalScrollBar().setValue(1_500 * lists.screen.view.row_height)
    lists.settle()
    assert sum(asked) in (2 * PAGE, 3 * PAGE), "the page jumped to, and the next where both are seen"
    seen = len(asked)
    lists.screen.view.verticalScrollBar().setValue(0)
    lists.settle()
    assert len(asked) == seen, "what was read is kept"


def test_pages_that_were_scrolled_past_are_not_read(lists: Lists) -> None:
    lists.show("passages")
    asked: list[int] = []
    lists.rows.page_wanted.connect(lambda page: asked.append(page.numbers[0]))
    bar = lists.screen.view.verticalScrollBar()
    for row in range(0, COUNT, PAGE):
        bar.setValue(row * lists.screen.view.row_height)
        lists.screen.view.viewport().repaint()
    lists.settle()
    assert 0 < len(asked) < COUNT // PAGE // 2


def test_a_page_is_words_not_dots_once_it_is_read(lists: Lists) -> None:
    lists.show("passages")
    model, view = lists.rows, lists.screen.view
    view.verticalScrollBar().setValue(2_000 * view.row_height)
    index = model.index(2_000, 0)
    assert index.data() == "…"
    lists.settle()
    assert index.data() == lists.words(2_000)


def test_a_click_on_a_head_sorts_and_another_turns_it_round(lists: Lists) -> None:
    lists.show("passages")
    head = lists.screen.view.heads
    at = QPoint(head.sectionViewportPosition(0) + 20, head.height() // 2)
    QTest.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=at)
    lists.settle()
    assert [lists.words(row) for row in range(3)] == ["Meter", *(_SENTENCE.format(n).strip() for n in range(2))]
    QTest.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=at)
    lists.settle()
    assert [lists.words(row) for row in range(2)] == [_SENTENCE.format(COUNT - n).strip() for n in (1, 2)]


def test_keys_go_from_column_to_column_and_sort_by_one(lists: Lists) -> None:
    lists.show("passages")
    view = lists.screen.view
    assert view.hasFocus()
    press(view, Qt.Key.Key_Right)
    press(view, Qt.Key.Key_Right)
    assert view.currentIndex().column() == 2
    lists.actions["sort_by_column"].trigger()
    lists.settle()
    line = lists.line(0)
    assert isinstance(line, PassageLine)
    assert line.stances == ("supports",)
    assert view.currentIndex().column() == 2, "the keys stay in the column"
    press(view, Qt.Key.Key_End)
    lists.settle()
    last = lists.line(lists.current)
    assert isinstance(last, PassageLine)
    assert last.stances == (), "what is not linked comes last"


def test_the_filter_narrows_and_escape_shows_all_again(lists: Lists) -> None:
    lists.show("passages")
    lists.screen.focus_filter()
    field = lists.screen._head.words
    write(field, "meter 0042")
    lists.settle()
    assert lists.count == "1 of 3,001 passages"
    assert lists.words(0) == _SENTENCE.format(42).strip()
    write(field, "x")
    lists.settle()
    assert "Nothing has these words" in find(lists.screen._stack, KeyedWords).accessibleName()
    press(field, Qt.Key.Key_Escape)
    lists.settle()
    assert lists.count == "3,001 passages"
    press(field, Qt.Key.Key_Down)
    assert lists.screen.view.hasFocus()


def test_a_chip_narrows_to_what_is_not_linked_and_each_list_keeps_its_own(lists: Lists) -> None:
    lists.show("passages")
    lists.screen._head.chips.chip("unlinked").click()
    lists.settle()
    assert lists.count == "1 of 3,001 passages"
    lists.show("claims")
    assert lists.count == "3 claims"
    lists.screen._head.chips.chip("unlinked").click()
    lists.settle()
    assert lists.count == "1 of 3 claims"
    lists.show("passages")
    assert lists.count == "1 of 3,001 passages"


def test_a_change_keeps_the_place_and_the_row_in_hand(lists: Lists) -> None:
    lists.show("passages")
    lists.screen._sort_by_section(0)
    lists.settle()
    view, bar = lists.screen.view, lists.screen.view.verticalScrollBar()
    view.go_to(1_500)
    lists.settle()
    bar.setValue(1_490 * view.row_height + 7)
    held, top = lists.words(1_500), lists.words(1_490)
    version = lists.project.versions(lists.project.sources()[0].id)[0].id
    lists.desk.do(lambda project: project.highlight(version, [(_WIDTH * 3, _WIDTH * 3 + 10)]))
    lists.settle()
    assert lists.count == "3,002 passages"
    assert (lists.words(lists.current), lists.current) == (held, 1_501)
    assert lists.words(bar.value() // view.row_height) == top
    assert bar.value() % view.row_height == 7
    lists.desk.undo()
    lists.settle()
    assert (lists.words(lists.current), lists.current) == (held, 1_500)
    assert lists.words(bar.value() // view.row_height) == top


def test_what_changed_is_read_again_and_stays_on_the_screen_meanwhile(lists: Lists) -> None:
    lists.show("claims")
    row = next(row for row in range(3) if getattr(lists.line(row), "text", "") == "No meter is right.")
    claim = lists.line(row).id
    lists.desk.do(lambda project: project.conclude(claim, verdict="refuted", confidence="high"))
    lists.settle()
    assert getattr(lists.line(row), "verdict", "") == "refuted"
    lists.desk.undo()
    lists.settle()
    assert getattr(lists.line(row), "verdict", "") == ""


def test_deleting_what_is_in_hand_leaves_the_next_row_in_hand(lists: Lists) -> None:
    lists.show("claims")
    lists.screen.view.go_to(2)
    gone = lists.line(2).id
    lists.desk.do(lambda project: project.delete(gone))
    lists.settle()
    assert lists.count == "2 claims"
    assert lists.current == 1


def test_enter_goes_to_the_words_of_a_passage(lists: Lists, qtbot: QtBot) -> None:
    lists.show("passages")
    lists.screen._sort_by_section(0)
    lists.settle()
    lists.screen.view.go_to(10)
    with qtbot.waitSignal(lists.desk.shown) as shown:
        press(lists.screen.view, Qt.Key.Key_Return)
    line = lists.line(10)
    assert isinstance(line, PassageLine)
    assert shown.args == [line.version_id, line.start, line.end]
    assert lists.desk.passage_id == line.id
    assert _LONG[line.start : line.end] == line.words


def test_an_empty_project_says_what_to_do(qtbot: QtBot, desk: Desk) -> None:
    lists = Lists(qtbot, desk)
    said = {}
    for kind in ("sources", "passages", "claims", "linkages"):
        lists.show(kind)
        said[kind] = find(lists.screen._stack, KeyedWords).accessibleName()
    assert said["sources"] == "No sources yet. Drop some on the window, or press Ctrl I"
    assert said["passages"] == "No passages yet. Open a source with Ctrl 1 , select words in it and press H"
    assert "Ctrl Shift A" in said["claims"]
    assert said["linkages"].endswith("press L")


def test_closing_the_project_while_it_is_sorted_leaves_nothing_behind(lists: Lists, qtbot: QtBot) -> None:
    lists.show("passages")
    lists.screen._sort_by_section(0)
    lists.desk.close_project()
    qtbot.waitUntil(lambda: not lists.desk.jobs.busy, timeout=20_000)
    assert lists.rows.rowCount() == 0
    assert lists.count == ""


def test_in_the_whole_window_the_key_shows_the_lists_and_enter_leads_to_the_board(
    qtbot: QtBot, opened: MainWindow
) -> None:
    press(opened, Qt.Key.Key_6, Qt.KeyboardModifier.ControlModifier)
    assert opened.rooms is not None
    lists = opened.rooms.lists
    qtbot.waitUntil(lambda: not lists.busy and lists.view.hasFocus(), timeout=20_000)
    assert opened.top_bar.shown_screen == "lists"
    press(lists.view, "4")
    qtbot.waitUntil(lambda: not lists.busy and lists.view.model().rowCount() == 1, timeout=20_000)
    press(lists.view, Qt.Key.Key_Return)
    settle(qtbot, opened)
    assert opened.top_bar.shown_screen == "claims"
    assert opened.desk.linkage_id


def test_the_list_begins_with_what_is_selected_elsewhere(qtbot: QtBot, opened: MainWindow) -> None:
    assert opened.rooms is not None
    project = opened.desk.project
    assert project is not None
    first = project.claims()[0].id
    opened.desk.select_claim(first)
    opened.show_screen("lists")
    lists = opened.rooms.lists
    lists.show_kind("claims")
    qtbot.waitUntil(lambda: not lists.busy, timeout=20_000)
    line = lists.view.current_line()
    assert line is not None
    assert line.id == first
