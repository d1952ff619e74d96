"""A version as the reader needs it: its source with all versions, itself, and its words with their structure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotator.domain.ids import EntityId
from annotator.domain.rows import SourceRow
from annotator.domain.source import Version
from annotator.domain.structure import Structure
from annotator.ui.pages.page_lines import PageLines
from annotator.ui.reading.open_text import OpenText

if TYPE_CHECKING:
    from annotator.services.project import Project


@dataclass(frozen=True, slots=True)
class Opened:
    """A version that lies open: its source with all versions, itself, its text, and where that stands on pages.

    ``lines`` are the printed lines of its pages; None for one that has no pages.
    """

    row: SourceRow
    version: Version
    text: OpenText
    structure: Structure
    lines: PageLines | None = None

    @property
    def title(self) -> str:
        """What the source is called."""
        return self.row.source.title or self.version.name


def open_version(project: Project, id_: EntityId) -> Opened | None:
    """Read all that is needed to show a version; None when it is not, or no longer, there."""
    row = project.source_row(id_)
    found = find_version((row,), id_) if row is not None else None
    if found is None:
        return None
    structure, text = project.structure(id_), project.text(id_)
    lines = PageLines(text, structure) if structure.pages else None
    return Opened(*found, OpenText(text, structure), structure, lines)


def find_version(rows: Sequence[SourceRow], id_: EntityId) -> tuple[SourceRow, Version] | None:
    """Return a version with the row of its source."""
    return next(((row, version) for row in rows for version in row.versions if version.id == id_), None)
