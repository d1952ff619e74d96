"""REFI-QDA codebooks: the codes below “Claims” come in as claims."""

from __future__ import annotations

from annotator.domain.foreign import Foreign
from annotator.importers.annotations.registry import AnnotationReader

_SIGN = b"urn:QDA-XML:codebook"
_HEAD = 1 << 12


def _recognises(data: bytes, name: str) -> bool:
    head = data[:_HEAD]
    return name.lower().endswith(".qdc") or _SIGN in head or _SIGN.decode().encode("utf-16-le") in head


def _read(data: bytes, name: str) -> Foreign:
    from annotator.importers.annotations.refi_read import read_codebook

    return read_codebook(data, name)


READER = AnnotationReader(
    code="qdc",
    label="REFI-QDA codebook",
    suffixes=(".qdc",),
    lacks="Only the codes below “Claims” come along, as claims: other codes are nothing without the passages that bear them.",
    max_bytes=64 << 20,
    recognises=_recognises,
    read=_read,
)
