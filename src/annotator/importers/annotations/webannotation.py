"""W3C Web Annotations (https://www.w3.org/TR/annotation-model/) as they are found: pages, collections, lists, one a line.

What this program writes itself comes back whole: stance, verdict and all under the prefix ``annotator:``.
"""

from __future__ import annotations

import re

from annotator.domain.foreign import Foreign
from annotator.importers.annotations.registry import AnnotationReader

_SIGNS = re.compile(
    rb"ns/anno\.jsonld|ns/oa[#\"]|\"Annotation(?:Collection|Page)\"|\"@?type\"\s*:\s*\[?\s*\"(?:oa:)?Annotation\""
)
_HEAD = 1 << 16


def _recognises(data: bytes, name: str) -> bool:
    del name
    return data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"[") and _SIGNS.search(data[:_HEAD]) is not None


def _read(data: bytes, name: str) -> Foreign:
    from annotator.importers.annotations.webannotation_read import read_web_annotations

    return read_web_annotations(data, name)


READER = AnnotationReader(
    code="webannotation",
    label="W3C Web Annotation (JSON-LD)",
    suffixes=(".jsonld", ".json", ".jsonl", ".ndjson"),
    lacks="Places that only a browser could find (XPath, CSS), pictures, sound and the moment each was made stay behind.",
    max_bytes=200 << 20,
    recognises=_recognises,
    read=_read,
)
