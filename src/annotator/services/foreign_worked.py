"""What looking at another program's file came to, kept so that taking it in does nothing a second time."""

from __future__ import annotations

from dataclasses import dataclass, field

from annotator.domain.foreign import Foreign
from annotator.domain.foreign_placing import Doubt, Span
from annotator.domain.foreign_report import ForeignReport
from annotator.domain.ids import Digest
from annotator.services.importing_written import Read

Placed = tuple[Digest, tuple[Span, ...]]
PlaceKey = tuple[str, tuple[tuple[Digest, Digest], ...]]
"""A passage of the file by its key, and the texts and structures in which it was looked for."""


@dataclass(frozen=True, slots=True)
class Worked:
    """The originals that a file brings, read, by the keys of its sources (None: unreadable), and the places of its passages."""

    read: dict[str, Read | None] = field(default_factory=dict)
    placed: dict[PlaceKey, Placed | Doubt] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignPreview:
    """What a file says, and the report on what would come of it; nothing is written yet. ``worked`` is taken over then."""

    foreign: Foreign
    report: ForeignReport
    worked: Worked
