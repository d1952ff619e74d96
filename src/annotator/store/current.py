"""The current rows of one entity, made from its history: what a commit writes, a repair rebuilds, ``verify`` compares."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from annotator.domain.change import Revision
from annotator.domain.codec import Json
from annotator.domain.entity import settled_fields
from annotator.domain.living import is_withheld
from annotator.domain.register import State, fold
from annotator.store.projections import PROJECTIONS, Numbers, Row
from annotator.store.search_index import words_of

TextOf = Callable[[str], str]
"""Gives the canonical text with a digest, empty while it is not here."""


@dataclass(slots=True)
class CurrentRows:
    """An entity's row without ``n``, its rows in the table beside, and (place, folded words) for the search index."""

    row: Row
    beside: Sequence[int]
    words: Sequence[tuple[int, str]]


def current_rows(kind: str, set_fields: Mapping[str, Json], numbers: Numbers, text_of: TextOf) -> CurrentRows:
    """Return the rows of a living entity; raises ``KeyError`` naming a field that it cannot be without."""
    projection = PROJECTIONS[kind]
    fields = settled_fields(kind, set_fields)
    return CurrentRows(
        projection.row(fields, numbers),
        projection.rows_beside(fields, numbers) if projection.rows_beside else (),
        words_of(kind, fields, text_of(fields["text"]) if kind == "version" else ""),
    )


def rows_from_history(
    revisions: Sequence[Revision], numbers: Numbers, text_of: TextOf
) -> tuple[State, CurrentRows | None]:
    """Return the state that an entity's standing revisions add up to, and its rows.

    A deleted entity has none, nor has one that was withheld from this copy, or fields that it cannot be without.
    """
    state = fold(revisions)
    if state.deleted or is_withheld(revisions):
        return state, None
    try:
        return state, current_rows(state.kind, state.fields, numbers, text_of)
    except KeyError:
        if any(revision.fields is None for revision in revisions):
            return state, None
        raise
