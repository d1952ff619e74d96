"""A project to be checked: passages of one text, judged by two annotators on some claims, said by some, concluded."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from annotator.domain.batches import batched
from annotator.domain.change import Blob, Draft, Write
from annotator.domain.codec import canonical
from annotator.domain.entity import Entity, fields_of
from annotator.domain.ids import EntityId
from annotator.domain.judgement import Stage
from annotator.domain.kinds import Agent, Annotator, Appearance, Claim, Conclusion, Linkage, Passage, Source, Version
from annotator.domain.passage import fragments_of
from annotator.domain.structure import Structure
from annotator.domain.text import text_digest
from annotator.resources import resource
from annotator.services.identity import new_id
from annotator.services.project import read_scales
from annotator.store.store import Store
from benchmarks.linking import TEXT

_A_CHANGE = 20_000
_WORDS_A_QUOTE = 120
_STEP = 25
_STANCES = (("supports", "supported"), ("refutes", "refuted"), ("qualifies", "not_enough_evidence"))


def build(path: Path, *, linkages: int, claims: int) -> Store:
    """Make a project and open it: half of the linkages stand on one claim, the rest on the others in turn.

    The two annotators mark passages that lie beside each other and overlap those of the other by more than half; one linkage in
    ten differs from its neighbours. A quarter of the passages have somebody who speaks.
    """
    store = Store.create(path, nonce=os.urandom, now=now, holder="benchmark")
    ada, ben = Annotator(id=new_id(), name="Ada"), Annotator(id=new_id(), name="Ben")
    people = [Agent(id=new_id(), name=f"Agent {n}") for n in range(50)]
    office = Agent(id=new_id(), name="The office")
    source = Source(id=new_id(), title="Water", publishers=(office.id,))
    blobs = (Blob("text", TEXT.encode()), Blob("structure", canonical(Structure())))
    version = Version(id=new_id(), source_id=source.id, text=text_digest(TEXT), structure=blobs[1].digest)
    asked = [Claim(id=new_id(), text=f"Sample {n} held lead.", claimants=(people[n % 50].id,)) for n in range(claims)]
    commit(
        store,
        ada,
        (*read_scales(resource("scales", "default.toml")), ada, ben, *people, office, source, version),
        blobs,
    )
    commit(store, ada, asked)
    commit(store, ada, _judged(version, asked, people, (ada, ben), linkages))
    for claim in asked[:100]:
        heads = store.read().checkpoint().heads
        for person, verdict in ((ada, "refuted"), (ben, "supported")):
            concluded = Conclusion(
                id=new_id(),
                claim_id=claim.id,
                annotator_id=person.id,
                verdict=verdict,
                confidence="moderate",
                justification="Weighed.",
                rests_on_changes=heads,
                stage=Stage.SUBMITTED,
            )
            commit(store, person, (concluded,))
    return store


def _judged(
    version: Version, claims: list[Claim], people: list[Agent], annotators: tuple[Annotator, Annotator], linkages: int
) -> Iterator[Entity]:
    said: EntityId | None = None
    for n in range(linkages):
        claim = claims[0 if n % 2 else n // 2 % len(claims)]
        start = _STEP * n % (len(TEXT) - _WORDS_A_QUOTE - _STEP)
        size = _WORDS_A_QUOTE - n % 7
        passage = Passage(id=new_id(), text=version.text, fragments=fragments_of(TEXT, [(start, start + size)]))
        yield passage
        stance, verdict = _STANCES[0 if n % 10 else n // 10 % 3]
        yield Linkage(
            id=new_id(),
            passage_ids=(passage.id,),
            claim_id=claim.id,
            annotator_id=annotators[n // 4 % 2].id,
            stance=stance,
            verdict=verdict,
            confidence="moderate",
            confidence_percent=60,
            rationale="The samples of the office itself say otherwise, and the mayor knew of them in May.",
            reasons=("directness",),
            basis="named_report",
        )
        if n % 4 == 0:
            appearance = Appearance(
                id=new_id(),
                passage_id=passage.id,
                claim_id=claim.id,
                agent_id=people[n % 50].id,
                role="repeats" if said else "asserts",
                derived_from=said if n % 400 else None,
            )
            said = appearance.id
            yield appearance


def commit(store: Store, person: Annotator, entities: Iterable[Entity], blobs: tuple[Blob, ...] = ()) -> None:
    """Write new entities, in as many changes as it takes."""
    for some in batched(entities, _A_CHANGE):
        writes = tuple(Write(entity.id, entity.kind, fields_of(entity)) for entity in some)
        _commit_one(store, Draft(action="link", label="Link", annotator=person.id, writes=writes, blobs=blobs))


def _commit_one(store: Store, draft: Draft) -> None:
    store.commit(lambda _: draft)


def now() -> str:
    """Return the time as a store wants it."""
    return datetime.now(UTC).isoformat()
