"""Judgements that were begun and not sent off: kept while they are typed, offered again when their version is open."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from annotator.domain.ids import EntityId
from annotator.ui.annotating.judgement import Judgement, Target, draft_prefix, from_body, to_body
from annotator.ui.controls import ElidedLabel, LinkButton
from annotator.ui.desk import Desk
from annotator.ui.drafts import Drafts

_Begun = tuple[Target, Judgement]
_HEIGHT = 32


class Unfinished(QObject):
    """Knows the unfinished judgements of the versions that lie open, the newest first."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._drafts = Drafts(desk, self)
        self._begun: dict[str, _Begun] = {}
        desk.closed.connect(self._forget)

    def load(self, version: EntityId) -> None:
        """Look for what was begun in a version."""
        prefix = draft_prefix(version)

        def take(found: list[tuple[str, Any]]) -> None:
            for key, body in reversed(found):
                begun = from_body(version, body) if key not in self._begun else None
                if begun:
                    self._begun = {key: begun, **self._begun}
            self.changed.emit()

        self._desk.ask(
            lambda project: [(draft.key, draft.body) for draft in project.drafts() if draft.key.startswith(prefix)],
            take,
            owner=self,
        )

    def of(self, version: EntityId) -> list[_Begun]:
        """Return what was begun in a version, the newest first."""
        return [begun for begun in self._begun.values() if begun[0].version == version]

    def find(self, target: Target) -> Judgement | None:
        """Return what was begun about these words."""
        begun = self._begun.get(target.key)
        return begun[1] if begun else None

    def keep(self, target: Target, judgement: Judgement) -> None:
        """Keep what has been said so far; nothing said is nothing kept."""
        if judgement.is_empty:
            self.drop(target)
            return
        self._begun.pop(target.key, None)
        self._begun = {target.key: (target, judgement), **self._begun}
        self._drafts.keep(target.key, to_body(target, judgement))

    def drop(self, target: Target) -> None:
        """Forget what was begun: it has been sent off, or given up."""
        if self._begun.pop(target.key, None) is not None:
            self._drafts.drop(target.key)
        self.changed.emit()

    def flush(self) -> None:
        """Keep it now."""
        self._drafts.flush()

    def _forget(self) -> None:
        self._begun.clear()
        self.changed.emit()


class UnfinishedBar(QWidget):
    """A line below the text: what was begun there, and two ways to go on."""

    continued = Signal()
    discarded = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = ElidedLabel()
        go_on = LinkButton(self.tr("Continue"))
        discard = LinkButton(self.tr("Discard"))
        go_on.clicked.connect(self.continued)
        discard.clicked.connect(self.discarded)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 0)
        row.addWidget(self._words, 1)
        row.addWidget(go_on)
        row.addWidget(discard)
        self.setFixedHeight(max(_HEIGHT, self._words.sizeHint().height() + 8))
        self.hide()

    def show_begun(self, count: int, quote: str) -> None:
        """Say how many judgements are unfinished, and about which words the newest is."""
        words = " ".join(quote.split())
        one = self.tr("1 unfinished judgement: “{0}”").format(words)
        many = self.tr("{0} unfinished judgements, the last: “{1}”").format(count, words)
        self._words.setText(one if count == 1 else many)
        self.setAccessibleName(self._words.text())
        self.setVisible(count > 0)
