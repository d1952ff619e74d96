"""Pages as they were published: pictures of a PDF's pages, drawn in a process of their own."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass

from annotator.domain.errors import PageNotShownError, WrongArgumentError
from annotator.domain.ids import EntityId
from annotator.domain.source import Version
from annotator.importers.confined.pages import (
    ARCHIVES,
    MOST_PIXELS,
    DocumentUnreadableError,
    PageLimits,
    PageProcess,
    ProcessEndedError,
)
from annotator.services.base import Job, existing

_TRIES = 2
_MOST_ENDED = 12
"""After so many broken processes a document is given up."""

_DAMAGED = "it is damaged"
_COSTLY = "drawing it breaks down, or takes too long or too much memory"
_LOCKED = "the file is locked with a password"
_UNREADABLE = "the file is damaged, or no PDF at all"
_CLOSED = "the document was closed"
_GIVEN_UP = "too many pages of this file broke down when they were drawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture of a page: ``pixels`` row by row, each blue, green, red and an unused byte."""

    width: int
    height: int
    pixels: bytes

    @property
    def stride(self) -> int:
        """How many bytes a row has."""
        return 4 * self.width


class PagePictures:
    """Draws the pages of one PDF.

    Its process starts when it is first needed, again should it break down, and ends with ``close``. Safe from any thread;
    one page is drawn at a time.
    """

    def __init__(
        self, read: Callable[[], bytes], limits: PageLimits | None = None, archive: str = "", part: str = ""
    ) -> None:
        """``read`` returns the PDF, or the ``archive`` that it lies in as ``part``; it is called when a process starts."""
        self._read, self._limits, self._archived = read, limits, (archive, part)
        self._lock = threading.Lock()
        self._process: PageProcess | None = None
        self._unshown: dict[int, str] = {}
        self._refused = ""
        self._ended = 0

    @property
    def sizes(self) -> tuple[tuple[int, int], ...]:
        """Width and height of each page in 1/100 pt; 0 where it cannot be read. Raises ``PageNotShownError``."""
        with self._lock:
            try:
                return self._started().sizes
            except ProcessEndedError as error:
                raise self._gone() from error

    def render(self, page: int, width: int, height: int) -> Picture:
        """Return a picture of a page (from 0) in pixels; one that would have too many comes out smaller.

        Raises ``PageNotShownError`` with the reason, and ``WrongArgumentError`` for a size that is none.
        """
        if width < 1 or height < 1:
            raise WrongArgumentError(argument="width, height", problem="a picture has no pixels", allowed="1 or more")
        width, height = _bounded(width, height)
        with self._lock:
            if page in self._unshown:
                raise PageNotShownError(reason=self._unshown[page])
            pixels = self._draw(page, width, height)
        if pixels is None:
            raise PageNotShownError(reason=self._unshown.setdefault(page, _DAMAGED))
        return Picture(width=width, height=height, pixels=pixels)

    def rest(self) -> None:
        """End the process for now: the next picture starts another."""
        with self._lock:
            self._stop()

    def close(self) -> None:
        """End the process for good, also while it draws for somebody else: that one is refused."""
        self._refused = self._refused or _CLOSED
        process = self._process
        if process is not None:
            process.kill()
        with self._lock:
            self._stop()

    def _draw(self, page: int, width: int, height: int) -> bytes | None:
        for _ in range(_TRIES):  # a process may have been stopped from outside
            try:
                return self._started().draw(page, width, height)
            except ProcessEndedError:
                self._gone()
        self._unshown[page] = _COSTLY
        raise PageNotShownError(reason=_COSTLY)

    def _started(self) -> PageProcess:
        if self._refused:
            raise PageNotShownError(reason=self._refused)
        if self._process is None:
            data = self._read()
            self._process = PageProcess(self._limits, *self._archived)
            try:
                self._process.open(data)
            except DocumentUnreadableError as error:
                self._stop()
                self._refused = _LOCKED if error.locked else _UNREADABLE
                raise PageNotShownError(reason=self._refused) from error
        return self._process

    def _gone(self) -> PageNotShownError:
        """Take note that the process broke down."""
        self._stop()
        self._ended += 1
        if self._ended >= _MOST_ENDED:
            self._refused = _GIVEN_UP
        return PageNotShownError(reason=_COSTLY)

    def _stop(self) -> None:
        if self._process is not None:
            self._process.close()
            self._process = None


class Paging(Job):
    """Pages as published."""

    def page_pictures(self, version: EntityId) -> PagePictures:
        """Return what draws the pages of a version that was made of a PDF; ``close`` it when done.

        Nothing is read yet. Raises ``NotFoundError``, ``WrongArgumentError`` when the version has no pages.
        """
        found = existing(self.store.read(), Version, version)
        original = found.original
        if original is None or found.media_type != "application/pdf":
            raise WrongArgumentError(
                argument="version", problem="it has no pages", allowed="a version that was made of a PDF"
            )
        archive = found.importer if found.importer in ARCHIVES else ""
        return PagePictures(lambda: self.store.read().blob(original), archive=archive, part=found.part)


def _bounded(width: int, height: int) -> tuple[int, int]:
    """Return a size of about the same shape with at most ``MOST_PIXELS``."""
    width, height = min(width, MOST_PIXELS), min(height, MOST_PIXELS)
    if width * height > MOST_PIXELS:
        shrink = (MOST_PIXELS / (width * height)) ** 0.5
        width, height = max(int(width * shrink), 1), max(int(height * shrink), 1)
    return (width, MOST_PIXELS // width) if width * height > MOST_PIXELS else (width, height)
