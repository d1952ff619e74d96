"""What this program is."""

from __future__ import annotations

import platform

from PySide6.QtCore import qVersion
from PySide6.QtWidgets import QWidget

from annotator import __version__
from annotator.services.settings import settings_path
from annotator.ui.actions import Actions
from annotator.ui.controls import plain_label
from annotator.ui.shell.sheet import Sheet


class About(Sheet):
    """Name, version, licence, and where the settings are kept."""

    def __init__(self, window: QWidget, actions: Actions) -> None:
        super().__init__(window, actions, self.tr("About Annotator"), width=560)
        versions = self.tr("Version {0}, with Python {1} and Qt {2}")
        lines = (
            versions.format(__version__, platform.python_version(), qVersion()),
            self.tr("A workbench for people who check facts. Everything stays on this computer until you export it."),
            self.tr("Apache License 2.0. Icons: Lucide (ISC). Reading face: Source Serif 4 (OFL)."),
            self.tr("Settings: {0}").format(settings_path()),
        )
        self.body.addWidget(plain_label(self.tr("Annotator"), bold=True, size=20))
        for line in lines:
            label = plain_label(line, muted=line is not lines[1])
            self.body.addWidget(label)
