"""The menus behind ☰ and behind the project's name; both are made of the table of actions."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QMenu, QMenuBar, QWidget

from annotator.ui.actions import MENUS, SPECS, Actions, menu_words

_SPLIT_BEFORE = frozenset(
    {
        "merge",
        "settings",
        "quit",
        "source_details",
        "delete_source",
        "search",
        "next_under_cursor",
        "delete_passage",
        "conclude",
        "edit_linkage",
        "next_review",
        "waive",
        "write_new",
        "next_conflict",
        "show_read",
        "zoom_in",
        "theme",
        "back",
        "filter",
        "about",
    }
)
_PROJECT = (
    "new_project",
    "open_project",
    "open_bundle",
    "open_sample",
    "merge",
    "import_annotations",
    "export",
    "verify",
    "close_project",
)


def main_menu(actions: Actions, parent: QWidget) -> QMenu:
    """Return the menu behind ☰: every action that stands in a menu."""
    actions.show_icons()
    menu = QMenu(parent)
    menu.setAccessibleName(actions["main_menu"].text())
    for title in MENUS:
        _fill(menu.addMenu(menu_words(title)), actions, title)
    return menu


def open_below(menu: QMenu, button: QWidget) -> None:
    """Open a menu below a button with its first entry chosen, and forget it when it is closed."""
    menu.aboutToHide.connect(menu.deleteLater)
    menu.popup(button.mapToGlobal(button.rect().bottomLeft()))
    down = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Down, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(menu, down)


def native_menu_bar(actions: Actions, parent: QWidget) -> None:
    """Fill the system's own menu bar."""
    bar = QMenuBar(parent)
    for title in MENUS:
        _fill(bar.addMenu(menu_words(title)), actions, title)


def project_menu(actions: Actions, parent: QWidget) -> QMenu:
    """Return the menu behind the project's name."""
    actions.show_icons()
    menu = QMenu(parent)
    for name in _PROJECT:
        if name in ("merge", "close_project"):
            menu.addSeparator()
        menu.addAction(actions[name])
    return menu


def _fill(menu: QMenu, actions: Actions, title: str) -> None:
    for spec in SPECS:
        if spec.menu == title:
            if spec.name in _SPLIT_BEFORE and not menu.isEmpty():
                menu.addSeparator()
            menu.addAction(actions[spec.name])
