"""A REFI-QDA project (urn:QDA-XML:project:1.0): a ZIP with project.qde and the sources that it names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import BinaryIO

from annotator.domain.claim import Claim, Relation
from annotator.domain.ids import EntityId, derived_id
from annotator.domain.people import Annotator
from annotator.exporters.base import ExportOptions, Progress, ProjectView
from annotator.exporters.going import Going
from annotator.exporters.markup import Markup, closed, opened, tag
from annotator.exporters.packed import member, packing
from annotator.exporters.refi_codebook import DECLARATION, ORIGIN
from annotator.exporters.refi_codes import Codes, labels
from annotator.exporters.refi_notes import NoteWriter
from annotator.exporters.refi_sources import SourceWriter
from annotator.exporters.refi_variables import variables

_STEP = 256


@dataclass(frozen=True, slots=True)
class RefiProjectExporter:
    """Sources with their passages as selections, claims, levels and labels as codes, rationales and conclusions as notes."""

    code: str = "qdpx"
    label: str = "REFI-QDA project (NVivo, ATLAS.ti, MAXQDA …)"
    suffix: str = ".qdpx"
    media_type: str = "application/zip"
    lacks: str = (
        "Stance, verdict, confidence and labels become codes; who said a claim, withdrawn judgements, reviews, private notes, "
        "originals that are no PDFs and the history stay behind."
    )

    def write(self, view: ProjectView, out: BinaryIO, options: ExportOptions, progress: Progress) -> None:
        """Write the ZIP: first the sources, then the project, piece by piece."""
        with Going(view, options, progress) as going:
            going.lay_down()
            codes = Codes(view)
            for scale, level in sorted(going.levels):
                codes.level(scale, level)
            sources = SourceWriter(view, going, codes)
            with packing(out) as packed:
                with packed.open(member("project.qde"), "w", force_zip64=True) as file:
                    file.write(DECLARATION)
                    for number, piece in enumerate(_project(view, going, codes, sources, options.title), 1):
                        file.write(piece.encode())
                        if number % _STEP == 0:
                            progress(number, 2 * number)
                for name, data in sources.files():
                    packed.writestr(member(f"sources/{name}"), data)
        progress(1, 1)


def _project(view: ProjectView, going: Going, codes: Codes, sources: SourceWriter, title: str) -> Iterator[Markup]:
    """Yield the project in the order that its schema wants; what would be empty is left out, as the schema wants, too."""
    notes = NoteWriter(view, codes)
    yield opened("Project", xmlns="urn:QDA-XML:project:1.0", name=title or "Claims", origin=ORIGIN)
    yield from _unless_empty("Users", map(_user, going.annotators()))
    yield Markup(opened("CodeBook") + opened("Codes"))
    yield from codes.scales()
    yield from codes.claims(going.claims(), lambda claim: _notes_on(going, claim))
    yield from labels(going.labels)
    yield Markup(closed("Codes") + closed("CodeBook"))
    yield from _unless_empty("Variables", variables())
    yield from _unless_empty("Sources", sources.sources())
    yield from _unless_empty("Notes", _notes(going, notes))
    yield from _unless_empty("Links", chain(_relations(going), sources.links()))
    yield closed("Project")


def _notes(going: Going, notes: NoteWriter) -> Iterator[Markup]:
    for linkage, stamp in going.linkages():
        yield notes.linkage(linkage, stamp, going.notes_on(linkage.id))
    for conclusion, stamp in going.conclusions():
        yield notes.conclusion(conclusion, stamp, going.notes_on(conclusion.id))
    for note, stamp in going.notes():
        yield notes.note(note, stamp)


def _notes_on(going: Going, claim: Claim) -> Iterator[EntityId]:
    yield from (conclusion.id for conclusion in going.conclusions_on(claim.id))
    yield from going.notes_on(claim.id)


def _relations(going: Going) -> Iterator[Markup]:
    """Yield how claims stand to their parents, where both go out."""
    known = {claim.id for claim in going.claims()}
    for claim in going.claims():
        if claim.parent in known:
            yield tag(
                "Link",
                guid=derived_id("refi", "relation", claim.id),
                name=(claim.relation or Relation.PART_OF).replace("_", " "),
                direction="OneWay",
                originGUID=claim.id,
                targetGUID=claim.parent,
            )


def _user(annotator: Annotator) -> Markup:
    return tag("User", guid=annotator.id, name=annotator.name)


def _unless_empty(name: str, inside: Iterable[Markup]) -> Iterator[Markup]:
    is_empty = True
    for piece in inside:
        if is_empty:
            yield opened(name)
            is_empty = False
        yield piece
    if not is_empty:
        yield closed(name)


REFI_PROJECT = RefiProjectExporter()
