"""Which versions have pages to show."""

from __future__ import annotations

from annotator.ui.annotating.opened import Opened

_PDF = "application/pdf"


def has_pages(opened: Opened) -> bool:
    """Tell whether a version was made of a PDF that is kept, so that its pages can be shown."""
    version = opened.version
    return bool(opened.structure.pages) and version.original is not None and version.media_type == _PDF
