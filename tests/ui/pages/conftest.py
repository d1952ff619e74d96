"""Pages to be read: a PDF in a project, and a view of its pages in a window."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from annotator.domain.source import Version
from annotator.services.project import Project, open_project
from annotator.ui.annotating.highlights import Highlights
from annotator.ui.annotating.opened import Opened, open_version
from annotator.ui.pages.pages_view import PagesView
from tests.importers.pdfs import Coded, Pdf, lines

LEFT = [f"The auditor read account {number:02} of the bills." for number in range(12)]
RIGHT = [f"Nobody else has seen {number:02} of them all." for number in range(12)]
TURNED = "םולש"
"""Four Hebrew letters as they are drawn, from left to right."""


def document(more: int = 0) -> bytes:
    """Return four pages: two columns; a picture without text; Hebrew; and one in plain lines; and ``more`` of that kind."""
    hebrew = Coded([*TURNED, " "])
    pdf = Pdf(coded=hebrew)
    pdf.page(lines(60, 700, LEFT) + lines(330, 700, RIGHT))
    pdf.page("0.5 g 100 300 300 200 re f\n")
    pdf.page("".join(hebrew.at(300, 700 - 14 * row, f"{TURNED} {TURNED}", size=12) for row in range(6)))
    for _ in range(more + 1):
        pdf.page(lines(60, 700, LEFT, size=12))
    return pdf.bytes()


@dataclass
class Shown:
    """A view of pages under test."""

    qtbot: QtBot
    project: Project
    version: Version
    view: PagesView

    @property
    def text(self) -> str:
        return self.view.text.text

    def span(self, words: str, nth: int = 0) -> tuple[int, int]:
        """Return where words stand in the text."""
        start = -1
        for _ in range(nth + 1):
            start = self.text.index(words, start + 1)
        return start, start + len(words)

    def settle(self) -> None:
        """Wait until everything that is wanted is drawn."""
        self.qtbot.waitUntil(lambda: not self.view.worker.busy, timeout=20_000)
        QTest.qWait(0)

    def point(self, offset: int, *, behind: bool = False) -> QPoint:
        """Return where on the viewport the caret before (or behind the one before) a code point stands."""
        caret = self.view.lines.caret(offset, behind=behind)
        assert caret is not None
        place = self.view.on_view(caret.page, (caret.left, caret.top, caret.right, caret.bottom))
        return place.center().toPoint()

    def press(self, at: QPoint, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.mousePress(self.view.viewport(), Qt.MouseButton.LeftButton, modifier, at)

    def move(self, at: QPoint) -> None:
        QTest.mouseMove(self.view.viewport(), at)

    def release(self, at: QPoint) -> None:
        QTest.mouseRelease(self.view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)

    def drag(self, start: QPoint, end: QPoint) -> None:
        """Drag with the left button."""
        self.press(start)
        self.move((start + end) / 2)
        self.move(end)
        self.release(end)

    def click(self, at: QPoint) -> None:
        self.press(at)
        self.release(at)

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.view, key, modifier)

    def read_again(self) -> None:
        """Show the passages of the project."""
        self.view.set_highlights(Highlights(self.project.passage_rows(self.version.id), self.text))

    def grab(self) -> QImage:
        """Return a picture of the pages as they are painted."""
        return self.view.viewport().grab().toImage()


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with open_project(tmp_path / "case.annotator", annotator="Ines Calder", create=True) as opened:
        yield opened


Show = Callable[..., Shown]


@pytest.fixture
def show(qtbot: QtBot, project: Project) -> Iterator[Show]:
    """Return what imports a PDF and shows its pages."""
    made: list[PagesView] = []

    def show(data: bytes, *, size: tuple[int, int] = (900, 700)) -> Shown:
        version = project.import_source(("report.pdf", data))
        opened = open_version(project, version.id)
        assert isinstance(opened, Opened)
        view = PagesView(opened, lambda: project.page_pictures(version.id))
        made.append(view)
        qtbot.addWidget(view)
        view.resize(*size)
        with qtbot.waitExposed(view):
            view.show()
        view.activateWindow()
        view.setFocus()
        qtbot.waitUntil(view.hasFocus)
        return Shown(qtbot, project, version, view)

    yield show
    for view in made:
        view.shut()


@pytest.fixture
def shown(show: Show) -> Shown:
    """Return the pages of a report."""
    return show(document())
