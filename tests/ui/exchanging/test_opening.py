"""A bundle as a project of its own, from the start screen: chosen by key, or dropped."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QFileDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from annotator.services.project import open_project
from annotator.ui.exchanging.merge_opening import is_bundle, project_beside
from annotator.ui.exchanging.refused_sheet import RefusedSheet
from annotator.ui.main_window import MainWindow
from tests.ui.whole import CLAIM, ME, find, focused, press, project_of, settle


@pytest.fixture
def bundle(case_path: Path, tmp_path: Path) -> Path:
    """Return the case as a bundle in a folder of its own."""
    path = tmp_path / "given" / "Smart meters.bundle.zip"
    path.parent.mkdir()
    with open_project(case_path, annotator=ME) as project:
        project.export("bundle", path)
    return path


def drop(window: MainWindow, path: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    event = QDropEvent(
        QPoint(40, 40).toPointF(), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier(0)
    )
    window.dropEvent(event)


def dialog_of(qtbot: QtBot, window: MainWindow, title: str) -> QFileDialog:
    def shown() -> list[QFileDialog]:
        return [each for each in window.findChildren(QFileDialog) if each.isVisible() and each.windowTitle() == title]

    qtbot.waitUntil(lambda: bool(shown()), timeout=20_000)
    return shown()[0]


def choose(dialog: QFileDialog, path: Path) -> None:
    dialog.close()
    dialog.fileSelected.emit(str(path))


def refused(qtbot: QtBot, window: MainWindow) -> RefusedSheet:
    """Wait until a bundle is refused, and return where that is said."""
    qtbot.waitUntil(lambda: bool(window.findChildren(RefusedSheet)), timeout=60_000)
    return find(window, RefusedSheet)


def words(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel))


def test_a_bundle_becomes_a_project_beside_it(qtbot: QtBot, bundle: Path, window: MainWindow) -> None:
    press(window, "Ctrl+Shift+O")
    choose(dialog_of(qtbot, window, "Open a bundle"), bundle)
    where = dialog_of(qtbot, window, "Where is the project to be?")
    assert where.selectedFiles() == [str(bundle.with_name("Smart meters.annotator"))]
    choose(where, Path(where.selectedFiles()[0]))
    qtbot.waitUntil(lambda: window.desk.project is not None, timeout=60_000)
    settle(qtbot, window)
    project = project_of(window)
    assert project.path == bundle.with_name("Smart meters.annotator")
    assert project.claims()[0].text == CLAIM
    assert not project.news()


def test_a_bundle_dropped_on_the_start_screen_asks_where(qtbot: QtBot, bundle: Path, window: MainWindow) -> None:
    drop(window, bundle)
    choose(dialog_of(qtbot, window, "Where is the project to be?"), bundle.with_name("mine.annotator"))
    qtbot.waitUntil(lambda: window.desk.project is not None, timeout=60_000)
    assert project_of(window).name == "mine"
    settle(qtbot, window)


def test_a_spoiled_bundle_is_refused_in_one_sentence_and_leaves_nothing(
    qtbot: QtBot, bundle: Path, window: MainWindow
) -> None:
    bundle.write_bytes(bundle.read_bytes()[:-100])
    drop(window, bundle)
    choose(dialog_of(qtbot, window, "Where is the project to be?"), bundle.with_name("mine.annotator"))
    sheet = refused(qtbot, window)
    assert f"{bundle.name} is refused" in words(sheet)
    assert sheet.more is None
    assert window.desk.project is None
    assert not list(bundle.parent.glob("mine.annotator*"))
    press(window, "Esc")
    settle(qtbot, window)


def test_a_project_that_is_there_is_not_written_over(
    qtbot: QtBot, bundle: Path, case_path: Path, window: MainWindow
) -> None:
    before = case_path.read_bytes()
    drop(window, bundle)
    choose(dialog_of(qtbot, window, "Where is the project to be?"), case_path)
    qtbot.waitUntil(window.error_bar.isVisible, timeout=60_000)
    assert "exists already" in window.error_bar.accessibleName()
    assert case_path.read_bytes() == before
    settle(qtbot, window)


def test_stopping_leaves_no_project(qtbot: QtBot, bundle: Path, window: MainWindow) -> None:
    path = bundle.with_name("mine.annotator")
    window.bundles.make(bundle, path)
    window.desk.jobs.cancel()
    settle(qtbot, window)
    assert window.desk.project is None
    assert not list(bundle.parent.glob("mine.annotator*"))


def test_a_bundle_that_is_over_a_limit_is_opened_when_a_person_allows_more(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    bundle = tmp_path / "zeros.bundle.zip"
    with open_project(tmp_path / "zeros.annotator", annotator=ME, create=True) as project:
        project.import_source(("zeros.txt", b"0" * 2_000_000))
        project.export("bundle", bundle)
    window.bundles.make(bundle, tmp_path / "mine.annotator")
    sheet = refused(qtbot, window)
    assert "Allow more of “ratio”" in words(sheet)
    assert sheet.more is not None
    assert not (tmp_path / "mine.annotator").exists()
    press(window, "Tab")
    assert focused() is sheet.more
    press(window, "Return")
    qtbot.waitUntil(lambda: window.desk.project is not None, timeout=60_000)
    settle(qtbot, window)
    assert project_of(window).name == "mine"


@pytest.mark.parametrize(
    ("name", "taken", "project"),
    [
        ("case.bundle.zip", True, "case.annotator"),
        ("case.bundle (1).zip", True, "case.annotator"),
        ("Case.BUNDLE.ZIP", True, "Case.annotator"),
        ("photos.zip", False, "photos.annotator"),
        ("report.html", False, "report.annotator"),
    ],
)
def test_a_bundle_is_known_by_its_name(name: str, taken: bool, project: str) -> None:
    path = Path("/somewhere") / name
    assert is_bundle(path) is taken
    assert project_beside(path) == path.with_name(project)
