"""What the search finds, with the words to show it by: read by a job."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotator.domain.folding import find, phrases
from annotator.domain.ids import EntityId
from annotator.domain.rows import Hit

if TYPE_CHECKING:
    from annotator.services.project import Project

_READ_AT_MOST = 60
_A_GROUP = 6
GROUPS = ("sources", "passages", "claims", "rationales", "agents")
_GROUP_OF = {"source": "sources", "version": "sources", "passage": "passages", "claim": "claims", "agent": "agents"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One hit. ``bold`` are half-open code points of ``words``; ``published`` words are shown as what somebody published."""

    group: str
    kind: str
    id: EntityId
    version: EntityId | None
    start: int
    end: int
    words: str
    bold: tuple[tuple[int, int], ...]
    remark: str
    published: bool


def find_all(project: Project, query: str) -> tuple[Found, ...]:
    """Return the best hits, a few of each group, in the groups' order."""
    wanted = phrases(query)
    groups: dict[str, list[Found]] = {group: [] for group in GROUPS}
    for hit in project.search(query, limit=_READ_AT_MOST):
        group = groups[_GROUP_OF.get(hit.kind, "rationales")]
        if len(group) < _A_GROUP:
            version = _newest_version(project, hit.entity_id) if hit.kind == "source" else hit.version_id
            group.append(_found(hit, version, _remark(project, hit), wanted))
    return tuple(found for group in groups.values() for found in group)


def _newest_version(project: Project, source: EntityId) -> EntityId | None:
    row = next(iter(project.sources_numbered([project.row_number(source)]).values()), None)
    return row.versions[-1].id if row is not None and row.versions else None


def _remark(project: Project, hit: Hit) -> str:
    """Return what a hit is of: the source of words in one, the claim of what is said about it."""
    if hit.kind in ("version", "passage") and hit.version_id is not None:
        row = project.source_row(hit.version_id)
        return row.source.title if row is not None else ""
    if hit.kind not in ("linkage", "conclusion"):
        return ""
    claim = getattr(project.entity(hit.entity_id), "claim_id", None)
    rows = project.claim_rows_of([claim]) if claim is not None else ()
    return rows[0].claim.text if rows else ""


def _found(hit: Hit, version: EntityId | None, remark: str, wanted: Sequence[str]) -> Found:
    is_place = hit.kind == "version"
    return Found(
        group=_GROUP_OF.get(hit.kind, "rationales"),
        kind=hit.kind,
        id=hit.entity_id,
        version=version,
        start=hit.start if is_place else 0,
        end=hit.end if is_place else 0,
        words=hit.snippet,
        bold=tuple(bold_spans(hit.snippet, wanted)),
        remark="" if hit.kind == "source" else remark,
        published=hit.kind in ("source", "version", "passage"),
    )


def bold_spans(words: str, wanted: Iterable[str]) -> list[tuple[int, int]]:
    """Return the half-open code points of ``words`` where folded phrases stand, sorted."""
    spans: list[tuple[int, int]] = []
    for phrase in wanted:
        at = 0
        while (place := find(words[at:], phrase)) is not None:
            spans.append((at + place[0], at + place[1]))
            at += max(1, place[1])
    return sorted(spans)
