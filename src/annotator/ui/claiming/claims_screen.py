"""The evidence board: claims on the left, for and against in the middle, the conclusion on the right."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from annotator.domain.ids import EntityId
from annotator.ui.actions import Actions
from annotator.ui.claiming.board import Board, Card, read_board
from annotator.ui.claiming.claims_panel import ClaimsPanel
from annotator.ui.claiming.conclusion_panel import ConclusionPanel
from annotator.ui.claiming.evidence_board import EvidenceBoard
from annotator.ui.claiming.levels import label, relation_words
from annotator.ui.controls import GRID, ElidedLabel, EmptyState, HairLine, LinkButton, plain_tooltip
from annotator.ui.desk import Desk
from annotator.ui.disputes import DisputedLine
from annotator.ui.forms import plain_label
from annotator.ui.refresher import Refresher
from annotator.ui.when import published

_WIDE, _NARROW = (256, 352), (208, 320)
"""The widths of the list and of the conclusion."""
_NARROW_FROM = 1200
_SHORT = 40
"""Letters of a detail that is not broken over two lines."""


class _Header(QWidget):
    """What the claim is, what it belongs to, who said it."""

    parent_wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._disputed = DisputedLine(desk)
        self._relation = ElidedLabel(muted=True)
        self._relation.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._parent_text = ""
        self._parent = LinkButton("", height=24)
        self._parent.setMinimumWidth(40)
        self._text = plain_label(bold=True, size=20)
        self._about = plain_label(muted=True)
        self._parent.clicked.connect(self.parent_wanted)
        self._above = QWidget()
        above = QHBoxLayout(self._above)
        above.setContentsMargins(0, 0, 0, 0)
        above.setSpacing(4)
        above.addWidget(self._relation)
        above.addWidget(self._parent)
        above.addStretch()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID + 4)
        whole.setSpacing(4)
        whole.addWidget(self._above)
        whole.addWidget(self._text)
        whole.addWidget(self._disputed)
        whole.addWidget(self._about)

    def show_board(self, board: Board) -> None:
        """Show a claim."""
        self._above.setVisible(board.parent is not None)
        if board.parent is not None:
            words = relation_words(board.parent.relation)
            number, count = board.place
            if count > 1 and board.parent.relation == "part_of":
                words = self.tr("Part {0} of {1} of").format(number, count)
            self._relation.setText(words)
            self._parent_text = board.parent.claim.text
            self._parent.setToolTip(plain_tooltip(self._parent_text))
            self._elide()
        self._text.setText(board.claim.text)
        self._disputed.show_of(board.claim.id, board.disputed.get(board.claim.id, ()))
        parts = (part.replace(" ", "\u00a0") if len(part) < _SHORT else part for part in self._parts(board))
        self._about.setText("   ".join(parts))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut the words of the parent to the room that there is."""
        super().resizeEvent(event)
        self._elide()

    def _elide(self) -> None:
        room = self.width() - 4 * GRID - self._relation.sizeHint().width() - 3 * GRID
        metrics = self._parent.fontMetrics()
        self._parent.setText(metrics.elidedText(self._parent_text, Qt.TextElideMode.ElideRight, max(40, room)))
        self._parent.updateGeometry()

    def _parts(self, board: Board) -> list[str]:
        claim, parts = board.claim, [label(board.codebook, "claim_type", code) for code in board.claim.types]
        date = published(claim.date)
        if board.claimants:
            said = self.tr("Claimed by {0}").format(", ".join(board.claimants))
            parts.append(f"{said}, {date}" if date else said)
        elif date:
            parts.append(date)
        if board.first_said:
            said = self.tr("First said by {0}, {1}")
            parts.append(said.format(board.first_said, published(board.first_date)))
        if board.also:
            parts.append(self.tr("Also entered as {0}").format(", ".join(f"“{words}”" for words in board.also)))
        if claim.location:
            parts.append(claim.location)
        if board.withdrawn:
            one, more = self.tr("1 linkage withdrawn"), self.tr("{0} linkages withdrawn")
            parts.append(one if board.withdrawn == 1 else more.format(board.withdrawn))
        return parts


class ClaimsScreen(QWidget):
    """The screen of one claim after the other: its evidence side by side, and what one concludes."""

    def __init__(self, desk: Desk, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._actions = desk, actions
        self.list = ClaimsPanel(desk, actions, tree=True)
        self.board = EvidenceBoard(desk)
        self.conclusion = ConclusionPanel(desk, actions)
        self._header = _Header(desk)
        self._split_is_own = False
        self.setAccessibleName(self.tr("Claims"))
        self._refresher = Refresher(self, self.refresh)
        self._build()
        for signal in (desk.claim_selected, desk.changed, desk.opened):
            signal.connect(self._refresher.later)
        desk.closed.connect(self._clear)
        self.board.chosen.connect(self._show_in_reader)
        self._header.parent_wanted.connect(self._go_to_parent)
        self.addActions([actions[name] for name in ("conclude", "edit_claim")])
        actions.bind("conclude", self.conclude)
        self._shown: Board | None = None

    def _build(self) -> None:
        evidence = QWidget()
        column = QVBoxLayout(evidence)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._header)
        column.addWidget(HairLine())
        column.addWidget(self.board, 1)
        self._middle = QStackedWidget()
        self._middle.addWidget(evidence)
        self._middle.addWidget(
            EmptyState(
                "scale",
                self.tr("Choose a claim"),
                self.tr("What speaks for and against it stands here side by side, and beside it what you conclude."),
            )
        )
        self._middle.setCurrentIndex(1)
        self.list.setMinimumWidth(200)
        self.conclusion.setMinimumWidth(320)
        self._split = QSplitter(Qt.Orientation.Horizontal)
        for part in (self.list, self._middle, self.conclusion):
            self._split.addWidget(part)
        self._split.setCollapsible(1, False)
        self._split.setStretchFactor(1, 1)
        self._split.splitterMoved.connect(self._keep_split)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._split)
        self.setFocusProxy(self.list)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    @Slot()
    def _keep_split(self) -> None:
        """Leave the widths to the person who has set them."""
        self._split_is_own = True

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give what is beside the evidence its width, and less in a narrow window."""
        super().resizeEvent(event)
        if not self._split_is_own:
            sides = _WIDE if self.width() >= _NARROW_FROM else _NARROW
            self._split.setSizes([sides[0], self.width() - sum(sides), sides[1]])

    # -- what others call

    def focus_filter(self) -> None:
        """Put the cursor into the filter of the claims."""
        self.list.focus_filter()

    def conclude(self) -> None:
        """Conclude on the claim; from elsewhere, come here first."""
        if not self.isVisible():
            self._actions["show_claims"].trigger()
            self.conclusion.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return
        self.conclusion.conclude()

    def refresh(self) -> None:
        """Ask for the claim again."""
        claim = self._desk.claim_id
        if self._desk.project is None or not claim:
            self._clear()
            return
        self._desk.ask(
            lambda project: read_board(project, claim), self._take, owner=self, otherwise=lambda _: self._clear()
        )

    # -- showing

    def _take(self, board: Board) -> None:
        if board.claim.id != self._desk.claim_id:
            self._follow_joined(board.claim.id)
            return
        self._shown = board
        self._middle.setCurrentIndex(0)
        self._header.show_board(board)
        self.board.show_board(board)
        self.conclusion.show_board(board)

    def _follow_joined(self, standing: EntityId) -> None:
        """Where the claim that is selected was joined to another one, select that."""
        asked = self._desk.claim_id

        def follow(found: EntityId) -> None:
            if found == standing and self._desk.claim_id == asked:
                self._desk.select_claim(standing)

        if asked:
            self._desk.ask(lambda project: project.standing_claim(asked), follow, owner=self)

    @Slot()
    def _clear(self) -> None:
        self._shown = None
        self._middle.setCurrentIndex(1)
        self.conclusion.show_board(None)

    @Slot(object)
    def _show_in_reader(self, card: Card) -> None:
        if card.version is None or not card.passages:
            return
        self._desk.show_place(card.version, card.start, card.end)
        self._desk.select_passage(card.passages[0])
        self._desk.select_linkage(EntityId(card.judged[0].linkage.id))

    @Slot()
    def _go_to_parent(self) -> None:
        if self._shown is not None and self._shown.parent is not None:
            self._desk.select_claim(self._shown.parent.claim.id)
