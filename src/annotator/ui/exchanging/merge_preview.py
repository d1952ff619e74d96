"""What a merge would bring, shown by examples: first what would be in conflict, then what changes, then what is new."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from annotator.domain.conflict import Conflict
from annotator.domain.entity import Entity
from annotator.domain.ids import EntityId
from annotator.domain.kinds import KINDS
from annotator.domain.merging import MergePlan, News
from annotator.domain.scales import Codebook
from annotator.domain.signing import BundleSignature
from annotator.ui.auditing.field_words import kind_words
from annotator.ui.controls import GRID, ElidedLabel, plain_label
from annotator.ui.exchanging.conflict_table import ConflictTable
from annotator.ui.exchanging.conflict_telling import ConflictTold, by_entity, tell_conflicts
from annotator.ui.exchanging.signature_words import author_words
from annotator.ui.theme import current_theme, reading_font
from annotator.ui.when import moment

if TYPE_CHECKING:
    from annotator.services.project import Project

_SHOWN = 10
_KIND_WIDTH = 104
_QUOTE = 15
_UNSHOWN = frozenset({"annotator"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """A plan, its conflicts in words, how many things these leave out, the size of the file, and the scales in force here."""

    plan: MergePlan
    told: tuple[ConflictTold, ...]
    left_out: int
    size: int
    ours: Codebook


def preview(project: Project, plan: MergePlan) -> Preview:
    """Tell a plan; called by the job that made it."""

    def find(id_: EntityId) -> Entity | None:
        return next((found for kind in KINDS.values() if (found := plan.incoming.find(kind, id_))), None)

    groups = tuple(by_entity(tuple(_signed(each, plan.signature) for each in plan.conflicts)).values())
    told = tuple(tell_conflicts(project, group, find) for group in groups[:_SHOWN])
    return Preview(
        plan=plan,
        told=told,
        left_out=max(0, len(groups) - _SHOWN),
        size=plan.path.stat().st_size,
        ours=project.codebook,
    )


def _signed(conflict: Conflict, signature: BundleSignature) -> Conflict:
    """Return a conflict with the key beside the name of whoever signed what comes in."""
    sides = (replace(s, annotator=author_words(s.annotator, signature)) if s.theirs else s for s in conflict.sides)
    return replace(conflict, sides=tuple(sides))


class MergePreview(QScrollArea):
    """Read only; it scrolls with the keys of a page."""

    def __init__(self, shown: Preview, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._signature = shown.plan.signature
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("Examples of what would come in"))
        page = _Page()
        self._column = QVBoxLayout(page)
        self._column.setContentsMargins(0, 2 * GRID, 0, 3 * GRID)
        self._column.setSpacing(GRID)
        self._add_conflicts(shown)
        examples = [each for each in shown.plan.examples if each.kind not in _UNSHOWN]
        self._add_examples(self.tr("Deleted"), [each for each in examples if each.is_deleted])
        self._add_examples(self.tr("Changed"), [each for each in examples if not (each.is_new or each.is_deleted)])
        self._add_examples(self.tr("New"), [each for each in examples if each.is_new])
        self._column.addStretch(1)
        self.setWidget(page)

    def _add_conflicts(self, shown: Preview) -> None:
        if not shown.told:
            return
        count = len(shown.told) + shown.left_out
        said = self.tr("1 conflict would arise") if count == 1 else self.tr("{0} conflicts would arise").format(count)
        self._column.addWidget(_inset(plain_label(said, size=16, bold=True)))
        remark = self.tr("Both values are kept until you settle them, after the merge. Nothing is lost.")
        self._column.addWidget(_inset(plain_label(remark, muted=True)))
        for told in shown.told:
            self._column.addSpacing(GRID)
            self._column.addWidget(_inset(ElidedLabel(told.title, bold=True)))
            self._column.addWidget(ConflictTable(told, quiet=True))
        if shown.left_out:
            self._column.addWidget(_inset(plain_label(self.tr("and {0} more").format(shown.left_out), muted=True)))
        self._column.addSpacing(2 * GRID)

    def _add_examples(self, title: str, news: Sequence[News]) -> None:
        if not news:
            return
        head = self.tr("{0}, for example").format(title)
        self._column.addWidget(_inset(plain_label(head, size=16, bold=True)))
        part = QWidget()
        grid = QGridLayout(part)
        grid.setContentsMargins(2 * GRID, 0, 2 * GRID, GRID)
        grid.setHorizontalSpacing(GRID)
        grid.setVerticalSpacing(GRID // 2)
        grid.setColumnStretch(1, 1)
        before = ""
        for row, each in enumerate(news):
            kind = plain_label(kind_words(each.kind) if each.kind != before else "", muted=True, wrap=False)
            kind.setFixedWidth(_KIND_WIDTH)
            label = ElidedLabel(each.label)
            if each.kind == "passage":
                label.setFont(reading_font(_QUOTE))
            author = author_words(each.annotator, self._signature)
            who = plain_label(self.tr("{0}, {1}").format(author, moment(each.at)), muted=True, wrap=False)
            for column, widget in enumerate((kind, label, who)):
                grid.addWidget(widget, row, column)
            before = each.kind
        self._column.addWidget(part)


def _inset(widget: QWidget) -> QWidget:
    widget.setContentsMargins(2 * GRID, 0, 2 * GRID, 0)
    return widget


class _Page(QWidget):
    def paintEvent(self, _: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), current_theme().raised)
