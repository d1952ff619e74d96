"""Why a bundle is not taken, before its path is known to the one who finds out."""

from __future__ import annotations

from dataclasses import dataclass


class Refusal(Exception):  # noqa: N818 it becomes a BundleRefusedError at the border
    """Names the member and the reason; both end up in a ``BundleRefusedError``."""

    def __init__(self, member: str, reason: str) -> None:
        super().__init__(member, reason)
        self.member = member
        self.reason = reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a stranger's bundle may ask of this computer.

    ``members`` is a number of files, ``member_bytes``, ``total_bytes`` and ``line_bytes`` are bytes as unpacked, ``ratio`` is how
    many times its packed size a member may unpack to once it is larger than a mebibyte. ``revisions`` is how many one entity may
    have, ``ancestry`` how many steps (of a few bytes each) it may take to find out which changes build on which.
    """

    members: int = 500_000
    member_bytes: int = 8 << 30
    total_bytes: int = 128 << 30
    line_bytes: int = 64 << 20
    ratio: int = 400
    revisions: int = 20_000
    ancestry: int = 30_000_000
