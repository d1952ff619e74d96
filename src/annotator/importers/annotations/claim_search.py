"""What a search for fact-checks answers (Fact Check Tools API: claims, each with its reviews), told as ClaimReview."""

from __future__ import annotations

from annotator.domain.codec import Json
from annotator.importers.annotations.json_file import listed


def as_reviews(value: Json) -> Json:
    """Return the reviews that an answer of a search holds; any other value as it is."""
    claims = value.get("claims") if isinstance(value, dict) else None
    if not isinstance(claims, list):
        return value
    return [
        _review(claim, review)
        for claim in claims
        if isinstance(claim, dict)
        for review in listed(claim.get("claimReview"))
    ]


def _review(claim: dict[str, Json], review: Json) -> Json:
    given = review if isinstance(review, dict) else {}
    publisher = given.get("publisher")
    named = publisher if isinstance(publisher, dict) else {}
    return {
        "@type": "ClaimReview",
        "url": given.get("url"),
        "claimReviewed": claim.get("text"),
        "author": {"name": named.get("name", named.get("site")), "url": named.get("site")},
        "datePublished": given.get("reviewDate"),
        "reviewRating": {"alternateName": given.get("textualRating")},
        "itemReviewed": {
            "@type": "Claim",
            "author": {"name": claim.get("claimant")},
            "datePublished": claim.get("claimDate"),
        },
    }
