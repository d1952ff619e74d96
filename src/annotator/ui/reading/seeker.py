"""Looks for words in the text of a view, off the window's thread, and goes from hit to hit."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QObject, QRectF, Qt, Signal

from annotator.domain.errors import AnnotatorError, CancelledError
from annotator.domain.find import NO_HITS, Finder, Hits, Query, Span
from annotator.ui.jobs import Jobs, Task
from annotator.ui.reading.open_text import OpenText


class Searched(Protocol):
    """What is asked of a view that is searched. Offsets are code points of its text."""

    text: OpenText

    def set_hits(self, hits: Hits, current: int) -> None:
        """Mark these hits, and the one with the number ``current`` strongly; -1: none of them."""

    def folded(self) -> tuple[Span, ...]:
        """Return the stretches that are folded away."""

    @property
    def has_selection(self) -> bool:
        """Whether words are selected."""

    def selected(self) -> tuple[Span, ...]:
        """Return what is selected."""

    def select(self, start: int, end: int) -> None:
        """Select a stretch."""

    def caret(self) -> int:
        """Return where the caret is."""

    def top_place(self) -> int:
        """Return where the first visible line begins."""

    def strip_of(self, span: Span) -> QRectF | None:
        """Return where a stretch can be seen, or None."""

    def show_place(self, start: int, end: int) -> None:
        """Put the caret at a place, unfold it and bring it into sight."""

    def isVisible(self) -> bool:
        """Whether it can be seen."""

    def hasFocus(self) -> bool:
        """Whether the keyboard is here."""

    def setFocus(self, reason: Qt.FocusReason, /) -> None:
        """Take the keyboard."""


class Seeker(QObject):
    """Knows the hits in the view that is read. A new query ends the search for the one before."""

    changed = Signal()
    """The hits, the current one, or what is wrong with the query is another."""

    def __init__(self, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._view: Searched | None = None
        self._finder: Finder | None = None
        self._task: Task[Hits] | None = None
        self._pending: list[bool] = []
        self._marked = False
        self.query = Query("")
        self.hits: Hits = NO_HITS
        self.current = -1
        self.wrapped = ""
        """``top`` or ``end`` when the last step began there again."""
        self.error: AnnotatorError | None = None

    # -- where and what

    @property
    def view(self) -> Searched | None:
        """The view that is searched."""
        return self._view

    @property
    def is_searching(self) -> bool:
        """Whether the hits are not known yet."""
        return self._task is not None

    @property
    def folded_count(self) -> int:
        """How many hits are folded away."""
        return sum(len(self.hits.within(*span)) for span in self._view.folded()) if self._view and len(self.hits) else 0

    def set_view(self, view: Searched | None) -> None:
        """Search in another view from now on; nothing is gone to by itself."""
        if view is self._view:
            return
        if self._view is not None:
            self._view.set_hits(NO_HITS, -1)
        if self._finder is not None and (view is None or view.text.text is not self._finder.text):
            self._finder = None
        self._view = view
        self._start(self.query if self._marked else Query(""), None)

    def set_marked(self, *, marked: bool) -> None:
        """Mark the hits in the view, or do not."""
        self._marked = marked
        self._show()

    def origin(self) -> int:
        """Return where a person reads: the selection, the caret if it can be seen, else the first visible line."""
        view = self._view
        if view is None:
            return 0
        if view.has_selection and (spans := view.selected()):
            return spans[0][0]
        caret = view.caret()
        return caret if view.strip_of((caret, caret + 1)) is not None else view.top_place()

    def look_for(self, query: Query, origin: int | None = None) -> None:
        """Find all places, and go to the first from ``origin`` on that is not folded away; None: go nowhere."""
        self.query = query
        self._start(query, origin)

    def step(self, *, forward: bool) -> None:
        """Go to the next hit, or the one before, from where the caret is; after the last comes the first."""
        if self._view is None or not self.query.text:
            return
        if self._task is None and self.hits is NO_HITS and self.error is None:
            self._start(self.query, None)
        if self._task is not None:
            self._pending.append(forward)
        elif len(self.hits):
            self._go(self._next(forward=forward))

    # -- inside

    def _start(self, query: Query, origin: int | None) -> None:
        if self._task is not None:
            self._task.cancel()
        self._task, self._pending = None, []
        self.hits, self.current, self.error, self.wrapped = NO_HITS, -1, None, ""
        if self._view is None or not query.text:
            self._show()
            return
        finder = self._finder = self._finder or Finder(self._view.text.text)

        def work(task: Task[Hits]) -> Hits:
            def stop() -> None:
                if task.is_cancelled():
                    raise CancelledError(what=query.text)

            return finder.find(query, stop)

        def take(hits: Hits) -> None:
            if self._task is task:
                self._take(hits, origin)

        def refuse(error: AnnotatorError) -> None:
            if self._task is task and not isinstance(error, CancelledError):
                self._task, self.error = None, error
                self._show()

        task = self._task = self._jobs.run("find", work, take, otherwise=refuse, owner=self)
        self.changed.emit()

    def _take(self, hits: Hits, origin: int | None) -> None:
        self._task, self.hits = None, hits
        first = self._first(origin) if origin is not None and len(hits) else -1
        pending, self._pending = self._pending if len(hits) else [], []
        if first >= 0:
            self._go(first)
        for forward in pending:
            self._go(self._next(forward=forward))
        if first < 0 and not pending:
            self._show()

    def _first(self, origin: int) -> int:
        """Return the first hit from a place on that can be seen; -1 where all are folded away."""
        folded = [self.hits.within(*span) for span in self._view.folded()] if self._view else []
        first = self.hits.first_from(origin)
        for number, last in ((first, len(self.hits)), (0, first)):
            for hidden in folded:
                if number in hidden:
                    number = hidden.stop
            if number < last:
                return number
        return -1

    def _next(self, *, forward: bool) -> int:
        count, view = len(self.hits), self._view
        caret = view.caret() if view else 0
        number = self.hits.first_from(caret) if forward else self.hits.first_from(caret) - 1
        if self.current >= 0 and self.hits[self.current][0] <= caret <= self.hits[self.current][1]:
            number = self.current + (1 if forward else -1)
        self.wrapped = "top" if number >= count else "end" if number < 0 else ""
        return number % count

    def _go(self, number: int) -> None:
        view = self._view
        if view is None:
            return
        self.current = number
        start, end = self.hits[number]
        view.show_place(start, end)
        if view.hasFocus():
            view.select(start, end)
        self._show()

    def _show(self) -> None:
        if self._view is not None:
            self._view.set_hits(self.hits if self._marked else NO_HITS, self.current if self._marked else -1)
        self.changed.emit()
