"""The search index: which folded words of an entity are kept in it, and under which row number."""

from __future__ import annotations

from collections.abc import Mapping

from annotator.domain.codec import Json
from annotator.domain.folding import fold
from annotator.store.projections import PROJECTIONS

FIELDS_A_ROW = 16


def row_number(entity: int, place: int) -> int:
    """Return the index row for the field in this place of its kind's searched fields."""
    return entity * FIELDS_A_ROW + place


def split_row_number(number: int) -> tuple[int, int]:
    """Return the entity's local number and the place of the field."""
    return divmod(number, FIELDS_A_ROW)


def words_of(kind: str, fields: Mapping[str, Json], text: str) -> list[tuple[int, str]]:
    """Return (place, folded words) for each searched field that has any. ``text`` is the canonical text of a version."""
    found = []
    for place, name in enumerate(PROJECTIONS[kind].searched):
        words = words_in(kind, name, fields, text)
        if words and (folded := fold(words)):
            found.append((place, folded))
    return found


def words_in(kind: str, name: str, fields: Mapping[str, Json], text: str) -> str:
    """Return the words of one searched field."""
    if kind == "version" and name == "text":
        return text
    if kind == "passage" and name == "fragments":
        return "\n".join(fragment["quote"] for fragment in fields.get(name) or ())
    return str(fields.get(name) or "")
