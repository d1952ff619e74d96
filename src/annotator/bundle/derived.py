"""The members that are made from the history for other programs: written by one side, made again and compared by the other."""

from __future__ import annotations

from collections.abc import Iterator

from annotator.domain.claimreview import claims_and_reviews
from annotator.domain.codec import canonical, to_plain
from annotator.domain.view import View
from annotator.domain.webannotation import web_annotations


def annotation_lines(view: View) -> Iterator[bytes]:
    """Yield the W3C Web Annotations, one a line, sorted by id; no line has its end yet."""
    return web_annotations(view)


def claim_lines(view: View) -> Iterator[bytes]:
    """Yield the schema.org claims and claim reviews, one a line, sorted by id; no line has its end yet."""
    return map(canonical, claims_and_reviews(view))


def codebook_bytes(view: View) -> bytes:
    """Return the scales in force."""
    codebook = view.codebook()
    return canonical({"digest": codebook.digest, "scales": [to_plain(scale) for scale in codebook.scales]}) + b"\n"
