"""What REFI-QDA has no place for but a variable: details of sources and of judgements."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from annotator.domain.ids import EntityId, derived_id
from annotator.exporters.markup import Markup, tag

WHOLE_NUMBERS = ("Confidence in per cent", "Information credibility")
NAMES = (
    "Address", "Archived at", "Captured at", "Published", "Publishers", "Authors", "Language", "Medium", "Genre", "Licence",
    *WHOLE_NUMBERS, "Reasons", "Basis", "Directness", "Question", "Flags", "Likelihood", "As of", "Stage", "Disputed",
)  # fmt: skip


def guid_of(name: str) -> EntityId:
    """Return the guid of a variable, the same in every project."""
    return derived_id("refi", "variable", name)


def variables() -> Iterator[Markup]:
    """Yield what declares every variable."""
    for name in NAMES:
        kind = "Integer" if name in WHOLE_NUMBERS else "Text"
        yield tag("Variable", guid=guid_of(name), name=name, typeOfVariable=kind)


def values(given: Mapping[str, str | int | None]) -> Iterator[Markup]:
    """Yield the values of variables by their names, without those that are empty."""
    for name, value in given.items():
        if value not in ("", None):
            kind = "IntegerValue" if name in WHOLE_NUMBERS else "TextValue"
            yield tag("VariableValue", tag("VariableRef", targetGUID=guid_of(name)), tag(kind, str(value)))
