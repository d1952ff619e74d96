"""The RO-Crate 1.1 description of a bundle's payload (https://w3id.org/ro/crate/1.1)."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath

from annotator.bundle.layout import CRATE, PAYLOAD, Entry
from annotator.domain.codec import Json, canonical

_SPECIFICATION = "https://w3id.org/ro/crate/1.1"
_WITHOUT_CHANGES = "1980-01-01"
_FORMATS = {
    ".json": "application/json",
    ".jsonl": "application/jsonl",
    ".txt": "text/plain; charset=utf-8",
    ".html": "text/html",
    ".pdf": "application/pdf",
}
_FOLDERS = {
    "history": "Changes with their headers and revisions: the truth",
    "text": "Canonical texts: the truth",
    "structure": "Blocks, inline marks and boxes of characters: the truth",
    "sources": "Original bytes of a source: the truth",
    "annotations": "W3C Web Annotations, made from the history",
    "claims.jsonl": "schema.org claims and claim reviews, made from the history",
    "codebook.json": "The scales in use, made from the history",
}


def describe(payload: Mapping[str, Entry], newest: str) -> bytes:
    """Return ``ro-crate-metadata.json``; ``newest`` is the time of the newest change, empty where there is none."""
    files = [_file(name, entry) for name, entry in sorted(payload.items()) if name != CRATE]
    graph: list[Json] = [
        {
            "@id": "ro-crate-metadata.json",
            "@type": "CreativeWork",
            "about": {"@id": "./"},
            "conformsTo": {"@id": _SPECIFICATION},
        },
        {
            "@id": "./",
            "@type": "Dataset",
            "name": "Fact-checking project",
            "description": "Sources, passages, claims, linkages and conclusions with their whole history.",
            "datePublished": newest or _WITHOUT_CHANGES,
            "license": {"@id": "#rights"},
            "hasPart": [{"@id": file["@id"]} for file in files],
        },
        {
            "@id": "#rights",
            "@type": "CreativeWork",
            "name": "Rights",
            "description": "The sources belong to those who published them, the judgements to those who made them.",
        },
        *files,
    ]
    return canonical({"@context": f"{_SPECIFICATION}/context", "@graph": graph}) + b"\n"


def _file(name: str, entry: Entry) -> dict[str, Json]:
    path = PurePosixPath(name.removeprefix(PAYLOAD))
    return {
        "@id": str(path),
        "@type": "File",
        "contentSize": str(entry.size),
        "encodingFormat": _FORMATS.get(path.suffix, "application/octet-stream"),
        "name": _FOLDERS.get(path.parts[0], path.name),
    }
