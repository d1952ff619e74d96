"""A reading screen in a window, and sources to read on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget
from pytestqt.qtbot import QtBot

from annotator.domain.ids import EntityId
from annotator.domain.passage import Passage
from annotator.services.project import Project
from annotator.ui.actions import Actions
from annotator.ui.annotating.pointing import PointedReader
from annotator.ui.annotating.reading_screen import ReadingScreen
from annotator.ui.desk import Desk
from annotator.ui.theme import apply_theme, load_theme

PAGE = """<!DOCTYPE html><html lang="en"><head><title>Water</title></head><body>
<nav><ul><li><a href="https://a.example/city">City</a></li><li><a href="https://a.example/harbour">Harbour</a></li></ul></nav>
<article><h1>What the water meters do</h1>
<p>Since January the meters have been accused of <em>almost</em> everything that a meter can do in a city of this size.
Bills rose by 40&nbsp;% says the <a href="https://b.example/post">post</a>, and nobody has asked to see any of the bills.</p>
<blockquote><p>“On average they are 40&nbsp;% higher than last year, as our own members have told us.”</p></blockquote>
<ol><li>FreeTap made the sentence its headline on the same evening, with a link to the post of the residents.</li>
<li>Estuary Radio read the paragraph aloud and named no source at all for what it said about the bills.</li></ol>
<p>None of them had asked to see the bills, and whoever counts them as four sources counts one table four times.</p>
</article>
<footer><p>A readers’ co-operative, 4 Customs Quay, Port Ansel. All rights are held by those who read and pay for it.</p></footer>
</body></html>"""


@dataclass
class Reading:
    """A reading screen under test."""

    qtbot: QtBot
    desk: Desk
    actions: Actions
    screen: ReadingScreen
    window: QMainWindow

    @property
    def project(self) -> Project:
        assert self.desk.project is not None
        return self.desk.project

    @property
    def view(self) -> PointedReader:
        view = self.screen.view
        assert isinstance(view, PointedReader)
        return view

    @property
    def version(self) -> str:
        """The version that is worked in."""
        return self.view.opened.version.id if self.screen.view else ""

    def open(self, version: EntityId) -> PointedReader:
        """Open a version and give its text the focus."""
        self.desk.select_version(version)
        self.wait(lambda: self.version == version)
        self.view.setFocus()
        self.qtbot.waitUntil(self.view.hasFocus)
        self.qtbot.waitUntil(lambda: self.screen.marking.is_known)
        return self.view

    def read(self, text: str, title: str = "Call") -> PointedReader:
        """Write a source down and open it."""
        return self.open(self.project.type_source(title, text).id)

    def read_page(self, page: str = PAGE) -> PointedReader:
        """Import a page and open it."""
        return self.open(self.project.import_source(("water.html", page.encode())).id)

    def select(self, words: str) -> tuple[int, int]:
        """Put the caret before words and select them with the keyboard; on the chosen passage, leave that first."""
        start = self.view.text.text.index(words)
        self.view.put_caret(start)
        chosen = self.screen.passages.chosen()
        if chosen and chosen.start <= start <= chosen.end:
            self.press(Qt.Key.Key_Escape)
        onwards = Qt.Key.Key_Left if self.view.piece_of(start).box.rtl else Qt.Key.Key_Right
        for _ in words:
            if self.view.selection()[1] < start + len(words):
                self.press(onwards, Qt.KeyboardModifier.ShiftModifier)
        return start, start + len(words)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key where the focus is."""
        QTest.keyClick(self.focused, key, modifier)

    def type(self, words: str) -> None:
        """Type words, each letter where the focus is then."""
        for letter in words:
            if letter.isascii():
                QTest.keyClicks(self.focused, letter)
            else:
                typed = QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, letter)
                QApplication.sendEvent(self.focused, typed)

    @property
    def focused(self) -> QWidget:
        focused = QApplication.focusWidget()
        assert focused is not None
        return focused

    def passages(self) -> tuple[Passage, ...]:
        """Return the stored passages of the version that is read."""
        return self.project.passages(self.desk.version_id)

    def wait_for_passages(self, count: int) -> tuple[Passage, ...]:
        """Wait until so many passages are stored and shown."""
        self.wait(lambda: len(self.passages()) == count == len(self.view.highlights.rows))
        return self.passages()

    def highlight(self, words: str) -> Passage:
        """Highlight words with the keyboard and return the passage."""
        before = {passage.id for passage in self.passages()}
        self.select(words)
        self.press(Qt.Key.Key_H)
        found = self.wait_for_passages(len(before) + 1)
        passage = next(passage for passage in found if passage.id not in before)
        self.wait(lambda: self.desk.passage_id == passage.id)
        return passage

    def wait(self, condition: Callable[[], bool]) -> None:
        """Wait until a condition holds."""
        self.qtbot.waitUntil(condition, timeout=10_000)


@pytest.fixture
def reading(qtbot: QtBot, qapp: QApplication, desk: Desk) -> Iterator[Reading]:
    """Return a reading screen in a window of usual size."""
    apply_theme(qapp, load_theme("light"))
    window = QMainWindow()
    qtbot.addWidget(window)
    actions = Actions(window)
    screen = ReadingScreen(desk, actions)
    window.setCentralWidget(screen)
    window.resize(840, 800)
    window.show()
    qtbot.waitActive(window)
    yield Reading(qtbot, desk, actions, screen, window)
    desk.close_project()
    window.hide()
