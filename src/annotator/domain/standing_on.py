"""What an entity makes no sense without: what it stands on, and so what it goes with when that is deleted."""

from __future__ import annotations

from annotator.domain.anchoring import Anchor
from annotator.domain.claim import Appearance
from annotator.domain.entity import Entity
from annotator.domain.ids import EntityId
from annotator.domain.judgement import Conclusion, Linkage
from annotator.domain.note import Note
from annotator.domain.review import Review, Waiver
from annotator.domain.source import Version


def stands_on(entity: Entity) -> tuple[EntityId, ...]:
    """Return the ids of the entities that this one stands on.

    A passage, an anchor and a mark stand on the versions that have their text, and name none of them: these are not returned.
    """
    match entity:
        case Linkage(passage_ids=passages, claim_id=claim):
            return (*passages, claim)
        case Appearance(passage_id=passage, claim_id=claim):
            return (passage, claim)
        case Anchor(passage=passage):
            return (passage,)
        case Conclusion(claim_id=claim):
            return (claim,)
        case Note(about=about) | Review(about=about) | Waiver(about=about):
            return (about,)
        case Version(source_id=source):
            return (source,)
        case _:
            return ()
