"""How the state of an entity becomes its row in a current table, and which of its words are searched."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from sqlalchemy import Table

from annotator.domain.codec import Json
from annotator.store import tables


class Numbers(Protocol):
    """Gives the local numbers of entities and blobs."""

    def entity(self, id_: str) -> int:
        """Return the number of an entity, making one for an id that is seen for the first time."""
        ...

    def blob(self, digest: str) -> int | None:
        """Return the number of a stored text, or None while it is not here."""
        ...

    def standing(self, claim: str) -> int:
        """Return the number of the claim that one was joined to, all the way, or its own."""
        ...

    def joined(self, claim: str) -> int | None:
        """Return the number of the claim that one counts as that another was joined to; None where it does not live."""
        ...


Fields = Mapping[str, Json]
Row = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Projection:
    """One kind's current table, its row (without ``n``), the fields that are searched, and rows in a table beside."""

    table: Table
    row: Callable[[Fields, Numbers], Row]
    searched: tuple[str, ...] = ()
    beside: Table | None = None
    rows_beside: Callable[[Fields, Numbers], list[int]] | None = None


def _entity(fields: Fields, name: str, numbers: Numbers) -> int | None:
    id_ = fields.get(name)
    return numbers.entity(id_) if id_ else None


def _claim(fields: Fields, numbers: Numbers) -> Row:
    parent, into = fields.get("parent"), fields.get("merged_into")
    return (
        fields.get("text") or "",
        numbers.standing(parent) if parent else None,
        numbers.entity(into) if into else None,
        numbers.joined(into) if into else None,
    )


def _source(fields: Fields, _numbers: Numbers) -> Row:
    return (fields.get("title") or "", fields.get("date_published"), fields.get("url") or "")


def _version(fields: Fields, numbers: Numbers) -> Row:
    original = fields.get("original")
    return (
        numbers.entity(fields["source_id"]),
        1 if fields.get("sequence") is None else fields["sequence"],
        numbers.blob(fields["text"]),
        bytes.fromhex(original) if original else None,
    )


def _passage(fields: Fields, numbers: Numbers) -> Row:
    return (numbers.blob(fields["text"]), *_place(fields.get("fragments")))


def _place(fragments: Json) -> Row:
    """Return start, end and, of several fragments, spans; 0 to 0 where there are no words."""
    fragments = fragments or [{"start": 0, "end": 0}]
    spans = " ".join(f"{f['start']}-{f['end']}" for f in fragments) if len(fragments) > 1 else None
    return (fragments[0]["start"], fragments[-1]["end"], spans)


_STANDS = {"": "fragments", "accepted": "fragments", "placed": "placed"}
"""Which fragments an anchor stands in, by the decision on it; otherwise it stands nowhere."""


def _anchor(fields: Fields, numbers: Numbers) -> Row:
    decision = fields.get("decision") or ""
    place = fields.get(_STANDS.get(decision, ""))
    text = numbers.blob(fields["text"])
    return (
        numbers.entity(fields["passage"]),
        text,
        fields["state"],
        fields.get("score") or 0,
        decision,
        *_place(place),
        " ".join(f"{start}-{end}" for start, end in fields.get("made_for") or ()) or None,
    )


def _block_mark(fields: Fields, numbers: Numbers) -> Row:
    return (numbers.blob(fields["text"]), fields["start"], int(fields["article"]))


def _appearance(fields: Fields, numbers: Numbers) -> Row:
    return (
        numbers.entity(fields["passage_id"]),
        numbers.standing(fields["claim_id"]),
        _entity(fields, "agent_id", numbers),
        _entity(fields, "derived_from", numbers),
    )


def _linkage(fields: Fields, numbers: Numbers) -> Row:
    return (
        numbers.standing(fields["claim_id"]),
        numbers.entity(fields["annotator_id"]),
        fields.get("stance") or "",
        fields.get("verdict") or "",
        fields.get("confidence") or "",
        int(bool(fields.get("withdrawn"))),
    )


def _linkage_passages(fields: Fields, numbers: Numbers) -> list[int]:
    return sorted({numbers.entity(id_) for id_ in fields.get("passage_ids") or ()})


def _conclusion(fields: Fields, numbers: Numbers) -> Row:
    return (
        numbers.standing(fields["claim_id"]),
        numbers.entity(fields["annotator_id"]),
        fields.get("verdict") or "",
        fields.get("confidence") or "",
        fields.get("stage") or "draft",
    )


def _review(fields: Fields, numbers: Numbers) -> Row:
    return (
        numbers.entity(fields["about"]),
        numbers.entity(fields["annotator_id"]),
        fields["decision"],
    )


def _waiver(fields: Fields, numbers: Numbers) -> Row:
    return (
        numbers.entity(fields["about"]),
        numbers.entity(fields["annotator_id"]),
        fields["check"],
    )


def _note(fields: Fields, numbers: Numbers) -> Row:
    return (
        numbers.entity(fields["about"]),
        numbers.entity(fields["annotator_id"]),
        int(bool(fields.get("private"))),
    )


PROJECTIONS: dict[str, Projection] = {
    "source": Projection(tables.source, _source, ("title", "notes")),
    "version": Projection(tables.version, _version, ("text",)),
    "passage": Projection(tables.passage, _passage, ("fragments", "label")),
    "annotator": Projection(tables.annotator, lambda f, _: (f.get("name") or "",)),
    "agent": Projection(
        tables.agent, lambda f, _: (f.get("name") or "", f.get("agent_kind") or "unknown"), ("name", "interests")
    ),
    "claim": Projection(tables.claim, _claim, ("text",)),
    "appearance": Projection(tables.appearance, _appearance),
    "linkage": Projection(
        tables.linkage, _linkage, ("rationale", "question"), tables.linkage_passage, _linkage_passages
    ),
    "conclusion": Projection(tables.conclusion, _conclusion, ("justification",)),
    "note": Projection(tables.note, _note, ("text",)),
    "review": Projection(tables.review, _review, ("comment",)),
    "waiver": Projection(tables.waiver, _waiver, ("reason",)),
    "anchor": Projection(tables.anchor, _anchor),
    "block_mark": Projection(tables.block_mark, _block_mark),
    "scale": Projection(tables.scale, lambda f, _: (f.get("name") or "", f.get("version") or 1)),
}
"""Every kind of entity that has a current table."""
