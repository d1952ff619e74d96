"""A project with two annotators who disagree, a page of a PDF, a chain of repeats, and words that would do harm."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from annotator.domain.change import Blob, Write
from annotator.domain.claim import Relation
from annotator.domain.codec import canonical
from annotator.domain.dates import PartialDate
from annotator.domain.ids import EntityId, digest_of
from annotator.domain.kinds import (
    Agent,
    Annotator,
    Appearance,
    Claim,
    Conclusion,
    Linkage,
    Passage,
    Scale,
    Source,
    Version,
)
from annotator.domain.passage import Area, fragments_of
from annotator.domain.scales import Level
from annotator.domain.structure import Block, BlockKind, Line, Page, Structure
from annotator.domain.text import text_digest
from annotator.store.reader import Reader
from annotator.store.store import Store
from tests.factories import Maker, commit, created, new_store

EVIL = "<script>alert(1)</script>\"'&\x01"
"""What stands in every field that a person or a stranger fills."""

TEXT = (
    "The meters\n"
    "In May the auditor looked at 5 870 bills and found a rise of 14.2 per cent.\n"
    "+14.2%\n"
    f"Some say otherwise: {EVIL} is what they say.\n"
)


@dataclass(frozen=True, slots=True)
class Case:
    """What the tests ask for by name."""

    claim: Claim
    part: Claim
    passage: Passage
    joint: Linkage
    formula: Linkage
    withdrawn: Linkage
    conclusion: Conclusion
    source: Source
    version: Version


def _level(make: Callable[[], EntityId], code: str, label: str, sign: str = "", rank: int | None = None) -> Level:
    return Level(id=make(), code=code, label=label, sign=sign, rank=rank)


def _scales(ids: Callable[[], EntityId]) -> list[Scale]:
    stance = (_level(ids, "supports", "Supports", "+"), _level(ids, "refutes", "Refutes", "−"))
    verdict = (_level(ids, "supported", "Supported", "✓"), _level(ids, "refuted", "Refuted", "✗"))
    ratings = {"claimreview_ratingValue": {"supported": 5, "refuted": 1}}
    confidence = (_level(ids, "low", "Low", rank=1), _level(ids, "high", "High", rank=3))
    return [
        Scale(id=ids(), name="stance", levels=stance),
        Scale(id=ids(), name="verdict", levels=verdict, maps=ratings),
        Scale(id=ids(), name="confidence", levels=confidence),
    ]


def _structure() -> bytes:
    blocks = []
    start = 0
    for number, line in enumerate(TEXT.splitlines()):
        kind = (BlockKind.TITLE, BlockKind.PARAGRAPH, BlockKind.TABLE_CELL, BlockKind.PARAGRAPH)[number]
        blocks.append(Block(kind=kind, start=start, end=start + len(line)))
        start += len(line) + 1
    page = Page(width=59500, height=84200)
    printed = tuple(
        Line(page=number // 2, start=block.start, end=block.end, top=number, bottom=number,
             edges=(0, 1) * (block.end - block.start))
        for number, block in enumerate(blocks)
    )  # fmt: skip
    return canonical(Structure(blocks=tuple(blocks), pages=(page, page), lines=printed))


def _build(store: Store, make: Maker) -> Case:
    ids = make.id
    ada, bob = make.annotator, Annotator(id=ids(), name=f"Bob {EVIL}")
    agent, echo = make.agent, Agent(id=ids(), name=f"Echo {EVIL}")
    source = Source(
        id=ids(), title=f"Report {EVIL}", url="https://example.org/r?a=1&b=2", publishers=(agent.id,),
        date_published=PartialDate("2025-05-14"), language="en", licence=EVIL,
    )  # fmt: skip
    structure, original = Blob("structure", _structure()), Blob("original", b"%PDF-1.7")
    version = Version(
        id=ids(), source_id=source.id, text=text_digest(TEXT), structure=structure.digest, original=original.digest,
        media_type="application/pdf", retrieved_at="2026-01-01T10:00:00Z", archived_url="https://archive.example/r",
    )  # fmt: skip
    claim = Claim(
        id=ids(), text=f"Bills rose by 40%. {EVIL}", claimants=(agent.id,), date=PartialDate("2025-03"), location=EVIL
    )
    part = Claim(id=ids(), text="=1+1 is what they rose by", parent=claim.id, relation=Relation.PART_OF)

    def passage(*quotes: str, label: str = "") -> Passage:
        spans = [(TEXT.index(quote), TEXT.index(quote) + len(quote)) for quote in quotes]
        return Passage(id=ids(), text=version.text, fragments=fragments_of(TEXT, spans), label=label)

    first, second = passage("a rise of 14.2 per cent", label=EVIL), passage("5 870 bills", EVIL)
    area = Passage(id=ids(), text=version.text, area=Area(page=1, left=7205, top=100, right=20000, bottom=5010))

    def linkage(by: Annotator, on: tuple[Passage, ...], stance: str, verdict: str, **more: Any) -> Linkage:
        return Linkage(
            id=ids(), passage_ids=tuple(each.id for each in on), claim_id=claim.id, annotator_id=by.id, stance=stance,
            verdict=verdict, confidence="high", confidence_percent=90, reasons=("amount",), **more,
        )  # fmt: skip

    refutes = linkage(ada, (first,), "refutes", "refuted", rationale=f"It says so.\nTwice. {EVIL}")
    agrees_not = linkage(bob, (first,), "supports", "supported")
    joint = linkage(bob, (second, area), "refutes", "supported", question=EVIL)
    withdrawn = linkage(ada, (first,), "refutes", "refuted", withdrawn=f"A mistake. {EVIL}")
    formula = replace(linkage(ada, (first,), "refutes", "refuted", rationale="@SUM(A1)"), claim_id=part.id)
    conclusion = Conclusion(
        id=ids(), claim_id=claim.id, annotator_id=ada.id, verdict="refuted", confidence="high", flags=(EVIL,),
        justification=f"Weighed. {EVIL}", as_of=PartialDate("2025-05"),
    )  # fmt: skip
    other = replace(conclusion, id=ids(), annotator_id=bob.id, verdict="supported", justification="", flags=())
    origin = Appearance(id=ids(), passage_id=first.id, claim_id=claim.id, agent_id=agent.id, role="asserts")
    repeat = replace(origin, id=ids(), passage_id=second.id, agent_id=echo.id, role="repeats", derived_from=origin.id)
    circle = Appearance(id=ids(), passage_id=second.id, claim_id=part.id)
    round_ = replace(circle, id=ids(), derived_from=circle.id)

    commit(store, make, created(ada), created(bob), *map(created, _scales(ids)))
    blobs = (Blob("text", TEXT.encode()), structure, original)
    commit(store, make, *map(created, (agent, echo, source, version)), blobs=blobs)
    commit(store, make, *map(created, (claim, part, first, second, area)))
    commit(
        store, make, *map(created, (refutes, agrees_not, joint, withdrawn, formula, conclusion, other)), action="judge"
    )
    commit(store, make, *map(created, (origin, repeat, circle, round_)))
    commit(store, make, Write(circle.id, "appearance", {"derived_from": round_.id}))
    commit(
        store, make, Write(refutes.id, "linkage", {"confidence": "low", "rationale": f"Better. {EVIL}"}), action="edit"
    )
    return Case(claim, part, first, joint, formula, withdrawn, conclusion, source, version)


@pytest.fixture(scope="session")
def _built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, Case]]:
    store = new_store(tmp_path_factory.mktemp("exported") / "case.annotator")
    yield store, _build(store, Maker())
    store.close()


@pytest.fixture
def case(_built: tuple[Store, Case]) -> Case:
    """Return what is in the project."""
    return _built[1]


@pytest.fixture
def view(_built: tuple[Store, Case]) -> Iterator[Reader]:
    """Return the project as exporters see it."""
    with _built[0].snapshot() as reader:
        yield reader


@pytest.fixture
def empty_view(tmp_path: Path) -> Iterator[Reader]:
    """Return an empty project."""
    store = new_store(tmp_path / "empty.annotator")
    with store.snapshot() as reader:
        yield reader
    store.close()


UNKNOWN = EntityId("00000000-0001-7000-8000-00000000ffff")
DIGEST = digest_of(b"%PDF-1.7")
