"""A REFI-QDA codebook (urn:QDA-XML:codebook:1.0): scales and claims as codes."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import BinaryIO

from annotator.exporters.base import ExportOptions, Progress, ProjectView, chosen_claims
from annotator.exporters.markup import closed, opened
from annotator.exporters.refi_codes import Codes

DECLARATION = b'<?xml version="1.0" encoding="utf-8"?>\n'
ORIGIN = "Annotator"


@dataclass(frozen=True, slots=True)
class RefiCodebookExporter:
    """Codes alone. Sets are left out: a codebook with an empty list of them is not valid."""

    code: str = "qdc"
    label: str = "REFI-QDA codebook"
    suffix: str = ".qdc"
    media_type: str = "application/xml"
    lacks: str = "Only scales and claims are in it, as codes: no sources, no passages, no linkages."

    def write(self, view: ProjectView, out: BinaryIO, options: ExportOptions, progress: Progress) -> None:
        """Write the codebook, code by code."""
        codes = Codes(view)
        out.write(DECLARATION + opened("CodeBook", xmlns="urn:QDA-XML:codebook:1.0", origin=ORIGIN).encode())
        out.write(opened("Codes").encode())
        for number, piece in enumerate(chain(codes.scales(), codes.claims(chosen_claims(view, options))), 1):
            out.write(piece.encode() + b"\n")
            progress(number, number + 1)
        out.write((closed("Codes") + closed("CodeBook")).encode() + b"\n")
        progress(1, 1)


REFI_CODEBOOK = RefiCodebookExporter()
