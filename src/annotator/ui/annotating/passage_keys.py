"""What text and pages have in common when passages are worked on: the keys that move an end, and how long things take."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

SETTLED = 250
"""Milliseconds after which a selection made with keys counts as made."""

PULSE = 900
"""Milliseconds for which a place is pointed out."""

ABOVE = 0.28
"""Where a place that is shown comes to stand, as a share of the height."""

_ARROWS = {
    Qt.Key.Key_Left: (-1, False),
    Qt.Key.Key_Right: (1, False),
    Qt.Key.Key_Up: (-1, True),
    Qt.Key.Key_Down: (1, True),
}


class Stretch(NamedTuple):
    """An end of a passage is to move: whether it is the right one, which way (-1, 1), by a word or a character."""

    is_end: bool
    step: int
    by_word: bool

    def mirrored(self) -> Stretch:
        """Return the same where lines run from right to left; words go the way of the text in any case."""
        return self if self.by_word else self._replace(step=-self.step)


def stretch_of(event: QKeyEvent) -> Stretch | None:
    """Return what an arrow key with Shift asks for; with Ctrl too it is the left end."""
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    control = Qt.KeyboardModifier.ControlModifier
    arrow = _ARROWS.get(Qt.Key(event.key()))
    if arrow is None or modifiers & ~control != Qt.KeyboardModifier.ShiftModifier:
        return None
    return Stretch(not modifiers & control, *arrow)
