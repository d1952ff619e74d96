"""Work that stands on something that was deleted, as when two people did not know of each other."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from itertools import chain

from annotator.domain.checks.base import Check
from annotator.domain.checks.case import Case
from annotator.domain.checks.words import listed, shortened
from annotator.domain.claim import Appearance
from annotator.domain.entity import Entity
from annotator.domain.finding import Finding, Severity
from annotator.domain.ids import Digest, EntityId
from annotator.domain.judgement import Linkage, Stage
from annotator.domain.passage import Passage
from annotator.domain.review import Review
from annotator.domain.source import Version
from annotator.domain.standing_on import stands_on
from annotator.domain.view import Deleted
from annotator.domain.wording import called

STANDS_ON_DELETED = "stands-on-deleted"
"""The code of the check: its findings have beside them what was deleted."""


class StandsOnDeleted(Check):
    """Something is about a claim, passage, source or anything else that somebody deleted, and is shown nowhere because of that.

    What was withdrawn is left alone. The finding names what stands, and has beside it what was deleted.
    """

    code = STANDS_ON_DELETED
    title = "Stands on something deleted"
    sentence = "{what} by {who} stands on {on}."
    advice = "Restore what was deleted from its history, or delete this too."
    levels = (Severity.ERROR,)

    def run(self, case: Case) -> Iterator[Finding]:
        """Look at everything that stands on something, and read only what is missing."""
        living = set(chain.from_iterable(_kinds(case)))
        named = ((each, stands_on(each)) for each in _all(case) if not _is_withdrawn(each))
        missing = [(each, ids) for each, ids in named if not living.issuperset(ids)]
        wanted = dict.fromkeys(id_ for _, ids in missing for id_ in ids if id_ not in living)
        gone = _with_theirs(case, case.deleted(wanted), living)
        for entity, ids in missing:
            found = [gone[id_] for id_ in ids if id_ in gone]
            if found:
                yield self._found(case, entity, found, gone)
        yield from self._passages(case, living)

    def _passages(self, case: Case, living: Container[EntityId]) -> Iterator[Finding]:
        """Look for passages of texts of which no version is left."""
        texts = {version.text for version in case.versions.values()}
        lost = [passage for passage in case.passages.values() if passage.text not in texts]
        if not lost:
            return
        gone = _with_theirs(case, case.deleted_versions(), living)
        by_text: dict[Digest, Deleted] = {}
        for each in gone.values():
            if isinstance(each.entity, Version):
                by_text.setdefault(each.entity.text, each)
        for passage in lost:
            version = by_text.get(passage.text)
            if version is not None:
                yield self._found(case, passage, [version], gone)

    def _found(
        self, case: Case, entity: Entity, deleted: Sequence[Deleted], gone: Mapping[EntityId, Deleted]
    ) -> Finding:
        on = [
            f"{_named(case, each.entity, each.kind, gone)} that {case.person(each.annotator)} deleted"
            for each in deleted
        ]
        what = _named(case, entity, entity.kind, gone)
        claim = getattr(entity, "claim_id", None)
        return self.finding(
            entity,
            claim=claim if claim in case.claims else None,
            others={each.id for each in deleted},
            data={"what": what[0].upper() + what[1:], "who": case.maker(entity), "on": listed(on)},
        )


def _all(case: Case) -> Iterator[Entity]:
    """Yield all that stands on something else and names it."""
    judged = (case.without_claim, case.linkages, case.appearances, case.conclusions)
    rest = (case.versions, case.notes, case.reviews, case.waivers)
    for some in (*judged, *rest):
        yield from some.values()


def _with_theirs(case: Case, deleted: Iterable[Deleted], living: Container[EntityId]) -> dict[EntityId, Deleted]:
    """Return what was deleted by its id, and with it what that stands on: some are called by the words of that."""
    gone = {each.id: each for each in deleted}
    named = {id_ for each in gone.values() if each.entity for id_ in stands_on(each.entity)}
    return gone | {each.id: each for each in case.deleted(sorted(id_ for id_ in named if id_ not in living))}


def _kinds(case: Case) -> tuple[Mapping[EntityId, Entity], ...]:
    judged = (case.without_claim, case.linkages, case.appearances, case.conclusions)
    rest = (case.versions, case.notes, case.reviews, case.waivers)
    return (*judged, *rest, case.sources, case.passages, case.claims, case.agents, case.annotators)


def _is_withdrawn(entity: Entity) -> bool:
    if isinstance(entity, Linkage):
        return bool(entity.withdrawn)
    return getattr(entity, "stage", None) is Stage.WITHDRAWN


def _named(case: Case, entity: Entity | None, kind: str, gone: Mapping[EntityId, Deleted]) -> str:
    """Return what an entity is called in a sentence, such as “the claim “Bills rose.””."""

    def find(id_: EntityId) -> Entity | None:
        lost = gone.get(id_)
        return lost.entity if lost else next((some[id_] for some in _kinds(case) if id_ in some), None)

    match entity:
        case Linkage(passage_ids=passages):
            quotes = (each.quote for id_ in passages if isinstance(each := find(id_), Passage))
            words = shortened(" … ".join(quotes))
            return f"the linkage of “{words}”" if words else "the linkage"
        case Version(source_id=source, sequence=number):
            return f"version {number} of “{called(find(source), find)}”"
        case Appearance(agent_id=agent):
            return f"the appearance of {called(find(agent), find) if agent else 'somebody unknown'}"
        case Review(decision=decision):
            return f"the review “{decision.replace('_', ' ')}”"
        case _:
            words = called(entity, find)
            quoted = words if words.startswith(("“", "on “")) else f"“{words}”"
            return f"the {kind} {quoted}" if words else f"the {kind}"
