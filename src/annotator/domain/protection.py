"""How far a stranger's file could reach if it took over the process that reads it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Reach(StrEnum):
    """What a process may do beyond reading the document it was given; the value is what it is called on the screen."""

    READING = "read your other files"
    WRITING = "write, change or delete files"
    NETWORK = "use the network"
    PROGRAMS = "start programs, or reach those that run"


@dataclass(frozen=True, slots=True, kw_only=True)
class Protection:
    """What is barred to the process that reads strangers' files, as found by trying, and the names of what bars it."""

    barred: tuple[Reach, ...] = ()
    means: tuple[str, ...] = ()

    @property
    def open(self) -> tuple[Reach, ...]:
        """What is not barred."""
        return tuple(reach for reach in Reach if reach not in self.barred)

    @property
    def level(self) -> str:
        """``full``, ``partial``, or ``basic``: a process of its own with limits of time and memory, which there always is."""
        return "basic" if not self.barred else "partial" if self.open else "full"

    @property
    def sentence(self) -> str:
        """Say in plain words what the level means."""
        return _SENTENCES[self.level]


_SENTENCES = {
    "full": "A stranger’s file is read in a process that can reach nothing else.",
    "partial": "A stranger’s file is read in a process of its own; this system bars some of what such a process could reach.",
    "basic": "A stranger’s file is read in a process of its own, with limits of time and memory; this system bars nothing more.",
}
