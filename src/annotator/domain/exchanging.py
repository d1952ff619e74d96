"""What is noted of a bundle that was given away or merged, and what would go out in one."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

_BASES = frozenset({(), ("since",)})


class Why(StrEnum):
    """Why something does not go out."""

    SCOPE = "scope"
    PRIVATE = "private"
    NOTES = "notes"
    NAMES = "names"
    ORIGINALS = "originals"
    LACKING = "lacking"


_REASONS = {
    Why.SCOPE: "what you chose does not rest on it",
    Why.PRIVATE: "private notes stay with you",
    Why.NOTES: "you leave the notes out",
    Why.NAMES: "you leave the names of annotators out",
    Why.ORIGINALS: "you leave the original files out",
    Why.LACKING: "its words were withheld from you",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ExchangeNote:
    """What a person said of an exchange, and what it held.

    ``team`` is who gave or got the bundle. ``limits`` are what it was limited to (``claims``, ``annotators``, ``since``;
    ``lacking`` where its giver lacked words), ``left_out`` what was left out (``originals``, ``notes``, ``names``), ``kinds``
    how many entities of each kind went out, or came in new or changed.
    """

    team: str = ""
    limits: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    kinds: dict[str, int] = field(default_factory=dict)

    @property
    def is_base(self) -> bool:
        """Whether the team had the whole project with it, and so can be given what comes after."""
        return self.limits in _BASES


NO_NOTE = ExchangeNote()


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """How many entities of a kind go out and how many stay here, with a few of those that go by their words."""

    kind: str
    going: int
    staying: int
    examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Withheld:
    """How many of a kind do not go out, and why."""

    kind: str
    why: Why
    count: int

    @property
    def reason(self) -> str:
        """Say why in words."""
        return _REASONS[self.why]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportPreview:
    """What a bundle would hold: by kind, what is withheld of it, how many changes, texts and originals, and its size in bytes.

    ``people`` are the names that go out with it. Headers of all ``changes`` go out always.
    """

    kinds: tuple[Outgoing, ...]
    withheld: tuple[Withheld, ...]
    changes: int
    texts: int
    originals: int
    size: int
    people: tuple[str, ...] = ()
