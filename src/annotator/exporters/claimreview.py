"""schema.org Claim and ClaimReview as JSON-LD: a graph with one node a claim and one a conclusion."""

from __future__ import annotations

from dataclasses import dataclass
from typing import BinaryIO

from annotator.domain.claim import Claim
from annotator.domain.claimreview import CONTEXT, claims_and_reviews
from annotator.domain.codec import Json, canonical
from annotator.domain.ids import parse_entity_id
from annotator.domain.judgement import Conclusion
from annotator.domain.webannotation import urn
from annotator.exporters.base import ExportOptions, Progress, ProjectView, chosen_claims
from annotator.exporters.disputes import counted

AS_OF = "urn:x-annotator:asOf"
"""As of when a claim is: schema.org has no word for it."""


@dataclass(frozen=True, slots=True)
class ClaimReviewExporter:
    """Claims with who made them where, conclusions with their verdicts; a last node counts what is disputed."""

    code: str = "claimreview"
    label: str = "schema.org ClaimReview (JSON-LD)"
    suffix: str = ".jsonld"
    media_type: str = "application/ld+json"
    lacks: str = (
        "Passages, linkages, confidence and the history stay behind, and every value that is disputed: "
        "a conclusion with a disputed verdict carries no rating."
    )

    def write(self, view: ProjectView, out: BinaryIO, options: ExportOptions, progress: Progress) -> None:
        """Write the graph, node by node."""
        wanted = {urn(claim.id) for claim in chosen_claims(view, options)} if options.claims else None
        out.write(b'{"@context":' + canonical(CONTEXT) + b',"@graph":[')
        total, marked = 0, 0
        disputed = {urn(id_): len(fields) for id_, fields in view.disputed().items()}
        for item in claims_and_reviews(view):
            claim = item.get("itemReviewed", item)["@id"]
            if wanted is None or claim in wanted:
                del item["@context"]
                item |= _as_of(view, item)
                marked += disputed.get(item["@id"], 0)
                out.write((b",\n" if total else b"\n") + canonical(item))
                total += 1
                progress(total, total + 1)
        if marked:
            out.write(b",\n" + canonical({"@type": "Comment", "text": counted(marked)}))
        out.write(b"\n]}\n")
        progress(1, 1)


def _as_of(view: ProjectView, item: Json) -> dict[str, Json]:
    """Return as of when a conclusion is, which readers know as its date, or a claim, which schema.org has no word for."""
    id_ = parse_entity_id(str(item["@id"]).removeprefix("urn:uuid:"))
    if "as_of" in view.disputed().get(id_, ()):
        return {}
    if item["@type"] == "ClaimReview":
        conclusion = view.find(Conclusion, id_)
        return {"datePublished": conclusion.as_of} if conclusion and conclusion.as_of else {}
    claim = view.find(Claim, id_)
    return {AS_OF: claim.as_of} if claim and claim.as_of else {}


CLAIM_REVIEW = ClaimReviewExporter()
