"""The menu of what can be done with the selection, the chosen passage, or the link at a place."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QPoint
from PySide6.QtWidgets import QMenu, QWidget

from annotator.ui.actions import Actions
from annotator.ui.annotating.link_opening import ask_to_open
from annotator.ui.annotating.reading_view import ReadingView

_NAMES = ("highlight", "add_fragment", "link", "gather", "who_says", "note", "check_quotation", "delete_passage")


def open_menu(actions: Actions, view: ReadingView | None, where: QPoint, offset: int, parent: QWidget) -> None:
    """Open the menu at a place of the screen; ``offset`` is the code point it is about."""
    menu = QMenu(parent)
    for name in _NAMES:
        menu.addAction(actions[name])
    menu.addSeparator()
    if view is not None:
        menu.addAction(_words("Copy"), view.copy)
    menu.addAction(actions["copy_citation"])
    target = view.text.link_at(offset) if view else ""
    if target:
        menu.addSeparator()
        menu.addAction(_words("Open link…"), lambda: ask_to_open(target, parent))
    menu.aboutToHide.connect(menu.deleteLater)
    menu.popup(where)


def _words(text: str) -> str:
    return QCoreApplication.translate("reading menu", text)
