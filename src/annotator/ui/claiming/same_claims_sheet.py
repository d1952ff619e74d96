"""Claims that were entered several times, over the window: one pair after the other; nothing is joined but by a person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

from annotator.domain.ids import EntityId
from annotator.domain.rows import ClaimRow
from annotator.domain.same_claims import SameClaims, Why
from annotator.domain.scales import Codebook
from annotator.ui.actions import Actions
from annotator.ui.claiming.claim_pair import ClaimPair
from annotator.ui.claiming.keyed_lines import KeyedLines
from annotator.ui.controls import plain_label
from annotator.ui.desk import Desk
from annotator.ui.fields import FilterField, KeyedWords
from annotator.ui.shell.sheet import Sheet

if TYPE_CHECKING:
    from annotator.services.joining_claims import ClaimBearing
    from annotator.services.project import Project

_LANE = "same claims"
_ROWS, _READ = 6, 60
"""Lines that show at once, and claims that are read at most: the filter finds the others."""


@dataclass(frozen=True, slots=True)
class _Beside:
    one: ClaimBearing
    other: ClaimBearing
    codebook: Codebook


class SameClaimsSheet(Sheet):
    """Above, a pair that looks like one; below, all claims, to join what does not look alike and to part what was joined."""

    def __init__(self, window: QWidget, actions: Actions, desk: Desk) -> None:
        super().__init__(window, actions, self.tr("Claims that may be the same"), width=880)
        self._desk = desk
        self._pairs: tuple[SameClaims, ...] | None = None
        self._at = 0
        self._picked: ClaimRow | None = None
        self._asked = plain_label(bold=True)
        self.pair = ClaimPair("JKN")
        self._pair_keys = KeyedWords(
            self.tr(
                "{0} join, the first one’s words count · {1} join, the second’s count · {2} they are not the same · "
                "{3} {4} next, back"
            ),
            ("J", "K", "N", "→", "←"),
        )
        self.said = plain_label(self.tr("Looking…"), muted=True)
        self.filter = FilterField(self.tr("Filter claims"))
        self.claims = KeyedLines(self.tr("All claims"), "JP")
        self._row_keys = KeyedWords("")
        for widget in (self._asked, self.pair, self._pair_keys, self.said, self.filter, self.claims, self._row_keys):
            self.body.addWidget(widget)
        self.body.addStretch(1)
        self.pair.pressed.connect(self._answer)
        self.claims.pressed.connect(self._do)
        self.filter.textChanged.connect(self._ask_claims)
        self.filter.left.connect(lambda: self.claims.setFocus(Qt.FocusReason.OtherFocusReason))
        desk.changed.connect(self._ask)
        for widget in (self._asked, self.pair, self._pair_keys, self.claims):
            widget.hide()
        self._tell_keys()
        self._ask()

    def focus_first(self) -> None:
        """Give the focus to the pair that is asked about, else to the list of all claims."""
        for widget in (self.pair, self.claims):
            if not widget.isHidden():
                widget.setFocus(Qt.FocusReason.OtherFocusReason)
                return
        super().focus_first()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let go of what was picked with Esc, before the sheet closes; undo what was joined or parted."""
        if event.matches(QKeySequence.StandardKey.Undo):
            self._desk.undo()
            event.accept()
        elif event.key() == Qt.Key.Key_Escape and self._picked is not None:
            self._pick(None)
            event.accept()
        else:
            super().keyPressEvent(event)

    # -- the pairs

    def _ask(self) -> None:
        self._desk.look(_LANE, lambda project, _task: project.same_claims(), self._take, owner=self)
        self._ask_claims()

    def _take(self, pairs: tuple[SameClaims, ...]) -> None:
        self._pairs = pairs
        self._show_pair()

    def _show_pair(self) -> None:
        pairs = self._pairs or ()
        self.said.setVisible(not pairs)
        if not pairs:
            had_focus = self.pair.hasFocus()
            self.said.setText(self.tr("No claims look alike."))
            for widget in (self._asked, self.pair, self._pair_keys):
                widget.hide()
            if had_focus:
                self.focus_first()
            return
        self._at %= len(pairs)
        pair = pairs[self._at]
        self._desk.look(
            _LANE, lambda project, _task: _beside(project, pair), lambda found: self._show(pair, found), owner=self
        )

    def _show(self, pair: SameClaims, found: _Beside) -> None:
        pairs = self._pairs or ()
        if self._at >= len(pairs) or pairs[self._at] is not pair:
            return
        is_first = self.pair.isHidden()
        words = self.tr("Pair {0} of {1}: {2}")
        self._asked.setText(words.format(self._at + 1, len(pairs), why_words(pair.why)))
        headings = (self.tr("First"), self.tr("Second"))
        self.pair.show_pair(found.one, found.other, found.codebook, headings)
        for widget in (self._asked, self.pair, self._pair_keys):
            widget.show()
        QTimer.singleShot(0, self, self._follow)
        if is_first:
            QTimer.singleShot(0, self, self.focus_first)

    def _answer(self, key: str) -> None:
        """Do what a person says about the pair that is shown, or go on to another one."""
        if not self._pairs:
            return
        pair = self._pairs[self._at]
        first, second = pair.one.id, pair.other.id
        if key in ("next", "previous"):
            self._at = (self._at + (1 if key == "next" else -1)) % len(self._pairs)
            self._show_pair()
        elif key == "J":
            self._join(first, second)
        elif key == "K":
            self._join(second, first)
        else:
            self._desk.do(lambda project: project.part_claims(first, second), owner=self)

    def _join(self, kept: EntityId, gone: EntityId) -> None:
        self._desk.do(lambda project: project.join_claims(kept, gone), lambda _: self._reselect(kept, gone), owner=self)

    def _reselect(self, kept: EntityId, gone: EntityId) -> None:
        """Select the claim that counts, where the other one was selected."""
        if self._desk.claim_id == gone:
            self._desk.select_claim(kept)

    # -- all claims

    def _ask_claims(self) -> None:
        words = self.filter.text()
        self._desk.ask(
            lambda project: project.claims_offered(words, limit=_READ).rows,
            lambda rows: self._show_claims(rows),
            owner=self,
        )

    def _show_claims(self, rows: tuple[ClaimRow, ...]) -> None:
        is_first = self.claims.isHidden() and not self.filter.hasFocus()
        self.claims.fill([(_row_words(row), row) for row in rows], most=_ROWS)
        self._row_keys.setVisible(bool(rows))
        QTimer.singleShot(0, self, self._follow)
        if is_first:
            QTimer.singleShot(0, self, self.focus_first)

    def _do(self, key: str, row: ClaimRow) -> None:
        """Pick a claim to be joined, join the picked one to another, or part what was joined last."""
        id_ = row.claim.id
        if key == "P" and row.also:
            self._desk.do(lambda project: project.part_claims(id_, project.joined_claims(id_)[-1].id), owner=self)
        elif key == "J" and (self._picked is None or self._picked.claim.id == id_):
            self._pick(None if self._picked else row)
        elif key == "J" and self._picked is not None:
            gone = self._picked.claim.id
            self._pick(None)
            self._join(id_, gone)

    def _pick(self, row: ClaimRow | None) -> None:
        self._picked = row
        self._tell_keys()

    def _tell_keys(self) -> None:
        if self._picked is not None:
            words = self.tr("“{0}” is picked: go to the claim that it is and press {{0}}. {{1}} lets go of it.")
            text = self._picked.claim.text.replace("{", "{{").replace("}", "}}")
            self._row_keys.set_words(words.format(text), ("J", self.tr("Esc")))
        else:
            words = self.tr(
                "{0} picks one to be joined to another · {1} parts the one that was joined last · {2} undoes"
            )
            self._row_keys.set_words(words, ("J", "P", self.tr("Ctrl Z")))


def _beside(project: Project, pair: SameClaims) -> _Beside:
    return _Beside(project.claim_bearing(pair.one.id), project.claim_bearing(pair.other.id), project.codebook)


def why_words(why: Why) -> str:
    """Return in what two claims differ, in the person's language."""
    translate = QCoreApplication.translate
    return {
        Why.WORDS: translate("same claims", "the same words"),
        Why.SIGNS: translate("same claims", "the same words, written otherwise"),
        Why.LITTLE: translate("same claims", "the same but for little words"),
        Why.PLURAL: translate("same claims", "the same but for an “s”"),
        Why.SPELLING: translate("same claims", "nearly the same spelling"),
    }[why]


def _row_words(row: ClaimRow) -> str:
    also = QCoreApplication.translate("same claims", "also “{0}”")
    return "   ".join((row.claim.text, *(also.format(text) for text in row.also)))
