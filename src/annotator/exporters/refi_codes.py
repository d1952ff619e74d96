"""The codebook, the claims and the labels as a tree of REFI-QDA codes: Stance, Verdict …, and one code a claim or a label."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from annotator.domain.claim import Claim
from annotator.domain.ids import EntityId, derived_id
from annotator.domain.people import Agent
from annotator.domain.same_agents import distinct_names, names_of
from annotator.domain.scales import Level, Scale
from annotator.domain.view import View
from annotator.exporters.markup import Markup, closed, join, opened, tag

CLAIMS = derived_id("refi", "claims")
"""The code below which the claims stand, the same in every project."""

LABELS = derived_id("refi", "labels")
"""The code below which the labels of passages stand."""

_NAME = 100


def short(text: str) -> str:
    """Return text as a name: in one line, and cut with “…” where it is long, as other programs cut it."""
    line = " ".join(text.split())
    return line if len(line) <= _NAME else f"{line[: _NAME - 1].rstrip()}…"


def label_code(label: str) -> EntityId:
    """Return the guid of the code that a label is, the same in every project."""
    return derived_id("refi", "label", label)


def labels(names: Iterable[str]) -> Iterator[Markup]:
    """Yield the tree of labels, nothing where there are none."""
    codes = [_code(label_code(name), name, "") for name in sorted(names)]
    if codes:
        yield _code(LABELS, "Labels", "", *codes, codable=False)


class Codes:
    """The tree of codes, with the guids by which codings refer to it. Levels and scales keep their ids."""

    def __init__(self, view: View) -> None:
        self._scales = view.codebook().scales
        self._agents = names_of(view.all(Agent))
        self._levels: dict[tuple[str, str], EntityId] = {}
        self._guids: dict[tuple[EntityId, str], EntityId] = {}
        self._strange: dict[str, dict[str, EntityId]] = {}
        taken: set[EntityId] = set()
        for scale in sorted(self._scales, key=lambda scale: not scale.default):
            for level in scale.levels:
                guid = derived_id("refi", scale.id, level.code) if level.id in taken else level.id
                taken.add(guid)
                self._guids[scale.id, level.code] = guid
                self._levels.setdefault((scale.name, level.code), guid)

    def level(self, scale: str, code: str) -> EntityId | None:
        """Return the guid of a level, None for no level; one that no scale has becomes a code of its own."""
        if not code:
            return None
        known = self._levels.get((scale, code))
        return known or self._strange.setdefault(scale, {}).setdefault(code, derived_id("refi", scale, code))

    def scales(self) -> Iterator[Markup]:
        """Yield one tree a scale; call it once every level in use was asked for."""
        strange = dict(self._strange)
        for scale in self._scales:
            yield self._scale(scale, strange.pop(scale.name, {}))
        for name, levels in strange.items():
            yield _code(derived_id("refi", "scale", name), name.capitalize(), "", *_strange(levels), codable=False)

    def claims(
        self, claims: Iterable[Claim], notes: Callable[[Claim], Iterable[EntityId]] = lambda _: ()
    ) -> Iterator[Markup]:
        """Yield the tree of claims piece by piece; ``notes`` are those that a code refers to."""
        yield opened("Code", guid=CLAIMS, name="Claims", isCodable="false")
        for claim in claims:
            refs = (tag("NoteRef", targetGUID=id_) for id_ in notes(claim))
            yield _code(claim.id, " ".join(claim.text.split()), self._about(claim), *refs)
        yield closed("Code")

    def _scale(self, scale: Scale, strange: dict[str, EntityId]) -> Markup:
        levels = (self._level(scale, level) for level in scale.levels)
        name = scale.label or scale.name.replace("_", " ").capitalize()
        return _code(scale.id, name, scale.note, *levels, *_strange(strange), codable=False)

    def _level(self, scale: Scale, level: Level) -> Markup:
        return _code(self._guids[scale.id, level.code], level.label or level.code, level.definition)

    def _about(self, claim: Claim) -> str:
        facts = {
            "Said by": "; ".join(distinct_names(self._agents, claim.claimants)),
            "Date": claim.date or "",
            "Place": claim.location,
            "As of": claim.as_of or "",
        }
        return "\n".join(f"{name}: {value}" for name, value in facts.items() if value)


def _strange(levels: dict[str, EntityId]) -> Iterator[Markup]:
    for code, guid in sorted(levels.items()):
        yield _code(guid, code, "")


def _code(guid: EntityId, name: str, description: str, *inside: Markup, codable: bool = True) -> Markup:
    about = tag("Description", description) if description else None
    return tag("Code", about, join(*inside), guid=guid, name=name, isCodable="true" if codable else "false")
