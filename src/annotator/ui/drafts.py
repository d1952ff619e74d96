"""Keeps words while they are being typed, so that a crash or a wrong click does not lose them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QTimer

from annotator.ui.desk import Desk

_DELAY = 400
"""Milliseconds after a key until what was typed is kept, even while one types on."""


class Drafts(QObject):
    """Keeps one thing at a time, a moment after a key. ``body`` is made of plain values."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._key = ""
        self._body: Any = None
        self._timer = QTimer(self, singleShot=True, interval=_DELAY)
        self._timer.timeout.connect(self.flush)

    def keep(self, key: str, body: Any) -> None:
        """Keep what is being typed under a key that says where."""
        if self._timer.isActive() and key != self._key:
            self.flush()
        self._key, self._body = key, body
        if not self._timer.isActive():
            self._timer.start()

    def flush(self) -> None:
        """Keep it now."""
        self._timer.stop()
        key, body = self._key, self._body
        if key:
            self._key = ""
            self._desk.do(lambda project: project.keep_draft(key, body))

    def drop(self, key: str) -> None:
        """Forget what was kept: it has been said, or given up."""
        if key == self._key:
            self._timer.stop()
            self._key = ""
        self._desk.do(lambda project: project.drop_draft(key))

    def fetch(self, key: str, then: Callable[[Any], None], owner: QObject) -> None:
        """Ask for what was kept under a key; ``then`` gets it, or None. What is still on its way is waited for."""
        self.flush()
        self._desk.do(lambda project: project.draft(key), then, owner=owner)
