"""What the Fact Check Tools API answers (claims with their reviews, pages with their markup), told as ClaimReview."""

from __future__ import annotations

from annotator.domain.codec import Json
from annotator.importers.annotations.json_file import listed


def as_reviews(value: Json) -> Json:
    """Return the reviews that an answer of a search holds, of several or of a list of fact-checks; any other value as it is."""
    if isinstance(value, list):
        return [as_reviews(each) if isinstance(each, dict) else each for each in value]
    if not isinstance(value, dict):
        return value
    pages = value.get("pages")
    if isinstance(pages, list):
        return [_marked(page, each) for page in pages if isinstance(page, dict) for each in _markups(page)]
    results = value.get("results")
    by_picture = [each.get("claim") for each in results if isinstance(each, dict)] if isinstance(results, list) else []
    claims = value.get("claims") or [claim for claim in by_picture if isinstance(claim, dict)]
    if not isinstance(claims, list) or not claims:
        return value
    return [
        _review(claim, review)
        for claim in claims
        if isinstance(claim, dict)
        for review in listed(claim.get("claimReview"))
    ]


def _markups(page: dict[str, Json]) -> list[Json]:
    return [each for each in listed(page.get("claimReviewMarkups")) if isinstance(each, dict)]


def _marked(page: dict[str, Json], markup: Json) -> Json:
    """Return a review as a page of the Markup Tool lists it (https://toolbox.google.com/factcheck/apis)."""
    said = markup if isinstance(markup, dict) else {}
    author, rating = said.get("claimAuthor"), said.get("rating")
    by, rated = author if isinstance(author, dict) else {}, rating if isinstance(rating, dict) else {}
    return {
        "@type": "ClaimReview",
        "url": said.get("url") or page.get("pageUrl"),
        "claimReviewed": said.get("claimReviewed"),
        "author": page.get("claimReviewAuthor"),
        "datePublished": page.get("publishDate"),
        "reviewRating": {**rated, "alternateName": rated.get("textualRating")},
        "itemReviewed": {
            "@type": "Claim",
            "author": {"name": by.get("name")},
            "datePublished": said.get("claimDate"),
            "contentLocation": said.get("claimLocation"),
            "firstAppearance": said.get("claimFirstAppearance"),
            "appearance": said.get("claimAppearances"),
        },
    }


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
