"""Findings on what stands on something deleted: from the finding to the history of what is gone, and back with one key."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from annotator.domain.finding import Finding
from annotator.services.project import Project, open_project
from annotator.ui.auditing.audit_screen import AuditScreen
from annotator.ui.main_window import MainWindow
from tests.ui.auditing.audits import checked, entries, open_audit
from tests.ui.auditing.test_history import told
from tests.ui.exchanging.conftest import COLLEAGUE, work_apart
from tests.ui.whole import CLAIM, ME, click, press, project_of, settle

CODE = "stands-on-deleted"


def links_more(project: Project) -> None:
    """Link the passage that is linked to nothing to the claim, and write a note on that."""
    claim = project.claims()[0]
    project.link(project.to_do().unlinked_passages[0], claim.id, stance="contextualises", rationale="Says who counted.")
    project.note(claim.id, "Ask the auditor.")


@pytest.fixture
def case(case_path: Path, tmp_path: Path) -> Path:
    """Return a case in which the claim was deleted that a colleague has worked on meanwhile."""
    bundle = work_apart(case_path, tmp_path, links_more, lambda project: project.delete(project.claims()[0].id))
    with open_project(case_path, annotator=ME) as project:
        project.merge(project.plan_merge(bundle))
    return case_path


def orphaned(screen: AuditScreen) -> dict[str, Finding]:
    found = (entry.finding for entry in entries(screen))
    return {each.kind: each for each in found if each is not None and each.code == CODE}


def choose(screen: AuditScreen, kind: str) -> None:
    view = screen.findings.view
    view.setFocus()
    press(screen.window(), "Home")
    for _ in entries(screen):
        chosen = view.chosen()
        if chosen is not None and (chosen.code, chosen.kind) == (CODE, kind):
            return
        press(screen.window(), "Down")
    raise AssertionError("not in the list")


def test_enter_leads_to_what_was_deleted_and_one_key_brings_it_back(
    qtbot: QtBot, window: MainWindow, case: Path
) -> None:
    screen = open_audit(qtbot, window, case, who=ME)
    assert orphaned(screen).keys() == {"linkage", "note"}
    assert f"by {COLLEAGUE} stands on the claim “{CLAIM}” that {ME} deleted" in orphaned(screen)["linkage"].message
    assert CLAIM not in [claim.text for claim in project_of(window).claims()]
    assert not window.actions_table["restore"].isEnabled()
    choose(screen, "linkage")
    press(window, "Return")
    settle(qtbot, window)
    assert window.rooms is not None
    history = window.rooms.history
    assert history.isVisible()
    assert CLAIM in told(history)
    assert "It is like this now." not in told(history)
    assert window.actions_table["restore"].isEnabled()
    press(window, "R")
    settle(qtbot, window)
    claim = project_of(window).claims()[0]
    assert claim.text == CLAIM
    [linkage] = project_of(window).linkages(claim.id)
    assert linkage.rationale == "Says who counted."
    press(window, "Ctrl+3")
    checked(qtbot, window, screen)
    assert orphaned(screen) == {}


def test_what_stands_on_it_is_deleted_too_and_that_is_undone(qtbot: QtBot, window: MainWindow, case: Path) -> None:
    screen = open_audit(qtbot, window, case, who=ME)
    choose(screen, "linkage")
    actions = screen.findings.view._actions
    assert actions is not None
    click(actions._delete)
    checked(qtbot, window, screen)
    assert orphaned(screen).keys() == {"note"}
    assert project_of(window).linkages() == ()
    press(window, "Ctrl+Z")
    checked(qtbot, window, screen)
    assert orphaned(screen).keys() == {"linkage", "note"}


def test_other_findings_lead_where_one_works_and_offer_no_deletion(
    qtbot: QtBot, window: MainWindow, case_path: Path
) -> None:
    with open_project(case_path, annotator=ME) as project:
        claim = project.claims()[0]
        project.link(project.to_do().unlinked_passages[0], claim.id, stance="supports", verdict="supported")
    screen = open_audit(qtbot, window, case_path, who=ME)
    view = screen.findings.view
    view.setFocus()
    press(window, "Home")
    press(window, "Down")
    chosen = view.chosen()
    assert chosen is not None
    assert chosen.code != CODE
    assert view._actions is not None
    assert view._actions._delete.isHidden()
    press(window, "Return")
    settle(qtbot, window)
    assert window.top_bar.shown_screen in ("claims", "read")
