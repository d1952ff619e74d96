"""What the reading screen asks of whatever shows a version: its text, or its pages as published."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol, overload

from PySide6.QtCore import QPointF, QRectF, Qt, SignalInstance
from PySide6.QtWidgets import QScrollBar, QWidget

from annotator.domain.find import Hits
from annotator.domain.passage import Area
from annotator.ui.annotating.highlights import Highlights
from annotator.ui.annotating.opened import Opened
from annotator.ui.reading.open_text import OpenText

Span = tuple[int, int]
"""Half-open code points of the canonical text."""


class ReadingView(Protocol):
    """A widget that shows a version and its passages. Offsets that go in and come out are code points of the text."""

    opened: Opened
    text: OpenText

    settled: SignalInstance
    """Words, or an area, have been selected."""
    unselected: SignalInstance
    escaped: SignalInstance
    entered: SignalInstance
    clicked: SignalInstance
    """A place was clicked: a code point."""
    link_asked: SignalInstance
    """An address is to be opened, once the person has seen it."""
    menu_asked: SignalInstance
    """A context menu is wanted: where on the screen (``QPoint``), and over which code point."""
    zoom_asked: SignalInstance
    """Larger (1) or smaller (-1)."""
    stretched: SignalInstance
    """An end of the chosen passage is to move: whether it is the right one, which way (-1, 1), by a word or a character."""
    dragged: SignalInstance
    """The handles of the chosen passage were let go at these spans."""

    # -- passages

    @property
    def highlights(self) -> Highlights:
        """The passages that are shown."""

    def set_highlights(self, highlights: Highlights) -> None:
        """Show these passages."""

    def choose(self, passage: str) -> None:
        """Show a passage as the chosen one."""

    # -- what was looked for

    def set_hits(self, hits: Hits, current: int) -> None:
        """Mark the hits of a search, and strongly the one with this number (-1: none)."""

    def folded(self) -> tuple[Span, ...]:
        """Return the stretches that are folded away; pages have none."""

    def fold_anew(self) -> None:
        """Show as the text says by now what is not the article; pages fold nothing."""

    # -- the selection

    @property
    def has_selection(self) -> bool:
        """Whether words, or an area, are selected."""

    def selected(self) -> tuple[Span, ...]:
        """Return what is selected, in whole characters and without line ends at its ends."""

    def selected_area(self) -> Area | None:
        """Return the area that is selected; a view of the text has none."""

    def select(self, start: int, end: int) -> None:
        """Select a stretch."""

    def unselect(self) -> None:
        """Select nothing."""

    def caret(self) -> int:
        """Return where the caret is."""

    def copy(self) -> None:
        """Copy the selected words."""

    # -- places

    def show_place(self, start: int, end: int, *, pulse: bool = False) -> None:
        """Put the caret at a place, scroll to it if it is not in sight, and point it out once."""

    def top_place(self) -> int:
        """Return the code point with which the first visible line begins."""

    def restore(self, offset: int) -> None:
        """Scroll until a place stands at the top."""

    def scroll_up_to(self, offset: int, y: int) -> None:
        """Scroll until the line with a code point stands at a height of ``y`` px, as far as the text allows."""

    def strip_of(self, span: Span) -> QRectF | None:
        """Return where on the viewport the visible words of a stretch stand: one rectangle around all of them."""

    def show_area(self, area: Area, *, pulse: bool = False) -> None:
        """Scroll to an area and point it out once; a view of the text knows none."""

    def area_strip(self, area: Area) -> QRectF | None:
        """Return where on the viewport an area stands; a view of the text knows none."""

    def strips(self, span: Span) -> Iterator[QRectF]:
        """Yield where on the viewport the words of a stretch stand that can be seen, line by line."""

    def offset_at(self, point: QPointF) -> int:
        """Return the code point nearest to a point of the viewport."""

    def text_left(self) -> int:
        """Return where on the viewport the text begins."""

    def set_zoom(self, percent: int) -> None:
        """Show everything larger or smaller; the first visible line stays."""

    # -- what every scrolling widget has

    def viewport(self) -> QWidget:
        """Return the part that shows the text."""

    def verticalScrollBar(self) -> QScrollBar:
        """Return the scroll bar."""

    @overload
    def setFocus(self) -> None:
        """Take the keyboard."""

    @overload
    def setFocus(self, reason: Qt.FocusReason, /) -> None:
        """Take the keyboard, for a reason."""

    def isVisible(self) -> bool:
        """Tell whether it is shown."""

    def hasFocus(self) -> bool:
        """Tell whether it has the keyboard."""

    def width(self) -> int:
        """Return the width in px."""

    def height(self) -> int:
        """Return the height in px."""
