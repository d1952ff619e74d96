"""What the codes and tags of another program become: labels, claims, levels of a scale, or nothing; and what follows of it.

Where they stand in the other program's codebook says it first; a person may say otherwise. One person's codes on the same words
make a linkage: one claim and one stance, with or without verdict and confidence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from annotator.domain.errors import WrongArgumentError
from annotator.domain.folding import fold
from annotator.domain.foreign import Foreign, ForeignClaim, ForeignCode, ForeignCoding, ForeignLinkage, ForeignNote
from annotator.domain.foreign_reasons import LeftOut, Why
from annotator.domain.scales import Codebook

LABEL, CLAIM, NOTHING = "label", "claim", "nothing"
SCALES = ("stance", "verdict", "confidence")
"""The scales of which a code may be a level: then it becomes “stance:supports”, or “stance” for the level of its own name."""

Choices = Mapping[str, str]
"""What codes become, by their keys."""

_SEVERAL = "It bears several claims or levels by one person, and nothing says which belong together"
_ON_A_CODE = "It is on nothing that comes in: on the project, on a code, or on no thing at all"
_DEEPEST = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeUse:
    """A code of a file: its name and those above it, how many passages bear it, what it becomes, and would without a choice."""

    key: str
    path: tuple[str, ...]
    count: int
    becomes: str
    by_place: str


def code_uses(foreign: Foreign, choices: Choices) -> tuple[CodeUse, ...]:
    """Return the codes that something comes of, in the order of the file; all of them where the file has no passages."""
    bearing: dict[str, set[str]] = {}
    for coding in foreign.codings:
        bearing.setdefault(coding.code, set()).add(coding.passage)
    paths = paths_of(foreign.codes)
    uses = (
        CodeUse(
            key=code.key,
            path=paths[code.key],
            count=len(bearing.get(code.key, ())),
            becomes=choices.get(code.key) or code.becomes or LABEL,
            by_place=code.becomes or LABEL,
        )
        for code in foreign.codes
    )
    return tuple(use for use in uses if not foreign.passages or use.count or use.becomes == CLAIM)


def path_key(path: Iterable[str]) -> str:
    """Return what a code is known by when its codebook comes again: its name and those above, however they are written."""
    return "/".join(fold(" ".join(name.split())) for name in path)


def keyed(foreign: Foreign, said: Mapping[str, str], codebook: Codebook) -> dict[str, str]:
    """Return choices by the keys of codes, given by key, by name, or by the names down to it with “/” between.

    Raises ``WrongArgumentError`` for a code that is not in the file, and for what no code can become.
    """
    paths = paths_of(foreign.codes)
    by_name: dict[str, list[str]] = {}
    for key, path in paths.items():
        for name in {path_key(path), path_key(path[-1:])}:
            by_name.setdefault(name, []).append(key)
    found: dict[str, str] = {}
    for name, becomes in said.items():
        keys = [name] if name in paths else by_name.get(path_key(name.split("/")), [])
        if not keys:
            known = ", ".join("/".join(path) for path in list(paths.values())[:20]) or "none: the file has no codes"
            raise WrongArgumentError(argument="codes", problem=f"“{name}” is no code of the file", allowed=known)
        found.update(dict.fromkeys(keys, checked(becomes, codebook)))
    return found


def checked(becomes: str, codebook: Codebook) -> str:
    """Return what a code becomes with the code of its level; raises ``WrongArgumentError`` for what none can become."""
    scale, colon, level = becomes.partition(":")
    if becomes in (LABEL, CLAIM, NOTHING, *SCALES):
        return becomes
    if scale not in SCALES or not colon or not level:
        allowed = f"{LABEL}, {CLAIM}, {NOTHING}, " + ", ".join(f"{name}:LEVEL" for name in SCALES)
        raise WrongArgumentError(
            argument="codes", problem=f"“{becomes}” is nothing that a code becomes", allowed=allowed
        )
    return f"{scale}:{codebook.check(scale, level)}"


def resolved(foreign: Foreign, choices: Choices) -> Foreign:
    """Return what a file says with its codes as what they become: labels on passages, claims and linkages."""
    return _Resolving(foreign, choices).foreign() if foreign.codes else foreign


@dataclass(slots=True)
class _Group:
    by: str
    passages: dict[str, None] = field(default_factory=dict)
    codes: dict[str, dict[str, None]] = field(default_factory=dict)
    """By what they become (a claim, a scale): the keys of claims, the words of levels."""
    keys: dict[str, None] = field(default_factory=dict)


class _Resolving:
    def __init__(self, foreign: Foreign, choices: Choices) -> None:
        self._foreign = foreign
        self._codes = {code.key: code for code in foreign.codes}
        self._becomes = {code.key: choices.get(code.key) or code.becomes or LABEL for code in foreign.codes}
        self._drafts = {draft.key: draft for draft in foreign.drafts}
        self._labels: dict[str, dict[str, None]] = {}
        self._linkages: list[ForeignLinkage] = []
        self._left: list[LeftOut] = []
        self._used: set[str] = set()

    def foreign(self) -> Foreign:
        for key, group in self._groups().items():
            self._settle(key, group)
        claims = tuple(self._claims())
        notes = tuple(self._notes({claim.key for claim in claims}))
        return replace(
            self._foreign,
            codings=(),
            drafts=(),
            claims=claims,
            passages=tuple(
                replace(passage, codes=tuple(self._labels.get(passage.key, ()))) for passage in self._foreign.passages
            ),
            linkages=(*self._foreign.linkages, *self._linkages),
            notes=notes,
            left_out=(*self._foreign.left_out, *self._left),
        )

    def _groups(self) -> dict[tuple[str, ...], _Group]:
        """Return the codings that belong to one judgement together; the others become labels."""
        groups: dict[tuple[str, ...], _Group] = {}
        for coding in self._foreign.codings:
            kind, _, level = self._becomes.get(coding.code, NOTHING).partition(":")
            if kind == LABEL:
                self._label(coding)
            elif kind != NOTHING:
                key = ("note", coding.note) if coding.note in self._drafts else ("by", coding.passage, coding.by)
                group = groups.setdefault(key, _Group(coding.by))
                group.passages[coding.passage] = None
                group.keys[coding.code] = None
                words = coding.code if kind == CLAIM else level or self._codes[coding.code].name
                group.codes.setdefault(kind, {})[words] = None
        return groups

    def _label(self, coding: ForeignCoding) -> None:
        self._labels.setdefault(coding.passage, {})[coding.code] = None

    def _settle(self, key: tuple[str, ...], group: _Group) -> None:
        """Make a linkage of a group that says one thing; of any other the codes stay as labels."""
        counts = {kind: len(group.codes.get(kind, ())) for kind in (CLAIM, *SCALES)}
        if counts[CLAIM] == 1 and counts["stance"] == 1 and max(counts.values()) == 1:
            self._linkages.append(self._linkage(key, group))
            return
        words = "; ".join(self._codes[code].name for code in group.keys)
        if max(counts.values()) > 1:
            self._left.append(LeftOut(kind="linkage", words=words, why=Why.OTHER, detail=_SEVERAL))
        elif counts[CLAIM]:
            self._left.append(LeftOut(kind="linkage", words=words, why=Why.NO_STANCE))
        for passage in group.passages:
            self._labels.setdefault(passage, {}).update(group.keys)

    def _linkage(self, key: tuple[str, ...], group: _Group) -> ForeignLinkage:
        claim, stance, verdict, confidence = (next(iter(group.codes.get(kind, ())), "") for kind in (CLAIM, *SCALES))
        known = self._drafts.get(key[1]) if key[0] == "note" else None
        if known:
            self._used.add(known.key)
        draft = known or ForeignLinkage(key="#".join((*key[1:], claim)), passages=(), claim=claim)
        passages = tuple(group.passages)
        return replace(
            draft, passages=passages, claim=claim, stance=stance, verdict=verdict, confidence=confidence, by=group.by
        )

    def _claims(self) -> Iterator[ForeignClaim]:
        """Yield the claims of the file without those that shall be none, and the codes that shall be claims."""
        by_key = {claim.key: claim for claim in self._foreign.claims}
        for claim in self._foreign.claims:
            if self._becomes.get(claim.key, CLAIM) == CLAIM:
                yield claim
        for code in self._foreign.codes:
            if self._becomes[code.key] == CLAIM and code.key not in by_key:
                parent = next((above.key for above in self._above(code) if self._becomes[above.key] == CLAIM), "")
                relation = "part_of" if parent else ""
                yield ForeignClaim(key=code.key, text=code.name, parent=parent, relation=relation)

    def _above(self, code: ForeignCode) -> Iterator[ForeignCode]:
        for _ in range(_DEEPEST):
            above = self._codes.get(code.parent)
            if above is None:
                return
            yield above
            code = above

    def _notes(self, claims: set[str]) -> Iterator[ForeignNote]:
        """Yield the notes but for those that are rationales now; one that is on a code alone is told."""
        held = {
            note.key.partition("#")[0] for note in self._foreign.notes if note.about not in self._codes.keys() - claims
        }
        for code in self._foreign.codes:
            if code.key in claims and code.definition.strip():
                yield ForeignNote(key=f"{code.key}#definition", about=code.key, text=code.definition)
        for note in self._foreign.notes:
            key = note.key.partition("#")[0]
            if key in self._used:
                continue
            if note.about not in self._codes or note.about in claims:
                yield note
            elif key not in held:
                self._left.append(LeftOut(kind="note", words=note.text, why=Why.OTHER, detail=_ON_A_CODE))


def paths_of(codes: Iterable[ForeignCode]) -> dict[str, tuple[str, ...]]:
    """Return the names down to each code, by its key."""
    by_key = {code.key: code for code in codes}
    paths: dict[str, tuple[str, ...]] = {}
    for code in by_key.values():
        path, seen = [code.name], {code.key}
        above = by_key.get(code.parent)
        while above is not None and above.key not in seen and len(path) < _DEEPEST:
            path.append(above.name)
            seen.add(above.key)
            above = by_key.get(above.parent)
        paths[code.key] = tuple(reversed(path))
    return paths
