"""Lets a process of its own put marks on a stranger's PDF."""

from __future__ import annotations

from collections.abc import Callable

from annotator.domain.codec import canonical
from annotator.exporters.apart import ApartLimits, worked_apart
from annotator.exporters.apart_child import FINE, REFUSED
from annotator.exporters.pdf_mark import Order, PdfRefusedError

_CHILD = "annotator.exporters.pdf_child"
_USUAL = ApartLimits()


def marked(data: bytes, order: Order, watch: Callable[[], None], limits: ApartLimits = _USUAL) -> bytes:
    """Return a PDF with marks on its pages.

    ``watch`` is called now and then, and stops the work by raising. Raises ``PdfRefusedError``.
    """
    state, content = worked_apart(_CHILD, (data, canonical(order)), watch, limits)
    if state == FINE:
        return content
    if state == REFUSED:
        raise PdfRefusedError(content.decode("utf-8", "replace"))
    raise PdfRefusedError("could not be written to; it may be damaged")
