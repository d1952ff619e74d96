"""Which keys move the caret: the platform's own."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from annotator.ui.reading.walking import Move

_Key = QKeySequence.StandardKey

_STANDARD: tuple[tuple[_Key, Move, bool], ...] = (
    (_Key.MoveToPreviousChar, Move.LEFT, False),
    (_Key.MoveToNextChar, Move.RIGHT, False),
    (_Key.MoveToPreviousLine, Move.UP, False),
    (_Key.MoveToNextLine, Move.DOWN, False),
    (_Key.SelectPreviousChar, Move.LEFT, True),
    (_Key.SelectNextChar, Move.RIGHT, True),
    (_Key.SelectPreviousLine, Move.UP, True),
    (_Key.SelectNextLine, Move.DOWN, True),
    (_Key.MoveToPreviousWord, Move.WORD_LEFT, False),
    (_Key.MoveToNextWord, Move.WORD_RIGHT, False),
    (_Key.SelectPreviousWord, Move.WORD_LEFT, True),
    (_Key.SelectNextWord, Move.WORD_RIGHT, True),
    (_Key.MoveToStartOfLine, Move.LINE_START, False),
    (_Key.MoveToEndOfLine, Move.LINE_END, False),
    (_Key.SelectStartOfLine, Move.LINE_START, True),
    (_Key.SelectEndOfLine, Move.LINE_END, True),
    (_Key.MoveToStartOfBlock, Move.PARAGRAPH_START, False),
    (_Key.MoveToEndOfBlock, Move.PARAGRAPH_END, False),
    (_Key.SelectStartOfBlock, Move.PARAGRAPH_START, True),
    (_Key.SelectEndOfBlock, Move.PARAGRAPH_END, True),
    (_Key.MoveToStartOfDocument, Move.TEXT_START, False),
    (_Key.MoveToEndOfDocument, Move.TEXT_END, False),
    (_Key.SelectStartOfDocument, Move.TEXT_START, True),
    (_Key.SelectEndOfDocument, Move.TEXT_END, True),
    (_Key.MoveToPreviousPage, Move.PAGE_UP, False),
    (_Key.MoveToNextPage, Move.PAGE_DOWN, False),
    (_Key.SelectPreviousPage, Move.PAGE_UP, True),
    (_Key.SelectNextPage, Move.PAGE_DOWN, True),
)
_BY_PARAGRAPH = {Qt.Key.Key_Up: Move.PARAGRAPH_UP, Qt.Key.Key_Down: Move.PARAGRAPH_DOWN}


def move_of(event: QKeyEvent) -> tuple[Move, bool] | None:
    """Return the step that a key asks for, and whether it extends the selection; None where it asks for none."""
    for key, move, extend in _STANDARD:
        if event.matches(key):
            return move, extend
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    extend = bool(modifiers & Qt.KeyboardModifier.ShiftModifier)
    by_paragraph = _BY_PARAGRAPH.get(Qt.Key(event.key()))
    if by_paragraph and modifiers & ~Qt.KeyboardModifier.ShiftModifier == Qt.KeyboardModifier.ControlModifier:
        return by_paragraph, extend
    return None
