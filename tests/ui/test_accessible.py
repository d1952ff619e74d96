"""Every screen and sheet for somebody who listens to it, and for somebody who has no mouse: names, roles, order, ways."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

import annotator.ui
from annotator.services.sample import build_sample
from annotator.ui.accessible import ROLES
from annotator.ui.annotating.bubble import Bubble
from annotator.ui.annotating.pointing import PointedReader
from annotator.ui.forms import FormDialog
from annotator.ui.main_window import MainWindow
from annotator.ui.pages.pages_view import PagesView
from annotator.ui.shell.palette import Palette
from annotator.ui.shell.sheet import Sheet
from annotator.ui.tab_order import go_on, stops_in
from tests.ui.spoken import astray, controls, interface_of, name_of, tab_round, unspoken
from tests.ui.whole import find, focused, press, project_of, settle

SCREENS = ("show_read", "show_claims", "show_audit", "show_history", "show_lists", "split", "find")
SHEETS = ("keys", "settings", "about", "to_do", "news", "export", "verify")


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_sample(tmp_path_factory.mktemp("sample"))


@pytest.fixture
def case(qtbot: QtBot, window: MainWindow, sample: Path, tmp_path: Path) -> MainWindow:
    """Return the window with a copy of the sample case open in it."""
    path = tmp_path / sample.name
    path.write_bytes(sample.read_bytes())
    window.projects.open(path)
    qtbot.waitUntil(lambda: window.standing.now is not None and bool(window.desk.version_id), timeout=20_000)
    settle(qtbot, window)
    return window


@pytest.fixture
def mirrored(qapp: QApplication) -> Iterator[None]:
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    yield
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def show(qtbot: QtBot, window: MainWindow, name: str) -> None:
    window.actions_table[name].trigger()
    settle(qtbot, window)
    window.activateWindow()


def check(start: QWidget) -> None:
    """Check that Tab goes on in reading order from the first stop to the last, and Shift+Tab the same way back.

    Only the comment on a judgement is reached at once from the judgement, before what stands between.
    """
    stops = tab_round(start)
    assert [step for step in astray(stops) if not step.startswith("CommentField")] == []
    assert [start, *reversed(tab_round(start, back=True)[1:])] == stops


def test_the_start_screen_is_told_and_walked(window: MainWindow) -> None:
    assert unspoken(window) == []
    check(window.top_bar.menu_button)


@pytest.mark.parametrize("name", SCREENS)
def test_every_control_of_a_screen_has_a_role_and_a_name(qtbot: QtBot, case: MainWindow, name: str) -> None:
    show(qtbot, case, name)
    assert unspoken(case) == []


@pytest.mark.parametrize("name", SCREENS)
def test_tab_goes_through_a_screen_as_one_reads_it(qtbot: QtBot, case: MainWindow, name: str) -> None:
    show(qtbot, case, name)
    check(case.top_bar.menu_button)


@pytest.mark.usefixtures("mirrored")
@pytest.mark.parametrize("name", ["show_read", "show_claims"])
def test_tab_goes_the_other_way_where_one_reads_from_the_right(qtbot: QtBot, case: MainWindow, name: str) -> None:
    show(qtbot, case, name)
    check(case.top_bar.menu_button)


@pytest.mark.parametrize("name", SHEETS)
def test_a_sheet_is_told_and_keeps_tab_inside(qtbot: QtBot, case: MainWindow, name: str) -> None:
    show(qtbot, case, name)
    [sheet] = [each for each in case.findChildren(Sheet) if each.isVisible()]
    assert unspoken(sheet) == []
    assert interface_of(sheet).role() == QAccessible.Role.Dialog
    assert name_of(sheet)
    stops = list(stops_in(sheet))
    check(stops[0])
    assert all(sheet.isAncestorOf(stop) for stop in tab_round(stops[0]))


@pytest.mark.parametrize("name", ["type_source", "source_details"])
def test_a_form_begins_at_its_first_field_and_is_walked_as_it_is_read(
    qtbot: QtBot, case: MainWindow, name: str
) -> None:
    show(qtbot, case, name)
    dialog = find(case, FormDialog)
    dialog.activateWindow()
    assert unspoken(dialog) == []
    first = next(stops_in(dialog))
    qtbot.waitUntil(first.hasFocus)
    check(first)


@pytest.mark.parametrize("name", ["link", "who_says", "note"])
def test_what_opens_at_a_selection_is_told_and_walked(qtbot: QtBot, case: MainWindow, name: str) -> None:
    show(qtbot, case, "show_read")
    assert case.rooms is not None
    view = case.rooms.reading.view
    assert isinstance(view, PointedReader)
    view.setFocus()
    view.select(300, 340)
    show(qtbot, case, name)
    bubble = find(case, Bubble)
    assert unspoken(bubble) == []
    check(next(stops_in(bubble)))


def test_the_pages_of_a_pdf_are_told_and_read(qtbot: QtBot, case: MainWindow) -> None:
    assert case.rooms is not None
    reading, versions = case.rooms.reading, (row.versions[-1] for row in project_of(case).source_rows())
    paper = next(version for version in versions if version.media_type == "application/pdf")
    case.desk.select_version(paper.id)
    qtbot.waitUntil(lambda: isinstance(reading.view, PagesView), timeout=20_000)
    settle(qtbot, case)
    view = reading.view
    assert isinstance(view, PagesView)
    assert unspoken(case) == []
    text = interface_of(view).textInterface()
    assert text is not None
    assert text.text(0, text.characterCount()) == view.text.text
    view.put_caret(40)
    assert text.cursorPosition() == 40
    text.setCursorPosition(12)
    assert view.caret() == 12
    row = view.highlights.rows[0]
    view.telling.marks.words_at(row.start)
    settle(qtbot, case)
    assert str(view.telling.marks.words_at(row.start)).startswith("Passage ")


def test_the_palette_is_told(qtbot: QtBot, case: MainWindow) -> None:
    show(qtbot, case, "search")
    palette = find(case, Palette)
    assert unspoken(palette) == []
    assert name_of(focused()).startswith("Search")


def test_every_part_of_the_reading_screen_is_reached_by_one_key(qtbot: QtBot, case: MainWindow) -> None:
    show(qtbot, case, "show_read")
    assert case.rooms is not None
    parts = [case.rooms.docks[0], case.stack, *case.rooms.docks[1:]]
    case.rooms.docks[0].widget().setFocus()
    met = []
    for _ in parts:
        met += [number for number, part in enumerate(parts) if part.isAncestorOf(focused())]
        press(case, "F6")
    assert met == [0, 1, 2, 3]
    assert parts[0].isAncestorOf(focused())


def test_tab_follows_the_layout_whatever_was_made_first(qtbot: QtBot) -> None:
    """A column whose last field was made first, with a row of buttons in it of which one cannot be used."""
    part = QWidget()
    qtbot.addWidget(part)
    last, first, middle, off = QLineEdit(part), QLineEdit(part), QPushButton("Middle", part), QPushButton("Off", part)
    column, row = QVBoxLayout(part), QHBoxLayout()
    row.addWidget(off)
    row.addWidget(middle)
    column.addWidget(first)
    column.addLayout(row)
    column.addWidget(last)
    off.setEnabled(False)
    part.show()
    part.activateWindow()
    assert list(stops_in(part)) == [first, middle, last]
    first.setFocus()
    qtbot.waitUntil(first.hasFocus)
    assert go_on(part, forwards=False) is last
    assert go_on(part, forwards=True) is first


def test_tab_goes_on_from_where_a_click_has_put_the_focus(qtbot: QtBot) -> None:
    part = QWidget()
    qtbot.addWidget(part)
    column = QVBoxLayout(part)
    fields = [QLineEdit() for _ in range(3)]
    for field in fields:
        column.addWidget(field)
    fields[1].setFocusPolicy(Qt.FocusPolicy.ClickFocus)
    part.show()
    part.activateWindow()
    fields[1].setFocus()
    qtbot.waitUntil(fields[1].hasFocus)
    assert go_on(part, forwards=True) is fields[2]


def test_the_walk_sees_what_is_missing(qtbot: QtBot) -> None:
    """The test of the tests: a control without words, a widget of no role, and an order against the reading."""
    part = QWidget()
    qtbot.addWidget(part)
    nameless, plain = QPushButton(part), QWidget(part)
    plain.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    plain.setAccessibleName("Panel")
    nameless.move(0, 100)
    part.resize(300, 300)
    part.show()
    assert unspoken(part) == ["QPushButton in QWidget has no name ()", "QWidget in QWidget “Panel” is a Client"]
    assert len(astray([nameless, plain])) == 1
    assert astray([plain, nameless]) == []


def test_roles_are_of_classes_that_there_are() -> None:
    found: set[str] = set()
    for module in pkgutil.walk_packages(annotator.ui.__path__, "annotator.ui."):
        found |= vars(importlib.import_module(module.name)).keys()
    assert ROLES.keys() - found == set()


def test_the_choices_of_a_row_are_told_as_one_of_several(qtbot: QtBot, case: MainWindow) -> None:
    show(qtbot, case, "settings")
    roles = {
        interface_of(widget).role() for widget in controls(find(case, Sheet)) if type(widget).__name__ == "_Segment"
    }
    assert roles == {QAccessible.Role.RadioButton}
