"""Checks that the project is as it was recorded, and says in one plain sentence what came out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from annotator.ui.actions import Actions
from annotator.ui.auditing.check_sheet import CheckSheet
from annotator.ui.controls import PlainButton
from annotator.ui.desk import Desk

if TYPE_CHECKING:
    from annotator.services.exchanging import VerifyReport


class VerifySheet(CheckSheet):
    """Runs as soon as it is opened; closing it stops the check."""

    def __init__(self, window: QWidget, actions: Actions, desk: Desk) -> None:
        super().__init__(
            window,
            actions,
            self.tr("Verify project"),
            self.tr("Everything is computed again from what is stored, and compared."),
        )
        self.run(desk, lambda project, progress: project.verify(progress=progress), self._succeed, self.tr("Verifying"))

    def _succeed(self, report: VerifyReport) -> None:
        compare = PlainButton(self.tr("Compare with a bundle file…"), icon_name="file-search")
        compare.clicked.connect(self._compare)
        self.footer.addWidget(compare)
        compare.show()
        left_out = report.withheld + report.absent
        one = self.tr("1 part was left out of this copy by whoever gave it, and could not be checked.")
        several = self.tr("{0:n} parts were left out of this copy by whoever gave it, and could not be checked.")
        self.end(
            self.tr("All {0:n} changes are as they were recorded.").format(report.changes),
            well=True,
            remark=(one if left_out == 1 else several.format(left_out)) if left_out else "",
            limits=self.tr(
                "This shows damage and careless edits. Against somebody who computes everything anew only a bundle helps that is "
                "kept elsewhere: compare the project with it."
            ),
        )

    def _compare(self) -> None:
        """Close, and go on to a comparison."""
        self.close()
        self._actions["compare"].trigger()
