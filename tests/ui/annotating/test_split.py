"""Two sources side by side, and the places where one was."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator.services.project import open_project
from annotator.ui.annotating.half import LEAST, Half
from annotator.ui.annotating.halves import Halves
from tests.ui.annotating.conftest import Reading

LONG = "\n".join(f"Paragraph {number} says something that takes a line or so in the reader." for number in range(400))
CONTROL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)


def halves(reading: Reading) -> Halves:
    return reading.screen.open_pages.halves


def split(reading: Reading) -> tuple[Half, Half]:
    """Split the reader with the key, and wait until both sides show something."""
    reading.press(Qt.Key.Key_Backslash, CONTROL)
    reading.wait(lambda: len(halves(reading).all) == 2 and all(half.version for half in halves(reading).all))
    left, right = halves(reading).all
    return left, right


@pytest.fixture
def wide(reading: Reading) -> Reading:
    """Return a reading screen with room for two sides."""
    reading.window.resize(1200, 700)
    reading.wait(lambda: halves(reading).has_room)
    return reading


def test_one_source_is_read_at_two_places(wide: Reading) -> None:
    wide.read(LONG)
    left, right = split(wide)
    assert left.version == right.version
    assert halves(wide).active is right
    wide.view.restore(LONG.index("Paragraph 300 "))
    assert left.page is not None
    assert left.page.view.top_place() == 0
    wide.press(Qt.Key.Key_F8)
    assert halves(wide).active is left
    assert wide.view is left.page.view
    assert left.page.view.hasFocus()


def test_keys_work_on_the_side_that_has_the_focus(wide: Reading) -> None:
    wide.read("Left words.", title="Left")
    _, right = split(wide)
    wide.read("Right words.", title="Right")
    assert wide.highlight("Right").quote == "Right"
    assert right.version == wide.desk.version_id
    wide.press(Qt.Key.Key_F8)
    assert wide.view.text.text == "Left words."
    assert wide.highlight("Left").quote == "Left"


def test_a_passage_is_seen_on_both_sides(wide: Reading) -> None:
    wide.read("Some words to be seen.")
    left, right = split(wide)
    passage = wide.highlight("words")
    wide.wait(lambda: all(half.page and half.page.view.highlights.find(passage.id) for half in (left, right)))
    wide.desk.undo()
    wide.wait(lambda: not any(half.page and half.page.view.highlights.rows for half in (left, right)))


def test_a_click_into_the_other_side_goes_there(wide: Reading) -> None:
    wide.read("Left words.", title="Left")
    left, _ = split(wide)
    wide.read("Right words.", title="Right")
    assert left.page is not None
    QTest.mouseClick(left.page.view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(200, 60))
    assert halves(wide).active is left
    assert wide.desk.version_id == left.version


def test_a_tab_moves_over_and_an_empty_side_goes(wide: Reading) -> None:
    first = wide.read("One.", title="First").opened.version.id
    second = wide.read("Two.", title="Second").opened.version.id
    wide.press(Qt.Key.Key_F8, SHIFT)
    assert [half.version for half in halves(wide).all] == [first, second]
    assert wide.desk.version_id == second
    wide.press(Qt.Key.Key_F8, SHIFT)
    (only,) = halves(wide).all
    assert [page.opened.version.id for page in only.pages] == [first, second]
    assert only.version == second
    assert wide.screen.tabs.count() == 2


def test_making_one_side_of_two_keeps_all_tabs_once(wide: Reading) -> None:
    wide.read("One.", title="First")
    split(wide)
    wide.read("Two.", title="Second")
    wide.press(Qt.Key.Key_Backslash, CONTROL)
    (only,) = halves(wide).all
    assert len(only.pages) == 2
    assert only.version == wide.desk.version_id == wide.version


def test_closing_one_of_two_leaves_the_other(wide: Reading) -> None:
    view = wide.read("One.", title="First")
    split(wide)
    wide.press(Qt.Key.Key_W, CONTROL)
    (only,) = halves(wide).all
    assert only.page is not None
    assert only.page.view is view
    assert wide.desk.version_id == view.opened.version.id
    wide.press(Qt.Key.Key_W, CONTROL)
    assert wide.desk.version_id == ""


def test_what_is_seen_on_the_other_side_is_shown_there(wide: Reading) -> None:
    first = wide.read("One word.", title="First").opened.version.id
    left, right = split(wide)
    wide.read("Two.", title="Second")
    assert halves(wide).active is right
    right.tabs.closed.emit(first)
    wide.desk.show_place(first, 4, 8)
    assert halves(wide).active is left
    assert wide.view.caret() == 4


def test_where_there_is_no_room_it_is_said_and_one_side_is_shown(reading: Reading) -> None:
    said: list[str] = []
    reading.screen.status.connect(said.append)
    reading.window.resize(700, 600)
    reading.read("One.")
    reading.press(Qt.Key.Key_Backslash, CONTROL)
    assert len(halves(reading).all) == 1
    assert "no room" in said[-1]
    reading.window.resize(1200, 600)
    left, right = split(reading)
    assert left.isVisible()
    assert right.isVisible()
    reading.window.resize(700, 600)
    reading.wait(lambda: not left.isVisible())
    assert right.isVisible()
    reading.press(Qt.Key.Key_F8)
    assert left.isVisible()
    assert not right.isVisible()


def test_the_line_between_moves_with_keys_and_never_leaves_too_little(wide: Reading) -> None:
    wide.read("One.")
    left, _ = split(wide)
    handle = halves(wide).handle(1)
    assert handle.focusPolicy() & Qt.FocusPolicy.TabFocus
    handle.setFocus()
    before = left.width()
    wide.press(Qt.Key.Key_Right)
    assert left.width() > before
    for _ in range(40):
        wide.press(Qt.Key.Key_Left)
    assert left.width() >= LEAST


def test_back_and_forward_go_over_both_sides(wide: Reading) -> None:
    first = wide.read(LONG, title="First").opened.version.id
    wide.view.restore(LONG.index("Paragraph 100 "))
    there = wide.view.top_place()
    left, right = split(wide)
    wide.read("Two.", title="Second")
    right.tabs.closed.emit(first)
    wide.qtbot.wait(1)
    wide.desk.show_place(first, LONG.index("Paragraph 300 "), LONG.index("Paragraph 301 "))
    assert halves(wide).active is left
    wide.qtbot.wait(1)
    side = QMouseEvent(
        QMouseEvent.Type.MouseButtonPress,
        QPointF(5, 5),
        QPointF(5, 5),
        Qt.MouseButton.BackButton,
        Qt.MouseButton.BackButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(wide.view.viewport(), side)
    assert wide.version != first
    assert halves(wide).active is right
    wide.press(Qt.Key.Key_Right, ALT)
    assert halves(wide).active is left
    assert wide.view.top_place() > LONG.index("Paragraph 250 ")
    wide.press(Qt.Key.Key_Left, ALT)
    wide.press(Qt.Key.Key_Left, ALT)
    wide.wait(lambda: wide.version == first)
    assert halves(wide).active is right
    assert wide.view.top_place() == there


def test_places_and_sides_are_there_again_after_a_restart(wide: Reading, project_path: Path) -> None:
    wide.read("One.", title="First")
    split(wide)
    view = wide.read(LONG, title="Long")
    view.restore(LONG.index("Paragraph 200 "))
    place, version = view.top_place(), view.opened.version.id
    first = halves(wide).all[0].version
    changes = len(wide.project.changes())
    wide.desk.close_project()
    with wide.qtbot.waitSignal(wide.desk.opened, timeout=20_000):
        wide.desk.open(project_path, annotator="Ines Calder")
    wide.desk.select_version(version)
    wide.wait(lambda: wide.version == version and len(halves(wide).all) == 2)
    assert wide.view.top_place() == place
    wide.wait(lambda: {half.version for half in halves(wide).all} == {first, version})
    assert len(wide.project.changes()) == changes


def test_a_place_is_kept_with_the_project_when_its_tab_is_closed(reading: Reading) -> None:
    view = reading.read(LONG)
    view.restore(LONG.index("Paragraph 200 "))
    place, version = view.top_place(), view.opened.version.id
    reading.press(Qt.Key.Key_W, CONTROL)
    reading.wait(lambda: reading.project.reading(version) == {"offset": place, "view": "text"})


def test_a_place_that_nobody_can_read_is_none(reading: Reading) -> None:
    version = reading.project.type_source("Call", LONG).id
    reading.project.keep_reading(version, {"offset": "far", "view": 3})
    reading.project.keep_reading("sides", {"left": 1})
    assert reading.open(version).top_place() == 0


def test_what_is_read_is_never_exported(reading: Reading, tmp_path: Path) -> None:
    reading.read(LONG)
    reading.project.keep_reading("a secret key", {"offset": 7})
    reading.project.export("bundle", tmp_path / "case.bundle.zip")
    assert b"a secret key" not in (tmp_path / "case.bundle.zip").read_bytes()
    reading.project.verify()
    path = reading.project.path
    reading.desk.close_project()
    reading.wait(lambda: not reading.desk.jobs.busy)
    with open_project(path) as project:
        assert project.reading("a secret key") == {"offset": 7}
