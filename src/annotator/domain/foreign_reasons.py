"""Why something of another program's file was left out: the one table from reason to sentence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum


class Why(StrEnum):
    """The reasons there are."""

    NO_SOURCE = "no source"
    NO_WORDS = "no words"
    NOT_THERE = "not there"
    CHANGED = "changed"
    SEVERAL = "several"
    ELSEWHERE = "elsewhere"
    NO_AREA = "no area"
    HALF_LETTER = "half letter"
    SELECTOR = "selector"
    BODY = "body"
    EMPTY = "empty"
    NOT_ONE = "not one"
    DELETED = "deleted"
    HIDDEN = "hidden"
    UNKNOWN_KEY = "unknown key"
    CIRCLE = "circle"
    TWICE = "twice"
    NO_STANCE = "no stance"
    NO_VERDICT = "no verdict"
    OTHER = "other"


REASONS: dict[Why, str] = {
    Why.NO_SOURCE: "Its source is not in the project: {0}. Import that, then this file again.",
    Why.NO_WORDS: "It has offsets only and no words to check them by.",
    Why.NOT_THERE: "Its words do not stand in the source.",
    Why.CHANGED: "The source has other words there: “{0}”.",
    Why.SEVERAL: "Its words stand in the source more than once, and nothing says which of them is meant.",
    Why.ELSEWHERE: "Its words stand in the source only among other words than they did.",
    Why.NO_AREA: "The page or the area of it that it marks is not known in the source.",
    Why.HALF_LETTER: "It begins or ends inside a letter.",
    Why.SELECTOR: "It says where it is only by {0}, which cannot be followed without the page it was made on.",
    Why.BODY: "What it says is kept elsewhere and is never fetched: {0}.",
    Why.EMPTY: "It says nothing and marks nothing.",
    Why.NOT_ONE: "It is not what this format has there: {0}.",
    Why.DELETED: "It was deleted there.",
    Why.HIDDEN: "It was hidden there from everybody by a moderator.",
    Why.UNKNOWN_KEY: "It refers to what is not in the file or was left out: {0}.",
    Why.CIRCLE: "It goes back to itself.",
    Why.TWICE: "It is in the file more than once; the first counts.",
    Why.NO_STANCE: "It does not say whether its passage supports or refutes the claim.",
    Why.NO_VERDICT: "It gives no rating.",
    Why.OTHER: "{0}.",
}
"""A template for each reason; the detail fills it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """Something that was left out: what it is (``passage``, ``note`` …), words by which a person knows it, and why."""

    kind: str
    words: str
    why: Why
    detail: str = ""


def reason(left_out: LeftOut, translated: Callable[[str], str] = lambda template: template) -> str:
    """Return why something was left out as a sentence; ``translated`` gives a template in the person's language."""
    return translated(REASONS[left_out.why]).format(left_out.detail)
