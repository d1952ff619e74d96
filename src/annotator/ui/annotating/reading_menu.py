"""The menu of what can be done with the selection, the chosen passage, or the link at a place."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QCoreApplication, QPoint
from PySide6.QtWidgets import QMenu, QWidget

from annotator.ui.actions import Actions
from annotator.ui.annotating.block_marking import BlockMarking
from annotator.ui.annotating.link_opening import ask_to_open
from annotator.ui.annotating.reading_view import ReadingView, Span
from annotator.ui.reading.open_text import Aside

_NAMES = ("highlight", "add_fragment", "link", "gather", "who_says", "note", "check_quotation", "delete_passage")


_MARKS = {"part_of_article": True, "not_of_article": False}


def open_menu(
    actions: Actions, view: ReadingView | None, where: QPoint, offset: int, parent: QWidget, marking: BlockMarking
) -> None:
    """Open the menu at a place of the screen; ``offset`` is the code point it is about."""
    menu = QMenu(parent)
    for name in _NAMES:
        menu.addAction(actions[name])
    menu.addSeparator()
    _add_marks(menu, actions, marking, marking.place_of(offset))
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


def open_aside_menu(actions: Actions, where: QPoint, aside: Aside, parent: QWidget, marking: BlockMarking) -> None:
    """Open the menu of the line that tells of an aside."""
    menu = QMenu(parent)
    _add_marks(menu, actions, marking, (aside.start, aside.end))
    menu.addAction(actions["fold_boilerplate"])
    menu.aboutToHide.connect(menu.deleteLater)
    menu.popup(where)


def _add_marks(menu: QMenu, actions: Actions, marking: BlockMarking, at: Span | None) -> None:
    """Add what marks a place, with the keys that do the same at the caret."""
    for name, article in _MARKS.items():
        words = f"{actions[name].text()}\t{actions.key(name)}"
        menu.addAction(words, partial(marking.mark, article=article, at=at))


def _words(text: str) -> str:
    return QCoreApplication.translate("reading menu", text)
