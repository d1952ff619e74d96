"""Tells what goes out before it does: how much of each kind, what stays and why, whose names go, how large the file will be."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from annotator.domain.errors import AnnotatorError, CancelledError
from annotator.domain.exchanging import ExportPreview
from annotator.ui.controls import GRID, plain_label
from annotator.ui.desk import Desk
from annotator.ui.exchanging.merge_words import changes_words, kinds_words, number
from annotator.ui.messages import next_step, sentence

if TYPE_CHECKING:
    from annotator.services.exchanging import BundleScope
    from annotator.ui.jobs import Task

_WAIT = 250


class OutgoingPanel(QWidget):
    """Says in sentences what would go out; each new choice is counted again in the background."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._task: Task[ExportPreview] | None = None
        self._wanted: BundleScope | None = None
        self.preview: ExportPreview | None = None
        self.going = plain_label()
        self.staying = plain_label(muted=True)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_WAIT)
        self._timer.timeout.connect(self._count)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID // 2)
        column.addWidget(self.going)
        column.addWidget(self.staying)

    def count(self, scope: BundleScope) -> None:
        """Count what this scope comes to, in a moment."""
        self._wanted, self.preview = scope, None
        self._show(self.tr("Counting what would go out…"), "")
        self._timer.start()

    def say(self, words: str) -> None:
        """Say why nothing can be counted."""
        self.stop()
        self._show(words, "")

    def stop(self) -> None:
        """Count no more."""
        self._timer.stop()
        self.preview = None
        if self._task is not None:
            self._task.cancel()
            self._task = None

    def _count(self) -> None:
        scope = self._wanted
        if scope is None:
            return
        if self._task is not None:
            self._task.cancel()
        self._task = self._desk.look(
            "preview",
            lambda project, task: project.preview_export(scope, cancelled=task.is_cancelled),
            lambda preview: self._take(scope, preview),
            owner=self,
            otherwise=self._fail,
        )

    def _take(self, scope: BundleScope, preview: ExportPreview) -> None:
        if scope == self._wanted:
            self._task, self.preview = None, preview
            self._show("\n".join(self._going(preview)), "\n".join(self._staying(preview)))

    def _fail(self, error: AnnotatorError) -> None:
        if not isinstance(error, CancelledError):
            self._show(f"{sentence(error)} {next_step(error)}".strip(), "")

    def _show(self, going: str, staying: str) -> None:
        self.going.setText(going)
        self.staying.setText(staying)
        self.staying.setVisible(bool(staying))

    def _going(self, preview: ExportPreview) -> Iterator[str]:
        counts = [f"{kinds_words(each.kind)} {number(each.going)}" for each in preview.kinds if each.going]
        yield self.tr("Goes out: {0}.").format(", ".join(counts) or self.tr("nothing"))
        claims = next((each for each in preview.kinds if each.kind == "claim" and each.going), None)
        if claims is not None:
            shown = "; ".join(f"“{each}”" for each in claims.examples)
            more = claims.going - len(claims.examples)
            said = self.tr("Claims: {0} and {1} more.") if more else self.tr("Claims: {0}.")
            yield said.format(shown, number(more))
        people = ", ".join(preview.people) or self.tr("none")
        yield self.tr("Names of annotators that go out: {0}.").format(people)
        size = self.locale().formattedDataSize(preview.size)
        yield self.tr("Size: {0}, with texts: {1}, originals: {2}.").format(
            size, number(preview.texts), number(preview.originals)
        )

    def _staying(self, preview: ExportPreview) -> Iterator[str]:
        reasons: dict[str, list[str]] = defaultdict(list)
        for each in preview.withheld:
            reasons[each.reason].append(f"{kinds_words(each.kind)} {number(each.count)}")
        for reason, counts in reasons.items():
            yield self.tr("Stays here: {0} ({1}).").format(", ".join(counts), self.tr(reason))
        yield self.tr("Of all {0} their header goes: who by an id, when, and what kind of action.").format(
            changes_words(preview.changes)
        )
