"""The marks of one PDF: a highlight for each linkage on a passage, with its note, and one for a passage without any."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache
from itertools import groupby
from operator import attrgetter

from annotator.domain.claim import Claim
from annotator.domain.judgement import Linkage
from annotator.domain.passage import Passage
from annotator.domain.people import Annotator
from annotator.domain.structure import Box, Structure
from annotator.domain.view import Stamp
from annotator.exporters.base import ProjectView
from annotator.exporters.changed import Changed
from annotator.exporters.going import Going
from annotator.exporters.html_style import LINES
from annotator.exporters.pdf_mark import Mark
from annotator.resources import resource

_UNLINKED = "#FFD500"
_OTHER = "#585C63"


class MarkMaker:
    """Makes the marks of one project."""

    def __init__(self, view: ProjectView, going: Going) -> None:
        self._view = view
        self._going = going
        self._codebook = view.codebook()
        self._names = {annotator.id: annotator.name for annotator in view.all(Annotator)}
        self._disputed = view.disputed()
        self._changed = Changed(view)

    def of(self, passage: Passage, stamp: Stamp, structure: Structure) -> Iterator[Mark]:
        """Yield the marks of a passage, none where its words have no place on a page."""
        places = _places(passage, structure)
        linkages = list(self._going.linkages_on(passage.id))
        for number, boxes in enumerate(places):
            if not linkages:
                yield self._mark(passage, boxes, number, stamp)
            for below, (linkage, made) in enumerate(linkages):
                yield self._mark(passage, boxes, number, made, linkage=linkage, below=below)

    def _mark(
        self,
        passage: Passage,
        boxes: tuple[Box, ...],
        number: int,
        stamp: Stamp,
        *,
        linkage: Linkage | None = None,
        below: int = 0,
    ) -> Mark:
        by = linkage.annotator_id if linkage else stamp.annotator
        stance = linkage.stance if linkage else ""
        colour = _stances().get(stance, _OTHER) if linkage else _UNLINKED
        return Mark(
            boxes=boxes,
            area=passage.area is not None,
            colour=colour,
            line=LINES.get(stance, "solid") if linkage else "",
            below=below,
            name=":".join([passage.id, str(number), *([linkage.id] if linkage else [])]),
            author=self._names.get(by, by[:8]),
            words=self._words(linkage) if linkage else passage.label,
            created=stamp.created,
            modified=stamp.modified,
        )

    def _words(self, linkage: Linkage) -> str:
        label = self._codebook.label
        claim = self._view.find(Claim, linkage.claim_id)
        percent = "" if linkage.confidence_percent is None else f" ({linkage.confidence_percent} %)"
        facts = {
            "Verdict": label("verdict", linkage.verdict),
            "Confidence": linkage.confidence and f"{label('confidence', linkage.confidence)}{percent}",
            "Reasons": ", ".join(label("reasons", each) for each in linkage.reasons),
            "Basis": label("basis", linkage.basis),
            "Question": linkage.question,
            "Annotator": self._names.get(linkage.annotator_id, linkage.annotator_id[:8]),
            "Disputed": ", ".join(self._disputed.get(linkage.id, ())),
        }
        others = len(linkage.passage_ids) - 1
        lines = [
            f"{label('stance', linkage.stance)}: {claim.text if claim else linkage.claim_id}",
            *(f"{name}: {value}" for name, value in facts.items() if value),
            f"Together with {others} other passage{'s' if others > 1 else ''}" if others else "",
            self._changed.words(linkage.passage_ids),
            linkage.rationale and f"\n{linkage.rationale}",
        ]
        return "\n".join(line for line in lines if line)


def _places(passage: Passage, structure: Structure) -> list[tuple[Box, ...]]:
    """Return where a passage stands: the boxes of its lines, page by page."""
    if passage.area is not None:
        area = passage.area
        return [(Box(area.page, area.left, area.top, area.right, area.bottom),)]
    boxes = [box for each in passage.fragments for box in structure.boxes(each.start, each.end)]
    ordered = sorted((box for box in boxes if box.left < box.right), key=attrgetter("page"))
    return [tuple(group) for _, group in groupby(ordered, key=attrgetter("page"))]


@cache
def _stances() -> dict[str, str]:
    """Return the colours of the stances, those of the window's light theme."""
    theme = tomllib.loads(resource("themes", "light.toml").read_text(encoding="utf-8"))
    return {code: colours["line"] for code, colours in theme["stances"].items()}
