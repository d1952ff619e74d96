"""Settling conflicts by keys: ours, theirs, base, a new value, left standing, a removal; undo opens them again."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit
from pytestqt.qtbot import QtBot

from annotator.domain.judgement import Conclusion
from annotator.services.project import Project
from annotator.ui.exchanging.conflict_list import LEFT, OPEN, SETTLED
from annotator.ui.exchanging.conflict_screen import ConflictScreen
from annotator.ui.exchanging.conflict_table import BASE
from annotator.ui.exchanging.settle_all_sheet import SettleAllSheet
from annotator.ui.main_window import MainWindow
from annotator.ui.word_diff import WordDiff
from tests.ui.exchanging.conftest import (
    OUR_WORDS,
    THEIR_WORDS,
    conflicts_shown,
    dry_run,
    merged,
    work_apart,
)
from tests.ui.whole import find, press, project_of, settle


def conclusion(window: MainWindow) -> Conclusion:
    project = project_of(window)
    return project.conclusions(project.claims()[0].id)[0]


def fields(window: MainWindow) -> set[str]:
    return {conflict.field for conflict in project_of(window).conflicts()}


def taken(qtbot: QtBot, window: MainWindow, key: str, field: str) -> None:
    press(window, key)
    qtbot.waitUntil(lambda: field not in fields(window), timeout=20_000)
    settle(qtbot, window)


@pytest.fixture
def screen(qtbot: QtBot, theirs: Path, opened: MainWindow) -> ConflictScreen:
    """Return the conflicts after the merge, the first one chosen."""
    merged(qtbot, opened, theirs)
    return conflicts_shown(qtbot, opened)


def states(screen: ConflictScreen) -> list[str]:
    return [entry.state for entry in screen.entries.entries]


def test_every_side_is_shown_with_who_and_when_and_what_differs(screen: ConflictScreen) -> None:
    assert [entry.remark for entry in screen.entries.entries] == [
        "Differs: verdict, justification",
        "Edited by Ines Calder, removed by Jonas Weld",
    ]
    table = screen.page.table
    assert table is not None
    words = [table.cell("justification", side).findChild(WordDiff) for side in (0, 1)]
    assert [each.accessibleName() for each in words if each] == [OUR_WORDS, THEIR_WORDS]
    assert all(each.marked() for each in words if each)
    assert [head for head, _ in table._heads] == ["Base", "Ours", "Theirs"]
    assert [by.partition(",")[0] for _, by in table._heads] == ["Last in common", "Ines Calder", "Jonas Weld"]
    assert QApplication.focusWidget() is screen.list


def test_ours_then_theirs_settle_field_by_field(qtbot: QtBot, screen: ConflictScreen, opened: MainWindow) -> None:
    assert screen.page.field == "verdict"
    taken(qtbot, opened, "1", "verdict")
    assert conclusion(opened).verdict == "not_enough_evidence"
    table = screen.page.table
    assert table is not None
    assert table.cell("verdict", 0).is_taken
    assert not table.cell("verdict", 1).is_taken
    assert screen.page.field == "justification"
    assert states(screen) == [OPEN, OPEN]
    taken(qtbot, opened, "2", "justification")
    assert conclusion(opened).justification == THEIR_WORDS
    assert states(screen) == [SETTLED, OPEN]
    assert "1 settled, 1 left" in screen._head.accessibleName()
    assert not screen.can_settle
    assert opened.standing.now is not None
    qtbot.waitUntil(lambda: opened.standing.now is not None and opened.standing.now.conflicts == 1, timeout=20_000)


def test_undo_opens_it_again(qtbot: QtBot, screen: ConflictScreen, opened: MainWindow) -> None:
    before = project_of(opened).state_digest()
    taken(qtbot, opened, "2", "verdict")
    press(opened, "Ctrl+Z")
    qtbot.waitUntil(lambda: "verdict" in fields(opened), timeout=20_000)
    settle(qtbot, opened)
    assert project_of(opened).state_digest() == before
    assert screen.page.field in ("verdict", "justification")
    assert screen.entries.entries[0].remark == "Differs: verdict, justification"
    table = screen.page.table
    assert table is not None
    assert not table.cell("verdict", 1).is_taken


def test_base_and_new_words(qtbot: QtBot, screen: ConflictScreen, opened: MainWindow) -> None:
    taken(qtbot, opened, "0", "verdict")
    assert conclusion(opened).verdict == "refuted"
    table = screen.page.table
    assert table is not None
    assert table.cell("verdict", BASE).is_taken
    press(opened, "E")
    field = QApplication.focusWidget()
    assert isinstance(field, QPlainTextEdit)
    assert field.toPlainText() == OUR_WORDS
    QTest.keyClicks(field, "Both of 1 and 2 say so.")
    press(opened, "Ctrl+Return")
    qtbot.waitUntil(lambda: "justification" not in fields(opened), timeout=20_000)
    settle(qtbot, opened)
    assert conclusion(opened).justification == "Both of 1 and 2 say so."
    assert states(screen)[0] == SETTLED


def test_the_editor_is_left_with_escape_and_changes_nothing(
    qtbot: QtBot, screen: ConflictScreen, opened: MainWindow
) -> None:
    press(opened, "E")
    settle(qtbot, opened)
    assert screen.page.answers.editor.isVisible()
    press(opened, "Esc")
    settle(qtbot, opened)
    assert not screen.page.answers.editor.isVisible()
    assert fields(opened) == {"verdict", "justification", "deleted"}
    assert QApplication.focusWidget() is screen.list


def test_a_level_is_picked_from_the_codebook(qtbot: QtBot, screen: ConflictScreen, opened: MainWindow) -> None:
    press(opened, "E")
    picker = QApplication.focusWidget()
    assert picker is not None
    QTest.keyClicks(picker, "Supp")
    press(opened, "Return")
    qtbot.waitUntil(lambda: "verdict" not in fields(opened), timeout=20_000)
    assert conclusion(opened).verdict == "supported"
    settle(qtbot, opened)


def test_left_standing_goes_on_to_the_next(qtbot: QtBot, screen: ConflictScreen, opened: MainWindow) -> None:
    press(opened, "B")
    settle(qtbot, opened)
    assert states(screen) == [LEFT, OPEN]
    assert fields(opened) == {"verdict", "justification", "deleted"}
    assert screen.page.field == "deleted"
    press(opened, "K")
    settle(qtbot, opened)
    taken(qtbot, opened, "1", "verdict")
    assert states(screen) == [OPEN, OPEN]


@pytest.mark.parametrize(("key", "kept"), [("1", True), ("2", False)])
def test_a_removal_beside_an_edit_is_kept_or_deleted(
    qtbot: QtBot, screen: ConflictScreen, opened: MainWindow, key: str, kept: bool
) -> None:
    press(opened, "J")
    settle(qtbot, opened)
    buttons = [button.accessibleName() for button in screen.page.answers.buttons.all]
    assert buttons == ["Keep it", "Delete it", "Leave both standing"]
    press(opened, "0")
    press(opened, "E")
    settle(qtbot, opened)
    assert "deleted" in fields(opened)
    taken(qtbot, opened, key, "deleted")
    project = project_of(opened)
    rationales = [each.rationale for each in project.linkages(project.claims()[0].id)]
    assert rationales == (["A full count, by the letter."] if kept else [])
    assert states(screen) == [OPEN, SETTLED]
    press(opened, "Ctrl+Z")
    qtbot.waitUntil(lambda: "deleted" in fields(opened), timeout=20_000)
    settle(qtbot, opened)


def test_tab_and_the_arrow_keys_reach_every_field(qtbot: QtBot, screen: ConflictScreen, opened: MainWindow) -> None:
    press(opened, "Return")
    settle(qtbot, opened)
    assert screen.page.field == "verdict"
    press(opened, "Tab")
    assert screen.page.field == "justification"
    taken(qtbot, opened, "2", "justification")
    assert conclusion(opened).justification == THEIR_WORDS
    screen.focus_first()
    press(opened, "Down")
    settle(qtbot, opened)
    assert screen.page.field == "deleted"


def test_the_keys_do_nothing_where_there_is_nothing_to_settle(qtbot: QtBot, opened: MainWindow) -> None:
    assert not opened.top_bar._tabs["conflicts"].isVisible()
    press(opened, "Ctrl+5")
    settle(qtbot, opened)
    assert opened.top_bar._tabs["conflicts"].isVisible()
    assert not opened.actions_table["take_ours"].isEnabled()
    assert not opened.actions_table["next_conflict"].isEnabled()
    press(opened, "Ctrl+1")
    settle(qtbot, opened)
    assert not opened.top_bar._tabs["conflicts"].isVisible()


def test_taking_the_merge_back_empties_the_list(qtbot: QtBot, screen: ConflictScreen, opened: MainWindow) -> None:
    press(opened, "Ctrl+Z")
    qtbot.waitUntil(lambda: not screen.has_anything, timeout=20_000)
    settle(qtbot, opened)
    assert not screen.can_settle


def test_what_the_services_refuse_is_said_and_stays_open(
    qtbot: QtBot, screen: ConflictScreen, opened: MainWindow
) -> None:
    project = project_of(opened)
    conflict = next(each for each in project.conflicts() if each.field == "verdict")
    project.settle(conflict.entity_id, "verdict", "supported")
    screen.take(1)  # the window has not heard of it yet
    qtbot.waitUntil(opened.error_bar.isVisible, timeout=20_000)
    settle(qtbot, opened)
    assert conclusion(opened).verdict == "supported"
    assert screen.entries.entries[0].remark == "Differs: justification"
    assert screen.page.told is not None
    assert [row.field for row in screen.page.told.rows] == ["justification"]


def many(project: Project, words: str, count: int) -> None:
    """Write many claims in other words."""
    for claim in project.claims()[-count:]:
        project.edit(claim.id, text=f"{claim.text} {words}")


def test_the_words_of_a_title_that_differ_are_marked_and_its_row_is_no_higher_than_its_lines(
    qtbot: QtBot, case_path: Path, tmp_path: Path, opened: MainWindow
) -> None:
    opened.desk.close_project()
    settle(qtbot, opened)

    def renamed(project: Project, words: str) -> None:
        project.edit(project.sources()[0].id, title=words)
        project.edit(project.claims()[0].id, text=f"{words}: {'bills rose for every household of the city, ' * 2}")

    bundle = work_apart(
        case_path, tmp_path, lambda p: renamed(p, "The last review"), lambda p: renamed(p, "The first review")
    )
    opened.projects.open(case_path)
    qtbot.waitUntil(lambda: opened.desk.project is not None, timeout=20_000)
    settle(qtbot, opened)
    merged(qtbot, opened, bundle)
    screen = conflicts_shown(qtbot, opened)
    heights = {
        entry.remark: screen.list.visualRect(screen.entries.index(row)).height()
        for row, entry in enumerate(screen.entries.entries)
    }
    assert heights["Differs: title"] < heights["Differs: words"]
    source = project_of(opened).sources()[0].id
    screen.show_entity(source)
    settle(qtbot, opened)
    assert [shown.marked() for shown in screen.page.findChildren(WordDiff) if shown.isVisible()][-2:] == [
        ("first ",),
        ("last ",),
    ]


def test_three_sides_and_fifty_conflicts(qtbot: QtBot, case_path: Path, tmp_path: Path, opened: MainWindow) -> None:
    opened.desk.close_project()
    settle(qtbot, opened)

    def prepare(project: Project) -> None:
        for number in range(50):
            project.add_claim(f"Statement {number}, which is as long as statements on the meters of Port Ansel are.")

    def nothing(_project: Project) -> None:
        return None

    work_apart(case_path, tmp_path, nothing, prepare, "prepare")
    jonas = work_apart(case_path, tmp_path, lambda p: many(p, "So Jonas.", 50), nothing, "jonas")
    mia = tmp_path / "mia"
    mia.mkdir()
    second = work_apart(case_path, mia, lambda p: many(p, "So Mia.", 1), lambda p: many(p, "So we.", 50), "mia")
    opened.projects.open(case_path)
    qtbot.waitUntil(lambda: opened.desk.project is not None, timeout=20_000)
    settle(qtbot, opened)
    merged(qtbot, opened, jonas)
    preview = dry_run(qtbot, opened, second).preview
    assert preview is not None
    press(opened, "Return")
    settle(qtbot, opened)
    screen = conflicts_shown(qtbot, opened)
    assert screen.entries.rowCount() == 50
    for _ in range(49):
        QTest.keyClick(screen.list, Qt.Key.Key_J)
    settle(qtbot, opened)
    assert screen.list.currentIndex().row() == 49
    sides = screen.page.row
    assert sides is not None
    assert len(sides.sides) == 3
    press(opened, "3")
    qtbot.waitUntil(lambda: states(screen).count(SETTLED) == 1, timeout=20_000)
    settle(qtbot, opened)


def test_all_alike_says_how_many_first_and_is_one_step(
    qtbot: QtBot, screen: ConflictScreen, opened: MainWindow
) -> None:
    count = len(project_of(opened).conflicts())
    press(opened, "Shift+A")
    sheet = find(opened, SettleAllSheet)
    qtbot.waitUntil(sheet.go.isEnabled, timeout=20_000)
    assert sheet.meant.text() == f"{count} fields would be settled."
    sheet.field.setFocus()
    QTest.keyClick(sheet.field, Qt.Key.Key_End)
    qtbot.waitUntil(lambda: sheet.meant.text() == "1 field would be settled.", timeout=20_000)
    assert len(project_of(opened).conflicts()) == count, "nothing is settled before it is confirmed"
    QTest.keyClick(sheet.field, Qt.Key.Key_Home)
    qtbot.waitUntil(lambda: sheet.go.isEnabled() and f"{count} fields" in sheet.meant.text(), timeout=20_000)
    press(opened, "Return")
    qtbot.waitUntil(lambda: not project_of(opened).conflicts(), timeout=20_000)
    settle(qtbot, opened)
    assert not screen.has_anything
    assert conclusion(opened).justification == THEIR_WORDS
    press(opened, "Ctrl+Z")
    qtbot.waitUntil(lambda: len(project_of(opened).conflicts()) == count, timeout=20_000)
    settle(qtbot, opened)
