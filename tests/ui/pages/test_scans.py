"""Pages that are pictures only: shown, marked, and nothing unseen selected on them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from annotator.services.project import open_project
from annotator.ui.annotating.pointing import PointedReader
from annotator.ui.main_window import MainWindow
from annotator.ui.pages.pages_view import PagesView
from tests.importers.pdfs import Pdf, picture
from tests.ui.pages.conftest import Show, Shown
from tests.ui.whole import ME, find, focused, press, project_of, settle

SHIFT = Qt.KeyboardModifier.ShiftModifier
CTRL = Qt.KeyboardModifier.ControlModifier


def scan() -> bytes:
    return Pdf().page(picture(72, 200, 400, 500)).page(picture(72, 500, 200, 200)).bytes()


@pytest.fixture
def scanned(show: Show) -> Shown:
    return show(scan())


def test_pictures_are_drawn(scanned: Shown) -> None:
    scanned.settle()
    middle = scanned.view.sheets.rect(0).center().toPoint()
    assert scanned.grab().pixelColor(middle).lightness() < 250


def test_nothing_is_selected_that_cannot_be_seen(scanned: Shown) -> None:
    view = scanned.view
    scanned.key(Qt.Key.Key_A, CTRL)
    scanned.key(Qt.Key.Key_Right, SHIFT)
    scanned.key(Qt.Key.Key_End, SHIFT | CTRL)
    QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(500, 300))
    scanned.drag(QPoint(400, 200), QPoint(600, 400))
    assert not view.has_selection
    assert view.selected() == ()


def test_a_double_click_on_a_page_without_words_takes_none_elsewhere(shown: Shown) -> None:
    view = shown.view
    view.show_page(1)
    at = view.on_view(1, (20000, 40000, 20000, 40000)).center().toPoint()
    QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    assert not view.has_selection


@pytest.fixture
def case_path(tmp_path: Path) -> Path:
    """Return a project with a scan."""
    path = tmp_path / "Scan.annotator"
    with open_project(path, annotator=ME, create=True) as project:
        project.import_source(("ledger.pdf", scan()))
    return path


@pytest.fixture
def pages(qtbot: QtBot, opened: MainWindow) -> Iterator[PagesView]:
    """Return the pages in the whole window, with the focus."""
    view = find(opened, PagesView)
    view.setFocus()
    qtbot.waitUntil(view.hasFocus)
    yield view
    view.shut()


def test_a_scan_opens_as_pages_and_an_area_becomes_a_passage(
    qtbot: QtBot, opened: MainWindow, pages: PagesView
) -> None:
    press(opened, "J")
    press(opened, "M")
    area = pages.selected_area()
    assert area is not None
    press(opened, "H")
    settle(qtbot, opened)
    (row,) = project_of(opened).passage_rows(pages.opened.version.id)
    assert row.area == area
    press(opened, "T")
    reader = focused()
    assert isinstance(reader, PointedReader)
    assert reader.folded() == (), "the two lines are shown"
    press(opened, "T")
    assert focused() is pages
