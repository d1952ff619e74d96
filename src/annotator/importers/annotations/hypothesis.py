"""What Hypothesis exports (https://web.hypothes.is/help/exporting-and-importing-annotations/), and what its service answers."""

from __future__ import annotations

import re

from annotator.domain.foreign import Foreign
from annotator.importers.annotations.registry import AnnotationReader

_SIGNS = re.compile(rb"\"(?:export_userid|client_version)\"|\"user\"\s*:\s*\"acct:")
_HEAD = 1 << 16


def _recognises(data: bytes, name: str) -> bool:
    del name
    return data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"[") and _SIGNS.search(data[:_HEAD]) is not None


def _read(data: bytes, name: str) -> Foreign:
    from annotator.importers.annotations.hypothesis_read import read_hypothesis

    return read_hypothesis(data, name)


READER = AnnotationReader(
    code="hypothesis",
    label="Hypothesis (JSON)",
    suffixes=(".json", ".jsonl", ".ndjson"),
    lacks="Groups, flags, places in films and pictures, and the moment each was made stay behind.",
    max_bytes=200 << 20,
    recognises=_recognises,
    read=_read,
)
