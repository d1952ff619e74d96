"""All actions by where their keys work."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from annotator.ui.actions import (
    AUDIT,
    CLAIM,
    CONFLICT,
    FIND,
    FINDINGS,
    HISTORY,
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
from annotator.ui.controls import GRID, ElidedLabel, KeyCap, plain_label
from annotator.ui.marks import key_name
from annotator.ui.shell.sheet import Sheet

Group = tuple[str, list[Spec]]

_WIDE = 1240
"""The width of a window that has room for a third column."""


def place_words(place: str) -> str:
    """Return where the keys of a place work."""
    words = {
        READER: QCoreApplication.translate("places", "In the text"),
        CLAIM: QCoreApplication.translate("places", "In the list of claims"),
        LINKAGE: QCoreApplication.translate("places", "On a linkage"),
        SOURCES: QCoreApplication.translate("places", "In the list of sources"),
        AUDIT: QCoreApplication.translate("places", "In the audit"),
        FINDINGS: QCoreApplication.translate("places", "On a finding"),
        FIND: QCoreApplication.translate("places", "In the find bar"),
        HISTORY: QCoreApplication.translate("places", "In the history"),
        CONFLICT: QCoreApplication.translate("places", "On a conflict"),
        WINDOW: QCoreApplication.translate("places", "Everywhere"),
    }
    return words.get(place, place)


def keyed_groups(actions: Actions) -> list[Group]:
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


def _spread(groups: Sequence[Group], count: int) -> list[list[Group]]:
    """Spread groups over columns of about the same height, in their order within each."""
    columns: list[list[Group]] = [[] for _ in range(count)]
    heights = [0] * count
    for group in sorted(groups, key=lambda each: -len(each[1])):
        least = heights.index(min(heights))
        columns[least].append(group)
        heights[least] += len(group[1]) + 2
    ordered = [sorted(column, key=groups.index) for column in columns]
    return sorted(ordered, key=lambda column: groups.index(column[0]) if column else len(groups))


class KeysHelp(Sheet):
    """Shows every key that there is."""

    def __init__(self, window: QWidget, actions: Actions) -> None:
        super().__init__(window, actions, self.tr("Keys"), width=1320)
        groups = keyed_groups(actions)
        count = 3 if window.width() >= _WIDE else 2
        columns = [QGridLayout() for _ in range(count)]
        for column, own in zip(columns, _spread(groups, count), strict=True):
            top = 0
            for title, specs in own:
                self._fill_group(column, top, title, specs, actions)
                top += len(specs) + 1
            column.setRowStretch(top, 1)
        row = QHBoxLayout()
        row.setSpacing(4 * GRID)
        for column_layout in columns:
            column_layout.setVerticalSpacing(GRID // 2)
            column_layout.setHorizontalSpacing(GRID)
            column_layout.setColumnStretch(0, 1)
            row.addLayout(column_layout, 1)
        self.body.addLayout(row)
        self.footer.addWidget(plain_label(self.tr("Keys can be changed in the settings."), muted=True))

    def _fill_group(self, grid: QGridLayout, top: int, title: str, specs: list[Spec], actions: Actions) -> None:
        head = plain_label(title, bold=True)
        head.setContentsMargins(0, 2 * GRID if top else 0, 0, 0)
        grid.addWidget(head, top, 0, 1, 2)
        for at, spec in enumerate(specs, top + 1):
            grid.addWidget(ElidedLabel(words_of(spec).rstrip("…")), at, 0)
            keys = QHBoxLayout()
            keys.setSpacing(GRID // 2)
            keys.addStretch(1)
            for sequence in actions[spec.name].shortcuts():
                keys.addWidget(KeyCap(key_name(sequence)))
            grid.addLayout(keys, at, 1, Qt.AlignmentFlag.AlignTrailing)
