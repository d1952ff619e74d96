"""What this program is, where things lie, and how well it is protected from strangers' files."""

from __future__ import annotations

import platform
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, qVersion
from PySide6.QtWidgets import QLabel, QWidget

from annotator import __version__
from annotator.services.settings import settings_path
from annotator.ui.actions import Actions
from annotator.ui.controls import GRID, plain_label
from annotator.ui.desk import Desk
from annotator.ui.jobs import Task
from annotator.ui.shell.sheet import Sheet

if TYPE_CHECKING:
    from annotator.domain.protection import Protection, Reach


class About(Sheet):
    """Name, version and licence; where the project and the settings lie; what strangers' files are kept from."""

    def __init__(self, window: QWidget, actions: Actions, desk: Desk) -> None:
        super().__init__(window, actions, self.tr("About Annotator"), width=560)
        self._say(self.tr("Annotator"), size=20)
        versions = self.tr("Version {0}, with Python {1} and Qt {2}")
        self._say(versions.format(__version__, platform.python_version(), qVersion()), muted=True)
        self._say(
            self.tr("A workbench for people who check facts. Everything stays on this computer until you export it.")
        )
        self._say(self.tr("Apache License 2.0. Icons: Lucide (ISC). Reading face: Source Serif 4 (OFL)."), muted=True)
        self._head(self.tr("Where it is"))
        if desk.project is not None:
            self._say(self.tr("Project: {0}").format(desk.project.path))
        self._say(self.tr("Settings: {0}").format(settings_path()))
        self._head(self.tr("Protection from strangers’ files"))
        self.level = self._say(self.tr("Being tried…"))
        desk.jobs.run("about", _try, self._show, owner=self)

    def _show(self, found: Protection) -> None:
        self.level.setText(QCoreApplication.translate("protection", found.sentence))
        if found.barred:
            self._say(self.tr("It cannot {0}.").format(self._listed(found.barred)))
        if found.open:
            self._say(self.tr("Here it could still {0}.").format(self._listed(found.open)))
        by = self.tr("Barred by {0}, and tried just now.").format(self.tr(" and ").join(found.means))
        self._say(by if found.means else self.tr("Tried just now."), muted=True)

    def _listed(self, reaches: tuple[Reach, ...]) -> str:
        words = [QCoreApplication.translate("protection", reach.value) for reach in reaches]
        return words[0] if len(words) == 1 else self.tr("{0}; or {1}").format("; ".join(words[:-1]), words[-1])

    def _head(self, text: str) -> None:
        self.body.addSpacing(GRID)
        self.body.addWidget(plain_label(text, bold=True))

    def _say(self, text: str, *, muted: bool = False, size: int = 13) -> QLabel:
        label = plain_label(text, muted=muted, size=size, bold=size > 13)
        self.body.addWidget(label)
        return label


def _try(_task: Task[Protection]) -> Protection:
    from annotator.services.protecting import protection

    return protection()
