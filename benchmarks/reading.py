"""Opens made texts in our reader, in plain Qt editors, and as peers do it: in this process, painted without a screen.

All figures are seconds of CPU of the window's thread. Fonts are loaded and glyphs are drawn once before anything is measured.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Callable
from time import thread_time

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QColor, QFont, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QPlainTextEdit, QTextEdit, QWidget

from annotator.domain.ids import Digest, EntityId
from annotator.domain.rows import SourceRow
from annotator.domain.source import Source, Version
from annotator.ui.annotating.highlights import Highlights
from annotator.ui.annotating.opened import Opened
from annotator.ui.annotating.pointing import PointedReader
from annotator.ui.reading.open_text import OpenText
from annotator.ui.theme import choose_theme, reading_font
from benchmarks.texts import Made, make

WIDTH, HEIGHT = 816, 800
"""What the window leaves for the reader, in px."""

_PASSES = 200

Opener = Callable[[Made, QWidget], QAbstractScrollArea]


class Stage:
    """A window without anything in it, and the application around it."""

    def __init__(self) -> None:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        self.application = QApplication([])
        choose_theme(self.application, "light")
        self.window = QWidget()
        self.window.resize(WIDTH, HEIGHT)
        self.window.show()
        self.settle()

    def warm(self, opener: Opener) -> None:
        """Show another text, so that what is loaded and drawn only once has been; then take what is there out of the garbage."""
        self.show(opener, make(20_000, 200, seed=2))
        gc.collect()
        gc.freeze()

    def open(self, opener: Opener, made: Made) -> tuple[QAbstractScrollArea, float]:
        """Show a text until its first frame has been painted; return the widget and the seconds."""
        gc.collect()
        start = thread_time()
        view = self.show(opener, made)
        return view, thread_time() - start

    def show(self, opener: Opener, made: Made) -> QAbstractScrollArea:
        """Show a text in the whole window, above what was there, until its first frame has been painted."""
        view = opener(made, self.window)
        frames = _Frames(view.viewport())
        view.resize(WIDTH, HEIGHT)
        view.show()
        for _ in range(_PASSES):
            self.application.processEvents()
            if frames.painted:
                return view
        raise RuntimeError("nothing was painted")

    def settle(self) -> None:
        """Let everything happen that is waiting."""
        for _ in range(5):
            self.application.processEvents()


class _Frames(QObject):
    """Knows whether a widget has been asked to paint itself."""

    def __init__(self, watched: QWidget) -> None:
        super().__init__(watched)
        self.painted = False
        watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 Qt's name
        """Take note of a paint event, and leave it to the widget."""
        if event.type() == QEvent.Type.Paint:
            self.painted = True
            watched.removeEventFilter(self)
        return False


def ours(made: Made, parent: QWidget) -> PointedReader:
    """Show a text with its passages as the product does, whatever it does in the background included."""
    view = PointedReader(opened(made), parent)
    view.set_highlights(Highlights(made.rows, made.text))
    return view


def plain(made: Made, parent: QWidget) -> QPlainTextEdit:
    """Show a text in Qt's own viewer for long texts: no structure, no passages."""
    view = QPlainTextEdit(parent)
    view.setReadOnly(True)
    view.setFont(_font())
    view.setPlainText(made.text)
    return view


def rich(made: Made, parent: QWidget) -> QTextEdit:
    """Show a text as peers do: in a text edit that is there already, the format of each passage merged into its words."""
    view = QTextEdit(parent)
    view.setReadOnly(True)
    view.setFont(_font())
    view.resize(WIDTH, HEIGHT)
    view.show()
    view.setPlainText(made.text)
    colours = {stance: _marked(number) for number, stance in enumerate({row.stances for row in made.rows})}
    cursor = view.textCursor()
    for row in made.rows:
        for start, end in row.spans:
            cursor.setPosition(start)
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            cursor.mergeCharFormat(colours[row.stances])
    return view


def _marked(number: int) -> QTextCharFormat:
    look = QTextCharFormat()
    look.setBackground(QColor.fromHsv(60 * number % 360, 60, 255))
    look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
    return look


def _font() -> QFont:
    return reading_font(18)


def opened(made: Made) -> Opened:
    """Return a text as the product opens it."""
    source = Source(id=EntityId("00000000-0001-7000-8000-00000000000a"), title="What the second audit left out")
    version = Version(
        id=EntityId("00000000-0001-7000-8000-00000000000b"),
        source_id=source.id,
        text=Digest("0" * 64),
        structure=Digest("0" * 64),
    )
    row = SourceRow(source=source, versions=(version,), publisher="", passages=0, linked=0)
    return Opened(row, version, OpenText(made.text, made.structure), made.structure)
