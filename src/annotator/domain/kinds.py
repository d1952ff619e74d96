"""Every kind of entity there is: importing this module registers them all."""

from __future__ import annotations

from annotator.domain.anchoring import Anchor
from annotator.domain.claim import Appearance, Claim
from annotator.domain.entity import KINDS
from annotator.domain.judgement import Conclusion, Linkage
from annotator.domain.note import Note
from annotator.domain.passage import Passage
from annotator.domain.people import Agent, Annotator
from annotator.domain.review import Review, Waiver
from annotator.domain.scales import Scale
from annotator.domain.source import BlockMark, Source, Version

__all__ = [
    "KINDS",
    "Agent",
    "Anchor",
    "Annotator",
    "Appearance",
    "BlockMark",
    "Claim",
    "Conclusion",
    "Linkage",
    "Note",
    "Passage",
    "Review",
    "Scale",
    "Source",
    "Version",
    "Waiver",
]
