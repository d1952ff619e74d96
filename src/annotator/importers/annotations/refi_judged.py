"""Linkages out of codings: a claim and levels that one person put on the same words, or that name one note."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from annotator.domain.foreign import ForeignLinkage
from annotator.domain.foreign_reasons import LeftOut, Why
from annotator.importers.annotations.refi_codes import Code, Role
from annotator.importers.annotations.refi_noted import Noted, per_cent


@dataclass(frozen=True, slots=True, kw_only=True)
class Coded:
    """One coding: on which passage, with which code, by whom, and the keys of the notes that it names."""

    passage: str
    code: Code
    by: str
    notes: tuple[str, ...] = ()


@dataclass(slots=True)
class _Group:
    by: str
    passages: dict[str, None] = field(default_factory=dict)
    codes: dict[Role, dict[str, Code]] = field(default_factory=dict)

    def add(self, coded: Coded) -> None:
        self.passages[coded.passage] = None
        self.codes.setdefault(coded.code.role, {})[coded.code.key] = coded.code

    def names(self, role: Role) -> list[str]:
        return [code.name for code in self.codes.get(role, {}).values()]


class Judged:
    """Sorts codings into linkages and words. ``used`` are the notes that are linkages."""

    def __init__(self, codings: Iterable[Coded], noted: Noted) -> None:
        self._noted = noted
        self._groups: dict[tuple[str, ...], _Group] = {}
        self._words: dict[str, dict[str, None]] = {}
        for coded in codings:
            if coded.code.role is Role.WORD:
                self._words.setdefault(coded.passage, {})[coded.code.key] = None
            else:
                note = next(iter(coded.notes), "")
                key: tuple[str, ...] = ("note", note) if note else ("by", coded.passage, coded.by)
                self._groups.setdefault(key, _Group(coded.by)).add(coded)
        self.linkages: list[ForeignLinkage] = []
        self.left_out: list[LeftOut] = []
        self.used: set[str] = set()
        for key, group in self._groups.items():
            self._settle(key, group)

    def words_on(self, passage: str) -> tuple[str, ...]:
        """Return the keys of the codes that label a passage."""
        return tuple(self._words.get(passage, ()))

    def _settle(self, key: tuple[str, ...], group: _Group) -> None:
        claims, stances = list(group.codes.get(Role.CLAIM, ())), group.names(Role.STANCE)
        verdicts, confidences = group.names(Role.VERDICT), group.names(Role.CONFIDENCE)
        if len(claims) == 1 and len(stances) == 1 and len(verdicts) <= 1 and len(confidences) <= 1:
            self.linkages.append(self._linkage(key, group, claims[0]))
            return
        words = "; ".join(code.name for codes in group.codes.values() for code in codes.values())
        if len(claims) > 1 or len(stances) > 1 or len(verdicts) > 1 or len(confidences) > 1:
            detail = "It bears several claims or levels by one person, and nothing says which belong together"
            self.left_out.append(LeftOut(kind="linkage", words=words, why=Why.OTHER, detail=detail))
        elif claims:
            self.left_out.append(LeftOut(kind="linkage", words=words, why=Why.NO_STANCE))
        for passage in group.passages:
            known = self._words.setdefault(passage, {})
            known.update((code.key, None) for codes in group.codes.values() for code in codes.values())

    def _linkage(self, key: tuple[str, ...], group: _Group, claim: str) -> ForeignLinkage:
        note = self._noted.get(key[1]) if key[0] == "note" else None
        values = note.values if note else {}
        if note:
            self.used.add(note.key)
        credibility = values.get("Information credibility", "")
        return ForeignLinkage(
            key=note.key if note else "#".join((*key[1:], claim)),
            passages=tuple(group.passages),
            claim=claim,
            stance=next(iter(group.names(Role.STANCE))),
            verdict=next(iter(group.names(Role.VERDICT)), ""),
            confidence=next(iter(group.names(Role.CONFIDENCE)), ""),
            confidence_percent=per_cent(values.get("Confidence in per cent", "")),
            reasons=tuple(filter(None, values.get("Reasons", "").split(", "))),
            rationale=note.text if note else "",
            basis=values.get("Basis", ""),
            directness=values.get("Directness", ""),
            question=values.get("Question", ""),
            credibility=int(credibility) if credibility.isdecimal() else None,
            by=group.by,
        )
