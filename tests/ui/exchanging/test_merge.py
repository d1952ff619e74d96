"""Merging from the window: a dry run, the merge, taking it back, refusals, stopping."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from annotator.bundle.read import ReadBundle
from annotator.domain.conflict import Conflict
from annotator.resources import resource
from annotator.services.project import open_project
from annotator.ui.controls import PlainButton
from annotator.ui.exchanging.merge_opening import take_back
from annotator.ui.exchanging.merge_screen import MergeScreen
from annotator.ui.main_window import MainWindow
from tests.ui.exchanging.conftest import dry_run, merged, work_apart
from tests.ui.whole import click, focused, press, project_of, settle


def words(screen: QWidget) -> str:
    return "\n".join(label.text() for label in screen.findChildren(QLabel) if label.isVisible())


def drop(window: MainWindow, *paths: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    event = QDropEvent(
        QPoint(40, 40).toPointF(), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier(0)
    )
    window.dropEvent(event)


def merging(window: MainWindow) -> MergeScreen:
    assert window.rooms is not None
    return window.rooms.merging


def conflicts(window: MainWindow) -> tuple[Conflict, ...]:
    return project_of(window).conflicts()


def test_a_dropped_bundle_is_shown_before_anything_is_changed(qtbot: QtBot, theirs: Path, opened: MainWindow) -> None:
    before = project_of(opened).state_digest()
    drop(opened, theirs)
    screen = merging(opened)
    qtbot.waitUntil(lambda: screen.is_dry_run, timeout=60_000)
    said = words(screen)
    assert theirs.name in said
    assert "Changes of Jonas Weld" in said
    assert "History whole: 16 changes; 9 are here already" in said
    assert "2 conflicts would arise" in said
    assert "The meters were paid for by the county." in said
    assert "Nothing has been changed yet. A backup is made first, and one undo takes the merge back." in said
    assert screen.foot.merge.accessibleName() == "Merge 7 changes"
    assert screen.report is not None
    cells = {label.accessibleName() for label in screen.report.findChildren(QLabel)}
    assert {"Together: 7", "Together: 2", "Conclusions: 1", "Claims: 2"} <= cells
    assert project_of(opened).state_digest() == before


def test_leaving_the_dry_run_changes_nothing_and_lets_go_of_the_bundle(
    qtbot: QtBot, theirs: Path, opened: MainWindow
) -> None:
    before = project_of(opened).state_digest()
    opened.show_screen("claims")
    screen = dry_run(qtbot, opened, theirs)
    assert screen._plan is not None
    bundle, closed = screen._plan.incoming, list[bool]()
    assert isinstance(bundle, ReadBundle)
    bundle._resources.callback(closed.append, True)
    press(opened, "Esc")
    settle(qtbot, opened)
    assert opened.top_bar.shown_screen == "claims"
    assert not screen.is_dry_run
    assert closed == [True]
    assert project_of(opened).state_digest() == before


def test_another_screen_lets_go_of_the_bundle_too(qtbot: QtBot, theirs: Path, opened: MainWindow) -> None:
    screen = dry_run(qtbot, opened, theirs)
    press(opened, "Ctrl+4")
    settle(qtbot, opened)
    assert not screen.is_dry_run
    assert opened.top_bar.shown_screen == "history"


def test_enter_merges_and_one_undo_takes_it_back(qtbot: QtBot, theirs: Path, opened: MainWindow) -> None:
    before = project_of(opened).state_digest()
    screen = merged(qtbot, opened, theirs)
    said = screen.notice.words()
    assert "Merged: 7 changes of Jonas Weld" in said
    assert "New: 7. Changed: 2. 3 fields are in conflict" in said
    backups = list(theirs.parent.glob("Smart meters.backup*"))
    assert len(backups) == 1
    assert str(backups[0]) in said
    assert len(conflicts(opened)) == 3
    press(opened, "Ctrl+Z")
    qtbot.waitUntil(lambda: not conflicts(opened), timeout=20_000)
    assert project_of(opened).state_digest() == before
    settle(qtbot, opened)
    press(opened, "Ctrl+Y")
    qtbot.waitUntil(lambda: len(conflicts(opened)) == 3, timeout=20_000)
    settle(qtbot, opened)


def test_a_bundle_with_nothing_new_says_so(qtbot: QtBot, theirs: Path, opened: MainWindow) -> None:
    merged(qtbot, opened, theirs)
    opened.merge(theirs)
    screen = merging(opened)
    qtbot.waitUntil(lambda: "Everything in it is here already" in screen.notice.words(), timeout=60_000)
    settle(qtbot, opened)
    press(opened, "Esc")
    settle(qtbot, opened)
    assert not screen.isVisible()


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-200])


def _alter(path: Path) -> None:
    with zipfile.ZipFile(path) as old:
        members = [(info, old.read(info)) for info in old.infolist()]
    with zipfile.ZipFile(path, "w") as new:
        for info, data in members:
            new.writestr(
                info, data.replace(b"counted a part", b"counted a tenth") if "history" in info.filename else data
            )


@pytest.mark.parametrize(("spoil", "where"), [(_cut, ""), (_alter, "data/history/part-00001.jsonl")])
def test_a_spoiled_bundle_is_refused_with_its_reason_and_nothing_is_changed(
    qtbot: QtBot, theirs: Path, opened: MainWindow, spoil: Callable[[Path], None], where: str
) -> None:
    spoil(theirs)
    project = project_of(opened)
    before, bytes_before = project.state_digest(), project.path.read_bytes()
    changes = len(project.changes())
    opened.merge(theirs)
    screen = merging(opened)
    qtbot.waitUntil(lambda: "is refused" in screen.notice.words(), timeout=60_000)
    settle(qtbot, opened)
    said = screen.notice.words()
    assert f"{theirs.name} is refused" in said
    assert f"Where: {where}" in said
    assert "Why: " in said
    assert "Nothing was taken from it." in said
    assert project.state_digest() == before
    assert project.path.read_bytes() == bytes_before
    assert len(project.changes()) == changes
    assert isinstance(focused(), QWidget)
    press(opened, "Esc")
    assert not screen.isVisible()


def test_in_a_small_window_no_count_is_cut(qtbot: QtBot, theirs: Path, opened: MainWindow) -> None:
    opened.resize(opened.minimumSize())
    screen = dry_run(qtbot, opened, theirs)
    assert screen.report is not None
    content = screen.report.widget()
    assert content is not None
    assert content.width() <= screen.report.viewport().width()
    for count in content.findChildren(QLabel):
        assert count.mapTo(content, count.rect().topRight()).x() < screen.report.viewport().width()
    press(opened, "Esc")
    settle(qtbot, opened)


def test_a_bundle_that_is_over_a_limit_is_taken_when_a_person_allows_more(
    qtbot: QtBot, opened: MainWindow, tmp_path: Path
) -> None:
    with open_project(tmp_path / "zeros.annotator", annotator="Ada", create=True) as project:
        project.import_source(("zeros.txt", b"0" * 2_000_000))
        bundle = project.export("bundle", tmp_path / "zeros.bundle.zip")
    drop(opened, bundle)
    screen = merging(opened)
    qtbot.waitUntil(lambda: "is refused" in screen.notice.words(), timeout=60_000)
    more = next(button for button in screen.notice.findChildren(PlainButton) if "Allow more" in button.text())
    more.setFocus()
    press(opened, "Return")
    qtbot.waitUntil(lambda: screen.is_dry_run, timeout=60_000)


def test_a_file_that_is_no_bundle_is_refused(qtbot: QtBot, opened: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "notes.bundle.zip"
    path.write_text("Not a bundle at all.")
    opened.merge(path)
    screen = merging(opened)
    qtbot.waitUntil(lambda: "is refused" in screen.notice.words(), timeout=60_000)
    settle(qtbot, opened)


def test_stopping_while_it_is_read_leaves_nothing(qtbot: QtBot, theirs: Path, opened: MainWindow) -> None:
    before = project_of(opened).state_digest()
    opened.merge(theirs)
    screen = merging(opened)
    assert screen.notice.headline.text() == f"Reading {theirs.name}"
    press(opened, "Esc")
    settle(qtbot, opened)
    assert not screen.isVisible()
    assert not screen.is_dry_run
    assert project_of(opened).state_digest() == before


def test_stopping_while_it_is_merged_leaves_nothing(qtbot: QtBot, theirs: Path, opened: MainWindow) -> None:
    project = project_of(opened)
    before, changes = project.state_digest(), len(project.changes())
    screen = dry_run(qtbot, opened, theirs)
    press(opened, "Return")
    press(opened, "Esc")
    qtbot.waitUntil(lambda: "Stopped" in screen.notice.words(), timeout=60_000)
    settle(qtbot, opened)
    assert "Nothing was changed." in screen.notice.words()
    assert project.state_digest() == before
    assert len(project.changes()) == changes
    assert not project.news()


def test_the_menu_asks_for_a_bundle(qtbot: QtBot, theirs: Path, opened: MainWindow) -> None:
    press(opened, "Ctrl+Shift+M")
    dialog = opened.findChild(QFileDialog)
    assert dialog is not None
    dialog.selectFile(str(theirs))
    dialog.fileSelected.emit(str(theirs))
    dialog.close()
    screen = merging(opened)
    qtbot.waitUntil(lambda: screen.is_dry_run, timeout=60_000)
    settle(qtbot, opened)


def test_a_merge_is_taken_back_by_its_number(qtbot: QtBot, theirs: Path, opened: MainWindow) -> None:
    before = project_of(opened).state_digest()
    merged(qtbot, opened, theirs)
    take_back(opened.desk, project_of(opened).exchanges()[0].number)
    qtbot.waitUntil(lambda: project_of(opened).state_digest() == before, timeout=20_000)
    assert not project_of(opened).exchanges()[0].stands
    settle(qtbot, opened)


def test_what_cannot_be_taken_back_is_said(qtbot: QtBot, theirs: Path, opened: MainWindow) -> None:
    merged(qtbot, opened, theirs)
    project = project_of(opened)
    conflict = conflicts(opened)[0]
    project.settle(conflict.entity_id, conflict.field, conflict.sides[1].value)
    take_back(opened.desk, project.exchanges()[0].number)
    qtbot.waitUntil(opened.error_bar.isVisible, timeout=20_000)
    assert theirs.name in opened.error_bar.accessibleName()
    settle(qtbot, opened)


def test_one_change_is_counted_as_one(qtbot: QtBot, opened: MainWindow, case_path: Path, tmp_path: Path) -> None:
    opened.desk.close_project()
    settle(qtbot, opened)
    bundle = work_apart(case_path, tmp_path, lambda project: project.add_claim("One more."), lambda _: None, "one")
    opened.projects.open(case_path)
    qtbot.waitUntil(lambda: opened.desk.project is not None, timeout=20_000)
    settle(qtbot, opened)
    screen = dry_run(qtbot, opened, bundle)
    assert screen.foot.merge.accessibleName() == "Merge 2 changes"  # the colleague joins, and adds a claim
    press(opened, "Esc")
    settle(qtbot, opened)


def test_of_several_dropped_bundles_the_first_is_shown_and_that_is_said(
    qtbot: QtBot, theirs: Path, opened: MainWindow, tmp_path: Path
) -> None:
    other = tmp_path / "other.bundle.zip"
    other.write_bytes(theirs.read_bytes())
    drop(opened, theirs, other)
    assert opened.error_bar.isVisible()
    assert opened.error_bar.accessibleName() == f"One bundle at a time: {theirs.name} is opened."
    screen = merging(opened)
    qtbot.waitUntil(lambda: screen.is_dry_run, timeout=60_000)
    settle(qtbot, opened)
    assert theirs.name in words(screen)


def test_a_merge_that_ends_unseen_is_told_and_its_page_can_be_shown(
    qtbot: QtBot, theirs: Path, opened: MainWindow
) -> None:
    screen = dry_run(qtbot, opened, theirs)
    press(opened, "Return")
    press(opened, "Ctrl+2")
    assert not screen.isVisible()
    qtbot.waitUntil(lambda: bool(project_of(opened).news()) and opened.error_bar.isVisible(), timeout=60_000)
    settle(qtbot, opened)
    assert opened.top_bar.shown_screen == "claims", "nobody is taken away from where they work"
    bar = opened.error_bar
    assert bar.accessibleName() == "Merged: 7 changes of Jonas Weld"
    for said in ("in conflict", "The project as it was before is kept in"):
        assert said in bar.accessibleDescription()
    [show] = [button for button in bar.findChildren(PlainButton) if button.text() == "Show"]
    click(show)
    assert screen.isVisible()
    assert not bar.isVisible()
    assert "Merged: 7 changes of Jonas Weld" in words(screen)


def test_scales_that_differ_are_told_in_words(qtbot: QtBot, opened: MainWindow, tmp_path: Path) -> None:
    codebook = tmp_path / "house.toml"
    ours = resource("scales", "default.toml").read_text(encoding="utf-8")
    codebook.write_text(ours.replace('label = "Low"', 'label = "Shaky"'), encoding="utf-8")
    with open_project(tmp_path / "house.annotator", annotator="Cy", create=True, codebook=codebook) as project:
        project.add_claim("Bills rose.")
        bundle = project.export("bundle", tmp_path / "house.bundle.zip")
    screen = dry_run(qtbot, opened, bundle)
    said = words(screen)
    assert "Scales that differ from ours" in said
    assert "Confidence: Shaky, Moderate, High" in said
    assert "Low (25%): Evidence scant" in said
    assert "Shaky (25%): Evidence scant" in said
    assert "None" not in said


def test_the_team_that_gave_it_is_noted_and_offered_again(qtbot: QtBot, theirs: Path, opened: MainWindow) -> None:
    opened.merge(theirs)
    screen = merging(opened)
    qtbot.waitUntil(lambda: screen.is_dry_run, timeout=60_000)
    screen.foot.team.setFocus()
    QTest.keyClicks(screen.foot.team, "Northside")
    press(opened, "Return")
    qtbot.waitUntil(lambda: project_of(opened).teams() == ("Northside",), timeout=60_000)
    settle(qtbot, opened)
    line = project_of(opened).exchanges()[0]
    assert (line.direction, line.team, line.note.kinds["claim"]) == ("in", "Northside", 2)


def test_a_level_of_theirs_is_mapped_before_it_is_merged(qtbot: QtBot, opened: MainWindow, tmp_path: Path) -> None:
    codebook = resource("scales", "default.toml").read_text(encoding="utf-8")
    head, *blocks = codebook.split("[[scale]]")
    others = [block for block in blocks if '\nname = "verdict"\n' not in block]
    (tmp_path / "other.toml").write_text("[[scale]]".join([head, *others]) + METER, encoding="utf-8")
    path = tmp_path / "other.annotator"
    with open_project(path, annotator="Jonas Weld", create=True, codebook=tmp_path / "other.toml") as other:
        claim = other.add_claim("The meters were never tested.")
        other.conclude(claim.id, verdict="half")
        bundle = other.export("bundle", tmp_path / "other.bundle.zip")
    opened.merge(bundle)
    screen = merging(opened)
    qtbot.waitUntil(lambda: screen.is_dry_run, timeout=60_000)
    assert screen.report is not None
    (box,) = screen.report.levels.boxes
    assert box.accessibleName() == "What “Half true” is here"
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_End)
    chosen = box.currentData()
    click(screen.foot.merge)
    qtbot.waitUntil(lambda: len(project_of(opened).foreign_levels()) == 1, timeout=60_000)
    qtbot.waitUntil(lambda: project_of(opened).foreign_levels()[0].mapped == chosen, timeout=60_000)
    settle(qtbot, opened)


METER = """
[[scale]]
id = "0a3a5a3e-9c1b-4a52-8d1f-0b6a6a2f7b01"
name = "verdict"
label = "Truth-O-Meter"
levels = [{ id = "0a3a5a3e-9c1b-4a52-8d1f-0b6a6a2f7b02", code = "half", label = "Half true" }]
"""
