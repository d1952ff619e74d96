"""REFI-QDA projects (https://www.qdasoftware.org): what was coded in NVivo, ATLAS.ti, MAXQDA, QualCoder and others."""

from __future__ import annotations

from annotator.domain.foreign import Foreign
from annotator.importers.annotations.registry import AnnotationReader

_ZIP = b"PK\x03\x04"


def _recognises(data: bytes, name: str) -> bool:
    if name.lower().endswith(".qdpx"):
        return True
    if not data.startswith(_ZIP):
        return False
    from annotator.importers.documents.zip_guard import part_names

    return any(part.lower().endswith(".qde") for part in part_names(data))


def _read(data: bytes, name: str) -> Foreign:
    from annotator.importers.annotations.refi_read import read_project

    return read_project(data, name)


READER = AnnotationReader(
    code="qdpx",
    label="REFI-QDA project (NVivo, ATLAS.ti, MAXQDA …)",
    suffixes=(".qdpx",),
    lacks=(
        "Codes become labels, but those below “Claims”, “Stance”, “Verdict” and “Confidence”; what is said of codes that are no "
        "claims, pictures, sound, cases, sets, graphs and files outside of the project stay behind."
    ),
    max_bytes=300 << 20,
    recognises=_recognises,
    read=_read,
)
