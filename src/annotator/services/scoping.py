"""What of a project a limited bundle is about: what was chosen, and all that it rests on."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator
from itertools import chain

from annotator.bundle.scope import BundleScope, Selection
from annotator.domain.claim import Appearance, Claim
from annotator.domain.entity import Entity
from annotator.domain.errors import WrongArgumentError
from annotator.domain.ids import ChangeId, Digest, EntityId
from annotator.domain.judgement import Conclusion, Linkage
from annotator.domain.merging import Entities
from annotator.domain.note import Note
from annotator.domain.people import Annotator
from annotator.domain.resting import rests_on, stands_in, written_by
from annotator.domain.review import Review, Waiver
from annotator.services.base import existing
from annotator.store.exchanges import Exchanges
from annotator.store.reader import Reader
from annotator.store.selecting import (
    highest_number,
    marks_of,
    named_by,
    newest_of,
    numbers_of,
    said_of,
    sorted_ids,
    touched_after,
    touched_by,
    versions_with,
    writers_of,
)

_AT_ONCE = 500
_OF_CLAIMS: tuple[type[Appearance | Linkage | Conclusion], ...] = (Appearance, Linkage, Conclusion)
_ABOUT: tuple[type[Note | Review | Waiver], ...] = (Note, Review, Waiver)


def selected(reader: Reader, scope: BundleScope) -> Selection:
    """Return what a scope comes to.

    With a claim go those that it is one with, their linkages, appearances and conclusions, deleted ones too, and what was said
    of all that goes; with an
    annotator's work nothing but what it rests on. Raises ``NotFoundError``; ``WrongArgumentError`` for a person who is not
    known, and for a team that never got or gave the whole project.
    """
    if not scope.is_limited:
        return Selection()
    basis = basis_of(reader, scope.since) if scope.since else ()
    return Selection(entities=_Chosen(reader).of(scope, basis), basis=basis)


def basis_of(reader: Reader, team: str) -> tuple[ChangeId, ...]:
    """Return the newest changes that a team has of this project; raises ``WrongArgumentError`` where it never had all of it."""
    log = Exchanges(reader.connection).all()
    bases = [line for line in log if line.note.team and line.note.is_base]
    heads = {head for line in bases if line.note.team == team for head in line.checkpoint.heads}
    found = newest_of(reader.connection, heads) if heads else ()
    if not found:
        known = ", ".join(sorted({line.note.team for line in bases})) or "none yet: give the whole project first"
        problem = f"the whole project was never exchanged with “{team}”, so there is nothing to build on"
        raise WrongArgumentError(argument="since", problem=problem, allowed=known)
    return found


def known_team(reader: Reader, team: str) -> str:
    """Return the name of a team as it was written first in the log, without needless white space."""
    team = " ".join(team.split())
    known = (line.note.team for line in Exchanges(reader.connection).all())
    return next((name for name in known if name.casefold() == team.casefold()), team)


def annotator_called(reader: Reader, word: str) -> EntityId:
    """Return the annotator with this id or name; raises ``WrongArgumentError`` naming those that exist."""
    people = list(reader.all(Annotator))
    found = [each.id for each in people if word in (each.id, each.name)]
    if len(found) == 1:
        return found[0]
    problem = f"{len(found)} people are called “{word}”" if found else f"nobody is called “{word}”"
    allowed = ", ".join(sorted(f"{each.name} ({each.id})" if found else each.name for each in people))
    raise WrongArgumentError(argument="annotator", problem=problem, allowed=allowed)


class _Chosen:
    """Gathers entities, each with all that it rests on. They are known by their local numbers, a byte for each there is."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._connection = reader.connection
        self._found = self._none()
        self._texts: set[Digest] = set()
        self._authors: set[EntityId] = set()

    def of(self, scope: BundleScope, basis: tuple[ChangeId, ...]) -> Entities:
        """Return what a scope comes to."""
        seeds = self._seeds(scope)
        if scope.since:
            after: Iterable[int] = touched_after(self._connection, basis)
            seeds = after if seeds is None else self._both(seeds, after)
        self._take(seeds or ())
        if scope.claims:
            self._take(self._said())
        people = self._authors | writers_of(self._connection, self._numbers())
        for number in numbers_of(self._connection, people):
            self._found[number] = 1
        return Entities(sorted_ids(self._connection, self._found.__getitem__))

    def _none(self) -> bytearray:
        return bytearray(highest_number(self._connection) + 1)

    def _both(self, one: Iterable[int], other: Iterable[int]) -> Iterator[int]:
        among = self._none()
        for number in other:
            among[number] = 1
        return (number for number in one if among[number])

    def _numbers(self) -> Iterator[int]:
        """Yield the local numbers of what was found."""
        at = self._found.find(1)
        while at >= 0:
            yield at
            at = self._found.find(1, at + 1)

    def _seeds(self, scope: BundleScope) -> Iterable[int] | None:
        """Return the entities that were chosen, None where only a time was."""
        if not scope.claims and not scope.annotators:
            return None
        chosen = (existing(self._reader, Claim, claim).id for claim in scope.claims)
        claims = {each for claim in chosen for each in self._reader.entered_as(claim)}
        numbers = tuple(numbers_of(self._connection, claims))
        people = {annotator_called(self._reader, word) for word in scope.annotators}
        by_them = touched_by(self._connection, people) if people else ()
        on_them = (
            each for claim in numbers for kind in _OF_CLAIMS for each in named_by(self._connection, kind.kind, claim)
        )
        return chain(numbers, on_them, self._deleted(_OF_CLAIMS, "claim_id", claims.__contains__), by_them)

    def _deleted(
        self, kinds: Iterable[type[Entity]], field: str, is_meant: Callable[[EntityId | None], bool]
    ) -> Iterator[int]:
        """Yield what was deleted and names what is meant, so that it is gone where it came with an earlier bundle."""
        gone = (each for kind in kinds for each in self._reader.all_deleted(kind))
        return numbers_of(self._connection, (each.id for each in gone if is_meant(getattr(each.entity, field, None))))

    def _said(self) -> Iterator[int]:
        """Yield what was said of all that was found: notes, reviews, waivers, anchors and marks."""
        marks = (each for text in self._texts for each in marks_of(self._connection, text))
        deleted = self._deleted(_ABOUT, "about", self._is_found)
        yield from (*said_of(self._connection, self._numbers()), *marks, *deleted)

    def _is_found(self, id_: EntityId | None) -> bool:
        return id_ is not None and bool(self._found[self._reader.number(id_)])

    def _take(self, numbers: Iterable[int]) -> None:
        """Take entities in, and all that they ever rested on."""
        waiting = array("Q", numbers)
        while waiting:
            some = {number for number in waiting[-_AT_ONCE:] if not self._found[number]}
            del waiting[-_AT_ONCE:]
            named: set[EntityId] = set()
            for number, revisions in self._reader.history.revisions_of_numbers(some).items():
                self._found[number] = 1
                self._authors |= written_by(revisions)
                named |= rests_on(revisions)
                for text in stands_in(revisions) - self._texts:
                    self._texts.add(text)
                    waiting.extend(versions_with(self._connection, text))
            waiting.extend(numbers_of(self._connection, named))
