"""A judgement of this program in another format: its fields stand under the prefix ``annotator:``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from annotator.domain.codec import Json
from annotator.domain.foreign import ForeignLinkage
from annotator.importers.annotations.json_file import listed, offset, word

PREFIX = "annotator:"


def own_fields(node: Json) -> dict[str, Json]:
    """Return the members of a thing that stand under our prefix, without it."""
    if not isinstance(node, dict):
        return {}
    return {name.removeprefix(PREFIX): value for name, value in node.items() if name.startswith(PREFIX)}


def own_linkage(
    key: str,
    passages: Sequence[str],
    claim: str,
    said: Mapping[str, Json],
    *,
    rationale: str,
    question: str,
    by: str,
) -> ForeignLinkage:
    """Return the linkage that such fields are."""
    return ForeignLinkage(
        key=key,
        passages=tuple(passages),
        claim=claim,
        stance=word(said.get("stance")),
        verdict=word(said.get("verdict")),
        confidence=word(said.get("confidence")),
        confidence_percent=offset(said.get("confidencePercent")),
        reasons=tuple(filter(None, map(word, listed(said.get("reasons"))))),
        rationale=rationale,
        basis=word(said.get("basis")),
        directness=word(said.get("directness")),
        question=question,
        credibility=offset(said.get("credibility")),
        withdrawn=word(said.get("withdrawn")),
        by=by,
    )
