"""A window for the panels of importing, and files to import."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QMainWindow, QWidget
from pytestqt.qtbot import QtBot

from annotator.services.project import Project
from annotator.ui.actions import Actions
from annotator.ui.desk import Desk
from tests.ui.hands import is_refreshing

PAGE = """<html><head><title>Meters</title><link rel="canonical" href="https://ledger.example/meters">
<meta property="og:site_name" content="The Ledger"></head>
<body><article><h1>Meters</h1><p>The auditor examined 5,870 accounts and found an average rise of 14.2 per cent.</p>
<p>Nobody else has counted them all, and nobody will before the summer is over.</p></article></body></html>"""


@pytest.fixture
def window(qtbot: QtBot) -> QMainWindow:
    """Return a window for the panels under test."""
    window = QMainWindow()
    window.resize(1200, 800)
    qtbot.addWidget(window)
    return window


@pytest.fixture
def actions(window: QMainWindow) -> Actions:
    """Return the actions of that window."""
    return Actions(window)


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """Return a folder with three good files, two bad ones, and one whose letters are a guess."""
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / "a-letter.txt").write_text("The bills have doubled, says my neighbour.\n", encoding="utf-8")
    (folder / "b-empty.txt").write_text("  \n\n", encoding="utf-8")
    (folder / "c-page.html").write_text(PAGE, encoding="utf-8")
    (folder / "d-picture.gif").write_bytes(b"GIF89a\x00\x01\x02\xff\xfe")
    (folder / "e-old.txt").write_bytes("Größe und Maß der Straße, für Bürger übermäßig.\n".encode("latin-1") * 8)
    (folder / "f-letter.txt").write_text("Mine have not changed at all.\n", encoding="utf-8")
    return folder


def project_of(desk: Desk) -> Project:
    """Return the project on a desk."""
    assert desk.project is not None
    return desk.project


def put(qtbot: QtBot, window: QMainWindow, widget: QWidget, desk: Desk) -> None:
    """Show a panel in the window once it has what it asked for."""
    window.setCentralWidget(widget)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    settle(qtbot, desk)


def settle(qtbot: QtBot, desk: Desk) -> None:
    """Wait until all that was asked is answered and shown."""
    for _ in range(3):
        qtbot.wait(1)
        qtbot.waitUntil(lambda: not desk.jobs.busy and not is_refreshing(), timeout=30_000)
