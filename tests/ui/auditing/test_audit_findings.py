"""The findings: by level, to their places, waived with a reason; and where there are none, what is said instead."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from annotator.domain.finding import Finding, Severity
from annotator.domain.ids import EntityId
from annotator.domain.review import Waiver
from annotator.services.project import open_project
from annotator.ui.actions import Actions
from annotator.ui.auditing.audit_screen import AuditScreen
from annotator.ui.auditing.finding_groups import grouped
from annotator.ui.auditing.finding_panel import FindingPanel
from annotator.ui.controls import EmptyState
from annotator.ui.main_window import MainWindow
from tests.ui.auditing.audits import (
    INES,
    REVIEWER,
    checked,
    entries,
    make_twice_judged,
    my_reviews,
    open_audit,
    reading,
)
from tests.ui.whole import click, focused, press, project_of, settle


def shown(screen: AuditScreen) -> list[Finding]:
    return [entry.finding for entry in entries(screen) if entry.finding is not None]


def choose(screen: AuditScreen, finding: Finding) -> None:
    view = screen.findings.view
    view.setFocus()
    press(screen.window(), "Home")
    while (chosen := view.chosen()) is None or chosen.key != finding.key:
        before = view.currentIndex().row()
        press(screen.window(), "Down")
        assert view.currentIndex().row() == before + 1, "not in the list"


def test_findings_are_grouped_by_level_and_counted(qtbot: QtBot, window: MainWindow, case: Path) -> None:
    screen = open_audit(qtbot, window, case)
    found = project_of(window).findings()
    assert found
    assert [finding.key for finding in shown(screen)] == [finding.key for finding in found]
    heads = {entry.level: entry.count for entry in entries(screen) if entry.finding is None}
    assert heads == {level: sum(f.level is level for f in found) for level in {f.level for f in found}}
    grave = sum(finding.level is not Severity.INFORMATION for finding in found)
    assert window.top_bar._tabs["audit"].accessibleName() == f"Audit {grave}"
    click(screen.findings._filter.button(1))
    assert {finding.level for finding in shown(screen)} == {Severity.ERROR}
    click(screen.findings._filter.button(0))
    screen.findings.view.setFocus()
    press(window, "Home")
    press(window, "Return")
    assert entries(screen)[0].folded
    assert {finding.level for finding in shown(screen)} == {f.level for f in found} - {Severity.ERROR}


def test_a_finding_is_waived_with_a_reason_and_that_is_taken_back(qtbot: QtBot, window: MainWindow, case: Path) -> None:
    screen = open_audit(qtbot, window, case)
    wanted = shown(screen)[-1]
    choose(screen, wanted)
    press(window, "X")
    field = focused()
    assert isinstance(field, QLineEdit)
    press(window, "Return")
    assert screen.findings.view.writing, "no reason, no waiver"
    QTest.keyClicks(field, "acwr: a rare case, we know")
    press(window, "Return")
    checked(qtbot, window, screen)
    assert not my_reviews(window)
    assert wanted.key not in [finding.key for finding in shown(screen)]
    click(screen.findings._waived_link)
    [entry] = [entry for entry in entries(screen) if entry.finding is not None]
    assert entry.by == REVIEWER
    assert entry.finding is not None
    assert entry.finding.waiver is not None
    assert entry.finding.waiver.reason == "acwr: a rare case, we know"
    assert "Waived by Priya Anand" in str(screen.findings.view.model().index(1, 0).data())
    choose(screen, entry.finding)
    assert not window.actions_table["waive"].isEnabled()
    assert screen.findings.view._actions is not None
    click(screen.findings.view._actions._back)
    checked(qtbot, window, screen)
    assert wanted.key in [finding.key for finding in shown(screen)]


def test_esc_leaves_the_reason(qtbot: QtBot, window: MainWindow, case: Path) -> None:
    screen = open_audit(qtbot, window, case)
    choose(screen, shown(screen)[0])
    press(window, "X")
    QTest.keyClicks(focused(), "never mind")
    press(window, "Esc")
    assert screen.findings.view.hasFocus()
    assert not screen.findings.view.writing
    checked(qtbot, window, screen)
    assert all(finding.waiver is None for finding in project_of(window).findings(waived=True))


def test_the_list_does_not_change_under_the_hands_of_who_writes_a_reason(
    qtbot: QtBot, window: MainWindow, case: Path
) -> None:
    screen = open_audit(qtbot, window, case)
    before = [finding.key for finding in shown(screen)]
    choose(screen, shown(screen)[0])
    press(window, "X")
    field = focused()
    QTest.keyClicks(field, "half a rea")
    linkage = project_of(window).linkages()[0]
    project_of(window).edit(linkage.id, rationale="")
    checked(qtbot, window, screen)
    assert focused() is field
    assert [finding.key for finding in shown(screen)] == before
    press(window, "Esc")
    assert "missing-rationale" in [finding.code for finding in shown(screen)]


def test_enter_goes_where_one_works_on_it(qtbot: QtBot, window: MainWindow, case: Path) -> None:
    screen = open_audit(qtbot, window, case)
    wanted = next(finding for finding in shown(screen) if finding.kind == "linkage")
    choose(screen, wanted)
    press(window, "Return")
    settle(qtbot, window)
    assert window.top_bar.shown_screen == "claims"
    assert window.desk.linkage_id == wanted.entity_id


def test_a_chosen_finding_shows_what_is_to_be_reviewed_about_it(qtbot: QtBot, window: MainWindow, case: Path) -> None:
    screen = open_audit(qtbot, window, case)
    press(window, "/")
    assert screen.findings.view.hasFocus()
    press(window, "Esc")
    assert screen.review.page.hasFocus()
    screen.review.show_number(3)
    settle(qtbot, window)
    wanted = next(finding for finding in shown(screen) if finding.code == "disagreement")
    choose(screen, wanted)
    settle(qtbot, window)
    assert {wanted.entity_id, *wanted.others} & set(reading(screen).item.entities)


def test_a_project_without_linkages_says_what_to_do(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "new.annotator"
    with open_project(path, annotator=INES, create=True) as project:
        project.type_source("A talk", "Nothing was said.")
    screen = open_audit(qtbot, window, path)
    [empty] = [state for state in screen.findChildren(EmptyState) if state.isVisible()]
    assert empty.accessibleName() == "Nothing to audit yet"
    words = [label.text() for label in screen.findings.findChildren(QLabel) if label.isVisible()]
    assert any(said.startswith("No findings: ") for said in words)
    assert window.actions_table["accept"].isEnabled() is False


def test_who_alone_has_judged_has_nothing_to_review(qtbot: QtBot, window: MainWindow, case_path: Path) -> None:
    screen = open_audit(qtbot, window, case_path, who=INES)
    [empty] = [state for state in screen.findChildren(EmptyState) if state.isVisible()]
    assert empty.accessibleName() == "Nothing to review"


def test_the_count_follows_what_is_done_elsewhere(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    screen = open_audit(qtbot, window, make_twice_judged(tmp_path / "bills.annotator", 2))
    press(window, "Ctrl+1")
    settle(qtbot, window)
    before = window.top_bar._tabs["audit"].accessibleName()
    linkage = project_of(window).linkages()[0]
    project_of(window).edit(linkage.id, verdict="refuted", rationale="")
    qtbot.waitUntil(lambda: window.top_bar._tabs["audit"].accessibleName() != before, timeout=20_000)
    assert not screen.isVisible()
    grave = sum(finding.level is not Severity.INFORMATION for finding in project_of(window).findings())
    assert window.top_bar._tabs["audit"].accessibleName() == f"Audit {grave}"


def test_the_line_below_says_when_it_was_checked(qtbot: QtBot, window: MainWindow, case: Path) -> None:
    open_audit(qtbot, window, case)
    count = len(project_of(window).linkages())

    def below() -> str:
        return " ".join(label.text() for label in window.status.findChildren(QLabel) if label.isVisible())

    assert "Checked " in below()
    assert f"{count} linkages in " in below()
    press(window, "Ctrl+1")
    settle(qtbot, window)
    assert "Checked " not in below()


def finding(number: int, level: Severity, *, waived: bool = False) -> Finding:
    """Return one of many findings."""
    found = Finding(
        code="missing-rationale",
        level=level,
        title="Missing rationale",
        entity_id=EntityId(f"01890000-0000-7000-8000-{number:012}"),
        kind="linkage",
        sentence="The linkage number {number} has no rationale, which is a long sentence for a narrow list.",
        advice="Write it.",
        data={"number": number},
    )
    who = EntityId("01890000-0000-7000-8000-0000000000aa")
    waiver = Waiver(id=who, check=found.code, about=found.entity_id, annotator_id=who, reason="We know.")
    return found.waived_by(waiver if waived else None)


def test_what_was_waived_or_only_informs_is_not_counted_in_the_bar() -> None:
    levels = (Severity.ERROR, Severity.WARNING, Severity.INFORMATION)
    found = [finding(number, level) for number, level in enumerate(levels)]
    found += [finding(10 + number, level, waived=True) for number, level in enumerate(levels)]
    assert grouped(found).grave == 2


def test_thousands_are_one_list(qtbot: QtBot, window: MainWindow) -> None:
    panel = FindingPanel(Actions(window))
    qtbot.addWidget(panel)
    panel.resize(304, 700)
    panel.show()
    many = [finding(number, Severity.WARNING) for number in range(5_000)]
    panel.show_findings(grouped(many), {})
    view = panel.view
    panel.activateWindow()
    view.setFocus()
    qtbot.waitUntil(view.hasFocus, timeout=20_000)
    QTest.keyClick(view, Qt.Key.Key_End)
    chosen = view.chosen()
    assert chosen is not None
    assert chosen.key == many[-1].key
    assert view.visualRect(view.currentIndex()).bottom() <= view.viewport().height()
    QTest.keyClick(view, Qt.Key.Key_Home)
    QTest.keyClick(view, Qt.Key.Key_Down)
    chosen = view.chosen()
    assert chosen is not None
    assert chosen.key == many[0].key
