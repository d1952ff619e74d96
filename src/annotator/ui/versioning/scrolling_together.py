"""Lets two versions scroll together: what is read on one side stands at the same height on the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import QObject

from annotator.ui.versioning.version_reader import VersionReader

Map = Callable[[int], int]
"""Tells which place of the other text answers to one of this."""


class ScrollingTogether(QObject):
    """Follows whichever of two readers is scrolled."""

    def __init__(self, old: VersionReader, new: VersionReader, parent: QObject) -> None:
        super().__init__(parent)
        self._to_new: Map = int
        self._to_old: Map = int
        self._is_following = False
        self._old, self._new = old, new
        old.verticalScrollBar().valueChanged.connect(lambda _: self.follow(old))
        new.verticalScrollBar().valueChanged.connect(lambda _: self.follow(new))

    def set_maps(self, to_new: Map, to_old: Map) -> None:
        """Go by these places from now on."""
        self._to_new, self._to_old = to_new, to_old
        self.follow(self._new)

    @contextmanager
    def apart(self) -> Iterator[None]:
        """Let each side be scrolled alone for a while."""
        before, self._is_following = self._is_following, True
        try:
            yield
        finally:
            self._is_following = before

    def follow(self, lead: VersionReader) -> None:
        """Scroll the other side to what one reads on this one."""
        if self._is_following:
            return
        other, answer = (self._new, self._to_new) if lead is self._old else (self._old, self._to_old)
        with self.apart():
            if lead.verticalScrollBar().value() == 0:
                other.restore(0)
            else:
                offset, y = lead.eye()
                other.scroll_up_to(answer(offset), y)
