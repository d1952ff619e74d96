"""What the window shows of another program's file before anything is written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.domain.errors import WrongArgumentError
from annotator.domain.foreign_coded import CLAIM, LABEL, NOTHING, SCALES
from annotator.domain.ids import EntityId
from annotator.ui.exchanging.foreign_words import becomes_words

if TYPE_CHECKING:
    from annotator.domain.foreign_report import ForeignReport
    from annotator.services.foreign_worked import ForeignPreview
    from annotator.services.project import Project
    from annotator.ui.jobs import Task


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What a person says of a file: sources by the keys of those that are missing, levels by their words, codes by their keys."""

    sources: Mapping[str, EntityId]
    levels: Mapping[str, str]
    codes: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Previewed:
    """A preview, and what can be chosen: the project's sources by title, the levels of each scale by code and label.

    ``become`` is what codes can become, with the words for it.
    """

    preview: ForeignPreview
    label: str
    lacks: str
    sources: tuple[tuple[EntityId, str], ...]
    levels: Mapping[str, tuple[tuple[str, str], ...]]
    become: tuple[tuple[str, str], ...]


def read_file(project: Project, task: Task[Previewed], path: Path) -> Previewed:
    """Read a file and tell what would come of it."""
    preview = project.preview_annotations(path, progress=task.report, cancelled=task.is_cancelled)
    return _previewed(project, preview)


def look_again(project: Project, before: Previewed, choices: Choices) -> Previewed:
    """Tell what would come of a file that was read, with other choices."""
    preview = project.preview_again(before.preview, source=choices.sources, levels=choices.levels, codes=choices.codes)
    return _previewed(project, preview)


def take_in(project: Project, previewed: Previewed, choices: Choices) -> ForeignReport:
    """Write what was previewed."""
    return project.import_annotations(
        previewed.preview, source=choices.sources, levels=choices.levels, codes=choices.codes
    )


def _previewed(project: Project, preview: ForeignPreview) -> Previewed:
    from annotator.services.foreign import annotation_formats

    formats = {code: (label, lacks) for code, label, lacks in annotation_formats()}
    label, lacks = formats[preview.report.format]
    scales = {level.scale for level in preview.report.levels}
    rows = (row.source for row in project.source_rows() if row.versions)
    titles = sorted(((source.id, source.title or source.url) for source in rows), key=lambda each: each[1].casefold())
    return Previewed(
        preview=preview,
        label=label,
        lacks=lacks,
        sources=tuple(titles),
        levels={scale: _levels(project, scale) for scale in scales},
        become=tuple(_become(project)),
    )


def _become(project: Project) -> Iterator[tuple[str, str]]:
    """Yield what a code can become: the values of choices, and the words for them."""
    yield from ((becomes, becomes_words(becomes)) for becomes in (LABEL, CLAIM, NOTHING))
    for scale in SCALES:
        for code, label in _levels(project, scale):
            yield f"{scale}:{code}", f"{scale}: {label}"


def _levels(project: Project, scale: str) -> tuple[tuple[str, str], ...]:
    try:
        levels = project.codebook.scale(scale).levels
    except WrongArgumentError:
        return ()
    return tuple((level.code, level.label or level.code) for level in levels if not level.deprecated)
