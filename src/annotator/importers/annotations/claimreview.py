"""schema.org ClaimReview (https://schema.org/ClaimReview) as it is found: in pages, in feeds, in answers of fact-check search."""

from __future__ import annotations

import re

from annotator.domain.foreign import Foreign
from annotator.importers.annotations.registry import AnnotationReader

_SIGNS = re.compile(rb"ClaimReview\b|\"claimReview\"|\"textualRating\"|schema\.org\"?,\s*\"@graph\"")


def _recognises(data: bytes, name: str) -> bool:
    del name
    return _SIGNS.search(data) is not None


def _read(data: bytes, name: str) -> Foreign:
    from annotator.importers.annotations.claimreview_read import read_claim_reviews

    return read_claim_reviews(data, name)


READER = AnnotationReader(
    code="claimreview",
    label="schema.org ClaimReview (JSON-LD, or a page that holds it)",
    suffixes=(".jsonld", ".json", ".jsonl", ".ndjson", ".html", ".htm"),
    lacks="Pictures, keywords of others, and what a page says outside its linked data stay behind.",
    max_bytes=200 << 20,
    recognises=_recognises,
    read=_read,
)
