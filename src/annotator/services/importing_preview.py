"""Pages that have come of sources still being read: to look at, and gone once the source is in or given up."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager


class Arriving:
    """Holds the words of pages by the name of their source. May be asked from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._pages: dict[str, dict[int, str]] = {}

    @contextmanager
    def watched(self, name: str) -> Iterator[Callable[[int, str], None]]:
        """Give what takes the pages of a source while it is read."""
        pages: dict[int, str] = {}

        def arrived(page: int, words: str) -> None:
            with self._lock:
                pages[page] = words

        with self._lock:
            self._pages[name] = pages
        try:
            yield arrived
        finally:
            with self._lock:
                self._pages.pop(name, None)

    def pages(self, name: str, start: int) -> list[str]:
        """Return the words of the pages of a source from ``start`` (from 0) up to the first that has not come yet."""
        found: list[str] = []
        with self._lock:
            pages = self._pages.get(name, {})
            while (words := pages.get(start + len(found))) is not None:
                found.append(words)
        return found
