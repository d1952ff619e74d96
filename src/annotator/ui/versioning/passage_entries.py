"""What stands in the list of a new version's passages: heads with how many there are, and passages by what became of them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QCoreApplication

from annotator.domain.anchoring import AnchorDecision, AnchorState
from annotator.domain.ids import EntityId


class Group(Enum):
    """What became of a passage, those that wait for a person first."""

    CHANGED = "changed"
    ORPHANED = "orphaned"
    SETTLED = "settled"
    MOVED = "moved"
    WHITESPACE = "whitespace"
    EXACT = "exact"


WAITING = frozenset({Group.CHANGED, Group.ORPHANED})


@dataclass(frozen=True, slots=True, kw_only=True)
class PassageEntry:
    """A passage and its anchor in the new text. ``claim`` is what it is linked to first, ``stance`` what it says of that."""

    anchor: EntityId
    passage: EntityId
    quote: str
    stance: str
    claim: str
    state: AnchorState
    decision: AnchorDecision | None

    @property
    def group(self) -> Group:
        """The group in which it stands."""
        return Group.SETTLED if self.decision is not None else Group(self.state.value)


@dataclass(frozen=True, slots=True)
class HeadEntry:
    """The head of a group: how many there are, and whether they are folded away."""

    group: Group
    count: int
    folded: bool


Entry = HeadEntry | PassageEntry


def group_words(group: Group) -> str:
    """Return the name of a group."""
    return {
        Group.CHANGED: _tr("Changed"),
        Group.ORPHANED: _tr("Not found again"),
        Group.SETTLED: _tr("Settled"),
        Group.MOVED: _tr("Moved"),
        Group.WHITESPACE: _tr("Other white space"),
        Group.EXACT: _tr("Exact"),
    }[group]


def group_remark(group: Group) -> str:
    """Return what a group means for the person."""
    if group in WAITING:
        return _tr("to settle")
    return {
        Group.SETTLED: _tr("by a person"),
        Group.MOVED: _tr("words the same"),
        Group.WHITESPACE: _tr("words the same"),
        Group.EXACT: _tr("carried over"),
    }[group]


def decision_words(decision: AnchorDecision) -> str:
    """Return what was decided."""
    return {
        AnchorDecision.ACCEPTED: _tr("New words accepted"),
        AnchorDecision.PLACED: _tr("Moved by hand"),
        AnchorDecision.KEPT: _tr("Kept on the old version"),
        AnchorDecision.WITHDRAWN: _tr("Withdrawn"),
    }[decision]


def remark_of(entry: PassageEntry) -> str:
    """Return the line below a passage's words: what was decided, or the claim that rests on it."""
    return decision_words(entry.decision) if entry.decision is not None else entry.claim or _tr("Not linked")


def spoken(entry: Entry) -> str:
    """Return an entry as one sentence for a screen reader."""
    if isinstance(entry, HeadEntry):
        return f"{group_words(entry.group)} {entry.count}, {group_remark(entry.group)}"
    return f"{entry.quote}, {group_words(entry.group)}, {remark_of(entry)}"


def _tr(words: str) -> str:
    return QCoreApplication.translate("versions", words)
