"""The words of the history: fields, kinds and fixed values as people call them."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from annotator.domain.change import DELETED

_CONTEXT = "history"

_KINDS = {
    "source": "Source",
    "version": "Version",
    "passage": "Passage",
    "claim": "Claim",
    "appearance": "Who says it",
    "linkage": "Linkage",
    "conclusion": "Conclusion",
    "agent": "Agent",
    "annotator": "Annotator",
    "note": "Note",
    "scale": "Scale",
    "review": "Review",
    "waiver": "Waiver",
    "anchor": "Place in a new version",
    "block_mark": "Mark of the article",
}

_SEVERAL = {
    "source": "{0:n} sources",
    "version": "{0:n} versions",
    "passage": "{0:n} passages",
    "claim": "{0:n} claims",
    "appearance": "{0:n} times who says it",
    "linkage": "{0:n} linkages",
    "conclusion": "{0:n} conclusions",
    "agent": "{0:n} agents",
    "annotator": "{0:n} annotators",
    "note": "{0:n} notes",
    "scale": "{0:n} scales",
    "review": "{0:n} reviews",
    "waiver": "{0:n} waivers",
    "anchor": "{0:n} places in a new version",
    "block_mark": "{0:n} marks of the article",
}

KIND_CODES = tuple(_KINDS)
"""The kinds of entities that have words."""

_FIELDS = {
    DELETED: "Deleted",
    "about": "About",
    "agent_id": "Said by",
    "agent_kind": "Kind",
    "annotator_id": "By",
    "anchor.text": "Found in",
    "archived_url": "Archived at",
    "area": "Area of the page",
    "article": "Part of the article",
    "as_of": "As of",
    "authors": "Authors",
    "basis": "Basis",
    "block_mark.text": "Stands in",
    "change_note": "What changed",
    "check": "Check",
    "checkability": "Checkability",
    "claim_id": "Claim",
    "claimants": "Claimed by",
    "comment": "Comment",
    "confidence": "Confidence",
    "confirmed": "Confirmed",
    "credibility": "Credibility",
    "cue_span": "Words of saying",
    "date": "Date",
    "date_published": "Published",
    "decision": "Decision",
    "derived_from": "Goes back to",
    "directness": "Directness",
    "encoding": "Encoding",
    "fidelity": "Fidelity",
    "flags": "Flags",
    "fragments": "Words",
    "genre": "Genre",
    "importer": "Read by",
    "imported_at": "Taken in",
    "interests": "Interests",
    "justification": "Justification",
    "keys": "Keys",
    "label": "Label",
    "language": "Language",
    "licence": "Licence",
    "likelihood": "Likelihood",
    "linkage_ids": "Rests on",
    "location": "Place",
    "media_type": "Type",
    "medium": "Medium",
    "merged_into": "Same as",
    "name": "Name",
    "notes": "Notes",
    "others": "Names beside it",
    "parent": "Belongs to",
    "parted_from": "Not the same as",
    "passage": "Passage",
    "passage.text": "Stands in",
    "passage_id": "Passage",
    "passage_ids": "Passages",
    "place": "Place",
    "placed": "Words as placed by hand",
    "private": "Private",
    "publishers": "Publishers",
    "question": "Question",
    "rationale": "Rationale",
    "reason": "Reason",
    "reasons": "Reasons",
    "relation": "How it belongs",
    "retrieved_at": "Retrieved",
    "review_by": "Look again by",
    "role": "Role",
    "sequence": "Version",
    "score": "Likeness in per cent",
    "size": "Size in bytes",
    "source_id": "Source",
    "source_span": "Words that name who says it",
    "stage": "Stage",
    "stance": "Stance",
    "start": "Block begins at",
    "state": "Found again",
    "status": "Status",
    "supersedes": "Follows",
    "text": "Words",
    "title": "Title",
    "types": "Types",
    "url": "Address",
    "valid_from": "Valid from",
    "valid_to": "Valid until",
    "verdict": "Verdict",
    "voice": "Voice",
    "warnings": "Warnings",
    "withdrawn": "Withdrawn because",
    "wording": "Original words",
}

UNTOLD = frozenset(
    {
        "confidence_percent", "declared_type", "http_headers", "http_status", "importer_version", "made_for", "method",
        "original", "part", "retrieved_basis", "rests_on_changes", "review.as_of", "structure", "suggested", "url_basis",
        "version.text",
    }
)  # fmt: skip
"""Fields that say nothing to a person: digests, and what follows from another field."""

TEXTS = frozenset(
    {
        "change_note", "comment", "interests", "justification", "label", "location", "name", "notes", "place", "question",
        "rationale", "reason", "text", "title", "withdrawn", "wording",
    }
)  # fmt: skip
"""Fields that people write, whose difference is told word by word."""

LEVELS = {
    "stance": "stance",
    "verdict": "verdict",
    "confidence": "confidence",
    "basis": "basis",
    "likelihood": "likelihood",
    "flags": "flags",
    "role": "appearance_role",
    "types": "claim_type",
}
"""The scale of the codebook whose levels a field holds."""

DATES = frozenset({"as_of", "date", "date_published", "review_by", "valid_from", "valid_to"})
MOMENTS = frozenset({"imported_at", "retrieved_at"})

_VALUES = {
    "accepted": "accepted",
    "adjudicated": "adjudicated",
    "changed": "with other words",
    "conflated_with": "conflated with it",
    "contested": "contested",
    "contradicts": "contradicts it",
    "direct": "direct speech",
    "draft": "draft",
    "exact": "as it was",
    "indirect": "indirect speech",
    "insinuation": "insinuation",
    "kept": "kept on its own version",
    "moved": "elsewhere",
    "needs_work": "needs work",
    "orphaned": "not found",
    "own": "own words",
    "part_of": "part of it",
    "placed": "placed by hand",
    "published": "published",
    "rejected": "rejected",
    "restates": "restates it",
    "same_as": "the same as it",
    "submitted": "submitted",
    "whitespace": "with other white space",
    "withdrawn": "withdrawn",
}
VALUED = frozenset({"decision", "relation", "stage", "state", "voice"})
"""Fields with fixed values that have words of their own."""


def kind_words(kind: str) -> str:
    """Return what a kind of entity is called."""
    return QCoreApplication.translate(_CONTEXT, _KINDS.get(kind, kind))


def count_words(kind: str, count: int) -> str:
    """Return how many of a kind of entity there are: “1 claim”, “40 linkages”."""
    if count == 1:
        return f"1 {kind_words(kind).lower()}"
    return QCoreApplication.translate(_CONTEXT, _SEVERAL.get(kind, f"{{0:n}} {kind}")).format(count)


def field_words(field: str, kind: str = "") -> str:
    """Return what a field (of a kind of entity) is called."""
    known = _FIELDS.get(f"{kind}.{field}") or _FIELDS.get(field) or field.replace("_", " ").capitalize()
    return QCoreApplication.translate(_CONTEXT, known)


def is_told(field: str, kind: str) -> bool:
    """Tell whether a field (of a kind of entity) says something to a person."""
    return field not in UNTOLD and f"{kind}.{field}" not in UNTOLD


def value_words(value: str) -> str:
    """Return the words of a fixed value."""
    return QCoreApplication.translate(_CONTEXT, _VALUES.get(value, value))


def label_words(label: str) -> str:
    """Return what an action is called, in the person's language; undo and redo say what they took back."""
    for what in ("Undo", "Redo"):
        if label.startswith(f"{what}: "):
            rest = QCoreApplication.translate("labels", label.removeprefix(f"{what}: "))
            return QCoreApplication.translate(_CONTEXT, f"{what}: {{0}}").format(rest)
    return QCoreApplication.translate("labels", label)
