"""What consumers of ClaimReview ask for."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest

from annotator.domain.webannotation import urn
from annotator.exporters.base import ALL, ProjectView, silent
from annotator.exporters.claimreview import CLAIM_REVIEW
from tests.exporters.conftest import Case


@pytest.fixture
def graph(view: ProjectView) -> dict[str, Any]:
    out = io.BytesIO()
    CLAIM_REVIEW.write(view, out, ALL, silent)
    document = json.loads(out.getvalue())
    assert document["@context"] == "https://schema.org"
    return {item["@id"]: item for item in document["@graph"]}


def test_a_conclusion(graph: dict[str, Any], case: Case) -> None:
    review = graph[urn(case.conclusion.id)]
    assert review["@type"] == "ClaimReview"
    assert review["claimReviewed"] == case.claim.text
    assert review["url"] == urn(case.conclusion.id)
    assert review["author"]["name"] == "Ada"
    assert review["creativeWorkStatus"] == "draft"
    rating = review["reviewRating"]
    assert rating["alternateName"] == "Refuted"
    assert (rating["worstRating"], rating["ratingValue"], rating["bestRating"]) == (1, 1, 5)
    assert review["itemReviewed"] == graph[urn(case.claim.id)]


def test_a_claim(graph: dict[str, Any], case: Case) -> None:
    claim = graph[urn(case.claim.id)]
    assert claim["@type"] == "Claim"
    assert claim["author"][0]["name"] == "The mayor"
    assert len(claim["appearance"]) == 2
    first = claim["firstAppearance"]
    assert first["author"]["name"] == "The mayor"
    assert first["datePublished"] == "2025-05-14"
    assert graph[urn(case.part.id)]["isPartOf"] == {"@id": urn(case.claim.id), "@type": "Claim"}


def test_one_review_a_conclusion_and_no_stance(graph: dict[str, Any]) -> None:
    assert sum(item["@type"] == "ClaimReview" for item in graph.values()) == 2
    assert sum(item["@type"] == "Claim" for item in graph.values()) == 2
    assert "efutes" not in json.dumps(list(graph.values()))
