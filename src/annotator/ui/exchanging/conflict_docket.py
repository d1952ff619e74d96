"""What of the conflicts is open, settled or left standing while somebody goes through them."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication

from annotator.domain.change import DELETED
from annotator.domain.conflict import Conflict
from annotator.domain.ids import EntityId
from annotator.ui.auditing.field_words import field_words
from annotator.ui.exchanging.conflict_list import LEFT, OPEN, SETTLED, Entry
from annotator.ui.exchanging.conflict_telling import by_entity, title_of

_Key = tuple[EntityId, str]


class Docket:
    """Keeps what was settled here in its place, so that one sees what one did; what vanished for other reasons goes."""

    def __init__(self) -> None:
        self._known: dict[EntityId, dict[str, Conflict]] = {}
        self._open: set[_Key] = set()
        self._settling: dict[_Key, int] = {}
        self._taken: dict[_Key, int] = {}
        self._left: dict[EntityId, tuple[Conflict, ...]] = {}

    def take(self, conflicts: Iterable[Conflict]) -> None:
        """Take over what is in conflict now."""
        fresh = by_entity(conflicts)
        self._open = {(id_, conflict.field) for id_, own in fresh.items() for conflict in own}
        for key in self._open:
            self._taken.pop(key, None)
        for key in [key for key in self._settling if key not in self._open]:
            self._taken[key] = self._settling.pop(key)
        for id_ in [*self._known, *(id_ for id_ in fresh if id_ not in self._known)]:
            now = {conflict.field: conflict for conflict in fresh.get(id_, ())}
            before = self._known.get(id_, {})
            kept = {field: one for field, one in before.items() if (id_, field) in self._taken}
            self._known[id_] = kept | now
        self._known = {id_: fields for id_, fields in self._known.items() if fields}
        self._left = {id_: seen for id_, seen in self._left.items() if fresh.get(id_) == seen}

    # -- what was done

    def settle(self, entity: EntityId, field: str, choice: int) -> None:
        """Note what is being taken for a field: a column of the table."""
        self._settling[entity, field] = choice
        self._left.pop(entity, None)

    def refuse(self, entity: EntityId, field: str) -> None:
        """Note that it was not taken after all."""
        for noted in (self._settling, self._taken):
            noted.pop((entity, field), None)

    def leave(self, entity: EntityId) -> None:
        """Note that all values of a thing are to stand for now."""
        self._left[entity] = tuple(by_entity(self._known[entity].values())[entity])

    # -- what there is

    def conflicts_of(self, entity: EntityId) -> tuple[Conflict, ...]:
        """Return the conflicts of a thing, those that are settled too."""
        own = self._known.get(entity)
        return by_entity(own.values())[entity] if own else ()

    def taken(self, entity: EntityId) -> dict[str, int]:
        """Return what was taken for each field that is settled."""
        return {field: choice for (id_, field), choice in self._taken.items() if id_ == entity}

    def open_fields(self, entity: EntityId) -> tuple[str, ...]:
        """Return the fields of a thing that are still to be settled."""
        return tuple(each.field for each in self.conflicts_of(entity) if (entity, each.field) in self._open)

    def entries(self) -> tuple[Entry, ...]:
        """Return every thing that is or was in conflict."""
        return tuple(self._entry(id_) for id_ in self._known)

    @property
    def settled(self) -> int:
        """How many things are settled."""
        return sum(not self.open_fields(id_) for id_ in self._known)

    @property
    def still_open(self) -> int:
        """How many things are in conflict, those left standing too."""
        return len(self._known) - self.settled

    def _entry(self, id_: EntityId) -> Entry:
        own, fields = self.conflicts_of(id_), self.open_fields(id_)
        state = SETTLED if not fields else LEFT if id_ in self._left else OPEN
        remark = _tr("Settled")
        if state == LEFT:
            remark = _tr("All values left standing")
        elif fields:
            remark = _removal(self._known[id_][DELETED]) if DELETED in fields else _differ(own[0].kind, fields)
        return Entry(entity_id=id_, title=title_of(own[0]), remark=remark, state=state)


def _differ(kind: str, fields: tuple[str, ...]) -> str:
    names = (field_words(field, kind).lower() for field in fields)
    return _tr("Differs: {0}").format(", ".join(names))


def _removal(conflict: Conflict) -> str:
    """Return who removed and who edited: “Removed by Ines, edited by Jonas”."""
    words = {True: _tr("removed by {0}"), False: _tr("edited by {0}")}
    said = ", ".join(words[side.value is True].format(side.annotator) for side in conflict.sides)
    return said[:1].upper() + said[1:]


def _tr(words: str) -> str:
    return QCoreApplication.translate("conflicts", words)
