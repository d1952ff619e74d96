"""What a file of another program says, in this program's words, before any of it is believed.

Everything has a ``key``, by which the file refers to it and by which it is known again when it comes a second time: the
address or id that the file gives it, else a digest of what it says. Offsets are code points of the text that the file means,
which need not be a text of the project. Nothing here is cleaned or checked.
"""

from __future__ import annotations

from dataclasses import dataclass

from annotator.domain.foreign_reasons import LeftOut
from annotator.domain.passage import Area, Fidelity
from annotator.domain.people import AgentKind


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignPerson:
    """Somebody who made annotations there."""

    key: str
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignAgent:
    """Somebody who says things."""

    name: str
    agent_kind: AgentKind = AgentKind.UNKNOWN


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignSource:
    """What is annotated: known by its ``address``, the SHA-256 of its canonical text or of its original, or its title.

    A file that brings the text itself has it in ``text``, and the bytes that it was made of, if any, in ``original``.
    """

    key: str
    address: str = ""
    title: str = ""
    text_digest: str = ""
    original_digest: str = ""
    text: str = ""
    original: bytes = b""
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignStretch:
    """One stretch of a source: its words, what stands around them, where it is; each as far as the file says.

    ``page`` counts from 0.
    """

    quote: str = ""
    prefix: str = ""
    suffix: str = ""
    start: int | None = None
    end: int | None = None
    page: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignPassage:
    """A highlighted place of a source: stretches of words, or an area of a page.

    ``codes`` are the keys of those ``ForeignCode`` that label it; a reader leaves them to ``resolved``.
    """

    key: str
    source: str
    stretches: tuple[ForeignStretch, ...] = ()
    area: Area | None = None
    label: str = ""
    codes: tuple[str, ...] = ()
    fidelity: Fidelity | None = None
    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignCode:
    """A code of another program's codebook, or a tag; ``parent`` is the key of the one above it.

    ``becomes`` is what it is by its place: “claim”, or the scale (“stance” …) of which its name is a level; empty for a label.
    """

    key: str
    name: str
    definition: str = ""
    parent: str = ""
    becomes: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignCoding:
    """One code on one passage, by whom; ``note`` is the key of the note that belongs to it."""

    passage: str
    code: str
    by: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignNote:
    """Words on a passage, a source, a claim, a linkage, a conclusion or another note, named by its key."""

    key: str
    about: str
    text: str
    by: str = ""
    private: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignClaim:
    """A statement that is checked. Dates are as the file has them; ``relation`` is one of ``Relation``."""

    key: str
    text: str
    claimants: tuple[ForeignAgent, ...] = ()
    date: str = ""
    location: str = ""
    parent: str = ""
    relation: str = ""
    valid_from: str = ""
    valid_to: str = ""
    as_of: str = ""
    review_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignAppearance:
    """Where a claim was made: in a source, of which no more is known than that."""

    key: str
    claim: str
    source: str
    agent: ForeignAgent | None = None
    date: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignRating:
    """A level as the file has it: its code or words, and its number between the ``worst`` and the ``best`` of its scale."""

    words: str = ""
    value: float | None = None
    worst: float | None = None
    best: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignLinkage:
    """What passages say about a claim. Levels are codes or words."""

    key: str
    passages: tuple[str, ...]
    claim: str
    stance: str = ""
    verdict: str = ""
    confidence: str = ""
    confidence_percent: int | None = None
    reasons: tuple[str, ...] = ()
    rationale: str = ""
    basis: str = ""
    directness: str = ""
    question: str = ""
    credibility: int | None = None
    withdrawn: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignConclusion:
    """What somebody concluded on a claim. ``stage`` is one of ``Stage``."""

    key: str
    claim: str
    verdict: ForeignRating
    flags: tuple[str, ...] = ()
    confidence: str = ""
    confidence_percent: int | None = None
    reasons: tuple[str, ...] = ()
    likelihood: str = ""
    justification: str = ""
    as_of: str = ""
    stage: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Foreign:
    """All that a file says, and what of it its reader had to leave out. ``format`` is the code of the reader.

    ``drafts`` are judgements that notes hold, without what the codes beside them say: passages, claim and levels.
    """

    format: str
    people: tuple[ForeignPerson, ...] = ()
    sources: tuple[ForeignSource, ...] = ()
    codes: tuple[ForeignCode, ...] = ()
    passages: tuple[ForeignPassage, ...] = ()
    codings: tuple[ForeignCoding, ...] = ()
    drafts: tuple[ForeignLinkage, ...] = ()
    claims: tuple[ForeignClaim, ...] = ()
    appearances: tuple[ForeignAppearance, ...] = ()
    linkages: tuple[ForeignLinkage, ...] = ()
    conclusions: tuple[ForeignConclusion, ...] = ()
    notes: tuple[ForeignNote, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
