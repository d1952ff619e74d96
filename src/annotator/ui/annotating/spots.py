"""Where one was in each version: known while the project is open, and kept with it for the next time."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject

from annotator.domain.codec import Json
from annotator.domain.ids import EntityId
from annotator.ui.annotating.opened import Opened, open_version
from annotator.ui.annotating.reading_page import ReadingPage, Spot
from annotator.ui.desk import Desk

if TYPE_CHECKING:
    from annotator.services.project import Project

_SIDES = "sides"


class Found(NamedTuple):
    """A version that is to be shown, and where one was in it."""

    opened: Opened
    spot: Spot | None


class Sides(NamedTuple):
    """How the reader was split: what was read on the left and right, how much of the width the left had, which was worked in."""

    left: str
    right: str
    share: float = 0.5
    active: int = 0


def find(project: Project, version: EntityId) -> Found | None:
    """Read a version and where one was in it; None when it is not, or no longer, there."""
    opened = open_version(project, version)
    return Found(opened, Spot.from_body(project.reading(version))) if opened else None


def find_sides(project: Project) -> Sides | None:
    """Read how the reader was split; None when it was not."""
    body = project.reading(_SIDES)
    try:
        return Sides(str(body["left"]), str(body["right"]), float(body["share"]), int(body["active"]))
    except (KeyError, TypeError, ValueError):
        return None


class Spots(QObject):
    """Remembers where one was. Written off the window's thread, and only what has changed."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._spots: dict[str, Spot] = {}
        self._written: dict[str, Json] = {}
        desk.closed.connect(self._forget)

    def of(self, found: Found) -> Spot | None:
        """Return where one was in a version, now or the last time."""
        version = found.opened.version.id
        if version not in self._spots and found.spot is not None:
            self._spots[version], self._written[version] = found.spot, found.spot.to_body()
        return self._spots.get(version)

    def set(self, version: EntityId, spot: Spot) -> None:
        """Say where one is to be in a version when it is opened."""
        self._spots[version] = spot

    def leave(self, *pages: ReadingPage) -> None:
        """Remember where one is in some pages."""
        for page in pages:
            self._spots[page.opened.version.id] = page.spot()
        self._write({page.opened.version.id: page.spot().to_body() for page in pages})

    def leave_sides(self, sides: Sides | None) -> None:
        """Remember how the reader is split."""
        self._write({_SIDES: sides._asdict() if sides else None})

    def _write(self, bodies: dict[str, Json]) -> None:
        fresh = {key: body for key, body in bodies.items() if self._written.get(key) != body}
        self._written |= fresh
        if fresh:
            self._desk.do(lambda project: _keep(project, fresh), otherwise=lambda _error: None)

    def _forget(self) -> None:
        self._spots.clear()
        self._written.clear()


def _keep(project: Project, bodies: dict[str, Json]) -> None:
    for key, body in bodies.items():
        project.keep_reading(key, body)
