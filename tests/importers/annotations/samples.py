"""A file of every format of annotations, as other programs write it; a test asserts that none is missing."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from tests.importers.annotations.refi_files import coding, guid, project, qdpx, selection, text_source

ADDRESS = "https://example.org/wall"

WEB_ANNOTATION: dict[str, Any] = {
    "@context": "http://www.w3.org/ns/anno.jsonld",
    "type": "AnnotationPage",
    "items": [
        {
            "id": "https://notes.example/1",
            "type": "Annotation",
            "creator": {"id": "https://notes.example/eve", "name": "Eve"},
            "body": [
                {"type": "TextualBody", "value": "cost", "purpose": "tagging"},
                {"type": "TextualBody", "value": "<p>Is it <b>so</b>?</p>", "format": "text/html"},
            ],
            "target": {
                "source": ADDRESS,
                "selector": {
                    "type": "FragmentSelector",
                    "value": "page=2",
                    "refinedBy": {"type": "TextQuoteSelector", "exact": "twice as much", "prefix": "found "},
                },
            },
        },
        {
            "id": "0190a000-0000-4000-8000-000000000000",
            "type": "Annotation",
            "bodyValue": "A page note.",
            "target": ADDRESS,
        },
    ],
}

_EVE = {"user": "acct:eve@hypothes.is", "user_info": {"display_name": "Eve"}, "uri": ADDRESS, "group": "__world__"}
_QUOTE = [
    {"type": "RangeSelector", "startContainer": "/p[1]", "endContainer": "/p[1]", "startOffset": 0, "endOffset": 9},
    {"type": "TextPositionSelector", "start": 4, "end": 17},
    {"type": "TextQuoteSelector", "exact": "twice as much", "prefix": "found ", "suffix": "."},
]
HYPOTHESIS: dict[str, Any] = {
    "export_date": "2026-01-02T03:04:05.000Z",
    "export_userid": "acct:eve@hypothes.is",
    "client_version": "1.1500.0",
    "annotations": [
        {**_EVE, "id": "r2", "text": "So do I.", "references": ["a1", "r1"], "target": [{"source": ADDRESS}]},
        {**_EVE, "id": "a1", "text": "Is it?", "tags": ["cost"], "target": [{"source": ADDRESS, "selector": _QUOTE}]},
        {**_EVE, "id": "r1", "text": "I think so.", "references": ["a1"], "target": [{"source": ADDRESS}]},
        {**_EVE, "id": "p1", "text": "A page note.", "tags": ["walls"], "target": [{"source": ADDRESS}]},
        {**_EVE, "id": "h1", "text": "Mine", "target": [{"source": ADDRESS}], "permissions": {"read": [_EVE["user"]]}},
        {**_EVE, "id": "d1", "deleted": True},
        {**_EVE, "id": "v1", "text": "", "target": [{"source": ADDRESS, "selector": [{"type": "MediaTimeSelector"}]}]},
    ],
}

REVIEW: dict[str, Any] = {
    "@context": "https://schema.org",
    "@type": "ClaimReview",
    "url": "https://check.example/1",
    "claimReviewed": "The wall cost 4.2 million &amp; no more.",
    "author": {"@type": "Organization", "name": "The Checkers", "url": "https://check.example/"},
    "datePublished": "2026-01-05T10:00:00Z",
    "reviewRating": {
        "@type": "Rating",
        "ratingValue": "1",
        "bestRating": "5",
        "worstRating": "1",
        "alternateName": "Fake",
    },
    "itemReviewed": {
        "@type": "Claim",
        "author": {"@type": "Person", "name": "The mayor"},
        "datePublished": "2026-01-01",
        "appearance": [{"@type": "CreativeWork", "url": ADDRESS, "name": "The harbour wall"}],
        "firstAppearance": {"@type": "CreativeWork", "url": "https://elsewhere.example/a"},
    },
}


@dataclass(frozen=True, slots=True)
class AnnotationSample:
    """A file: which reader is to know it, and how much of each kind is in it."""

    name: str
    data: bytes
    reader: str
    holds: dict[str, int]


_CODES = f'<Code guid="{guid(101)}" name="Water" isCodable="true"/>'
_CODED = text_source(1, selection(2, 4, 9, "mayor", coding(20, 101)))
SAMPLES = (
    AnnotationSample(
        "project.qdpx",
        qdpx(project(codes=_CODES, sources=_CODED), {f"{guid(1)}.txt": b"The mayor says so."}),
        "qdpx",
        {"people": 1, "sources": 1, "codes": 1, "passages": 1, "codings": 1},
    ),
    AnnotationSample(
        "book.qdc",
        f'<CodeBook xmlns="urn:QDA-XML:codebook:1.0" origin="x"><Codes>{_CODES}</Codes></CodeBook>'.encode(),
        "qdc",
        {"codes": 1, "left_out": 1},
    ),
    AnnotationSample(
        "page.jsonld",
        json.dumps(WEB_ANNOTATION).encode(),
        "webannotation",
        {"people": 1, "sources": 1, "codes": 1, "passages": 1, "codings": 1, "notes": 2},
    ),
    AnnotationSample(
        "lines.jsonl",
        "\n".join(json.dumps(each) for each in WEB_ANNOTATION["items"]).encode(),
        "webannotation",
        {"people": 1, "sources": 1, "codes": 1, "passages": 1, "codings": 1, "notes": 2},
    ),
    AnnotationSample(
        "export.json",
        json.dumps(HYPOTHESIS).encode(),
        "hypothesis",
        {"people": 1, "sources": 1, "codes": 1, "passages": 1, "codings": 1, "notes": 5, "left_out": 2},
    ),
    AnnotationSample(
        "feed.json",
        json.dumps(
            {"@type": "DataFeed", "dataFeedElement": [{"@type": "DataFeedItem", "item": [REVIEW, None]}]}
        ).encode(),
        "claimreview",
        {"people": 1, "claims": 1, "sources": 2, "appearances": 2, "conclusions": 1, "notes": 1},
    ),
    AnnotationSample(
        "page.html",
        b"<!doctype html><title>A check</title><script type='application/ld+json'>\n"
        + json.dumps({"@context": "https://schema.org", "@graph": [{"@type": "WebPage"}, REVIEW]}).encode()
        + b"</script><script type='application/ld+json'>{broken</script>",
        "claimreview",
        {"people": 1, "claims": 1, "sources": 2, "appearances": 2, "conclusions": 1, "notes": 1, "left_out": 1},
    ),
)
