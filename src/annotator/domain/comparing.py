"""What comes out when a project is held against a bundle of it that was kept elsewhere."""

from __future__ import annotations

from dataclasses import dataclass

from annotator.domain.change import Change
from annotator.domain.ids import ChangeId, Digest


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """How a bundle's changes and a project's meet.

    Of the ``changes`` of the bundle ``known`` are in the project, ``aside`` of these set aside; ``missing`` are those that are
    not there, oldest first, and ``examples`` the first few of them as the bundle tells them. ``newer`` counts the
    project's changes that the bundle does not have.
    """

    name: str
    bundle_id: Digest
    changes: int
    known: int
    missing: tuple[ChangeId, ...]
    examples: tuple[Change, ...]
    aside: int
    newer: int

    @property
    def whole(self) -> bool:
        """Whether everything that the bundle holds is still in the project."""
        return not self.missing
