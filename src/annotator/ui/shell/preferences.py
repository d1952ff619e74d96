"""What one person has chosen, for the window: read once, kept at every change."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, Signal

from annotator.services.settings import Recent, Settings, load_settings, save_settings, with_recent

_READ = "read "


class Preferences(QObject):
    """The settings in force. Each change is kept at once, on top of what other programs have kept meanwhile."""

    changed = Signal()

    def __init__(self, settings: Settings, *, kept: bool = True, parent: QObject | None = None) -> None:
        """With ``kept`` off nothing is ever written: for pictures."""
        super().__init__(parent)
        self._kept = kept
        self.settings = settings

    def change(self, **fields: Any) -> None:
        """Set fields of the settings."""
        self._become(self._newest()._replace(**fields))

    def set_window(self, name: str, value: str) -> None:
        """Remember something about the window."""
        newest = self._newest()
        self._become(newest._replace(window={**newest.window, name: value}))

    def read_last(self, path: str) -> str:
        """Return the version that was read last in a project; empty when none is known."""
        return self.settings.window.get(_READ + path, "")

    def set_read_last(self, path: str, version: str) -> None:
        """Remember which version is read in a project, for those opened lately."""
        newest = self._newest()
        listed = {_READ + recent.path for recent in newest.recent}
        kept = {name: value for name, value in newest.window.items() if not name.startswith(_READ) or name in listed}
        self._become(newest._replace(window={**kept, _READ + path: version}))

    def add_recent(self, recent: Recent) -> None:
        """Put a project at the top of those opened lately."""
        self._become(with_recent(self._newest(), recent))

    def drop_recent(self, path: str) -> None:
        """Forget a project opened lately."""
        newest = self._newest()
        self._become(newest._replace(recent=tuple(each for each in newest.recent if each.path != path)))

    def _newest(self) -> Settings:
        return load_settings() if self._kept else self.settings

    def _become(self, settings: Settings) -> None:
        self.settings = settings
        if self._kept:
            save_settings(settings)
        self.changed.emit()
