"""Lets what is shown and hidden in a part of the window be laid out once, and takes out of a widget what it showed before."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


@contextmanager
def laid_out_once(*widgets: QWidget) -> Iterator[None]:
    """Let the layouts of these widgets wait until all is said; Qt then lays out before it paints."""
    layouts = [layout for widget in widgets if (layout := widget.layout()) is not None]
    for each in layouts:
        each.setEnabled(False)
    try:
        yield
    finally:
        for each in layouts:
            each.setEnabled(True)


def emptied(holder: QWidget) -> None:
    """Take the old content out of a widget, with its layout."""
    old = holder.layout()
    if old is not None:
        for child in holder.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
            child.hide()
            child.deleteLater()
        QWidget().setLayout(old)
