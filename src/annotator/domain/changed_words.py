"""Words that were judged and that a newer version of their source does not have any more."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from annotator.domain.anchoring import Anchor, AnchorDecision, AnchorState
from annotator.domain.ids import Digest, EntityId
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


def all_changed(anchors: Iterable[Anchor], versions: Iterable[Version]) -> dict[EntityId, ChangedWords]:
    """Return what became of the words of each passage that has others in the newest version in which it was looked for."""
    by_text: dict[Digest, Version] = {}
    for version in versions:
        known = by_text.get(version.text)
        if known is None or version.sequence > known.sequence:
            by_text[version.text] = version
    newest: dict[EntityId, tuple[int, Anchor]] = {}
    for anchor in anchors:
        found = by_text.get(anchor.text)
        if found is not None and found.sequence > newest.get(anchor.passage, (0, anchor))[0]:
            newest[anchor.passage] = found.sequence, anchor
    return {
        passage: changed_in(passage, by_text[anchor.text], anchor.state, anchor.decision)
        for passage, (_, anchor) in newest.items()
        if anchor.state in CHANGED
    }


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
