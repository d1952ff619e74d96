"""Reads REFI-QDA projects and codebooks as what they say in this program's words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from annotator.domain.claim import Relation
from annotator.domain.errors import ImportFailedError
from annotator.domain.foreign import (
    Foreign,
    ForeignClaim,
    ForeignConclusion,
    ForeignNote,
    ForeignPerson,
    ForeignRating,
)
from annotator.domain.foreign_reasons import LeftOut, Why
from annotator.importers.annotations.refi_codes import Codes, Role
from annotator.importers.annotations.refi_judged import codings, drafts
from annotator.importers.annotations.refi_noted import Noted, NotedText, per_cent, variable_names, variable_values
from annotator.importers.annotations.refi_package import (
    RefiPackage,
    child,
    children,
    given,
    key_of,
    some,
    target,
    words_of,
)
from annotator.importers.annotations.refi_passages import Placing
from annotator.importers.annotations.refi_texts import ADDRESS, Texts
from annotator.importers.documents.xml_guard import parse_xml

_ORIGIN = "Annotator"
_GOES_ON = "continued by"
_NOT_HERE = {"Cases": "Case", "Sets": "Set", "Graphs": "Graph"}


def read_codebook(data: bytes, name: str) -> Foreign:
    """Return the claims of a codebook. Raises ``ImportFailedError``."""
    root = parse_xml(data, name, name)
    codes, ours = Codes(root), given(root, "origin") == _ORIGIN
    claims = tuple(codes.claims(ours=ours))
    others = Counter(code.role for code in codes)[Role.WORD]
    left_out = [*_counted(root, "Sets", "Set")]
    if others and not ours:
        detail = "Codes label passages, and a codebook has none; only claims come in by themselves"
        left_out.append(LeftOut(kind="code", words=some(others, "code"), why=Why.OTHER, detail=detail))
    return Foreign(format="qdc", codes=tuple(codes.all(ours=ours)), claims=claims, left_out=tuple(left_out))


def read_project(data: bytes, name: str) -> Foreign:
    """Return what a project says. Raises ``ImportFailedError``."""
    found = _Project(RefiPackage(data, name)).read()
    if not found.sources and not found.claims and not found.left_out:
        codes = f" but {some(len(found.codes), 'code')} without passages" if found.codes else ""
        raise ImportFailedError(
            name=name, reason=f"it holds nothing that can come in{codes}", advice="Export a project with its sources."
        )
    return found


class _Project:
    def __init__(self, package: RefiPackage) -> None:
        self._root = root = package.root
        self._ours = given(root, "origin") == _ORIGIN
        self._codes = Codes(root)
        self._noted = Noted(package)
        self._texts = Texts()
        self._texts.take(package)
        self._links = [
            (given(each, "name"), key_of(given(each, "originGUID")), key_of(given(each, "targetGUID")))
            for each in children(child(root, "Links"), "Link")
        ]
        follows = {start: end for name, start, end in self._links if name == _GOES_ON}
        self._placing = Placing(self._texts, follows)

    def read(self) -> Foreign:
        placed = list(self._placing.passages(ours=self._ours))
        known = {passage.key for passage in placed}
        selected = (each for each in self._texts.selections if self._placing.part_of.get(each.key) in known)
        coded = list(codings(selected, self._placing.part_of, self._codes, ours=self._ours))
        claims = list(self._claims())
        conclusions = list(self._conclusions())
        used = {conclusion.key for conclusion in conclusions}
        notes = list(self._notes(used))
        told = {note.key.partition("#")[0] for note in notes} | used
        left_out = [
            *self._texts.left_out,
            *self._noted.left_out,
            *(_unheld(note) for note in self._noted if note.key not in told),
            *(each for holder, kind in _NOT_HERE.items() for each in _counted(self._root, holder, kind)),
            *self._other_links({claim.key for claim in claims}),
            *self._other_values(),
        ]
        people = (
            ForeignPerson(key=key_of(given(each, "guid")), name=given(each, "name"))
            for each in children(child(self._root, "Users"), "User")
        )
        return Foreign(
            format="qdpx",
            people=tuple(people),
            sources=tuple(self._texts.sources.values()),
            codes=tuple(self._codes.all(ours=self._ours)),
            passages=tuple(placed),
            codings=tuple(coded),
            drafts=tuple(drafts(coded, self._noted)),
            claims=tuple(claims),
            conclusions=tuple(conclusions),
            notes=tuple(notes),
            left_out=tuple(left_out),
        )

    def _claims(self) -> Iterator[ForeignClaim]:
        above = {start: (name, end) for name, start, end in self._links if name.replace(" ", "_") in set(Relation)}
        for claim in self._codes.claims(ours=self._ours):
            relation, parent = above.get(claim.key, ("", ""))
            yield replace(claim, parent=parent, relation=relation.replace(" ", "_")) if parent else claim

    def _conclusions(self) -> Iterator[ForeignConclusion]:
        """Yield the notes on claims that are coded with a verdict."""
        for claim in self._codes:
            for note in (self._noted.get(key) for key in claim.notes if claim.role is Role.CLAIM):
                verdict = next(filter(None, (self._level(key, Role.VERDICT) for key in note.codes)), "") if note else ""
                if note and verdict:
                    yield ForeignConclusion(
                        key=note.key,
                        claim=claim.key,
                        verdict=ForeignRating(words=verdict),
                        flags=tuple(filter(None, note.values.get("Flags", "").split(", "))),
                        confidence=next(filter(None, (self._level(key, Role.CONFIDENCE) for key in note.codes)), ""),
                        confidence_percent=per_cent(note.values.get("Confidence in per cent", "")),
                        reasons=tuple(filter(None, note.values.get("Reasons", "").split(", "))),
                        likelihood=note.values.get("Likelihood", ""),
                        justification=note.text,
                        as_of=note.values.get("As of", ""),
                        stage=note.values.get("Stage", ""),
                        by=note.by,
                    )

    def _level(self, key: str, role: Role) -> str:
        code = self._codes.get(key)
        return code.name if code is not None and code.role is role else ""

    def _notes(self, used: set[str]) -> Iterator[ForeignNote]:
        """Yield the notes on what comes in: each once for everything that it is on."""
        taken: set[str] = set()
        for about, key in self._noted_on():
            note = self._noted.get(key)
            if note is not None and key not in used:
                yield ForeignNote(
                    key=f"{key}#{about}" if key in taken else key, about=about, text=note.text, by=note.by
                )
                taken.add(key)
        for selection in self._texts.selections if not self._ours else ():
            words = words_of(selection.element, "Description")
            if words.strip():
                by, about = key_of(given(selection.element, "creatingUser")), self._placing.part_of[selection.key]
                yield ForeignNote(key=f"{selection.key}#description", about=about, text=words, by=by)
        for key, element in self._texts.elements.items():
            if words_of(element, "Description").strip():
                yield ForeignNote(key=f"{key}#description", about=key, text=words_of(element, "Description"))

    def _noted_on(self) -> Iterator[tuple[str, str]]:
        """Yield what notes are on, with their keys; a note on a coding is one on its passage."""
        marking = {selection.note for selection in self._texts.selections}
        for key, element in self._texts.elements.items():
            yield from ((key, target(ref)) for ref in children(element, "NoteRef") if target(ref) not in marking)
        yield from self._linked_notes()
        for selection in self._texts.selections:
            about = self._placing.part_of[selection.key]
            if selection.note:
                yield about, selection.note
            yield from ((about, target(ref)) for ref in children(selection.element, "NoteRef"))
            for coding in children(selection.element, "Coding"):
                yield from ((about, target(ref)) for ref in children(coding, "NoteRef"))
        for code in self._codes:
            yield from ((code.key, key) for key in code.notes)
        for note in self._noted:
            yield from ((note.key, key) for key in note.notes)

    def _linked_notes(self) -> Iterator[tuple[str, str]]:
        """Yield what notes are on that are linked to it, in whichever direction (NVivo), with their keys."""
        for _, start, end in self._links:
            for about, note in ((start, end), (end, start)):
                if self._noted.get(note) is not None and (
                    about in self._placing.part_of or about in self._texts.elements
                ):
                    yield self._placing.part_of.get(about, about), note

    def _other_links(self, claims: set[str]) -> Iterator[LeftOut]:
        noted = {note for _, note in self._linked_notes()}
        others = sum(
            not (self._placing.is_continued(start, end) or {start, end} <= claims or {start, end} & noted)
            for _, start, end in self._links
        )
        if others:
            yield LeftOut(
                kind="link", words=some(others, "link"), why=Why.OTHER, detail="There is nothing like it here"
            )

    def _other_values(self) -> Iterator[LeftOut]:
        """Yield a line on what sources say in variables that have no place here."""
        names = variable_names(self._root)
        found = Counter(
            name
            for element in self._texts.elements.values()
            for name, _ in variable_values(element, names)
            if name != ADDRESS
        )
        if found:
            words = ", ".join(f"{name} ({count})" for name, count in sorted(found.items()))
            yield LeftOut(kind="variable", words=words, why=Why.OTHER, detail="Enter it by hand where you need it")


def _unheld(note: NotedText) -> LeftOut:
    detail = "It is on nothing that comes in: on the project, on a code, or on no thing at all"
    return LeftOut(kind="note", words=note.text, why=Why.OTHER, detail=detail)


def _counted(root: etree._Element, holder: str, kind: str) -> Iterator[LeftOut]:
    """Yield a line on what there is nothing like here."""
    count = sum(1 for _ in children(child(root, holder), kind))
    if count:
        yield LeftOut(
            kind=kind.lower(), words=some(count, kind.lower()), why=Why.OTHER, detail="There is nothing like it here"
        )
