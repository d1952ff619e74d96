"""Draws pages in the background, in one thread: what is wanted most comes first, and what is wanted no more never."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal

from annotator.domain.errors import AnnotatorError
from annotator.services.paging import PagePictures
from annotator.ui.pages.picture import to_image


class Wish(NamedTuple):
    """A picture that is wanted: which page, how many pixels, and whether for the ``small`` pictures beside the pages."""

    page: int
    width: int
    height: int
    small: bool = False


class PageWorker(QObject):
    """One thread that draws. Its signals arrive in the window's thread."""

    drawn = Signal(object, object)
    """A ``Wish``, and the ``PageImage`` that fulfils it."""
    failed = Signal(object, object)
    """A ``Wish``, and the ``AnnotatorError`` that says why not."""
    measured = Signal(object)
    """Width and height of every page in 1/100 pt, as the file itself says."""

    def __init__(self, pictures: Callable[[], PagePictures], parent: QObject | None = None) -> None:
        """``pictures`` is called in the thread, when the first page is wanted."""
        super().__init__(parent)
        self._make = pictures
        self._wishes: list[Wish] = []
        self._changed = threading.Condition()
        self._at_work: Wish | None = None
        self._ended = self._resting = False
        self._thread: threading.Thread | None = None
        self._pictures: PagePictures | None = None
        self._has_measured = False

    def want(self, wishes: Sequence[Wish]) -> None:
        """Draw these from now on, the first one first, and nothing else that was wanted before."""
        with self._changed:
            self._wishes = [wish for wish in wishes if wish != self._at_work]
            self._changed.notify()
            is_running = self._thread is not None and self._thread.is_alive()
            if not is_running and wishes and not self._ended:
                self._thread = threading.Thread(target=self._run, name="pages", daemon=True)
                self._thread.start()

    @property
    def busy(self) -> bool:
        """Whether something is wanted that is not drawn yet."""
        with self._changed:
            return bool(self._wishes or self._at_work)

    def rest(self) -> None:
        """Let go of the drawing process while nothing is wanted."""
        with self._changed:
            self._resting = True
            self._changed.notify()

    def shut(self) -> None:
        """End the thread and the process; what is being drawn is dropped."""
        with self._changed:
            self._ended = True
            self._wishes.clear()
            self._changed.notify()
            pictures = self._pictures
        if pictures is not None:
            pictures.close()
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    def _run(self) -> None:
        try:
            self._draw_all()
        finally:
            with self._changed:
                self._at_work = None
                self._wishes.clear()

    def _draw_all(self) -> None:
        while (wish := self._next()) is not None:
            try:
                self._draw(self._opened(), wish)
            except AnnotatorError as error:
                if not self._ended:
                    self.failed.emit(wish, error)

    def _opened(self) -> PagePictures:
        if self._pictures is None:
            pictures = self._make()
            with self._changed:
                self._pictures = pictures
                if self._ended:
                    pictures.close()
        return self._pictures

    def _draw(self, pictures: PagePictures, wish: Wish) -> None:
        if not self._has_measured:
            self._has_measured = True
            self.measured.emit(pictures.sizes)
        image = to_image(pictures.render(wish.page, wish.width, wish.height), wish.width)
        if not self._ended:
            self.drawn.emit(wish, image)

    def _next(self) -> Wish | None:
        """Wait for the next wish; None at the end."""
        with self._changed:
            self._at_work = None
            while not self._wishes and not self._ended:
                if self._resting and self._pictures is not None:
                    self._pictures.rest()
                self._resting = False
                self._changed.wait()
            self._at_work = self._wishes.pop(0) if not self._ended else None
            return self._at_work
