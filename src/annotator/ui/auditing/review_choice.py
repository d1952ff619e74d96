"""On what a reviewer decides: one of the judgements of an item, or all of them at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from annotator.domain.judgement import Linkage
from annotator.ui.auditing.review_judgement import Judgement, ReviewReading

_LONG = 24


@dataclass(frozen=True, slots=True)
class Choice:
    """What can be decided on at once: the numbers of the judgements, and whose they are in words."""

    columns: tuple[int, ...]
    words: str


def choices(reading: ReviewReading) -> tuple[Choice, ...]:
    """Return what can be decided on: each judgement that is not the reviewer's own, then all of them."""
    others = [(number, each.annotator) for number, each in enumerate(reading.judgements) if not each.own]
    names = _called([name for _, name in others])
    single = [Choice((number,), name) for (number, _), name in zip(others, names, strict=True)]
    if len(single) < 2:
        return tuple(single)
    both = len(single) == 2
    words = QCoreApplication.translate("review", "Both" if both else "All")
    return (*single, Choice(tuple(choice.columns[0] for choice in single), words))


def first_choice(reading: ReviewReading, offered: Sequence[Choice]) -> int:
    """Return what is offered first: all where they say the same, else the first that has no decision yet."""
    others = [judgement for judgement in reading.judgements if not judgement.own]
    open_ = [judgement.id for judgement in others if judgement.id not in reading.item.decisions]
    if len(offered) > 1 and len(open_) != 1 and len({_said(judgement) for judgement in others}) == 1:
        return len(offered) - 1
    for number, choice in enumerate(offered):
        if len(choice.columns) == 1 and reading.judgements[choice.columns[0]].id in open_:
            return number
    return 0


def _said(judgement: Judgement) -> tuple[str, ...]:
    """Return what a judgement comes to: judgements that come to the same can be decided on at once."""
    made = judgement.made
    return (made.stance if isinstance(made, Linkage) else "", made.verdict)


def _called(names: Sequence[str]) -> list[str]:
    """Return names short enough for a row of buttons: of more than two people the first ones, if these differ."""
    first = [name.split(" ")[0] for name in names]
    shown = first if len(names) > 2 and len(set(first)) == len(first) else names
    return [name if len(name) <= _LONG else f"{name[: _LONG - 1]}…" for name in shown]
