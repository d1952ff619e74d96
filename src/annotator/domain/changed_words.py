"""Words that were judged and that a newer version of their source does not have any more."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from annotator.domain.anchoring import Anchor, AnchorDecision, AnchorState
from annotator.domain.ids import Digest, EntityId
from annotator.domain.passage import Passage
from annotator.domain.source import Version

CHANGED = frozenset({AnchorState.CHANGED, AnchorState.ORPHANED})
_DECIDED = {
    AnchorDecision.ACCEPTED: "the new words were accepted",
    AnchorDecision.PLACED: "moved by hand",
    AnchorDecision.KEPT: "kept on its own version",
    AnchorDecision.WITHDRAWN: "withdrawn",
}


@dataclass(frozen=True, slots=True)
class ChangedWords:
    """What became of the words of a passage in the newest version in which it was looked for.

    ``sequence`` is the number of that version, ``at`` when it was taken in (UTC, ISO 8601); ``gone`` where nothing like the words
    was found; ``decision`` is what a person decided on it.
    """

    passage: EntityId
    version: EntityId
    sequence: int
    at: str
    gone: bool
    decision: AnchorDecision | None = None

    @property
    def waits(self) -> bool:
        """Whether nobody has decided on it yet."""
        return self.decision is None


def changed_in(
    passage: EntityId, version: Version, state: AnchorState, decision: AnchorDecision | None
) -> ChangedWords:
    """Return what became of the words of a passage in a version, where they are not the same there."""
    at = version.retrieved_at or version.imported_at
    return ChangedWords(passage, version.id, version.sequence, at, state is AnchorState.ORPHANED, decision)


def all_changed(
    anchors: Iterable[Anchor], versions: Iterable[Version], passages: Iterable[Passage]
) -> dict[EntityId, ChangedWords]:
    """Return what became of the words of each passage that has others in the newest version in which it was looked for.

    Only versions newer than all that have the passage's own text count.
    """
    by_passage: dict[EntityId, list[Anchor]] = defaultdict(list)
    for anchor in anchors:
        by_passage[anchor.passage].append(anchor)
    if not by_passage:
        return {}
    by_text: dict[Digest, list[Version]] = defaultdict(list)
    for version in versions:
        by_text[version.text].append(version)
    changed: dict[EntityId, ChangedWords] = {}
    for passage in passages:
        newest = _newest(passage, by_passage.get(passage.id, ()), by_text)
        if newest is not None and newest[1].state in CHANGED:
            version, anchor = newest
            changed[passage.id] = changed_in(passage.id, version, anchor.state, anchor.decision)
    return changed


def _newest(
    passage: Passage, anchors: Iterable[Anchor], by_text: Mapping[Digest, Sequence[Version]]
) -> tuple[Version, Anchor] | None:
    """Return the newest version in which a passage was looked for, with its anchor there."""
    own: dict[EntityId, tuple[int, EntityId]] = {}
    for version in by_text.get(passage.text, ()):
        own[version.source_id] = max(own.get(version.source_id, _order(version)), _order(version))
    found = (
        (version, anchor)
        for anchor in anchors
        if anchor.made_for == passage.spans
        for version in by_text.get(anchor.text, ())
        if _order(version) > own.get(version.source_id, _order(version))
    )
    return max(found, key=lambda pair: _order(pair[0]), default=None)


def _order(version: Version) -> tuple[int, EntityId]:
    """Return what versions of a source are sorted by; of two that were taken in apart and have one number, the id decides."""
    return version.sequence, version.id


def changed_sentence(changed: ChangedWords) -> str:
    """Return “Words changed in version 2 · 14 May 2026”, with what a person decided."""
    day = _day(changed.at)
    said = f"Words {'gone' if changed.gone else 'changed'} in version {changed.sequence}{f' · {day}' if day else ''}"
    return f"{said}, {_DECIDED[changed.decision]}" if changed.decision is not None else said


def _day(at: str) -> str:
    try:
        then = datetime.fromisoformat(at)
    except ValueError:
        return ""
    return f"{then.day} {then:%B %Y}"
