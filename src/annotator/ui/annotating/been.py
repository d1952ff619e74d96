"""Where one has been: back and forward over places."""

from __future__ import annotations

from dataclasses import dataclass

from annotator.domain.ids import EntityId

_AT_MOST = 100


@dataclass(frozen=True, slots=True)
class Place:
    """A version, the code point at the top of the view, and on which side: 0 left, 1 right."""

    version: EntityId
    offset: int
    side: int = 0


class Been:
    """Places left behind, and those one came back from."""

    def __init__(self) -> None:
        self._back: list[Place] = []
        self._forward: list[Place] = []

    def leave(self, place: Place) -> None:
        """Remember the place that is left for another."""
        if not self._back or self._back[-1] != place:
            self._back = [*self._back[-_AT_MOST:], place]
        self._forward.clear()

    def back(self, here: Place) -> Place | None:
        """Return where one was before, if anywhere."""
        return self._go(self._back, self._forward, here)

    def forward(self, here: Place) -> Place | None:
        """Return where one went back from, if anywhere."""
        return self._go(self._forward, self._back, here)

    def forget(self, version: EntityId | None = None) -> None:
        """Forget the places of a version, or all."""
        self._back = [place for place in self._back if version is not None and place.version != version]
        self._forward = [place for place in self._forward if version is not None and place.version != version]

    @property
    def can_go_back(self) -> bool:
        """Whether there is a place to go back to."""
        return bool(self._back)

    @property
    def can_go_forward(self) -> bool:
        """Whether there is a place to go forward to."""
        return bool(self._forward)

    def _go(self, source: list[Place], target: list[Place], here: Place) -> Place | None:
        while source:
            place = source.pop()
            if place != here:
                target.append(here)
                return place
        return None
