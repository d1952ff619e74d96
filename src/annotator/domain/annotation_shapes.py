"""The shapes of the W3C Web Annotations that are written: their members stand in the order that canonical JSON has."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from msgspec import UNSET, Raw, UnsetType

encode = msgspec.json.Encoder().encode
"""Return one of these as canonical JSON."""

DISPUTED = "annotator:disputed"
"""The property that names the fields that hold several values."""

CHANGED = "annotator:wordsChanged"
"""The property that says, a sentence each, which words a newer version of their source does not have."""

_NAMES = {"context": "@context", "disputed": DISPUTED, "changed": CHANGED}


class Quote(msgspec.Struct, frozen=True):
    """TextQuoteSelector: words, and those before and after them."""

    exact: str
    prefix: str
    suffix: str
    type: str = "TextQuoteSelector"


class Position(msgspec.Struct, frozen=True):
    """TextPositionSelector: half-open code points."""

    end: int
    start: int
    type: str = "TextPositionSelector"


class PdfPlace(msgspec.Struct, frozen=True, kw_only=True):
    """FragmentSelector: a place in a PDF (RFC 3778)."""

    conformsTo: str = "http://tools.ietf.org/rfc/rfc3778"  # noqa: N815 the name of the property
    refinedBy: Quote | UnsetType = UNSET  # noqa: N815
    type: str = "FragmentSelector"
    value: str


class Target(msgspec.Struct, frozen=True, kw_only=True, rename={"text": "annotator:text"}):
    """A stretch of a source, in the ``state`` in which it was captured, where that is known."""

    text: str
    selector: Sequence[Quote | Position | PdfPlace]
    source: Raw
    state: Raw | UnsetType = UNSET
    type: str = "SpecificResource"


class Words(msgspec.Struct, frozen=True, kw_only=True):
    """TextualBody: words with what they are there for."""

    format: str = "text/plain"
    purpose: str
    type: str = "TextualBody"
    value: str


class Annotation(msgspec.Struct, kw_only=True, rename={**_NAMES, "fidelity": "annotator:fidelity"}):
    """One annotation, of a passage or a linkage."""

    context: Raw
    disputed: Sequence[str] | UnsetType = UNSET
    fidelity: str | UnsetType = UNSET
    changed: Sequence[str] | UnsetType = UNSET
    body: Words | Sequence[Words | Raw] | UnsetType = UNSET
    created: str
    creator: Raw
    id: str
    modified: str | UnsetType = UNSET
    motivation: str
    target: Raw
    type: str = "Annotation"
