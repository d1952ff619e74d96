"""All actions by where their keys work."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from annotator.ui.actions import (
    CLAIM,
    LINKAGE,
    MENUS,
    READER,
    SOURCES,
    SPECS,
    WINDOW,
    Actions,
    Spec,
    menu_words,
    words_of,
)
from annotator.ui.controls import GRID, KeyCap, plain_label
from annotator.ui.marks import key_name
from annotator.ui.shell.sheet import Sheet

_WIDE = 1240
"""The width of a window that has room for a third column."""


def place_words(place: str) -> str:
    """Return where the keys of a place work."""
    words = {
        READER: QCoreApplication.translate("places", "In the text"),
        CLAIM: QCoreApplication.translate("places", "In the list of claims"),
        LINKAGE: QCoreApplication.translate("places", "On a linkage"),
        SOURCES: QCoreApplication.translate("places", "In the list of sources"),
        WINDOW: QCoreApplication.translate("places", "Everywhere"),
    }
    return words.get(place, place)


def keyed_groups(actions: Actions) -> list[tuple[str, list[Spec]]]:
    """Return the actions that have keys: first those of places, then those of the whole window by menu."""
    keyed = [spec for spec in SPECS if not actions[spec.name].shortcut().isEmpty()]
    groups = [
        (place_words(place), [spec for spec in keyed if spec.place == place])
        for place in dict.fromkeys(spec.place for spec in keyed)
        if place != WINDOW
    ]
    everywhere = [
        (f"{place_words(WINDOW)}: {menu_words(menu)}", [s for s in keyed if s.place == WINDOW and s.menu == menu])
        for menu in MENUS
    ]
    return [(title, specs) for title, specs in (*groups, *everywhere) if specs]


class KeysHelp(Sheet):
    """Shows every key that there is."""

    def __init__(self, window: QWidget, actions: Actions) -> None:
        super().__init__(window, actions, self.tr("Keys"), width=1200)
        groups = keyed_groups(actions)
        count = 3 if window.width() >= _WIDE else 2
        tops = [0] * count
        columns = [QGridLayout() for _ in range(count)]
        for title, specs in groups:
            column = tops.index(min(tops))
            self._fill_group(columns[column], tops[column], title, specs, actions)
            tops[column] += len(specs) + 2
        row = QHBoxLayout()
        row.setSpacing(6 * GRID)
        for column_layout in columns:
            column_layout.setVerticalSpacing(GRID // 2)
            column_layout.setColumnStretch(0, 1)
            column_layout.setRowStretch(max(tops), 1)
            row.addLayout(column_layout, 1)
        self.body.addLayout(row)
        self.footer.addWidget(plain_label(self.tr("Keys can be changed in the settings."), muted=True))

    def _fill_group(self, grid: QGridLayout, top: int, title: str, specs: list[Spec], actions: Actions) -> None:
        head = plain_label(title, bold=True)
        head.setContentsMargins(0, 2 * GRID if top else 0, 0, 0)
        grid.addWidget(head, top, 0, 1, 2)
        for at, spec in enumerate(specs, top + 1):
            grid.addWidget(plain_label(words_of(spec).rstrip("…")), at, 0)
            keys = QHBoxLayout()
            keys.setSpacing(GRID // 2)
            keys.addStretch(1)
            for sequence in actions[spec.name].shortcuts():
                keys.addWidget(KeyCap(key_name(sequence)))
            grid.addLayout(keys, at, 1, Qt.AlignmentFlag.AlignTrailing)
