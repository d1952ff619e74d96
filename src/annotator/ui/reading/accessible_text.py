"""Lets screen readers read a text that we lay out and paint ourselves: its words, lines, caret, selection, and its marks.

Python cannot answer all that they ask for, so a text field of Qt's own, never shown, holds the same words and answers.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Protocol

import shiboken6
from PySide6.QtCore import QObject, QPoint, QRect, Qt, QTimer, SignalInstance
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QAccessibleTextCursorEvent,
    QAccessibleTextInterface,
    QAccessibleTextSelectionEvent,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QAccessibleWidget, QFrame, QPlainTextEdit, QScrollBar, QWidget

from annotator.ui.accessible import tell_as
from annotator.ui.announcing import announce
from annotator.ui.reading.accessible_lines import LinesBehind
from annotator.ui.reading.looks import Look, letters
from annotator.ui.reading.open_text import OpenText
from annotator.ui.reading.text_canvas import Span, TextCanvas

_POINTS = 72 / 96
"""Points in a px: sizes are told in points."""

Mark = tuple[int, int, QTextCharFormat]
"""Half-open code points, and how words there differ from others."""


class Told(Protocol):
    """A scrolling view of a text that assistive programs are told about. Offsets are code points."""

    text: OpenText
    caret_moved: SignalInstance
    selection_changed: SignalInstance

    def caret(self) -> int:
        """Return where the caret is."""

    def selection(self) -> Span:
        """Return from where to where the selection goes; both ends are the caret where nothing is selected."""

    def put_caret(self, offset: int) -> None:
        """Put the caret at a place; nothing is selected then."""

    def select(self, start: int, end: int) -> None:
        """Select a stretch."""

    def viewport(self) -> QWidget:
        """Return the part that shows the text."""

    def verticalScrollBar(self) -> QScrollBar:
        """Return the scroll bar."""


class Marks(Protocol):
    """What is marked in a text, as it is told."""

    def within(self, start: int, end: int) -> Iterable[Mark]:
        """Return what is marked in a stretch, in the order in which it is laid over the words."""

    def words_at(self, offset: int) -> str | None:
        """Return what is said when the caret comes to a place: which marks are there, nothing where there is none.

        None means that it is not known yet; the view's ``Telling`` is to ``say_soon`` when it is.
        """


class _NoMarks:
    def within(self, _start: int, _end: int) -> Iterable[Mark]:
        return ()

    def words_at(self, _offset: int) -> str:
        return ""


class TextBehind(QPlainTextEdit):
    """The words of a view in a field that is never shown. Caret and selection of both follow each other."""

    def __init__(self, view: Told, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowFlags(Qt.WindowType.Window)
        self._view = view
        self._marked: tuple[int, int] = (-1, -1)
        document = QTextDocument(self)
        document.setUndoRedoEnabled(False)
        font = letters(Look(), 1.0)
        font.setPointSizeF(_POINTS * font.pixelSize())
        document.setDefaultFont(font)
        self.lines = LinesBehind(document, view.text, view if isinstance(view, TextCanvas) else None)
        document.setDocumentLayout(self.lines)
        document.setPlainText(view.text.text)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setDocument(document)
        self.setReadOnly(True)
        for bar in (self.verticalScrollBar(), self.horizontalScrollBar()):
            bar.blockSignals(True)
        self._control = self._find_control()
        self.cursorPositionChanged.connect(self._lead)
        self.selectionChanged.connect(self._lead)

    def follow(self) -> None:
        """Take over where caret and selection of the view are."""
        units, caret, (start, end) = self._view.text.units, self._view.caret(), self._view.selection()
        cursor = self.textCursor()
        anchor = start if caret == end else end
        if (cursor.anchor(), cursor.position()) == (units.to_utf16(anchor), units.to_utf16(caret)):
            return
        cursor.setPosition(units.to_utf16(anchor))
        cursor.setPosition(units.to_utf16(caret), QTextCursor.MoveMode.KeepAnchor)
        self._control.blockSignals(True)
        self.setTextCursor(cursor)
        self._control.blockSignals(False)

    def place(self) -> None:
        """Stand where the view stands on the screen, unscrolled, and its lines where they are seen."""
        port = self._view.viewport()
        for bar in (self.verticalScrollBar(), self.horizontalScrollBar()):
            bar.setValue(0)
        self.setGeometry(QRect(port.mapToGlobal(QPoint(0, 0)), port.size()))
        self.lines.place()

    def mark(self, marks: Marks, *, again: bool = False) -> None:
        """Give the words of the paragraph with the caret the formats of the marks that are there."""
        block, units = self.textCursor().block(), self._view.text.units
        begin, stop = block.position(), block.position() + block.length() - 1
        if (begin, stop) == self._marked and not again:
            return
        self._marked = begin, stop
        cursor = QTextCursor(self.document())
        cursor.setPosition(begin)
        cursor.setPosition(stop, QTextCursor.MoveMode.KeepAnchor)
        cursor.setCharFormat(QTextCharFormat())
        for start, end, form in marks.within(units.to_code_points(begin), units.to_code_points(stop)):
            cursor.setPosition(max(units.to_utf16(start), begin))
            cursor.setPosition(min(units.to_utf16(end), stop), QTextCursor.MoveMode.KeepAnchor)
            cursor.mergeCharFormat(form)

    def _find_control(self) -> QObject:
        """Return what moves our caret, so that it can be kept from telling of it as well.

        By itself it tells only of a parent that is a widget; we tell of what it signals.
        """
        for child in self.children():
            if child.metaObject().className() == "QPlainTextEditControl":
                child.setParent(QObject(self))
                return child
        return self

    def _lead(self) -> None:
        """Move the view's caret or selection where an assistive program has put ours."""
        units, cursor = self._view.text.units, self.textCursor()
        start, end = units.to_code_points(cursor.selectionStart()), units.to_code_points(cursor.selectionEnd())
        if start == end:
            self._view.put_caret(start)
        else:
            self._view.select(start, end)


class Telling(QObject):
    """Tells assistive programs about a view. It costs nothing until one of them asks for the text.

    The view makes it as its ``telling`` before it takes a name, and says when its marks are ``marked`` anew.
    """

    def __init__(self, view: Told, widget: QWidget) -> None:
        super().__init__(widget)
        self._view, self._widget = view, widget
        self._behind: TextBehind | None = None
        self._said, self._told = "", (-1, -1, -1)
        self.marks: Marks = _NoMarks()
        self._placing = QTimer(self, singleShot=True, interval=0)
        self._placing.timeout.connect(self._place)
        self._saying = QTimer(self, singleShot=True, interval=0)
        self._saying.timeout.connect(self._say)
        bar = view.verticalScrollBar()
        bar.valueChanged.connect(self._place_soon)
        bar.rangeChanged.connect(self._place_soon)
        view.caret_moved.connect(self.moved)
        view.selection_changed.connect(self.moved)

    def interface(self) -> QAccessibleTextInterface:
        """Return what answers assistive programs about the text."""
        if self._behind is None:
            self._behind = TextBehind(self._view, self._widget)
            self._behind.follow()
            self._behind.mark(self.marks)
            self._behind.place()
        return QAccessible.queryAccessibleInterface(self._behind).textInterface()

    def moved(self) -> None:
        """Tell that the caret or the selection has moved, and what is marked where it stands now."""
        if self._behind is None and not QAccessible.isActive():
            return
        caret, (start, end) = self._view.caret(), self._view.selection()
        if (caret, start, end) == self._told:
            return
        had_selection = self._told[1] != self._told[2]
        self._told = caret, start, end
        if self._behind is not None:
            self._behind.follow()
            self._behind.mark(self.marks)
            self._place_soon()
        units = self._view.text.units
        if start != end or had_selection:
            event = QAccessibleTextSelectionEvent(self._widget, units.to_utf16(start), units.to_utf16(end))
            event.setCursorPosition(units.to_utf16(caret))
            QAccessible.updateAccessibility(event)
        QAccessible.updateAccessibility(QAccessibleTextCursorEvent(self._widget, units.to_utf16(caret)))
        self.say_soon()

    def marked(self) -> None:
        """Tell that other stretches are marked than before."""
        if self._behind is not None:
            self._behind.mark(self.marks, again=True)
            kind = QAccessible.Event.TextAttributeChanged
            QAccessible.updateAccessibility(QAccessibleEvent(self._widget, kind))
            self.say_soon()

    def say_soon(self) -> None:
        """Say what is marked at the caret once all that is happening has happened, unless that has been said."""
        if self._behind is not None or QAccessible.isActive():
            self._saying.start()

    def _say(self) -> None:
        words = self.marks.words_at(self._view.caret())
        if words is not None and words != self._said:
            self._said = words
            announce(self._widget, words or self.tr("End of passage"))

    def _place_soon(self) -> None:
        if self._behind is not None:
            self._placing.start()

    def _place(self) -> None:
        if self._behind is not None:
            self._behind.place()


class AccessibleText(QAccessibleWidget):
    """What assistive programs see of a view: a text of several lines that can be read and selected, and not changed."""

    def __init__(self, view: QWidget) -> None:
        super().__init__(view, QAccessible.Role.EditableText)

    def state(self) -> QAccessible.State:
        """Return what can be done with the text."""
        state = super().state()
        state.readOnly = state.multiLine = state.selectableText = True
        return state

    def interface_cast(self, kind: QAccessible.InterfaceType) -> Any:
        """Return what answers about the text; nothing else is offered."""
        telling = getattr(self.widget(), "telling", None)
        if kind is QAccessible.InterfaceType.TextInterface and isinstance(telling, Telling):
            return telling.interface()
        return shiboken6.VoidPtr(0)


def tell_about(kind: type[QWidget]) -> None:
    """Have the views of a class told about; each has a ``Telling`` as its ``telling``, made before it gets a name."""
    tell_as(kind.__name__, AccessibleText)
