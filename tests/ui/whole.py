"""What the tests of the whole window do to it."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from annotator.services.project import Project, open_project
from annotator.ui.main_window import MainWindow

W = TypeVar("W", bound=QWidget)

ME = "Ines Calder"
TEXT = (
    "The auditor examined 5,870 accounts and found a rise of 14.2 per cent.\n"
    "Nobody else has counted them all, the auditor says.\n"
)
CLAIM = "Bills rose by 40% on average."
OPEN_CLAIM = "The city sells the readings to insurers."


def make_case(path: Path) -> Path:
    """Make a project with a source, a linked passage and one that is not, a concluded claim and an open one."""
    with open_project(path, annotator=ME, create=True) as project:
        version = project.type_source("The review", TEXT)
        counted = project.highlight(version.id, [(4, 35)])
        project.highlight(version.id, [(71, 92)])
        judged = {"verdict": "supported", "confidence": "low", "rationale": "A full count."}
        linkage = project.link_to_new_claim(counted.id, CLAIM, stance="supports", **judged)
        project.edit(linkage.id, stance="refutes", verdict="refuted")
        project.conclude(linkage.claim_id, verdict="refuted", confidence="high")
        project.add_claim(OPEN_CLAIM)
    return path


def project_of(window: MainWindow) -> Project:
    """Return the project that is open in the window."""
    assert window.desk.project is not None
    return window.desk.project


def settle(qtbot: QtBot, window: MainWindow) -> None:
    """Wait until all that was asked is answered and shown."""
    quiet = 0

    def is_quiet() -> bool:
        nonlocal quiet
        quiet = 0 if window.desk.jobs.busy else quiet + 1
        return quiet > 10

    qtbot.waitUntil(is_quiet, timeout=30_000)


def close(qtbot: QtBot, window: MainWindow) -> None:
    """Close the window as a person does, and wait until it has gone."""
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=30_000)


def press(window: QWidget, keys: str) -> None:
    """Press keys (``Ctrl+K``) wherever the focus is."""
    QTest.keySequence(QApplication.focusWidget() or window, QKeySequence(keys))


def click(widget: QWidget) -> None:
    """Click into the middle of a widget."""
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def focused() -> QWidget:
    """Return what has the focus."""
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def find(parent: QWidget, kind: type[W], name: str = "") -> W:
    """Return the one visible child of a kind (with this accessible name)."""
    seen = [child for child in parent.findChildren(kind) if child.isVisible()]
    found = [child for child in seen if not name or child.accessibleName() == name]
    assert len(found) == 1, [child.accessibleName() for child in seen]
    return found[0]
