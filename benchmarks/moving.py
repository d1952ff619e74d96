"""What it takes to move about in a text that lies open: jumps, small steps, other widths, and the event loop meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import pairwise
from random import Random
from time import thread_time

from PySide6.QtCore import QEventLoop, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QAbstractSlider, QApplication

from benchmarks.reading import HEIGHT, Stage

_JUMPS, _STEPS, _REPAINTS, _RESIZES = 200, 400, 100, 40
_WIDTHS = (560, 620)
"""Both narrower than the text likes to be, so that every line breaks elsewhere."""

_WHEEL_EVERY = 16
_NOTCH = 40


def p95(seconds: list[float]) -> float:
    """Return what 95 of 100 keep within."""
    return sorted(seconds)[len(seconds) * 95 // 100]


def jumps(stage: Stage, view: QAbstractScrollArea) -> list[float]:
    """Scroll to places all over the text; return the seconds until each has been painted."""
    bar, random = view.verticalScrollBar(), Random(3)
    return [_painted(stage, lambda: bar.setValue(random.randint(0, bar.maximum()))) for _ in range(_JUMPS)]


def steps(stage: Stage, view: QAbstractScrollArea) -> list[float]:
    """Scroll on by a line again and again, from the beginning where the end is reached; return the seconds of each step."""
    bar = view.verticalScrollBar()
    bar.setValue(bar.maximum() // 3)
    step, found = QAbstractSlider.SliderAction.SliderSingleStepAdd, []
    for _ in range(_STEPS):
        if bar.value() == bar.maximum():
            bar.setValue(0)
        stage.settle()
        found.append(_painted(stage, lambda: bar.triggerAction(step)))
    return found


def repaints(
    stage: Stage, view: QAbstractScrollArea, before: Callable[[], None] = lambda: None, times: int = _REPAINTS
) -> list[float]:
    """Paint the whole view again and again, each time after something has been done; return the seconds of both."""

    def again() -> None:
        before()
        view.viewport().update()

    return [_painted(stage, again) for _ in range(times)]


def resizes(stage: Stage, view: QAbstractScrollArea) -> list[float]:
    """Make the view wider and narrower; return the seconds until each has been painted."""
    bar = view.verticalScrollBar()
    bar.setValue(bar.maximum() // 3)
    stage.settle()
    return [_painted(stage, partial(view.resize, _WIDTHS[n % 2], HEIGHT)) for n in range(_RESIZES)]


def longest_pass(stage: Stage, view: QAbstractScrollArea, seconds: float, *, wheel: bool) -> float:
    """Let the event loop run, with ``wheel`` under a mouse wheel that is turned all the time.

    Return the seconds of CPU that its longest pass took.
    """
    times: list[float] = []

    def note() -> None:
        times.append(thread_time())

    dispatcher, loop, hand = stage.application.eventDispatcher(), QEventLoop(), QTimer()
    dispatcher.awake.connect(note)
    dispatcher.aboutToBlock.connect(note)
    hand.timeout.connect(lambda: _turn_wheel(view))
    if wheel:
        hand.start(_WHEEL_EVERY)
    QTimer.singleShot(round(1000 * seconds), loop.quit)
    loop.exec()
    dispatcher.awake.disconnect(note)
    dispatcher.aboutToBlock.disconnect(note)
    return max(later - earlier for earlier, later in pairwise(times))


def _turn_wheel(view: QAbstractScrollArea) -> None:
    place = QPointF(view.viewport().rect().center())
    event = QWheelEvent(
        place,
        view.viewport().mapToGlobal(place),
        QPoint(),
        QPoint(0, -_NOTCH),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,  # noqa: FBT003 Qt's own signature
    )
    QApplication.postEvent(view.viewport(), event)


def _painted(stage: Stage, act: Callable[[], object]) -> float:
    """Do something and what it leaves to be done at once, painting too; return the seconds."""
    start = thread_time()
    act()
    stage.application.sendPostedEvents()
    found = thread_time() - start
    stage.application.processEvents()
    return found
