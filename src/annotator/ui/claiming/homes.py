"""Where claims are written and corrected: whichever list of claims a person is in, or sees."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from annotator.ui.actions import Actions


class ClaimHome(Protocol):
    """A place with a list of claims and an editor."""

    def home(self) -> QWidget:
        """Return the widget that holds it all."""
        ...

    def add_claim(self) -> None:
        """Begin a new claim."""
        ...

    def edit_claim(self) -> None:
        """Correct the claim that is selected."""
        ...

    def delete_claim(self) -> None:
        """Delete the claim that is selected."""
        ...


class ClaimHomes(QObject):
    """Sends the actions on claims to the home that has the focus, else to the newest that is seen."""

    def __init__(self, actions: Actions) -> None:
        super().__init__(actions)
        self._homes: list[ClaimHome] = []
        actions.bind("add_claim", lambda: self._pick().add_claim())
        actions.bind("edit_claim", lambda: self._pick().edit_claim())
        actions.bind("delete_claim", lambda: self._pick().delete_claim())

    @staticmethod
    def join(actions: Actions, home: ClaimHome) -> None:
        """Let a home take part."""
        found = actions.findChild(ClaimHomes) or ClaimHomes(actions)
        found._homes.insert(0, home)  # noqa: SLF001 its own

    def _pick(self) -> ClaimHome:
        homes = [each for each in self._homes if isValid(each)]
        focus = QApplication.focusWidget()
        for each in homes:
            if focus is not None and (each.home() is focus or each.home().isAncestorOf(focus)):
                return each
        return next((each for each in homes if each.home().isVisible()), homes[0])
