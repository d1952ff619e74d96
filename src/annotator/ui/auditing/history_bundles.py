"""Tells which bundles were merged and given away, and shows one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from annotator.domain.ids import ChangeId
from annotator.ui.auditing.telling import Step
from annotator.ui.controls import GRID, EmptyState, LinkButton, PlainButton, plain_label
from annotator.ui.exchanging.merge_words import kinds_words, number
from annotator.ui.theme import current_theme
from annotator.ui.when import moment

if TYPE_CHECKING:
    from annotator.domain.merging import Exchanged

_SHORT_ID = 16


def step_of_bundle(bundle: Exchanged) -> Step:
    """Return the line of a bundle in the list: its name, when, what became of it, and which way it went."""
    return Step(
        change=ChangeId(""),
        number=bundle.number,
        label=bundle.name,
        who=with_whom_words(bundle),
        at=moment(bundle.at),
        touched=_short_words(bundle),
    )


def way_words(direction: str) -> str:
    """Return which way a bundle went."""
    words = {
        "in": QCoreApplication.translate("bundles", "merged"),
        "out": QCoreApplication.translate("bundles", "given away"),
        "base": QCoreApplication.translate("bundles", "opened from"),
    }
    return words.get(direction, direction)


def with_whom_words(bundle: Exchanged) -> str:
    """Return which way a bundle went, and from or to whom where somebody said so."""
    words = {
        "in": QCoreApplication.translate("bundles", "merged, from {0}"),
        "out": QCoreApplication.translate("bundles", "given to {0}"),
    }
    way = words.get(bundle.direction)
    return way.format(bundle.team) if bundle.team and way else way_words(bundle.direction)


def held_words(bundle: Exchanged) -> str:
    """Return what went with a bundle: how much of each kind, what it was limited to, and what was left out."""
    translate, note = QCoreApplication.translate, bundle.note
    limits = {
        "claims": translate("bundles", "chosen claims and all they rest on"),
        "annotators": translate("bundles", "one annotator’s work and all it rests on"),
        "since": translate("bundles", "what came since the exchange before"),
        "lacking": translate("bundles", "what its giver has, from whom words were withheld"),
    }
    parts = {
        "originals": translate("bundles", "originals"),
        "notes": translate("bundles", "notes"),
        "names": translate("bundles", "names of annotators"),
    }
    said = []
    if note.limits:
        said.append(translate("bundles", "It held {0}.").format("; ".join(limits[each] for each in note.limits)))
    if note.left_out:
        said.append(translate("bundles", "Left out: {0}.").format(", ".join(parts[each] for each in note.left_out)))
    if note.kinds:
        counts = ", ".join(f"{kinds_words(kind)} {number(count)}" for kind, count in note.kinds.items())
        way = (
            translate("bundles", "In it: {0}.")
            if bundle.direction == "out"
            else translate("bundles", "New or changed: {0}.")
        )
        said.append(way.format(counts))
    return "\n".join(said)


def whole_words(bundle: Exchanged) -> str:
    """Return in a sentence whether what a bundle held is still here."""
    if bundle.whole:
        return QCoreApplication.translate("bundles", "All of it is still here.")
    return QCoreApplication.translate(
        "bundles", "Something of it is missing here: this project’s history was shortened or replaced."
    )


def _short_words(bundle: Exchanged) -> str:
    if not bundle.whole:
        return QCoreApplication.translate("bundles", "Something of it is missing")
    if not bundle.stands:
        return QCoreApplication.translate("bundles", "Taken back")
    if bundle.changes == 1:
        return QCoreApplication.translate("bundles", "1 change, here")
    return QCoreApplication.translate("bundles", "{0:n} changes, all here").format(bundle.changes)


class BundleView(QWidget):
    """One bundle of the log in plain sentences; or, where there is none, what to do."""

    changes_wanted = Signal(int)
    """The changes that came with a bundle (its number) are to be shown."""
    compare_wanted = Signal()
    """A bundle file kept elsewhere is to be compared."""
    turned = Signal()
    """The merge that is shown is to be taken back, or brought back where it was."""

    def __init__(self, *, turn_key: str = "", parent: QWidget | None = None) -> None:
        """``turn_key`` names the key that takes a merge back."""
        super().__init__(parent)
        self.shown: Exchanged | None = None
        self.name = plain_label(bold=True, size=20)
        self.facts = plain_label(muted=True)
        self.whole = plain_label()
        self.rest = plain_label(muted=True)
        self.id = plain_label(muted=True)
        self.id.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.turn = PlainButton("", icon_name="undo-2", key=turn_key)
        self.turn.clicked.connect(self.turned)
        self.changes = LinkButton(self.tr("Show its changes"))
        self.changes.clicked.connect(lambda: self.changes_wanted.emit(self.shown.number if self.shown else 0))
        compare = PlainButton(self.tr("Compare with a bundle file…"), icon_name="file-search")
        compare.clicked.connect(self.compare_wanted)
        self.empty = EmptyState(
            "package-open",
            self.tr("No bundle was merged or given away yet"),
            self.tr("Exporting a bundle and keeping it elsewhere lets you see later that nothing of it is gone."),
        )
        self._page = QWidget()
        page = QVBoxLayout(self._page)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(GRID)
        for label in (self.name, self.facts, self.whole, self.rest, self.id):
            page.addWidget(label)
        links = QHBoxLayout()
        links.setSpacing(2 * GRID)
        links.addWidget(self.turn)
        links.addWidget(self.changes)
        links.addStretch(1)
        page.addSpacing(GRID)
        page.addLayout(links)
        foot = QHBoxLayout()
        foot.addWidget(compare)
        foot.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(4 * GRID, 3 * GRID, 4 * GRID, 3 * GRID)
        column.setSpacing(2 * GRID)
        column.addWidget(self._page)
        column.addWidget(self.empty)
        column.addLayout(foot)
        column.addStretch(1)
        self.show_bundle(None)

    def show_bundle(self, bundle: Exchanged | None) -> None:
        """Show a bundle of the log, or what to do where there is none."""
        self.shown = bundle
        self._page.setVisible(bundle is not None)
        self.empty.setVisible(bundle is None)
        if bundle is None:
            return
        self.name.setText(bundle.name)
        way = with_whom_words(bundle)
        self.facts.setText(
            f"{way[:1].upper()}{way[1:]}, {moment(bundle.at)}, "
            + (self.tr("1 change") if bundle.changes == 1 else self.tr("{0:n} changes").format(bundle.changes))
        )
        self.whole.setText(("✓ " if bundle.whole else "≠ ") + whole_words(bundle))
        rest = [held_words(bundle)] if held_words(bundle) else []
        if bundle.sender:
            rest.append(self.tr("Signed by {0}.").format(bundle.sender))
        if bundle.people:
            rest.append(self.tr("The changes are by {0}.").format(", ".join(bundle.people)))
        if not bundle.stands:
            rest.append(self.tr("It was taken back: its changes are kept here, but do not count."))
        self.rest.setText("\n".join(rest))
        self.rest.setVisible(bool(rest))
        self.id.setText(self.tr("Bundle {0}").format(bundle.bundle_id[:_SHORT_ID]))
        self.id.setToolTip(bundle.bundle_id)
        merged = bundle.direction == "in"
        self.changes.setVisible(merged)
        self.turn.setVisible(merged)
        self.turn.setText(self.tr("Take back") if bundle.stands else self.tr("Bring back"))
        self.turn.updateGeometry()

    def paintEvent(self, _: QPaintEvent) -> None:
        """Paint the ground."""
        QPainter(self).fillRect(self.rect(), current_theme().raised)
