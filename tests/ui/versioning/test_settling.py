"""Settling what a new version changed, by keys: accepted, moved by hand, kept, withdrawn; the next comes by itself."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.domain.anchoring import AnchorDecision
from annotator.domain.rows import AnchorRow
from annotator.services.project import open_project
from annotator.ui.annotating.reader import ReaderView
from annotator.ui.main_window import MainWindow
from annotator.ui.versioning.passage_entries import Group, HeadEntry, PassageEntry
from annotator.ui.versioning.versions_screen import VersionsScreen
from tests.ui.versioning.conftest import sides, versions_shown
from tests.ui.versioning.revised import URL, make_revised, place
from tests.ui.whole import ME, press, project_of, settle


def rows(window: MainWindow) -> dict[str, AnchorRow]:
    project = project_of(window)
    return {row.quote: row for row in project.anchors(project.source_rows()[0].versions[-1].id)}


def in_hand(screen: VersionsScreen) -> str:
    entry = screen.settling.passages.entry(screen.settling.view.currentIndex())
    assert isinstance(entry, PassageEntry)
    return entry.quote


def done(qtbot: QtBot, window: MainWindow, key: str) -> None:
    """Press a key that decides, and wait until the list has gone on."""
    before = len([row for row in rows(window).values() if not row.is_settled])
    press(window, key)
    qtbot.waitUntil(lambda: len([r for r in rows(window).values() if not r.is_settled]) == before - 1, timeout=20_000)
    settle(qtbot, window)


def test_what_needs_a_person_comes_first_with_counts(screen: VersionsScreen) -> None:
    passages = screen.settling.passages
    entries = [passages.entry(passages.index(row)) for row in range(passages.rowCount())]
    heads = [(entry.group, entry.count) for entry in entries if isinstance(entry, HeadEntry)]
    assert heads[:2] == [(Group.CHANGED, 2), (Group.ORPHANED, 1)]
    assert sum(count for _, count in heads) == 6
    assert screen.head.accessibleName() == "Versions 3 to settle"
    assert QApplication.focusWidget() is screen.settling.view
    assert in_hand(screen).startswith("14.2 per cent"), "the first that waits"


def test_the_words_then_and_now_and_what_rests_on_them(screen: VersionsScreen) -> None:
    panel = screen.settling.panel
    assert panel.then.marked() == ("9",)
    assert panel.now.marked() == ("11",)
    said = [child.text() for child in panel.rests.findChildren(type(panel.decided)) if child.text()]
    assert "The new meters caused the rise." in said
    assert "Concluded:" in said


def test_keys_settle_one_after_the_other_and_the_next_comes_by_itself(
    qtbot: QtBot, revised: MainWindow, screen: VersionsScreen
) -> None:
    first = in_hand(screen)
    done(qtbot, revised, "1")
    second = in_hand(screen)
    assert second != first
    done(qtbot, revised, "3")
    third = in_hand(screen)
    assert third.startswith("One insurer"), "the one that was not found"
    assert not any(button.text() == "Accept the new words" for button in screen.settling.panel.answers.buttons.all)
    found = rows(revised)
    assert found[first].decision is AnchorDecision.ACCEPTED
    assert found[second].decision is AnchorDecision.KEPT
    press(revised, "4")
    assert QApplication.focusWidget() is screen.settling.panel.answers.reason
    QTest.keyClicks(screen.settling.panel.answers.reason, "The publisher took it back")
    done(qtbot, revised, "Return")
    assert rows(revised)[third].decision is AnchorDecision.WITHDRAWN
    withdrawn = [each.withdrawn for each in project_of(revised).linkages() if each.withdrawn]
    assert withdrawn == ["The publisher took it back"]
    assert screen.head.accessibleName() == "Versions"
    assert screen._said.text() == "Nothing is left to settle in this version."


def test_a_second_key_at_once_decides_nothing_on_the_passage_that_is_decided(
    qtbot: QtBot, revised: MainWindow, screen: VersionsScreen
) -> None:
    first = in_hand(screen)
    press(revised, "1")
    press(revised, "3")
    settle(qtbot, revised)
    qtbot.waitUntil(lambda: in_hand(screen) != first, timeout=20_000)
    assert rows(revised)[first].decision is AnchorDecision.ACCEPTED
    done(qtbot, revised, "3")


def test_a_withdrawal_asked_for_at_once_says_how_many_judgements_it_takes(
    qtbot: QtBot, revised: MainWindow, screen: VersionsScreen
) -> None:
    press(revised, "J")
    press(revised, "4")
    settle(qtbot, revised)
    answers = screen.settling.panel.answers
    assert QApplication.focusWidget() is answers.reason
    assert answers.withdraw.text() == "Withdraw 1 judgement"
    QTest.keyClicks(answers.reason, "It is")
    project_of(revised).add_claim("Something else.")
    settle(qtbot, revised)
    assert (answers.is_asking, answers.reason.text()) == (True, "It is"), "a change elsewhere leaves what is typed"


def test_a_passage_of_several_fragments_is_moved_by_words_that_are_selected_first(
    qtbot: QtBot, revised: MainWindow, screen: VersionsScreen
) -> None:
    project = project_of(revised)
    old, newest = project.source_rows()[0].versions
    text = project.text(old.id)
    passage = project.highlight(old.id, [place(text, "of which 9 points"), place(text, "the box that can close")])
    project.find_again(newest.id)
    settle(qtbot, revised)
    screen.settling.choose(passage.id)
    settle(qtbot, revised)
    press(revised, "2")
    settle(qtbot, revised)
    _, new = sides(screen)
    assert screen.settling.panel.answers.is_placing
    assert not new.has_selection
    assert not screen.settling.panel.answers.place.isEnabled()


def test_a_smaller_window_keeps_the_passage_in_hand_in_sight(
    qtbot: QtBot, revised: MainWindow, screen: VersionsScreen
) -> None:
    screen.settling.step(1)
    screen.settling.step(1)
    settle(qtbot, revised)
    entry = screen.settling.passages.entry(screen.settling.view.currentIndex())
    assert isinstance(entry, PassageEntry)
    join = screen.beside._joins.find(entry.passage)
    assert join is not None
    old, _ = sides(screen)
    assert old.is_in_sight(join.old)
    revised.resize(1000, 560)
    settle(qtbot, revised)
    qtbot.waitUntil(lambda: old.is_in_sight(join.old), timeout=5_000)


def test_each_decision_is_one_undo(qtbot: QtBot, revised: MainWindow, screen: VersionsScreen) -> None:
    first = in_hand(screen)
    done(qtbot, revised, "1")
    press(revised, "Ctrl+Z")
    qtbot.waitUntil(lambda: rows(revised)[first].decision is None, timeout=20_000)
    settle(qtbot, revised)
    assert screen.head.accessibleName() == "Versions 3 to settle"


def test_a_passage_is_moved_by_hand_to_words_that_are_selected(
    qtbot: QtBot, revised: MainWindow, screen: VersionsScreen
) -> None:
    first = in_hand(screen)
    press(revised, "2")
    _, new = sides(screen)
    assert QApplication.focusWidget() is new
    assert screen.settling.panel.answers.is_placing
    start = new.text.text.index("11 points")
    new.put_caret(start)
    for _ in "11 points":
        QTest.keyClick(new, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    done(qtbot, revised, "Return")
    row = rows(revised)[first]
    assert (row.decision, row.found) == (AnchorDecision.PLACED, "11 points")
    assert QApplication.focusWidget() is screen.settling.view


def test_escape_decides_nothing(qtbot: QtBot, revised: MainWindow, screen: VersionsScreen) -> None:
    for key in ("2", "4"):
        press(revised, key)
        assert screen.settling.panel.answers.is_asking
        press(revised, "Escape")
        assert not screen.settling.panel.answers.is_asking
    settle(qtbot, revised)
    assert all(row.decision is None for row in rows(revised).values())


def test_a_quick_key_decides_on_the_passage_in_hand_and_no_other(
    qtbot: QtBot, revised: MainWindow, screen: VersionsScreen
) -> None:
    first = in_hand(screen)
    press(revised, "J")
    second = in_hand(screen)
    press(revised, "3")
    qtbot.waitUntil(lambda: rows(revised)[second].decision is AnchorDecision.KEPT, timeout=20_000)
    assert rows(revised)[first].decision is None


def test_the_mouse_chooses_in_the_list_in_the_band_and_in_the_text(qtbot: QtBot, screen: VersionsScreen) -> None:
    band, passages = screen.beside.band, screen.settling.passages
    screen.beside.grab()
    other = next(entry for entry in passages.grouped.groups[Group.CHANGED] if entry.quote != in_hand(screen))
    tile = band.tile_of(other.passage)
    assert tile is not None
    QTest.mouseClick(band, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, tile.center().toPoint())
    assert in_hand(screen) == other.quote
    old, _ = sides(screen)
    exact = passages.grouped.groups[Group.EXACT][0]
    row = old.highlights.find(exact.passage)
    assert row is not None
    old.bring((row.start, row.end))
    strip = old.strip_of((row.start + 1, row.start + 2))
    assert strip is not None
    QTest.mouseClick(
        old.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, strip.center().toPoint()
    )
    assert in_hand(screen) == exact.quote
    assert not screen.settling.panel.answers.buttons.all or screen.settling.can_settle is False


def test_a_group_is_folded_by_key(qtbot: QtBot, screen: VersionsScreen) -> None:
    view, passages = screen.settling.view, screen.settling.passages
    rows_before = passages.rowCount()
    view.setCurrentIndex(passages.index(0))
    QTest.keyClick(view, Qt.Key.Key_Left)
    assert passages.rowCount() == rows_before - 2
    QTest.keyClick(view, Qt.Key.Key_Right)
    assert passages.rowCount() == rows_before


def test_ten_thousand_passages_are_listed_by_arithmetic(qtbot: QtBot, screen: VersionsScreen) -> None:
    from annotator.domain.anchoring import AnchorState
    from annotator.domain.ids import EntityId
    from annotator.ui.versioning.passage_list import Grouped

    entries = [
        PassageEntry(
            anchor=EntityId(f"a{n}"), passage=EntityId(f"p{n}"), quote=f"Words {n}", stance="supports", claim="A claim",
            state=AnchorState.CHANGED if n % 2 else AnchorState.EXACT, decision=None,
        )
        for n in range(10_000)
    ]  # fmt: skip
    grouped = Grouped(entries)
    view, passages = screen.settling.view, screen.settling.passages
    passages.show(grouped)
    assert passages.rowCount() == 5_002, "what was found again is folded away"
    index = passages.index_of("p9999")
    view.setCurrentIndex(index)
    view.scrollTo(index)
    assert view.visualRect(index).intersects(view.viewport().rect())
    assert passages.entry(index) == entries[9999]


def test_an_import_that_makes_a_new_version_says_so_and_leads_to_it(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    from tests.ui.versioning.revised import first_version, second_version

    path = tmp_path / "first.annotator"
    with open_project(path, annotator=ME, create=True) as project:
        first_version(project)
    window.projects.open(path)
    qtbot.waitUntil(lambda: window.standing.now is not None and bool(window.desk.version_id), timeout=20_000)
    settle(qtbot, window)
    window.desk.do(second_version)
    qtbot.waitUntil(lambda: window.error_bar.isVisible(), timeout=20_000)
    assert window.error_bar.accessibleName().endswith("has a version 2.")
    assert window.error_bar.accessibleDescription() == "Passages: 3 found again, 2 changed, 1 not found."
    qtbot.waitUntil(lambda: window.standing.now is not None and window.standing.now.unsettled == 3, timeout=20_000)
    assert window.top_bar._tabs["versions"].isVisible()
    window.error_bar._retry.click()
    assert window.rooms is not None
    screen = window.rooms.versions
    qtbot.waitUntil(lambda: screen.isVisible() and screen.settling.can_settle, timeout=20_000)


def test_the_list_of_sources_says_how_many_are_to_settle(qtbot: QtBot, revised: MainWindow) -> None:
    from annotator.ui.importing.source_entries import progress

    assert progress(project_of(revised).source_rows()[0]) == "3 to settle"


def test_waiting_passages_are_marked_in_the_new_version(qtbot: QtBot, revised: MainWindow) -> None:
    project = project_of(revised)
    newest = project.source_rows()[0].versions[-1].id
    revised.desk.show_place(newest)
    settle(qtbot, revised)
    assert revised.rooms is not None
    view = cast("ReaderView", revised.rooms.reading.view)
    waiting = [row for row in view.highlights if row.anchor is not None and row.anchor.waits]
    assert len(waiting) == 2
    row = waiting[0]
    view.show_place(row.start, row.end)
    with_badge = view.viewport().grab().toImage()
    for each in waiting:
        assert each.anchor is not None
        project.accept_anchor(each.anchor.id)
    qtbot.waitUntil(lambda: all(row.anchor is None or not row.anchor.waits for row in view.highlights), timeout=20_000)
    settle(qtbot, revised)
    assert view.viewport().grab().toImage() != with_badge


def test_nothing_is_left_when_the_project_is_closed(qtbot: QtBot, revised: MainWindow, screen: VersionsScreen) -> None:
    revised.desk.close_project()
    settle(qtbot, revised)
    assert screen.pair is None
    assert not screen.can_settle


def test_passages_of_an_older_version_bring_their_own_text(qtbot: QtBot, revised: MainWindow) -> None:
    project = project_of(revised)
    text = project.text(project.source_rows()[0].versions[-1].id)
    page = "".join(f"<p>{line}</p>" for line in text.split("\n")).replace("528 of the accounts", "530 of the accounts")
    third = project.import_source(
        ("third.html", f"<html><body><article>{page}</article></body></html>".encode()), url=URL
    )
    assert third.sequence == 3
    screen = versions_shown(qtbot, revised)
    lost = next(entry for entry in screen.settling.passages.grouped.groups[Group.ORPHANED])
    screen.settling.choose(lost.passage)
    qtbot.waitUntil(lambda: screen.pair is not None and screen.pair.old.version.sequence == 1, timeout=20_000)
    settle(qtbot, revised)
    assert screen.beside.joins(lost.passage)
    assert in_hand(screen) == lost.quote


def test_an_anchor_that_came_as_news_leads_to_both_versions(qtbot: QtBot, revised: MainWindow) -> None:
    row = next(row for row in rows(revised).values() if row.quote.startswith("One insurer"))
    assert revised.rooms is not None
    revised.rooms.go_to_news(row.id)
    screen = revised.rooms.versions
    qtbot.waitUntil(lambda: screen.isVisible() and screen.settling.can_settle, timeout=20_000)
    settle(qtbot, revised)
    assert in_hand(screen) == row.quote


def test_the_case_is_made_as_told(tmp_path: Path) -> None:
    with open_project(make_revised(tmp_path / "case.annotator"), annotator=ME) as project:
        report = project.version_report(project.source_rows()[0].versions[-1].id)
        assert (len(report.exact), len(report.moved), len(report.changed), len(report.orphaned)) == (2, 1, 2, 1)


def test_a_passage_made_in_the_older_version_since_is_looked_for_when_asked(
    qtbot: QtBot, revised: MainWindow, screen: VersionsScreen
) -> None:
    assert screen.find_again.isHidden()
    project = project_of(revised)
    old = project.source_rows()[0].versions[0]
    start = next(at for at, letter in enumerate(project.text(old.id)) if letter == " ") + 1
    made: list[object] = []
    revised.desk.do(lambda project: project.highlight(old.id, [(start, start + 12)]), made.append)
    qtbot.waitUntil(lambda: bool(made) and screen.find_again.isVisible(), timeout=20_000)
    assert screen.find_again.text() == "Look for 1 more passage"
    before = len(rows(revised))
    QTest.mouseClick(screen.find_again, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(rows(revised)) == before + 1 and screen.find_again.isHidden(), timeout=20_000)
    settle(qtbot, revised)
    press(revised, "Ctrl+Z")
    qtbot.waitUntil(lambda: len(rows(revised)) == before and screen.find_again.isVisible(), timeout=20_000)
