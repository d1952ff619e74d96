"""Cases that several marks of the reader share: what one opener takes to do one thing, in a process of its own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from statistics import median

from PySide6.QtWidgets import QAbstractScrollArea

from benchmarks.mark import Case
from benchmarks.moving import p95
from benchmarks.reading import Opener, Stage
from benchmarks.texts import Made

Maker = Callable[[], Made]
Act = Callable[[Stage, QAbstractScrollArea], list[float]]


def opening(opener: Opener, maker: Maker) -> Case:
    """Return the case of the seconds from a text and its passages in memory to the first frame."""

    def case(_folder: Path) -> float:
        return _opened(opener, maker)[2]

    return case


def middle(opener: Opener, maker: Maker, act: Act) -> Case:
    """Return the case of the seconds that an act takes half of the time."""

    def case(_folder: Path) -> float:
        stage, view, _ = _opened(opener, maker)
        return median(act(stage, view))

    return case


def worst(opener: Opener, maker: Maker, act: Act) -> Case:
    """Return the case of the seconds that 95 of 100 acts keep within."""

    def case(_folder: Path) -> float:
        stage, view, _ = _opened(opener, maker)
        return p95(act(stage, view))

    return case


def allowed(amount: float) -> Case:
    """Return the case of what is allowed, in seconds or bytes, so that the figure is at most 1."""
    return lambda _folder: amount


def _opened(opener: Opener, maker: Maker) -> tuple[Stage, QAbstractScrollArea, float]:
    stage = Stage()
    stage.warm(opener)
    view, seconds = stage.open(opener, maker())
    return stage, view, seconds
