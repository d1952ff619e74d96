"""Two versions side by side: what differs is marked, both scroll together, any two can be chosen."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.services.project import open_project
from annotator.ui.main_window import MainWindow
from annotator.ui.theme import current_theme
from annotator.ui.versioning.version_reader import VersionReader
from annotator.ui.versioning.versions_screen import VersionsScreen
from tests.ui.versioning.conftest import sides, versions_shown
from tests.ui.whole import ME, click, press, project_of, settle

LINES = [f"Paragraph {number} of a long report says that {number * 7} meters were read." for number in range(300)]


def marked(reader: VersionReader) -> list[str]:
    return [reader.text.text[start:end] for start, end in reader.differences.marked]


def test_words_that_differ_are_marked_on_either_side(screen: VersionsScreen) -> None:
    old, new = sides(screen)
    assert "9" in marked(old)
    assert {"11", "that has applied since 1 February"} <= set(marked(new))
    assert "One insurer has confirmed talks with the city, its spokesman says." in marked(old)
    assert (
        screen.differences.words.text()
        == f"{len(screen.beside.diff.changes if screen.beside.diff else ())} differences"
    )


def test_marks_are_painted_in_their_own_way(screen: VersionsScreen) -> None:
    old, new = sides(screen)
    theme = current_theme()
    for reader, words, colour in (
        (old, "its spokesman says", theme.hairline),
        (new, "that has applied since", theme.selection),
    ):
        start = reader.text.text.index(words)
        span = start, start + len(words)
        reader.bring(span)
        strip = next(iter(reader.strips(span)))
        picture = reader.viewport().grab().toImage()
        found = {
            picture.pixelColor(x, round(strip.top()) + 3).name()
            for x in range(round(strip.left()), round(strip.right()))
        }
        assert colour.name() in found, "the ground of the words"


def test_the_versions_are_named_with_number_and_time(screen: VersionsScreen) -> None:
    assert screen.beside.old_choice.box.currentText().startswith("Version 1, today")
    assert screen.beside.new_choice.box.currentText().startswith("Version 2, today")


def test_n_and_p_go_from_difference_to_difference(screen: VersionsScreen) -> None:
    _, new = sides(screen)
    changes = screen.beside.diff.changes if screen.beside.diff else ()
    new.setFocus()
    press(new, "N")
    assert new.caret() == changes[0].new[0]
    press(new, "N")
    assert new.caret() == changes[1].new[0]
    press(new, "P")
    assert new.caret() == changes[0].new[0]
    click(screen.differences.next)
    assert new.caret() == changes[1].new[0]


@pytest.fixture
def long(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> VersionsScreen:
    """Return two versions of a long text: the second has fifty lines more at the beginning."""
    path = tmp_path / "long.annotator"
    with open_project(path, annotator=ME, create=True) as project:
        more = [f"A line {number} that was put in front of everything." for number in range(50)]
        for lines in (LINES, [LINES[0], *more, *LINES[1:]]):
            project.import_source(("a.txt", "\n\n".join(lines).encode()), url="https://ledger.example/a")
    window.projects.open(path)
    qtbot.waitUntil(lambda: bool(window.desk.version_id), timeout=20_000)
    settle(qtbot, window)
    return versions_shown(qtbot, window)


def seen_at_the_eye(reader: VersionReader) -> str:
    offset, _ = reader.eye()
    return reader.text.text[offset : offset + 14]


@pytest.mark.parametrize("lead", [0, 1])
def test_both_sides_scroll_together_by_what_answers_to_what(long: VersionsScreen, lead: int) -> None:
    readers = sides(long)
    reader, other = readers[lead], readers[1 - lead]
    at = reader.text.text.index("Paragraph 200 ")
    reader.scroll_up_to(at, 100)
    assert seen_at_the_eye(reader) == seen_at_the_eye(other)
    assert abs(reader.eye()[1] - other.eye()[1]) <= 1, "at the same height"
    wheel = QWheelEvent(
        QPointF(50, 50), QPointF(reader.viewport().mapToGlobal(QPoint(50, 50))), QPoint(), QPoint(0, -360),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    before = other.top_place()
    QApplication.sendEvent(reader.viewport(), wheel)
    assert other.top_place() > before
    assert seen_at_the_eye(reader) == seen_at_the_eye(other)


def test_where_nothing_answers_the_other_side_waits(long: VersionsScreen) -> None:
    old, new = sides(long)
    new.scroll_up_to(new.text.text.index("A line 20 "), 100)
    at = old.top_place()
    new.scroll_up_to(new.text.text.index("A line 25 "), 100)
    assert old.top_place() == at


def test_any_two_versions_can_be_chosen(qtbot: QtBot, revised: MainWindow) -> None:
    project = project_of(revised)
    third = project.import_source(
        ("meters.html", b"<html><body><p>All gone.</p></body></html>"), url="https://ledger.example/meters"
    )
    screen = versions_shown(qtbot, revised)
    box = screen.beside.new_choice.box
    assert box.count() == 3
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_End)
    qtbot.waitUntil(lambda: screen.pair is not None and screen.pair.new.version.id == third.id, timeout=20_000)
    settle(qtbot, revised)
    assert screen.pair is not None
    assert screen.pair.old.version.sequence == 1


def test_compare_versions_leads_from_the_reader_to_the_version_that_is_read(qtbot: QtBot, revised: MainWindow) -> None:
    row = project_of(revised).source_rows()[0]
    revised.desk.show_place(row.versions[0].id)
    settle(qtbot, revised)
    screen = versions_shown(qtbot, revised, "Ctrl+Shift+D")
    assert screen.pair is not None
    assert (screen.pair.old.version.id, screen.pair.new.version.id) == tuple(version.id for version in row.versions)


def test_without_a_second_version_the_screen_says_what_to_do(qtbot: QtBot, opened: MainWindow) -> None:
    press(opened, "Ctrl+7")
    settle(qtbot, opened)
    assert opened.rooms is not None
    nothing = opened.rooms.versions._nothing
    assert nothing.isVisible()
    assert nothing.accessibleName() == "No source has a second version"
    assert not opened.actions_table["next_difference"].isEnabled()


def test_equal_texts_have_no_differences(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "same.annotator"
    with open_project(path, annotator=ME, create=True) as project:
        for text in (b"<p>The same words.</p>", b"<div><p>The  same words.</p></div>"):
            project.import_source(("a.html", text), url="https://ledger.example/a")
    window.projects.open(path)
    qtbot.waitUntil(lambda: bool(window.desk.version_id), timeout=20_000)
    settle(qtbot, window)
    screen = versions_shown(qtbot, window)
    assert screen.differences.words.text() == "The same words"
    assert screen.differences.next.isHidden()
