"""The process that puts marks on the pages of one stranger's PDF. See ``apart`` for what is said to it."""

from __future__ import annotations

from typing import BinaryIO

from annotator.domain.codec import from_plain, parse
from annotator.exporters.apart_child import BROKEN, FINE, REFUSED, frame, serve


def main(arguments: list[str]) -> None:
    """Read a PDF and an order from standard input, and write the marked PDF. ``arguments``: limits of memory and time."""
    from annotator.exporters import pdf_annots  # noqa: F401 what it loads is loaded before the process is bound

    serve(arguments, answered)


def answered(source: BinaryIO) -> tuple[int, bytes]:
    """Do what is asked. Here ends whatever a damaged document may raise."""
    from annotator.exporters.pdf_annots import annotated
    from annotator.exporters.pdf_mark import Order, PdfRefusedError

    data, order = frame(source), from_plain(parse(frame(source)), Order)
    try:
        return FINE, annotated(data, order)
    except PdfRefusedError as error:
        return REFUSED, error.reason.encode()
    except Exception:
        return BROKEN, b""
