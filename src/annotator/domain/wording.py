"""What an entity is called in a line of text: by its own words, and by those of what it speaks of."""

from __future__ import annotations

from collections.abc import Callable

from annotator.domain.anchoring import Anchor
from annotator.domain.claim import Appearance, Claim
from annotator.domain.entity import Entity
from annotator.domain.ids import EntityId
from annotator.domain.judgement import Conclusion, Linkage
from annotator.domain.note import Note
from annotator.domain.passage import Passage
from annotator.domain.people import Agent, Annotator
from annotator.domain.review import Review, Waiver
from annotator.domain.scales import Scale
from annotator.domain.source import BlockMark, Source, Version

LENGTH = 80
"""How many characters a name may have."""

Find = Callable[[EntityId], Entity | None]
"""Gives a living entity of any kind, or None."""


def called(entity: Entity | None, find: Find) -> str:
    """Return the words that an entity is known by, at most ``LENGTH`` characters of each part."""
    match entity:
        case Claim(text=text) | Note(text=text):
            return shortened(text)
        case Source(title=title):
            return shortened(title)
        case Agent(name=name) | Annotator(name=name):
            return shortened(name)
        case Scale(label=label, name=name):
            return label or name
        case Waiver(check=check, reason=reason):
            return f"{check}: {shortened(reason)}"
        case Passage(quote=quote):
            return f"“{shortened(quote)}”" if quote else "an area of a page"
        case Version(source_id=source, sequence=number):
            return f"{called(find(source), find)}, version {number}"
        case _:
            return _of_others(entity, find)


def _of_others(entity: Entity | None, find: Find) -> str:
    """Return the words for what is known only by what it speaks of."""
    match entity:
        case Linkage(passage_ids=passages, claim_id=claim):
            quote = called(find(passages[0]), find) if passages else ""
            return f"{quote} for {_quoted(find(claim), find)}"
        case Conclusion(claim_id=claim):
            return f"on {_quoted(find(claim), find)}"
        case Appearance(agent_id=agent, claim_id=claim):
            who = called(find(agent), find) if agent else "somebody unknown"
            return f"{who} on {_quoted(find(claim), find)}"
        case Review(about=about, decision=decision):
            return f"{decision.replace('_', ' ')}: {called(find(about), find)}"
        case Anchor(passage=passage):
            return called(find(passage), find)
        case BlockMark(article=article):
            return "a block that is part of the article" if article else "a block that is not part of the article"
        case _:
            return ""


def _quoted(entity: Entity | None, find: Find) -> str:
    return f"“{called(entity, find)}”" if entity else "a claim that is not here"


def shortened(words: str) -> str:
    """Return words on one line, cut with an ellipsis where they are longer than ``LENGTH`` characters."""
    words = " ".join(words.split())
    return words if len(words) <= LENGTH else words[: LENGTH - 1].rstrip() + "…"
