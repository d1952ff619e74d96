"""Entities, projects and their surroundings for tests: ids, times and random bytes are the same in every run."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from annotator.domain.anchoring import AnchorDecision, AnchorState, anchor_id_of
from annotator.domain.change import Blob, Change, Draft, Write
from annotator.domain.codec import canonical
from annotator.domain.dates import PartialDate
from annotator.domain.entity import Entity, fields_of
from annotator.domain.ids import Digest, EntityId
from annotator.domain.kinds import (
    Agent,
    Anchor,
    Annotator,
    Appearance,
    BlockMark,
    Claim,
    Conclusion,
    Linkage,
    Note,
    Passage,
    Review,
    Scale,
    Source,
    Version,
    Waiver,
)
from annotator.domain.passage import fragments_of
from annotator.domain.review import Decision
from annotator.domain.scales import Level
from annotator.domain.source import block_mark_id
from annotator.domain.structure import Block, BlockKind, Structure
from annotator.domain.text import text_digest
from annotator.store.store import Store

TEXT = (
    "City water is “safe”, says the mayor.\n"
    "Cafe\u0301 owners 👩‍👩‍👧 disagree: 41 percent found lead; 4.1 had been reported.\n"
    "قال الوزير إن الماء آمن.\n"
    "市長は水が安全だと言った。\n"
)
"""Quotation marks, a combining mark, a family of emoji, right-to-left and Japanese."""


class Ids:
    """Makes UUIDv7 that count up, the same ones in every run."""

    def __init__(self, series: int = 1) -> None:
        self._series = series
        self._count = 0

    def __call__(self) -> EntityId:
        """Return the next id."""
        self._count += 1
        value = f"{self._series:012x}7{0:03x}8{self._count:015x}"
        return EntityId(f"{value[:8]}-{value[8:12]}-{value[12:16]}-{value[16:20]}-{value[20:]}")


class Clock:
    """Every look at it is a second later."""

    def __init__(self) -> None:
        self._seconds = 0

    def __call__(self) -> str:
        """Return the time in UTC as ISO 8601."""
        self._seconds += 1
        minutes, seconds = divmod(self._seconds, 60)
        hours, minutes = divmod(minutes, 60)
        return f"2026-01-{1 + hours // 24:02}T{hours % 24:02}:{minutes:02}:{seconds:02}.000000Z"


class Nonces:
    """Bytes that look random and are the same in every run."""

    def __init__(self, seed: str = "") -> None:
        self._seed = seed
        self._count = 0

    def __call__(self, count: int) -> bytes:
        """Return ``count`` bytes."""
        self._count += 1
        return hashlib.shake_256(f"{self._seed} {self._count}".encode()).digest(count)


class Maker:
    """Makes one entity of any kind with every field set; what it refers to comes from the same maker."""

    def __init__(self, ids: Callable[[], EntityId] | None = None, text: str = TEXT) -> None:
        self.id = ids or Ids()
        self.text = text
        self.structure = canonical(Structure(blocks=(Block(kind=BlockKind.PARAGRAPH, start=0, end=text.index("\n")),)))
        self.original = b"<p>" + text.encode()
        self.annotator = Annotator(id=self.id(), name="Ada", keys=("k1",))
        self.agent = Agent(id=self.id(), name="The mayor", interests="re-election")
        self.source = Source(
            id=self.id(), title="Water report", url="https://example.org/a", publishers=(self.agent.id,),
            date_published=PartialDate("2025-05"), notes="found by Ada",
        )  # fmt: skip
        self.version = Version(
            id=self.id(), source_id=self.source.id, text=text_digest(text), structure=self.blobs[1].digest,
            original=self.blobs[2].digest, name="a.html", media_type="text/html",
        )  # fmt: skip
        self.passage = self.new_passage([(0, 4)])
        self.claim = Claim(id=self.id(), text="The water is safe.", claimants=(self.agent.id,))

    @property
    def blobs(self) -> tuple[Blob, Blob, Blob]:
        """The stored bytes that the version names."""
        return Blob("text", self.text.encode()), Blob("structure", self.structure), Blob("original", self.original)

    def new_passage(self, spans: Sequence[tuple[int, int]], label: str = "") -> Passage:
        """Return a passage of the version's text."""
        fragments = fragments_of(self.text, spans)
        return Passage(id=self.id(), text=Digest(text_digest(self.text)), fragments=fragments, label=label)

    def new_linkage(self, passages: Iterable[Passage], stance: str = "supports", rationale: str = "") -> Linkage:
        """Return a linkage of passages to the claim."""
        return Linkage(
            id=self.id(), passage_ids=tuple(p.id for p in passages), claim_id=self.claim.id,
            annotator_id=self.annotator.id, stance=stance, verdict="supported", confidence="low", rationale=rationale,
        )  # fmt: skip

    def of_kind(self, kind: str) -> Entity:
        """Return an entity of a kind."""
        return FACTORIES[kind](self)


def _scale(make: Maker) -> Scale:
    levels = (Level(id=make.id(), code="supports", label="Supports"), Level(id=make.id(), code="refutes", label="No"))
    return Scale(id=make.id(), name="stance", label="Stance", applies_to=("linkage",), levels=levels)


def _anchor(make: Maker) -> Anchor:
    """Return the anchor of the passage as it would be in a second version with the same text."""
    text = make.passage.text
    return Anchor(
        id=anchor_id_of(make.passage, text), passage=make.passage.id, text=text, state=AnchorState.CHANGED,
        made_for=make.passage.spans,
        fragments=fragments_of(make.text, [(0, 4)]), method="diff", score=96, decision=AnchorDecision.PLACED,
        placed=fragments_of(make.text, [(0, 4), (5, 10)]),
    )  # fmt: skip


FACTORIES: dict[str, Callable[[Maker], Entity]] = {
    "source": lambda make: make.source,
    "version": lambda make: make.version,
    "passage": lambda make: make.new_passage([(0, 4), (5, 10)], label="two fragments"),
    "annotator": lambda make: make.annotator,
    "agent": lambda make: make.agent,
    "claim": lambda make: make.claim,
    "appearance": lambda make: Appearance(
        id=make.id(), passage_id=make.passage.id, claim_id=make.claim.id, agent_id=make.agent.id, role="asserts"
    ),
    "linkage": lambda make: make.new_linkage([make.passage], rationale="It says so."),
    "conclusion": lambda make: Conclusion(
        id=make.id(),
        claim_id=make.claim.id,
        annotator_id=make.annotator.id,
        verdict="supported",
        justification="Weighed.",
    ),
    "note": lambda make: Note(id=make.id(), about=make.claim.id, annotator_id=make.annotator.id, text="Ask again"),
    "scale": _scale,
    "review": lambda make: Review(
        id=make.id(), about=make.id(), annotator_id=make.annotator.id, decision=Decision.CONTESTED, comment="Which May?"
    ),
    "anchor": _anchor,
    "block_mark": lambda make: BlockMark(
        id=block_mark_id(make.version.text, 0), text=make.version.text, start=0, article=False
    ),
    "waiver": lambda make: Waiver(
        id=make.id(), check="missing-rationale", about=make.claim.id, annotator_id=make.annotator.id, reason="Obvious."
    ),
}
"""One entity of every kind; a test asserts that none is missing."""


def created(entity: Entity) -> Write:
    """Return the write that makes an entity."""
    return Write(entity.id, entity.kind, fields_of(entity))


def draft(make: Maker, *writes: Write, action: str = "test", blobs: tuple[Blob, ...] = ()) -> Draft:
    """Return a change by the maker's annotator that is yet to be committed."""
    return Draft(action=action, label=action.title(), annotator=make.annotator.id, writes=writes, blobs=blobs)


def commit(store: Store, make: Maker, *writes: Write, action: str = "test", blobs: tuple[Blob, ...] = ()) -> Change:
    """Commit one change and return it."""
    change = store.commit(lambda _: draft(make, *writes, action=action, blobs=blobs))
    assert change is not None
    return change


def new_store(path: Path) -> Store:
    """Make a project whose ids, times and bytes are the same in every run."""
    return Store.create(path, nonce=Nonces(), now=Clock(), holder="tests")


def reopen(path: Path) -> Store:
    """Open a project again."""
    return Store.open(path, nonce=Nonces("again"), now=Clock(), holder="tests")


def fill(store: Store, make: Maker) -> None:
    """Commit one entity of every kind, and what they refer to, as a person would in one sitting."""
    commit(store, make, created(make.annotator), action="start")
    commit(store, make, created(make.of_kind("scale")), action="codebook")
    commit(store, make, created(make.agent), created(make.source), created(make.version), blobs=make.blobs)
    commit(store, make, created(make.passage), created(make.claim))
    for kind in ("passage", "appearance", "linkage", "conclusion", "note", "review", "waiver", "anchor", "block_mark"):
        commit(store, make, created(make.of_kind(kind)), action=kind)
