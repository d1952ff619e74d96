"""Tells how far the reading of a document has come."""

from __future__ import annotations

from annotator.importers.registry import Progress

_EVERY = 100


class Steps:
    """Counts paragraphs and tells ``progress`` of every hundredth. ``total`` is how many there are."""

    def __init__(self, progress: Progress, total: int) -> None:
        self._progress, self._total, self._done = progress, total + 1, 0

    def step(self) -> None:
        """One more paragraph is read."""
        self._done += 1
        if self._done % _EVERY == 0:
            self._progress(min(self._done, self._total - 1), self._total)

    def end(self) -> None:
        """All is done."""
        self._progress(self._total, self._total)
