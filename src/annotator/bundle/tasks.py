"""What one process that checks a bundle asks of the one that helps it, and what that one answers."""

from __future__ import annotations

import msgspec

from annotator.bundle.archive import Place
from annotator.bundle.references import Seen
from annotator.bundle.refusal import Limits
from annotator.bundle.scope import Extent
from annotator.bundle.spool import Laid, Part
from annotator.domain.change import Checkpoint
from annotator.domain.ids import Digest, EntityId


class Help(msgspec.Struct, frozen=True, tag=True):
    """What is to be checked: the first thing that is asked. ``expected`` are digests of members that are read as lines."""

    limits: Limits
    folder: str
    places: dict[str, Place]
    expected: dict[str, Digest]


class HoldDigests(msgspec.Struct, frozen=True, tag=True):
    """Hold members against their digests."""

    listed: list[tuple[str, Digest]]


class LayDown(msgspec.Struct, frozen=True, tag=True):
    """Lay down the changes that begin in the part with the number ``begin`` (from 0) or later, in the spool from ``start`` on."""

    begin: int
    start: int
    extent: Extent


class CompareAnnotations(msgspec.Struct, frozen=True, tag=True):
    """Make annotations again from the entity ``first`` (16 bytes) on and compare them with the parts from ``begin`` on."""

    begin: int
    first: bytes
    laid: Laid
    seen: Seen
    disputed: dict[EntityId, tuple[str, ...]]


Task = HoldDigests | LayDown | CompareAnnotations


STEPS = 50
"""How many steps of a task are told: so few that they find room between two processes while nobody reads them."""


class Going(msgspec.Struct, frozen=True, tag=True):
    """The task goes on: so many of ``STEPS`` of it are done."""

    done: int


class Well(msgspec.Struct, frozen=True, tag=True):
    """All was as it is to be. ``left`` are the members that have not been held against their digests yet."""

    left: list[str]


class LaidDown(msgspec.Struct, frozen=True, tag=True):
    """The end of a history that was laid down, and what the whole came to; ``left`` as in ``Well``."""

    left: list[str]
    part: Part
    seen: Seen
    checkpoint: Checkpoint
    withheld: int
    last_time: str


class Trouble(msgspec.Struct, frozen=True, tag=True):
    """Something is wrong; what it is, is found by who checks everything in its order."""


Reply = Well | LaidDown | Trouble
