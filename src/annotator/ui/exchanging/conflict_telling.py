"""Tells conflicts in words: called by jobs, which have the project; what comes out is for the window to show."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from annotator.domain.change import DELETED
from annotator.domain.codec import Json, to_plain
from annotator.domain.conflict import Conflict, Side
from annotator.domain.entity import Entity
from annotator.domain.errors import NotFoundError, WrongArgumentError
from annotator.domain.ids import EntityId
from annotator.domain.scales import Codebook
from annotator.domain.word_diff import Difference, Piece, word_diff
from annotator.ui.auditing.field_words import DATES, LEVELS, UNTOLD, field_words, kind_words
from annotator.ui.auditing.names import Names
from annotator.ui.auditing.telling import value_told
from annotator.ui.claiming.levels import answers, bars, reason_words, short_verdict
from annotator.ui.when import moment

if TYPE_CHECKING:
    from annotator.services.project import Project

WORDS = frozenset(
    {"change_note", "comment", "interests", "justification", "notes", "question", "rationale", "text", "withdrawn"}
)
"""Fields that hold sentences: new ones can be written."""

_LINES = frozenset(
    {"archived_url", "genre", "label", "language", "licence", "location", "name", "place", "title", "url"}
)
_COMPARED = WORDS | {"label", "location", "name", "place", "title"}
"""Fields in which the words that differ are marked."""
_MANY = frozenset({"flags", "reasons", "types"})
_FIRST = (
    *(DELETED, "title", "name", "text", "stance", "verdict", "justification", "rationale", "confidence", "reasons"),
    *("flags", "likelihood", "linkage_ids", "stage"),
)


class NamesBeside(Names):
    """Names entities of a project, and those that would come in."""

    def __init__(self, project: Project, find: Callable[[EntityId], Entity | None]) -> None:
        super().__init__(project)
        self._find = find

    def _from_history(self, id_: EntityId) -> tuple[str, dict[str, Json]]:
        found = self._find(id_)
        return (found.kind, to_plain(found)) if found else super()._from_history(id_)


Option = tuple[str, str, str]
"""A level to pick: its code, its words, what it means."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueTold:
    """A value and its words; ``code`` where it is a level, ``bars`` how many of three a confidence fills.

    ``pieces`` are its words compared with others, of which it is the ``side``.
    """

    value: Json
    words: str
    code: str = ""
    bars: int = 0
    pieces: tuple[Piece, ...] = ()
    side: Difference = Difference.NEW


@dataclass(frozen=True, slots=True, kw_only=True)
class SideTold:
    """A value that stands, who set it, and when, in words."""

    value: ValueTold
    who: str
    at: str
    theirs: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RowTold:
    """One field in conflict. ``editor`` is what a new value is made with: words, line, date, level, levels, or nothing."""

    field: str
    name: str
    base: ValueTold
    sides: tuple[SideTold, ...]
    editor: str = ""
    options: tuple[Option, ...] = ()

    @property
    def is_removal(self) -> bool:
        """Whether it is about the thing being there at all."""
        return self.field == DELETED


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictTold:
    """Everything about one entity that is in conflict; ``rest`` are its other fields (name, words), as they stand."""

    entity_id: EntityId
    kind: str
    title: str
    rows: tuple[RowTold, ...]
    rest: tuple[tuple[str, str, ValueTold], ...] = ()

    def row(self, field: str) -> RowTold | None:
        """Return the row of a field."""
        return next((row for row in self.rows if row.field == field), None)


def by_entity(conflicts: Iterable[Conflict]) -> dict[EntityId, tuple[Conflict, ...]]:
    """Return the conflicts of each entity, in the order given."""
    found: dict[EntityId, list[Conflict]] = {}
    for conflict in conflicts:
        found.setdefault(conflict.entity_id, []).append(conflict)
    return {id_: tuple(sorted(own, key=lambda c: _rank(c.field))) for id_, own in found.items()}


def tell_conflicts(
    project: Project, conflicts: Sequence[Conflict], beside: Callable[[EntityId], Entity | None] | None = None
) -> ConflictTold:
    """Return the conflicts of one entity in words; ``beside`` finds entities that the project does not have."""
    names, first = NamesBeside(project, beside) if beside else Names(project), conflicts[0]
    return ConflictTold(
        entity_id=first.entity_id,
        kind=first.kind,
        title=title_of(first),
        rows=tuple(_row(names, conflict) for conflict in conflicts),
        rest=_rest(project, names, first, {conflict.field for conflict in conflicts}),
    )


def title_of(conflict: Conflict) -> str:
    """Return what the entity of a conflict is called: its kind and its words, in quotation marks unless they have some."""
    quoted = "“" in conflict.label or not conflict.label
    return f"{kind_words(conflict.kind)} {conflict.label if quoted else f'“{conflict.label}”'}".strip()


def value_of(names: Names, kind: str, field: str, value: Json) -> ValueTold:
    """Return a value with its words."""
    if isinstance(value, str) and value and field in LEVELS:
        book = names.codebook
        words = short_verdict(book, value) if field == "verdict" else book.label(LEVELS[field], value)
        return ValueTold(value=value, words=words, code=value, bars=bars(book, value) if field == "confidence" else 0)
    return ValueTold(value=value, words=value_told(names, kind, field, value))


def _row(names: Names, conflict: Conflict) -> RowTold:
    field, kind = conflict.field, conflict.kind
    return RowTold(
        field=field,
        name=_tr("Removal") if field == DELETED else field_words(field, kind),
        base=_base(names, conflict),
        sides=_compared(field, conflict, [_side(names, conflict, side) for side in conflict.sides]),
        editor=_editor(field, kind),
        options=_options(names.codebook, field),
    )


def _base(names: Names, conflict: Conflict) -> ValueTold:
    if conflict.field == DELETED:
        return ValueTold(value=conflict.base, words=_tr("Removed") if conflict.base is True else _tr("There"))
    told = value_of(names, conflict.kind, conflict.field, conflict.base)
    is_text = conflict.field in _COMPARED and told.words
    return replace(told, pieces=(Piece(told.words, Difference.SAME),)) if is_text else told


def _side(names: Names, conflict: Conflict, side: Side) -> SideTold:
    if conflict.field == DELETED:
        words = _tr("Removed") if side.value is True else _tr("Edited")
        value = ValueTold(value=side.value, words=words)
    else:
        value = value_of(names, conflict.kind, conflict.field, side.value)
    return SideTold(value=value, who=side.annotator, at=moment(side.at), theirs=side.theirs)


def _compared(field: str, conflict: Conflict, sides: list[SideTold]) -> tuple[SideTold, ...]:
    """Return the sides with their words compared with the base; where there is none, with those of the first side."""
    if field not in _COMPARED:
        return tuple(sides)
    base = str(conflict.base or "")
    before = base or sides[0].value.words
    told = [replace(side.value, pieces=word_diff(before, side.value.words)) for side in sides]
    if not base and len(sides) > 1:
        told[0] = replace(told[0], pieces=told[1].pieces, side=Difference.GONE)
    return tuple(replace(side, value=value) for side, value in zip(sides, told, strict=True))


def _rest(
    project: Project, names: Names, conflict: Conflict, disputed: set[str]
) -> tuple[tuple[str, str, ValueTold], ...]:
    try:
        plain: dict[str, Json] = to_plain(project.entity(conflict.entity_id))
    except NotFoundError:
        return ()
    unsaid = {"id", "kind", "annotator_id"}
    told = (
        (field, field_words(field, conflict.kind), value_of(names, conflict.kind, field, value))
        for field, value in sorted(plain.items(), key=lambda each: _rank(each[0]))
        if field not in disputed | UNTOLD | unsaid and not isinstance(value, bool)
    )
    return tuple(each for each in told if each[2].words)


def _editor(field: str, kind: str) -> str:
    if field in WORDS and not (field == "text" and kind in ("passage", "version")):
        return "words"
    if field in _LINES:
        return "line"
    if field in _MANY:
        return "levels"
    if field in LEVELS and not (field == "role" and kind == "annotator"):
        return "level"
    return "date" if field in DATES else ""


def _options(book: Codebook, field: str) -> tuple[Option, ...]:
    if field == "reasons":
        try:
            reasons = book.scale("confidence").reasons
        except WrongArgumentError:
            return ()
        return tuple((code, words, "") for code, words in zip(reasons, reason_words(reasons), strict=True))
    if field not in LEVELS:
        return ()
    levels = (*answers(book, LEVELS[field]), *answers(book, LEVELS[field], rated=False))
    return tuple((level.code, level.label, level.definition) for level in levels)


def _rank(field: str) -> tuple[int, str]:
    return (_FIRST.index(field) if field in _FIRST else len(_FIRST), field)


def _tr(words: str) -> str:
    return QCoreApplication.translate("conflicts", words)
