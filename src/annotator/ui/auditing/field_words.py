"""The words of the history: fields, kinds and fixed values as people call them."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from annotator.domain.change import DELETED

_CONTEXT = "history"

_KINDS: dict[str, str] = {
    "source": QT_TRANSLATE_NOOP("history", "Source"),
    "version": QT_TRANSLATE_NOOP("history", "Version"),
    "passage": QT_TRANSLATE_NOOP("history", "Passage"),
    "claim": QT_TRANSLATE_NOOP("history", "Claim"),
    "appearance": QT_TRANSLATE_NOOP("history", "Who says it"),
    "linkage": QT_TRANSLATE_NOOP("history", "Linkage"),
    "conclusion": QT_TRANSLATE_NOOP("history", "Conclusion"),
    "agent": QT_TRANSLATE_NOOP("history", "Agent"),
    "annotator": QT_TRANSLATE_NOOP("history", "Annotator"),
    "note": QT_TRANSLATE_NOOP("history", "Note"),
    "scale": QT_TRANSLATE_NOOP("history", "Scale"),
}

_FIELDS: dict[str, str] = {
    DELETED: QT_TRANSLATE_NOOP("history", "Deleted"),
    "about": QT_TRANSLATE_NOOP("history", "About"),
    "agent_id": QT_TRANSLATE_NOOP("history", "Said by"),
    "agent_kind": QT_TRANSLATE_NOOP("history", "Kind"),
    "annotator_id": QT_TRANSLATE_NOOP("history", "By"),
    "archived_url": QT_TRANSLATE_NOOP("history", "Archived at"),
    "area": QT_TRANSLATE_NOOP("history", "Area of the page"),
    "as_of": QT_TRANSLATE_NOOP("history", "As of"),
    "authors": QT_TRANSLATE_NOOP("history", "Authors"),
    "basis": QT_TRANSLATE_NOOP("history", "Basis"),
    "change_note": QT_TRANSLATE_NOOP("history", "What changed"),
    "checkability": QT_TRANSLATE_NOOP("history", "Checkability"),
    "claim_id": QT_TRANSLATE_NOOP("history", "Claim"),
    "claimants": QT_TRANSLATE_NOOP("history", "Claimed by"),
    "confidence": QT_TRANSLATE_NOOP("history", "Confidence"),
    "credibility": QT_TRANSLATE_NOOP("history", "Credibility"),
    "cue_span": QT_TRANSLATE_NOOP("history", "Words of saying"),
    "date": QT_TRANSLATE_NOOP("history", "Date"),
    "date_published": QT_TRANSLATE_NOOP("history", "Published"),
    "derived_from": QT_TRANSLATE_NOOP("history", "Goes back to"),
    "directness": QT_TRANSLATE_NOOP("history", "Directness"),
    "encoding": QT_TRANSLATE_NOOP("history", "Encoding"),
    "fidelity": QT_TRANSLATE_NOOP("history", "Fidelity"),
    "flags": QT_TRANSLATE_NOOP("history", "Flags"),
    "fragments": QT_TRANSLATE_NOOP("history", "Words"),
    "genre": QT_TRANSLATE_NOOP("history", "Genre"),
    "importer": QT_TRANSLATE_NOOP("history", "Read by"),
    "imported_at": QT_TRANSLATE_NOOP("history", "Taken in"),
    "interests": QT_TRANSLATE_NOOP("history", "Interests"),
    "justification": QT_TRANSLATE_NOOP("history", "Justification"),
    "keys": QT_TRANSLATE_NOOP("history", "Keys"),
    "label": QT_TRANSLATE_NOOP("history", "Label"),
    "language": QT_TRANSLATE_NOOP("history", "Language"),
    "licence": QT_TRANSLATE_NOOP("history", "Licence"),
    "likelihood": QT_TRANSLATE_NOOP("history", "Likelihood"),
    "linkage_ids": QT_TRANSLATE_NOOP("history", "Rests on"),
    "location": QT_TRANSLATE_NOOP("history", "Place"),
    "media_type": QT_TRANSLATE_NOOP("history", "Type"),
    "medium": QT_TRANSLATE_NOOP("history", "Medium"),
    "merged_into": QT_TRANSLATE_NOOP("history", "Same as"),
    "name": QT_TRANSLATE_NOOP("history", "Name"),
    "notes": QT_TRANSLATE_NOOP("history", "Notes"),
    "parent": QT_TRANSLATE_NOOP("history", "Belongs to"),
    "passage.text": QT_TRANSLATE_NOOP("history", "Stands in"),
    "passage_id": QT_TRANSLATE_NOOP("history", "Passage"),
    "passage_ids": QT_TRANSLATE_NOOP("history", "Passages"),
    "place": QT_TRANSLATE_NOOP("history", "Place"),
    "private": QT_TRANSLATE_NOOP("history", "Private"),
    "publishers": QT_TRANSLATE_NOOP("history", "Publishers"),
    "question": QT_TRANSLATE_NOOP("history", "Question"),
    "rationale": QT_TRANSLATE_NOOP("history", "Rationale"),
    "reasons": QT_TRANSLATE_NOOP("history", "Reasons"),
    "relation": QT_TRANSLATE_NOOP("history", "How it belongs"),
    "retrieved_at": QT_TRANSLATE_NOOP("history", "Retrieved"),
    "review_by": QT_TRANSLATE_NOOP("history", "Look again by"),
    "role": QT_TRANSLATE_NOOP("history", "Role"),
    "sequence": QT_TRANSLATE_NOOP("history", "Version"),
    "size": QT_TRANSLATE_NOOP("history", "Size in bytes"),
    "source_id": QT_TRANSLATE_NOOP("history", "Source"),
    "source_span": QT_TRANSLATE_NOOP("history", "Words that name who says it"),
    "stage": QT_TRANSLATE_NOOP("history", "Stage"),
    "stance": QT_TRANSLATE_NOOP("history", "Stance"),
    "status": QT_TRANSLATE_NOOP("history", "Status"),
    "supersedes": QT_TRANSLATE_NOOP("history", "Follows"),
    "text": QT_TRANSLATE_NOOP("history", "Words"),
    "title": QT_TRANSLATE_NOOP("history", "Title"),
    "types": QT_TRANSLATE_NOOP("history", "Types"),
    "url": QT_TRANSLATE_NOOP("history", "Address"),
    "valid_from": QT_TRANSLATE_NOOP("history", "Valid from"),
    "valid_to": QT_TRANSLATE_NOOP("history", "Valid until"),
    "verdict": QT_TRANSLATE_NOOP("history", "Verdict"),
    "voice": QT_TRANSLATE_NOOP("history", "Voice"),
    "warnings": QT_TRANSLATE_NOOP("history", "Warnings"),
    "withdrawn": QT_TRANSLATE_NOOP("history", "Withdrawn because"),
    "wording": QT_TRANSLATE_NOOP("history", "Original words"),
}

UNTOLD = frozenset(
    {
        "confidence_percent", "declared_type", "http_headers", "http_status", "importer_version", "original",
        "retrieved_basis", "rests_on_changes", "structure", "url_basis",
    }
)  # fmt: skip
"""Fields that say nothing to a person: digests, and what follows from another field."""

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

_VALUES: dict[str, str] = {
    "adjudicated": QT_TRANSLATE_NOOP("history", "adjudicated"),
    "conflated_with": QT_TRANSLATE_NOOP("history", "conflated with it"),
    "contradicts": QT_TRANSLATE_NOOP("history", "contradicts it"),
    "direct": QT_TRANSLATE_NOOP("history", "direct speech"),
    "draft": QT_TRANSLATE_NOOP("history", "draft"),
    "indirect": QT_TRANSLATE_NOOP("history", "indirect speech"),
    "insinuation": QT_TRANSLATE_NOOP("history", "insinuation"),
    "own": QT_TRANSLATE_NOOP("history", "own words"),
    "part_of": QT_TRANSLATE_NOOP("history", "part of it"),
    "published": QT_TRANSLATE_NOOP("history", "published"),
    "restates": QT_TRANSLATE_NOOP("history", "restates it"),
    "same_as": QT_TRANSLATE_NOOP("history", "the same as it"),
    "submitted": QT_TRANSLATE_NOOP("history", "submitted"),
    "withdrawn": QT_TRANSLATE_NOOP("history", "withdrawn"),
}
VALUED = frozenset({"relation", "stage", "voice"})
"""Fields with fixed values that have words of their own."""


def kind_words(kind: str) -> str:
    """Return what a kind of entity is called."""
    return QCoreApplication.translate(_CONTEXT, _KINDS.get(kind, kind))


def field_words(field: str, kind: str = "") -> str:
    """Return what a field (of a kind of entity) is called."""
    known = _FIELDS.get(f"{kind}.{field}") or _FIELDS.get(field) or field.replace("_", " ").capitalize()
    return QCoreApplication.translate(_CONTEXT, known)


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
