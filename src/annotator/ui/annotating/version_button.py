"""The button above the text that says which version is read, and its menu of the others."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QMenu, QWidget

from annotator.domain.foreign_excerpts import is_excerpts
from annotator.ui.actions import Actions
from annotator.ui.annotating.opened import Opened
from annotator.ui.controls import PlainButton
from annotator.ui.importing.source_entries import version_words

_HEIGHT = 24


class VersionButton(PlainButton):
    """Says which version is read; its menu leads to the others, and to two of them side by side."""

    wanted = Signal(str)
    """Another version is to be read."""

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__("", parent, icon_name="chevron-down", height=_HEIGHT)
        self._actions = actions
        self._opened: Opened | None = None
        self.setFlat(True)
        self.clicked.connect(self._open_menu)
        self.hide()

    def show_version(self, opened: Opened) -> None:
        """Say which of how many versions this is; a source with one version says nothing."""
        self._opened = opened
        versions = [each for each in opened.row.versions if not is_excerpts(each)]
        number = next((n for n, each in enumerate(versions, 1) if each.id == opened.version.id), 1)
        words = self.tr("Version {0} of {1}").format(number, len(versions))
        self.setText(version_words(opened.version) if is_excerpts(opened.version) else words)
        self.setVisible(len(opened.row.versions) > 1)
        self.updateGeometry()

    def menu_of_versions(self) -> QMenu:
        """Return the menu, the newest version first."""
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        if self._opened is not None:
            for version in reversed(self._opened.row.versions):
                action = menu.addAction(version_words(version).replace("&", "&&"))
                action.setCheckable(True)
                action.setChecked(version.id == self._opened.version.id)
                action.triggered.connect(lambda _checked=False, id_=version.id: self.wanted.emit(id_))
        menu.addSeparator()
        menu.addAction(self._actions["compare_versions"])
        return menu

    def _open_menu(self) -> None:
        self.menu_of_versions().popup(self.mapToGlobal(QPoint(0, self.height())))
