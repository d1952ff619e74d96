"""What is read in the place of words where a passage is an area of a page."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from annotator.domain.passage import Area


def area_words(area: Area) -> str:
    """Return that it is an area, and of which page."""
    return QCoreApplication.translate("linkage", "An area of page {0}").format(area.page + 1)
