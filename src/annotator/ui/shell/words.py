"""Labels of plain words."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QLabel

from annotator.ui.theme import panel_font


def words(text: str = "", font: QFont | None = None, *, muted: bool = False, wrap: bool = False) -> QLabel:
    """Return a label that shows ``text`` as it is, whatever signs are in it."""
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setFont(font or panel_font())
    label.setWordWrap(wrap)
    if muted:
        label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
    return label
