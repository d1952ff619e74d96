"""What is done to a source: by an action, by a key, or from the menu of the list."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu, QWidget

from annotator.domain.ids import EntityId
from annotator.domain.rows import SourceRow
from annotator.ui.actions import Actions
from annotator.ui.desk import Desk
from annotator.ui.importing.confirming import Confirming
from annotator.ui.importing.next_version import NextVersion
from annotator.ui.importing.originals import Originals
from annotator.ui.importing.read_again import ReadAgain
from annotator.ui.importing.source_details import SourceDetails
from annotator.ui.importing.source_entries import title_of

Target = Callable[[], tuple[SourceRow, EntityId] | None]
"""Gives the source and the version of it that are meant."""


class SourceDoing(QObject):
    """Binds the actions on one source; ``target`` says which one is meant when an action is run."""

    def __init__(self, desk: Desk, actions: Actions, target: Target, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._actions, self._target, self._parent = desk, actions, target, parent
        self._originals = Originals(desk, parent)
        self._next_version = NextVersion(desk, parent)
        self.confirming = Confirming(desk, parent)
        self._ways: dict[str, Callable[[], None]] = {
            "source_details": self.correct_details,
            "read_again": self.read_again,
            "add_version": self.add_version,
            "paste_version": self.paste_version,
            "show_original": self.show_original,
            "save_original": self.save_original,
            "check_original": self.check_original,
            "delete_source": self.delete,
        }
        for name, does in self._ways.items():
            actions.bind(name, does)
        actions.bind("confirm_sources", self.confirming.begin)

    def fill(self, menu: QMenu) -> None:
        """Put all of it into a menu."""
        for name, does in self._ways.items():
            menu.addAction(self._actions[name].icon(), self._actions[name].text(), does)

    def correct_details(self) -> None:
        """Open the details of a source."""
        if target := self._target():
            SourceDetails(self._desk, target[0], target[1], self._parent.window()).open()

    def read_again(self) -> None:
        """Ask for the encoding to read a version in."""
        if target := self._target():
            ReadAgain(self._desk, target[1], self._parent.window()).open()

    def add_version(self) -> None:
        """Ask for the file that is the next version."""
        if target := self._target():
            self._next_version.choose(target[0].source.id, title_of(target[0]))

    def paste_version(self) -> None:
        """Take what is on the clipboard as the next version."""
        if target := self._target():
            self._next_version.paste(target[0].source.id, title_of(target[0]))

    def show_original(self) -> None:
        """Let another program show the original."""
        if target := self._target():
            self._originals.show(target[1])

    def save_original(self) -> None:
        """Ask where the original is to be saved."""
        if target := self._target():
            name = next((version.name for version in target[0].versions if version.id == target[1]), "")
            self._originals.save(target[1], name)

    def check_original(self) -> None:
        """Digest the original anew."""
        if target := self._target():
            self._originals.check(target[1])

    def delete(self) -> None:
        """Delete a source with everything on it; undo brings it back."""
        if target := self._target():
            source, versions = target[0].source.id, {version.id for version in target[0].versions}
            self._desk.do(lambda project: project.delete(source), lambda _: self._forget(versions), owner=self)

    def _forget(self, versions: set[EntityId]) -> None:
        if self._desk.version_id in versions:
            self._desk.select_version(EntityId(""))
