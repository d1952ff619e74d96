"""Histories whose every digest fits, made to harm the project that takes them in, and for what each is to be refused."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from typing import Any

from annotator.domain.codec import canonical
from annotator.domain.source import block_mark_id
from tests.bundle.builders import PART, ForgedChange, of_kind

Changes = list[ForgedChange]

HISTORY = "data/history"
NOBODY = "00000000-0001-7000-8000-0000000000e7"
NEW = "00000000-0001-7000-8000-0000000000e8"
DIGEST = "0" * 64


def added(changes: Changes, *revisions: Mapping[str, Any], on: str = "", **header: Any) -> ForgedChange:
    """Add a change with these revisions that builds on the last one, or on another."""
    below = next(each for each in reversed(changes) if on in ("", each.old))
    generation = below.header["generation"] + 1
    told = {**below.header, "parents": [below.old], "generation": generation, "undoes": None, **header}
    change = ForgedChange(told, f"{len(changes):064x}", sorted(map(dict, revisions), key=lambda each: each["entity"]))
    changes.append(change)
    return change


def later(changes: Changes, kind: str, *, reopened: Mapping[str, Any] | None = None, **fields: Any) -> dict[str, Any]:
    """Return a revision that follows the first one of a kind and sets fields."""
    first = of_kind(changes, kind)
    made = next(change for change in changes if first in change.revisions)
    body = {"fields": fields, "nonce": "evil"} | ({"reopened": dict(reopened)} if reopened else {})
    return {"entity": first["entity"], "kind": kind, "parents": [made.old], "body": body}


def again(changes: Changes, kind: str, **fields: Any) -> dict[str, Any]:
    """Return a revision that makes the first entity of a kind a second time, with other values for some fields."""
    first = of_kind(changes, kind)
    return {**first, "body": {"fields": {**first["body"]["fields"], **fields}, "nonce": "evil"}}


def again_later(changes: Changes) -> Changes:
    """Let the first scale be a later version from the start, and return the changes."""
    of_kind(changes, "scale")["body"]["fields"]["version"] = 2
    return changes


def wrote(kind: str, **how: Any) -> Callable[[Changes], Any]:
    """Return what lets somebody else write fields of the first entity of a kind, as ``later`` does."""
    return lambda changes: added(changes, later(changes, kind, **how), annotator=NOBODY)


def claim(text: str = "A claim.", **more: Any) -> dict[str, Any]:
    """Return the revision that makes a new claim."""
    return {"entity": NEW, "kind": "claim", "parents": [], "body": {"fields": {"text": text}, "nonce": "", **more}}


def undoing_beside(changes: Changes) -> None:
    """Undo a change on which the one that undoes it does not build."""
    last = changes[-1].old
    beside = added(changes, claim(), on=changes[0].old)
    added(changes, on=last, undoes=beside.old)


def following_beside(changes: Changes) -> None:
    """Follow a revision of a change on which the header does not build."""
    last = changes[-1].old
    beside = added(changes, claim(), on=changes[0].old)
    added(changes, {**claim("Another."), "parents": [beside.old]}, on=last)


def withheld(kind: str) -> Callable[[Changes], Any]:
    """Return what withholds the words of the first entity of a kind."""

    def alter(changes: Changes) -> None:
        first = of_kind(changes, kind)
        first["digest"] = hashlib.sha256(canonical(first.pop("body"))).hexdigest()

    return alter


def levels_altered(changes: Changes) -> None:
    """Let the levels of a scale mean something else."""
    levels = [dict(level) for level in of_kind(changes, "scale")["body"]["fields"]["levels"]]
    levels[0]["label"] = "Refutes"
    added(changes, later(changes, "scale", levels=levels))


def made_elsewhere(kind: str) -> Callable[[Changes], Any]:
    """Return what makes the first entity of a kind once more, under an id that does not follow from what it is about."""
    return lambda changes: added(changes, {**of_kind(changes, kind), "entity": NEW})


def far_mark(changes: Changes) -> dict[str, Any]:
    """Return a mark, under the id that it must have, of a block far behind the end of the text."""
    text, start = of_kind(changes, "version")["body"]["fields"]["text"], 10**6
    fields = {"text": text, "start": start, "article": True}
    return {"entity": block_mark_id(text, start), "kind": "block_mark", "body": {"fields": fields, "nonce": ""}}


def entered(changes: Changes) -> None:
    """Enter somebody who does not enter themselves."""
    added(
        changes,
        {"entity": NOBODY, "kind": "annotator", "parents": [], "body": {"fields": {"name": "Eve"}, "nonce": ""}},
    )


FORGED: dict[str, tuple[Callable[[Changes], Any], str, str]] = {
    # what a change says of others
    "undoing what is not there": (lambda c: added(c, claim(), undoes=DIGEST), PART, "is not there"),
    "undoing what was done beside": (undoing_beside, PART, "does not build on it"),
    "following what was done beside": (following_beside, PART, "on which its own does not build"),
    # fields that an entity cannot be without
    "a stance taken away": (wrote("linkage", stance=None), PART, "missing its field “stance”"),
    "a stance taken away from what is deleted": (wrote("linkage", stance=None, deleted=True), PART, "field “stance”"),
    "a claim taken away": (wrote("linkage", claim_id=None), PART, "missing its field “claim_id”"),
    "nothing as one of two stances": (
        wrote("linkage", reopened={"stance": ["supports", None]}), PART, "missing its field “stance”"),
    "a claim made without its text": (
        lambda c: added(c, {**claim(), "body": {"fields": {"deleted": True}, "nonce": ""}}), PART, "its field “text”"),
    "a claim made with two texts": (
        lambda c: added(c, claim(reopened={"status": ["a", "b"]})), PART, "that nobody had set"),
    # what never changes
    "a linkage taken over": (wrote("linkage", annotator_id=NOBODY), HISTORY, "“annotator_id” was changed"),
    "a conclusion of another claim": (wrote("conclusion", claim_id=NOBODY), HISTORY, "“claim_id” was changed"),
    "a note taken over": (wrote("note", annotator_id=NOBODY), HISTORY, "“annotator_id” was changed"),
    "facts of a version altered": (wrote("version", importer="evil"), HISTORY, "“importer” was changed"),
    "an original that is one of two": (
        wrote("version", reopened={"original": [DIGEST, "1" * 64]}), HISTORY, "“original” was changed"),
    "a passage moved to another text": (
        lambda c: added(c, later(c, "passage", area={"page": 1, "left": 0, "top": 0, "right": 9, "bottom": 9})),
        HISTORY, "“area” was changed"),
    "a passage made twice": (
        lambda c: added(c, again(c, "passage", area={"page": 1, "left": 0, "top": 0, "right": 9, "bottom": 9}), on=c[0].old),
        HISTORY, "“area” was changed"),
    "a linkage made twice": (
        lambda c: added(c, again(c, "linkage", annotator_id=NOBODY), on=c[0].old), HISTORY, "“annotator_id” was changed"),
    "the levels of a scale altered": (levels_altered, HISTORY, "“levels” was changed"),
    "a scale deleted by who made it": (lambda c: added(c, later(c, "scale", deleted=True)), HISTORY, "this kind never is"),
    "a later version of a scale deleted by somebody else": (
        lambda c: wrote("scale", deleted=True)(again_later(c)), HISTORY, "this kind never is"),
    "a later version of a scale deleted by halves": (
        lambda c: added(c, later(again_later(c), "scale", reopened={"deleted": [True, False]})),
        HISTORY, "this kind never is"),
    "a scale deleted": (wrote("scale", deleted=True), HISTORY, "this kind never is"),
    "an annotator deleted": (lambda c: added(c, later(c, "annotator", deleted=True)), HISTORY, "this kind never is"),
    "an annotator deleted by halves": (
        wrote("annotator", reopened={"deleted": [True, False]}), HISTORY, "this kind never is"),
    "an annotator renamed by somebody else": (wrote("annotator", name="Eve"), HISTORY, "“name” was changed by somebody"),
    "an annotator entered by somebody else": (entered, PART, "in somebody else’s name"),
    # what has an id that follows from what it is about
    "an anchor of another passage": (wrote("anchor", passage=NOBODY), HISTORY, "“passage” was changed"),
    "an anchor under another id": (made_elsewhere("anchor"), HISTORY, "its id does not follow from its passage"),
    "an anchor made for other words": (wrote("anchor", made_for=[[0, 1]]), HISTORY, "“made_for” was changed"),
    "an anchor on words that are not there": (
        wrote("anchor", placed=[{"start": 0, "end": 4, "quote": "Evil"}]), HISTORY, "its quote does not stand"),
    "an anchor on words that are not there, once": (
        wrote("anchor", reopened={"fragments": [[{"start": 0, "end": 4, "quote": "Evil"}], []]}), HISTORY, "its quote does"),
    "a mark under another id": (made_elsewhere("block_mark"), HISTORY, "its id does not follow from its text and start"),
    "a mark outside the text": (
        lambda c: added(c, {**claim(), **far_mark(c)}), HISTORY, "it starts outside its text"),
    # words that are not here
    "a claim without words": (withheld("claim"), PART, "the words of a claim are withheld"),
    "a passage without words": (withheld("passage"), PART, "the words of a passage are withheld"),
    "a version without facts": (withheld("version"), PART, "the words of a version are withheld"),
    "a scale without levels": (withheld("scale"), PART, "the words of a scale are withheld"),
    # ids
    "an id with a line end": (wrote("linkage", claim_id=NOBODY + "\n"), PART, "$.claim_id"),
    "a date with a line end": (wrote("claim", date="2026\n"), PART, "$.date"),
}  # fmt: skip
"""What is done to a sound history, and what of the member's name and of the reason the refusal tells."""
