"""Saying which claims are one: suggested by their words, decided by a person, and nothing of either is rewritten."""

from __future__ import annotations

from dataclasses import dataclass

from annotator.domain.claim import Claim
from annotator.domain.errors import WrongArgumentError
from annotator.domain.ids import EntityId
from annotator.domain.joined import joining, parting
from annotator.domain.judgement import Conclusion, Stage
from annotator.domain.people import Agent
from annotator.domain.rows import ClaimRow
from annotator.domain.same_agents import distinct_names, names_of
from annotator.domain.same_claims import SameClaims, look_alike
from annotator.services.base import Job, Outcome, entity_id, existing
from annotator.store import queries
from annotator.store.claim_rows import claim_rows
from annotator.store.exchanges import Direction, Exchanges
from annotator.store.joins import claims_touched
from annotator.store.reader import Reader


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimBearing:
    """A claim with all that counts for it: ``row`` as lists show it, who is said to claim it, and who concludes what of it.

    ``joined`` are the claims that were joined to it, oldest first; ``maker`` is who entered it; linkages are those that stand.
    """

    row: ClaimRow
    joined: tuple[Claim, ...]
    maker: str
    claimants: tuple[str, ...]
    conclusions: tuple[tuple[str, Conclusion], ...]
    linkages: int
    appearances: int
    notes: int
    parts: int


class JoiningClaims(Job):
    """The job of knowing that two teams check one and the same claim, and that last year's is another one.

    A claim that was joined keeps its words and all that was said of it, and other teams go on adding to it; it counts for the
    one that it was joined to wherever claims are listed, counted, checked or published.
    """

    def same_claims(self) -> tuple[SameClaims, ...]:
        """Return the pairs of claims that look like one, the likeliest first. Nothing is joined by it."""
        reader = self.store.read()
        return tuple(look_alike(reader.all(Claim), {agent.id: agent for agent in reader.all(Agent)}))

    def same_claims_that_came(self) -> tuple[SameClaims, ...]:
        """Return those pairs of claims that look like one of which the bundle merged last brought or changed either."""
        reader = self.store.read()
        lines = [line for line in Exchanges(reader.connection).all() if line.direction is Direction.IN]
        came = claims_touched(reader.connection, lines[-1].changes) if lines else frozenset[EntityId]()
        return (
            tuple(pair for pair in self.same_claims() if pair.one.id in came or pair.other.id in came) if came else ()
        )

    def standing_claim(self, claim: EntityId) -> EntityId:
        """Return the claim that one was joined to, all the way, or its own id, also where it does not live any more."""
        return self.store.read().standing(entity_id("claim", claim))

    def joined_claims(self, claim: EntityId) -> tuple[Claim, ...]:
        """Return the claims that were joined to one, oldest first; those that its own was joined to are not among them."""
        reader = self.store.read()
        return reader.also(existing(reader, Claim, claim).id)

    def claim_bearing(self, claim: EntityId) -> ClaimBearing:
        """Return a claim, or the one that it was joined to, with all that counts for it. Raises ``NotFoundError``."""
        reader = self.store.read()
        id_ = reader.standing(existing(reader, Claim, claim).id)
        number = reader.number(id_)
        (row,) = claim_rows(reader, [number])
        joined = reader.also(id_)
        agents = names_of(reader.all(Agent))
        maker = reader.maker(id_)
        said = queries.conclusions_of(reader, id_)
        return ClaimBearing(
            row=row,
            joined=joined,
            maker=queries.name_of(reader, maker) if maker else "",
            claimants=distinct_names(agents, (who for each in (row.claim, *joined) for who in each.claimants)),
            conclusions=tuple(
                (queries.name_of(reader, each.annotator_id), each) for each in said if each.stage is not Stage.WITHDRAWN
            ),
            linkages=len(reader.ids_where("SELECT n FROM linkage WHERE claim = ? AND withdrawn = 0", number)),
            appearances=len(reader.ids_where("SELECT n FROM appearance WHERE claim = ?", number)),
            notes=len(queries.notes_on(reader, id_)),
            parts=len(reader.ids_where("SELECT n FROM claim WHERE parent = ?1 AND n <> ?1", number)),
        )

    def join_claims(self, claim: EntityId, other: EntityId) -> Claim:
        """Say that ``other`` is ``claim``, for which counts from now on all that rests on either; undo takes it back.

        Raises ``NotFoundError``, ``WrongArgumentError`` where they are one already.
        """

        def plan(reader: Reader) -> Outcome[Claim]:
            kept, gone = _standing(reader, claim), _standing(reader, other)
            if kept.id == gone.id:
                raise WrongArgumentError(argument="other", problem="these are one already", allowed="another claim")
            return Outcome(kept, joining(kept, gone))

        return self.do("join_claims", plan)

    def part_claims(self, claim: EntityId, other: EntityId) -> Claim:
        """Say that ``other`` is not ``claim``: they are one no more, and are not suggested again. Undo takes it back.

        What else they are joined to stays so, as far as that does not make them one.

        Raises ``NotFoundError``, ``WrongArgumentError`` where both are the same.
        """

        def plan(reader: Reader) -> Outcome[Claim]:
            first, second = existing(reader, Claim, claim), existing(reader, Claim, other)
            if first.id == second.id:
                raise WrongArgumentError(argument="other", problem="it is the same claim", allowed="another claim")
            ids = {*reader.entered_as(first.id), *reader.entered_as(second.id)}
            known = {id_: reader.get(Claim, id_) for id_ in ids}
            return Outcome(second, parting(known, first, second))

        return self.do("part_claims", plan)


def _standing(reader: Reader, id_: EntityId) -> Claim:
    return reader.get(Claim, reader.standing(existing(reader, Claim, id_).id))
