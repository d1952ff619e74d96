"""What is being judged, as far as it has been said: kept as a draft, and sent off as a linkage. Plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from annotator.domain.codec import to_plain
from annotator.domain.ids import EntityId
from annotator.domain.passage import Area

Span = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What is to be linked: half-open code points of a version, or an area of a page.

    ``passage`` is the highlight where there is one already; ``together`` are others that are needed jointly with it.
    """

    version: EntityId
    spans: tuple[Span, ...]
    passage: str = ""
    area: Area | None = None
    together: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The key of a draft about these words, or this area."""
        if self.area is not None:
            sides = (self.area.page, self.area.left, self.area.top, self.area.right, self.area.bottom)
            return f"link:{self.version}:{','.join(map(str, sides))}"
        return f"link:{self.version}:{self.spans[0][0]}-{self.spans[-1][1]}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """A judgement that is being made: a claim, or words for a new one, and the answers given so far."""

    claim: str = ""
    words: str = ""
    typed: str = ""
    stance: str = ""
    verdict: str = ""
    confidence: str = ""
    rationale: str = ""
    basis: str = ""
    reasons: tuple[str, ...] = ()

    @property
    def has_claim(self) -> bool:
        """Whether it is said which claim it is about."""
        return bool(self.claim or self.words)

    @property
    def is_empty(self) -> bool:
        """Whether nothing has been said that would be missed."""
        return self == Judgement()

    def levels(self) -> dict[str, Any]:
        """Return the answers as the job takes them."""
        names = ("stance", "verdict", "confidence", "rationale", "basis", "reasons")
        return {name: getattr(self, name) for name in names}


def to_body(target: Target, judgement: Judgement) -> dict[str, Any]:
    """Return what is kept as a draft."""
    said = {field.name: getattr(judgement, field.name) for field in fields(Judgement)}
    spans = [list(span) for span in target.spans]
    place = {"spans": spans, "passage": target.passage, "area": to_plain(target.area)}
    return {**said, **place, "together": list(target.together), "reasons": list(judgement.reasons)}


def from_body(version: EntityId, body: Mapping[str, Any]) -> tuple[Target, Judgement] | None:
    """Return what was kept; None for what nobody can read."""
    try:
        spans = tuple((int(start), int(end)) for start, end in body["spans"])
        said = {field.name: str(body.get(field.name, "")) for field in fields(Judgement) if field.name != "reasons"}
        reasons = tuple(str(reason) for reason in body.get("reasons", ()))
        judgement = replace(Judgement(), **said, reasons=reasons)
        area = Area(**{side: int(number) for side, number in body["area"].items()}) if body.get("area") else None
    except (KeyError, TypeError, ValueError, AttributeError):
        return None
    together = tuple(str(each) for each in body.get("together", ()))
    target = Target(version=version, spans=spans, passage=str(body.get("passage", "")), area=area, together=together)
    return (target, judgement) if spans or area else None


def draft_prefix(version: EntityId) -> str:
    """Return how the keys of all drafts about a version begin."""
    return f"link:{version}:"
