"""What of a project is disputed: values that people set without having seen each other's, with who set them and when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from annotator.domain.change import DELETED, Revision
from annotator.domain.codec import Json
from annotator.domain.disputes import set_by
from annotator.domain.ids import ChangeId, EntityId
from annotator.domain.people import pseudonym
from annotator.domain.register import Standing, fold
from annotator.exporters.base import ProjectView


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One value that stands: who set it, and when (UTC, ISO 8601; as their clock said)."""

    value: Json
    who: str
    at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Disputed:
    """A field with all its standing values. The field ``deleted`` stands for a deletion beside an edit."""

    field: str
    sides: tuple[Side, ...]

    @property
    def is_deletion(self) -> bool:
        """Whether it is disputed that the thing is there at all."""
        return self.field == DELETED


class Disputes:
    """Finds what is disputed. What is not is answered without looking into the history."""

    def __init__(self, view: ProjectView, names: Mapping[EntityId, str]) -> None:
        """``names`` are those of the annotators."""
        self._view = view
        self._names = names
        self.fields = view.disputed()

    def of(self, id_: EntityId) -> tuple[Disputed, ...]:
        """Return the disputed fields of an entity, sorted by name."""
        if id_ not in self.fields:
            return ()
        revisions = self._view.history.revisions_of(id_)
        conflicts = fold(revisions).conflicts
        return tuple(
            Disputed(field=field, sides=tuple(self._sides(revisions, field, conflicts[field])))
            for field in self.fields[id_]
        )

    def count(self, ids: Iterable[EntityId]) -> int:
        """Return how many values of these entities are disputed."""
        return sum(len(self.fields.get(id_, ())) for id_ in set(ids))

    def _sides(self, revisions: Sequence[Revision], field: str, standing: Iterable[Standing]) -> Iterable[Side]:
        """Yield every value once for everybody who set it, each with the latest time."""
        for each in standing:
            latest: dict[str, str] = {}
            for change in each.changes:
                who, at = self._by(set_by(revisions, field, each.value, change))
                latest[who] = max(at, latest.get(who, ""))
            yield from (Side(value=each.value, who=who, at=at) for who, at in latest.items())

    def _by(self, id_: ChangeId) -> tuple[str, str]:
        change = self._view.history.change(id_)
        if change is None:
            return "", ""
        annotator = change.header.annotator
        return self._names.get(annotator, pseudonym(annotator)), change.header.at


def counted(number: int) -> str:
    """Return how many values are disputed, as a sentence."""
    one, more = "1 value is disputed", f"{number} values are disputed"
    return f"{one if number == 1 else more}: people set different ones without having seen each other’s."
