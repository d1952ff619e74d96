"""Why a bundle is not taken, before its path is known to the one who finds out."""

from __future__ import annotations

from dataclasses import dataclass, replace

_MORE = 10


class Refusal(Exception):  # noqa: N818 it becomes a BundleRefusedError at the border
    """Names the member and the reason, and which of ``Limits`` the bundle is over; all end up in a ``BundleRefusedError``."""

    def __init__(self, member: str, reason: str, limit: str = "") -> None:
        super().__init__(member, reason)
        self.member = member
        self.reason = reason
        self.limit = limit


class OverLimitError(ValueError):
    """What is over one of ``Limits``, named ``limit``, before its place is known to the one who finds out."""

    def __init__(self, reason: str, limit: str) -> None:
        super().__init__(reason)
        self.limit = limit


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a stranger's bundle may ask of this computer.

    ``members`` is a number of files, ``member_bytes``, ``total_bytes`` and ``line_bytes`` are bytes as unpacked, ``ratio`` is how
    many times its packed size a member may unpack to once it is larger than a mebibyte. ``revisions`` is how many one entity may
    have, ``ancestry`` how many steps (of a few bytes each) it may take to find out which changes build on which. ``memory`` is
    the resident size of the process that checks it in bytes, ``stall`` the time in seconds without progress after which it is
    stopped, ``cpu`` its processor time in seconds (where the system can limit it).
    """

    members: int = 500_000
    member_bytes: int = 8 << 30
    total_bytes: int = 128 << 30
    line_bytes: int = 64 << 20
    ratio: int = 400
    revisions: int = 20_000
    ancestry: int = 30_000_000
    memory: int = 2 << 30
    stall: int = 120
    cpu: int = 6 * 3600

    def raised(self, limit: str) -> Limits:
        """Return limits of which one is ten times as high. Raises ``ValueError`` where there is none of this name."""
        if limit not in self.__dataclass_fields__:
            raise ValueError(limit)
        return replace(self, **{limit: _MORE * getattr(self, limit)})
