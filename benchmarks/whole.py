"""The whole window with a project of its own: what its thread takes for one event, whatever jobs do behind it.

All figures are seconds of CPU of the window's thread.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic, thread_time

from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator.app import make_application, make_window
from annotator.domain.change import Blob
from annotator.domain.codec import canonical
from annotator.domain.entity import Entity
from annotator.domain.kinds import Annotator, Claim, Linkage, Passage, Source, Version
from annotator.domain.passage import fragments_of
from annotator.domain.text import text_digest
from annotator.resources import resource
from annotator.services.identity import new_id
from annotator.services.project import read_scales
from annotator.services.settings import Settings
from annotator.store.store import Store
from annotator.ui.annotating.reader import ReaderView
from annotator.ui.shell.tidying import Tidying
from benchmarks.auditing import commit, now
from benchmarks.texts import Made

_NAME = "Ines Calder"
_CLAIMS = 20
_PATIENCE = 60.0
_STILL, _AFTER_KEY, _AFTER_CHANGE = 5.0, 0.2, 1.5
_STEPS, _SELECTED, _BELOW = 10, 80, 300
_WIDTHS = ((1000, 700), (1440, 900))


def make_project(path: Path, made: Made) -> None:
    """Make a project with one source, its passages, and a linkage for every stance on them."""
    store = Store.create(path, nonce=os.urandom, now=now, holder="benchmark")
    person = Annotator(id=new_id(), name=_NAME)
    claims = [Claim(id=new_id(), text=f"Sample {n} held lead.") for n in range(_CLAIMS)]
    source = Source(id=new_id(), title="A book")
    blobs = (Blob("text", made.text.encode()), Blob("structure", canonical(made.structure)))
    version = Version(
        id=new_id(),
        source_id=source.id,
        text=text_digest(made.text),
        structure=blobs[1].digest,
        media_type="text/plain",
        name="book",
    )
    commit(store, person, (*read_scales(resource("scales", "default.toml")), person, *claims, source, version), blobs)

    def judged() -> Iterator[Entity]:
        for number, row in enumerate(made.rows):
            passage = Passage(id=new_id(), text=version.text, fragments=fragments_of(made.text, row.spans))
            yield passage
            for stance in row.stances:
                yield Linkage(
                    id=new_id(),
                    passage_ids=(passage.id,),
                    claim_id=claims[number % _CLAIMS].id,
                    annotator_id=person.id,
                    stance=stance,
                    verdict="supported",
                    confidence="moderate",
                    confidence_percent=60,
                )

    commit(store, person, judged())
    store.close()


class _Timed(QApplication):
    """Notes how long each event took that did not come while another was at work."""

    def __init__(self) -> None:
        super().__init__([])
        self.longest = 0.0
        self._inside = False

    def notify(self, receiver: QObject, event: QEvent) -> bool:
        """Time an event."""
        if self._inside:
            return super().notify(receiver, event)
        self._inside, began = True, thread_time()
        try:
            return super().notify(receiver, event)
        finally:
            self._inside = False
            self.longest = max(self.longest, thread_time() - began)


def longest_event(path: Path) -> float:
    """Open a project in the window, work in its text, and return the seconds of the longest event after the first frame.

    It is left alone for five seconds; then the next passage is chosen again and again, a passage is made and taken back, and the
    window is made smaller and larger.
    """
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    application = _Timed()
    make_application()
    window = make_window(Settings(name=_NAME, theme="light"), kept=False)
    window.resize(*_WIDTHS[1])
    window.show()
    Tidying(window)
    window.projects.open(path)

    def view() -> ReaderView | None:
        found: object = window.rooms.reading.view if window.rooms is not None else None
        return found if isinstance(found, ReaderView) and len(found.highlights) else None

    _until(lambda: view() is not None)
    _wait(_AFTER_KEY)
    reader = view()
    if reader is None:
        raise RuntimeError("no text was shown")
    application.longest = 0.0
    _wait(_STILL)
    reader.setFocus()
    for _ in range(_STEPS):
        QTest.keyClick(reader, Qt.Key.Key_N)
        _wait(_AFTER_KEY)
    start, there = reader.top_place() + _BELOW, len(reader.highlights)
    reader.select(start, start + _SELECTED)
    QTest.keyClick(reader, Qt.Key.Key_H)
    _until(lambda: len(reader.highlights) == there + 1)
    _wait(_AFTER_CHANGE)
    QTest.keyClick(reader, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    _until(lambda: len(reader.highlights) == there)
    _wait(_AFTER_CHANGE)
    for size in _WIDTHS:
        window.resize(*size)
        _wait(_AFTER_KEY)
    found = application.longest
    window.close()
    _until(lambda: not window.isVisible())
    return found


def _until(done: Callable[[], bool]) -> None:
    end = monotonic() + _PATIENCE
    while not done():
        if monotonic() > end:
            raise RuntimeError("it did not come about")
        _wait(0.02)


def _wait(seconds: float) -> None:
    loop = QEventLoop()
    QTimer.singleShot(round(1000 * seconds), loop.quit)
    loop.exec()
