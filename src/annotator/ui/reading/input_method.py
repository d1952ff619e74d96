"""What input methods, magnifiers and the like are told about the caret and the words around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, Qt

from annotator.domain.text import Utf16Map

if TYPE_CHECKING:
    from annotator.ui.reading.caret_view import CaretView

_AROUND = 1_000
"""Code points that are told before and behind the caret."""

_Asked = Qt.InputMethodQuery


def answer(view: CaretView, query: Qt.InputMethodQuery) -> object | None:
    """Return what a view answers to a question; None for what it has nothing of its own to say to.

    Nothing can be typed into a text, so that input methods leave the keys to the window's shortcuts.
    """
    if query == _Asked.ImEnabled:
        return False
    if query == _Asked.ImReadOnly:
        return True
    if query == _Asked.ImCursorRectangle:
        return _on_view(view, view.caret_strip())
    if query == _Asked.ImAnchorRectangle:
        return _on_view(view, view.caret_rect(view.selection_made.anchor) or QRectF())
    if query == _Asked.ImAbsolutePosition:
        return view.text.units.to_utf16(view.caret())
    return _words(view, query)


def _on_view(view: CaretView, strip: QRectF) -> QRect:
    return strip.toAlignedRect().translated(view.viewport().pos())


def _words(view: CaretView, query: Qt.InputMethodQuery) -> object | None:
    """Answer what is about words: those of the caret's paragraph, not too far away. Positions are UTF-16 units."""
    caret, made = view.caret(), view.selection_made
    first, last = view.paragraph_at(caret)
    first, last = max(first, caret - _AROUND), min(last, caret + _AROUND)
    text = view.text.text
    if query == _Asked.ImSurroundingText:
        return text[first:last]
    if query == _Asked.ImTextBeforeCursor:
        return text[first:caret]
    if query == _Asked.ImTextAfterCursor:
        return text[caret:last]
    if query == _Asked.ImCurrentSelection:
        return text[max(made.start, first) : min(made.end, last)]
    units = Utf16Map(text[first:last])
    if query == _Asked.ImCursorPosition:
        return units.to_utf16(caret - first)
    if query == _Asked.ImAnchorPosition:
        return units.to_utf16(min(max(made.anchor, first), last) - first)
    return None
