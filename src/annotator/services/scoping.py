"""What of a project a limited bundle is about: what was chosen, and all that it rests on."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

from annotator.bundle.scope import BundleScope, Selection
from annotator.domain.claim import Appearance, Claim
from annotator.domain.entity import Entity
from annotator.domain.errors import WrongArgumentError
from annotator.domain.ids import ChangeId, Digest, EntityId
from annotator.domain.judgement import Conclusion, Linkage
from annotator.domain.note import Note
from annotator.domain.people import Annotator
from annotator.domain.resting import rests_on, stands_in, written_by
from annotator.domain.review import Review, Waiver
from annotator.services.base import existing
from annotator.store.exchanges import Exchanges
from annotator.store.reader import Reader
from annotator.store.selecting import (
    marks_of,
    newest_of,
    said_of,
    touched_after,
    touched_by,
    versions_with,
    writers_of,
)

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
    """Gathers entities, each with all that it rests on."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._found: set[EntityId] = set()
        self._texts: set[Digest] = set()
        self._authors: set[EntityId] = set()

    def of(self, scope: BundleScope, basis: tuple[ChangeId, ...]) -> frozenset[EntityId]:
        """Return what a scope comes to."""
        seeds = self._seeds(scope)
        if scope.since:
            after = set(touched_after(self._reader.connection, basis))
            seeds = after if seeds is None else seeds & after
        self._take(seeds or ())
        if scope.claims:
            self._take(self._said())
        return frozenset(self._found | self._authors | writers_of(self._reader.connection, self._found))

    def _seeds(self, scope: BundleScope) -> set[EntityId] | None:
        """Return the entities that were chosen, None where only a time was."""
        if not scope.claims and not scope.annotators:
            return None
        chosen = (existing(self._reader, Claim, claim).id for claim in scope.claims)
        claims = {each for claim in chosen for each in self._reader.entered_as(claim)}
        people = {annotator_called(self._reader, word) for word in scope.annotators}
        by_them = touched_by(self._reader.connection, people) if people else ()
        return {*claims, *chain.from_iterable(map(self._of_claim, claims)), *self._deleted_of(claims), *by_them}

    def _of_claim(self, claim: EntityId) -> Iterable[EntityId]:
        return (found.id for kind in _OF_CLAIMS for found in self._reader.of_claim(kind, claim))

    def _deleted_of(self, claims: set[EntityId]) -> Iterable[EntityId]:
        """Yield what was deleted of these claims, so that it is gone where it came with an earlier bundle."""
        return self._deleted(_OF_CLAIMS, "claim_id", claims)

    def _deleted(self, kinds: Iterable[type[Entity]], field: str, among: set[EntityId]) -> Iterable[EntityId]:
        for kind in kinds if among else ():
            for gone in self._reader.all_deleted(kind):
                if getattr(gone.entity, field, None) in among:
                    yield gone.id

    def _said(self) -> set[EntityId]:
        """Return what was said of all that was found: notes, reviews, waivers, anchors and marks."""
        said = {id_ for found in self._found for id_ in said_of(self._reader, found)}
        marks = {id_ for text in self._texts for id_ in marks_of(self._reader, text)}
        return said | marks | set(self._deleted(_ABOUT, "about", self._found))

    def _take(self, ids: Iterable[EntityId]) -> None:
        """Take entities in, and all that they ever rested on."""
        waiting = list(ids)
        while waiting:
            id_ = waiting.pop()
            if id_ in self._found:
                continue
            revisions = self._reader.history.revisions_of(id_)
            if not revisions:
                continue
            self._found.add(id_)
            self._authors |= written_by(revisions)
            waiting += rests_on(revisions)
            for text in stands_in(revisions) - self._texts:
                self._texts.add(text)
                waiting += versions_with(self._reader, text)
