"""Linkages, conclusions and notes as REFI-QDA notes: their words, and in variables what codes cannot say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from annotator.domain.ids import EntityId, derived_id
from annotator.domain.judgement import Conclusion, Linkage
from annotator.domain.note import Note
from annotator.domain.scales import Codebook
from annotator.domain.view import Stamp, View
from annotator.exporters.markup import Markup, tag
from annotator.exporters.refi_codes import Codes, short
from annotator.exporters.refi_variables import values


def coding(
    codes: Codes, judgement: Linkage | Conclusion, stamp: Stamp, *place: str, note: EntityId | None
) -> Iterator[Markup]:
    """Yield the codings that a judgement makes, with the note that belongs to them; ``place`` tells apart where they stand."""
    stance = judgement.stance if isinstance(judgement, Linkage) else ""
    guids = (
        judgement.claim_id,
        codes.level("stance", stance),
        codes.level("verdict", judgement.verdict),
        codes.level("confidence", judgement.confidence),
    )
    for code in guids:
        if code:
            yield tag(
                "Coding",
                tag("CodeRef", targetGUID=code),
                tag("NoteRef", targetGUID=note) if note else None,
                guid=derived_id("refi", judgement.id, code, *place),
                creatingUser=judgement.annotator_id,
                creationDateTime=stamp.created,
            )


class NoteWriter:
    """Writes the notes of one project."""

    def __init__(self, view: View, codes: Codes) -> None:
        self._codebook: Codebook = view.codebook()
        self._codes = codes
        self._disputed = view.disputed()

    def linkage(self, linkage: Linkage, stamp: Stamp, notes: Iterable[EntityId]) -> Markup:
        """Return the note of a linkage: its rationale."""
        label = self._codebook.label
        given = {
            "Confidence in per cent": linkage.confidence_percent,
            "Information credibility": linkage.credibility,
            "Reasons": ", ".join(linkage.reasons),
            "Basis": linkage.basis,
            "Directness": linkage.directness,
            "Question": linkage.question,
            "Disputed": self.disputed(linkage.id),
        }
        name = f"{label('stance', linkage.stance)}; {label('verdict', linkage.verdict) or 'no verdict'}"
        coded = coding(self._codes, linkage, stamp, "note", note=None)
        return _note(linkage.id, name, linkage.rationale, linkage.annotator_id, stamp, coded, notes, given)

    def conclusion(self, conclusion: Conclusion, stamp: Stamp, notes: Iterable[EntityId]) -> Markup:
        """Return the note of a conclusion: its justification, with the codes of its verdict and confidence."""
        given = {
            "Confidence in per cent": conclusion.confidence_percent,
            "Reasons": ", ".join(conclusion.reasons),
            "Flags": ", ".join(conclusion.flags),
            "Likelihood": conclusion.likelihood,
            "As of": conclusion.as_of,
            "Stage": conclusion.stage,
            "Disputed": self.disputed(conclusion.id),
        }
        name = f"Conclusion: {self._codebook.label('verdict', conclusion.verdict)}"
        coded = coding(self._codes, conclusion, stamp, "note", note=None)
        return _note(conclusion.id, name, conclusion.justification, conclusion.annotator_id, stamp, coded, notes, given)

    def note(self, note: Note, stamp: Stamp) -> Markup:
        """Return a note."""
        return _note(note.id, short(note.text), note.text, note.annotator_id, stamp, (), (), {})

    def disputed(self, id_: EntityId) -> str:
        """Return the names of the fields of an entity that hold several values."""
        return ", ".join(self._disputed.get(id_, ()))


def _note(
    id_: EntityId,
    name: str,
    words: str,
    by: EntityId,
    stamp: Stamp,
    coded: Iterable[Markup],
    notes: Iterable[EntityId],
    given: Mapping[str, str | int | None],
) -> Markup:
    return tag(
        "Note",
        tag("PlainTextContent", words),
        *coded,
        *(tag("NoteRef", targetGUID=each) for each in notes),
        *values(given),
        guid=id_,
        name=name,
        creatingUser=by,
        creationDateTime=stamp.created,
        modifiedDateTime=stamp.modified if stamp.modified != stamp.created else None,
    )
