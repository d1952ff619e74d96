"""Codings of a REFI-QDA project, and the notes on them as drafts of judgements."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from annotator.domain.foreign import ForeignCoding, ForeignLinkage
from annotator.importers.annotations.refi_codes import Codes, Role
from annotator.importers.annotations.refi_noted import Noted, NotedText, per_cent
from annotator.importers.annotations.refi_package import children, given, key_of, target
from annotator.importers.annotations.refi_texts import Selection


def codings(
    selections: Iterable[Selection], part_of: dict[str, str], codes: Codes, *, ours: bool
) -> Iterator[ForeignCoding]:
    """Yield the codings on passages; ``part_of`` tells which passage a selection is. Of our own, labels are told otherwise."""
    for selection in selections:
        for coding in children(selection.element, "Coding"):
            by = key_of(given(coding, "creatingUser") or given(selection.element, "creatingUser"))
            note = next((target(each) for each in children(coding, "NoteRef")), "")
            for ref in children(coding, "CodeRef"):
                code = codes.get(target(ref))
                if code is not None and not (ours and code.role is Role.WORD):
                    yield ForeignCoding(passage=part_of[selection.key], code=code.key, by=by, note=note)


def drafts(found: Iterable[ForeignCoding], noted: Noted) -> Iterator[ForeignLinkage]:
    """Yield what the notes on codings say of a judgement."""
    for key in dict.fromkeys(coding.note for coding in found):
        note = noted.get(key)
        if note is not None:
            yield _draft(note)


def _draft(note: NotedText) -> ForeignLinkage:
    credibility = note.values.get("Information credibility", "")
    return ForeignLinkage(
        key=note.key,
        passages=(),
        claim="",
        confidence_percent=per_cent(note.values.get("Confidence in per cent", "")),
        reasons=tuple(filter(None, note.values.get("Reasons", "").split(", "))),
        rationale=note.text,
        basis=note.values.get("Basis", ""),
        directness=note.values.get("Directness", ""),
        question=note.values.get("Question", ""),
        credibility=int(credibility) if credibility.isdecimal() else None,
        by=note.by,
    )
