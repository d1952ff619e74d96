"""A colleague: a project of their own made of a bundle, worked on apart, given back as a bundle."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from annotator.services.project import Project, open_bundle, open_project
from annotator.ui.exchanging.conflict_screen import ConflictScreen
from annotator.ui.exchanging.merge_screen import MergeScreen
from annotator.ui.main_window import MainWindow
from tests.ui.whole import ME, press, settle

COLLEAGUE = "Jonas Weld"
OUR_WORDS = "No source says that bills rose. The auditor counted them all, and found less."
THEIR_WORDS = "The auditor says that bills rose, but counted a part of them only (annex C)."

Work = Callable[[Project], object]


def work_apart(case: Path, folder: Path, theirs: Work, ours: Work, name: str = "northside-21-may") -> Path:
    """Give the case away as a bundle, change both copies, and return the colleague’s bundle."""
    given, back = folder / "given.bundle.zip", folder / f"{name}.bundle.zip"
    with open_project(case, annotator=ME) as project:
        project.export("bundle", given)
    with open_bundle(given, folder / f"{name}.annotator", annotator=COLLEAGUE) as project:
        theirs(project)
        project.export("bundle", back)
    with open_project(case, annotator=ME) as project:
        ours(project)
    return back


def concluded_by_them(project: Project) -> None:
    """Conclude otherwise, add claims and a source with a linkage, remove the old linkage."""
    conclusion = project.conclusions(project.claims()[0].id)[0]
    project.edit(conclusion.id, verdict="conflicting_evidence", justification=THEIR_WORDS, flags=("missing_context",))
    project.delete(project.linkages()[0].id)
    version = project.type_source(
        "A letter from the utility", "We never sold a reading to anybody, the utility writes."
    )
    passage = project.highlight(version.id, [(0, 34)])
    project.link_to_new_claim(passage.id, "The utility sold no readings.", stance="supports", verdict="supported")
    project.add_claim("The meters were paid for by the county.")


def concluded_by_us(project: Project) -> None:
    """Conclude in our own way, and correct the linkage."""
    conclusion = project.conclusions(project.claims()[0].id)[0]
    project.edit(conclusion.id, verdict="not_enough_evidence", justification=OUR_WORDS)
    project.edit(project.linkages()[0].id, rationale="A full count, by the letter.")


@pytest.fixture
def theirs(case_path: Path, tmp_path: Path) -> Path:
    """Return a colleague’s bundle of the case, on which we have worked as well."""
    return work_apart(case_path, tmp_path, concluded_by_them, concluded_by_us)


def dry_run(qtbot: QtBot, window: MainWindow, bundle: Path) -> MergeScreen:
    """Show what merging a bundle would bring."""
    window.merge(bundle)
    assert window.rooms is not None
    screen = window.rooms.merging
    qtbot.waitUntil(lambda: screen.is_dry_run, timeout=60_000)
    settle(qtbot, window)
    return screen


def merged(qtbot: QtBot, window: MainWindow, bundle: Path) -> MergeScreen:
    """Merge a bundle with Enter."""
    screen = dry_run(qtbot, window, bundle)
    press(window, "Return")
    qtbot.waitUntil(lambda: "Merged" in screen.notice.words(), timeout=60_000)
    settle(qtbot, window)
    return screen


def conflicts_shown(qtbot: QtBot, window: MainWindow) -> ConflictScreen:
    """Show the conflicts by their key."""
    press(window, "Ctrl+5")
    assert window.rooms is not None
    screen = window.rooms.conflicts
    qtbot.waitUntil(lambda: screen.isVisible() and screen.can_settle, timeout=20_000)
    settle(qtbot, window)
    return screen
