"""Holds the project against a bundle that was kept elsewhere, and says in one plain sentence what came out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from annotator.ui.actions import Actions
from annotator.ui.auditing.check_sheet import CheckSheet
from annotator.ui.auditing.field_words import label_words
from annotator.ui.desk import Desk
from annotator.ui.when import moment

if TYPE_CHECKING:
    from annotator.domain.comparing import Comparison


class CompareSheet(CheckSheet):
    """Runs as soon as it is opened; closing it stops the comparison."""

    def __init__(self, window: QWidget, actions: Actions, desk: Desk, path: Path) -> None:
        super().__init__(
            window,
            actions,
            self.tr("Compare with a bundle"),
            self.tr("Looking which changes of {0} are here.").format(path.name),
        )
        self.run(
            desk,
            lambda project, progress: project.compare(path, progress=progress),
            self._succeed,
            self.tr("Comparing"),
        )

    def _succeed(self, found: Comparison) -> None:
        remark = missing_words(found)
        if found.aside:
            aside = self.tr("{0:n} of them were taken back here, and do not count.").format(found.aside)
            remark = f"{remark}\n{aside}".strip()
        limits = (
            ""
            if found.whole
            else self.tr("Another copy of this project may hold them. Keep this bundle: merging it brings them back.")
        )
        self.end(compared_words(found), well=found.whole, remark=remark, limits=limits)


def compared_words(found: Comparison) -> str:
    """Return in one sentence whether all that a bundle holds is here, and how much came since."""
    missing = len(found.missing)
    if found.whole:
        said = {
            0: QCoreApplication.translate("bundles", "All {0:n} changes of {1} are here, and there are no others."),
            1: QCoreApplication.translate("bundles", "All {0:n} changes of {1} are here; 1 change was made since."),
        }.get(
            found.newer,
            QCoreApplication.translate("bundles", "All {0:n} changes of {1} are here; {2:n} changes were made since."),
        )
        return said.format(found.changes, found.name, found.newer)
    if not found.known:
        said = QCoreApplication.translate(
            "bundles", "None of the {0:n} changes of {1} is here: it is of another project."
        )
        return said.format(found.changes, found.name)
    if missing == 1:
        said = QCoreApplication.translate("bundles", "1 of the {1:n} changes of {2} is not here.")
    else:
        said = QCoreApplication.translate("bundles", "{0:n} of the {1:n} changes of {2} are not here.")
    return said.format(missing, found.changes, found.name)


def missing_words(found: Comparison) -> str:
    """Return the first of the changes that are not here in words, one a line."""
    lines = [f"{label_words(each.header.label)}, {moment(each.header.at)}" for each in found.examples]
    more = len(found.missing) - len(found.examples)
    if more:
        lines.append(QCoreApplication.translate("bundles", "and {0:n} more").format(more))
    return "\n".join(lines)
