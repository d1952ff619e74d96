"""Checks a quotation: the nearest place in each source with what differs, or that it is found nowhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from annotator.domain.errors import AnnotatorError, CancelledError
from annotator.domain.ids import EntityId
from annotator.domain.quoted import QuotationCheck, QuotedPlace
from annotator.ui.annotating.quote_row import QuoteRow
from annotator.ui.controls import GRID, AccentButton, ElidedLabel, PlainButton
from annotator.ui.desk import Desk
from annotator.ui.jobs import Task
from annotator.ui.messages import next_step, sentence
from annotator.ui.theme import current_theme, panel_font

if TYPE_CHECKING:
    from annotator.services.project import Project

_HEIGHT, _LEAST = 288, 168
_LANE = "quote"


class QuotePanel(QFrame):
    """A field for the quotation, and below it the places that come near, the nearest first."""

    left = Signal()
    shown = Signal(object)
    """A ``QuotedPlace`` is to be shown in its source."""
    highlighted = Signal(object)
    """A ``QuotedPlace`` is to be made a passage."""
    linked = Signal(object)
    """A ``QuotedPlace`` is to be linked to a claim."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._task: Task[QuotationCheck] | None = None
        self._own: tuple[EntityId, int, int] | None = None
        self.field = QLineEdit()
        self.places = _Places()
        self.said = ElidedLabel(muted=True)
        self._buttons = {
            name: PlainButton(words, key=key, height=24)
            for name, words, key in (
                ("show", self.tr("Show"), self.tr("Enter")),
                ("highlight", self.tr("Highlight"), "H"),
                ("link", self.tr("Link to claim"), "L"),
            )
        }
        self._build()
        self._listen()
        self._show_buttons()

    # -- what others call

    def check(self, words: str, own: tuple[EntityId, int, int] | None = None) -> None:
        """Look for a quotation; ``own`` is where it was selected (version, half-open code points): that place does not count."""
        self.field.setText(" ".join(words.split()))
        self._own = own
        self._look()

    def focus_first(self) -> None:
        """Give the focus to the field, or to what was found."""
        target: QWidget = self.places if self.places.count() else self.field
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def is_looking(self) -> bool:
        """Whether a quotation is being looked for."""
        return self._task is not None

    def forget(self) -> None:
        """Stop looking and empty everything."""
        self._stop()
        self.field.clear()
        self.places.clear()
        self.said.setText("")
        self._show_buttons()

    # -- building

    def _build(self) -> None:
        self.setAccessibleName(self.tr("Check a quotation"))
        self.field.setFont(panel_font())
        self.field.setFixedHeight(32)
        self.field.setPlaceholderText(
            self.tr("Paste or type a quotation. “…” leaves words out, [brackets] put some in")
        )
        self.field.setAccessibleName(self.tr("Quotation"))
        self.field.setMaxLength(20_000)
        self.look = AccentButton(self.tr("Look for it"), key=self.tr("Enter"))
        close = PlainButton(self.tr("Close"), key=self.tr("Esc"), height=24)
        close.setFlat(True)
        close.clicked.connect(self.left)
        head = QHBoxLayout()
        head.setSpacing(2 * GRID)
        head.addWidget(ElidedLabel(self.tr("Check a quotation"), bold=True))
        head.addWidget(self.said, 1)
        head.addWidget(close)
        asking = QHBoxLayout()
        asking.setSpacing(GRID)
        asking.addWidget(self.field, 1)
        asking.addWidget(self.look)
        foot = QHBoxLayout()
        foot.setSpacing(GRID)
        foot.addStretch(1)
        for button in self._buttons.values():
            foot.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, GRID, 0, GRID)
        column.setSpacing(GRID)
        for row in (head, asking, foot):
            row.setContentsMargins(2 * GRID, 0, 2 * GRID, 0)
        column.addLayout(head)
        column.addLayout(asking)
        column.addWidget(self.places, 1)
        column.addLayout(foot)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def _listen(self) -> None:
        self.field.returnPressed.connect(self._look_anew)
        self.field.textChanged.connect(lambda text: self.look.setEnabled(bool(text.strip())))
        self.look.clicked.connect(self._look_anew)
        self.look.setEnabled(False)
        self.places.itemActivated.connect(lambda _: self._do("show"))
        self.places.currentRowChanged.connect(lambda _: self._show_buttons())
        self.places.key_pressed.connect(self._do)
        for name, button in self._buttons.items():
            button.clicked.connect(lambda _=False, name=name: self._do(name))
        self._desk.closed.connect(self.forget)

    # -- looking

    def _look_anew(self) -> None:
        self._own = None
        self._look()

    def _look(self) -> None:
        words = self.field.text().strip()
        self._stop()
        self.places.clear()
        self._show_buttons()
        if not words:
            return
        self.said.setText(self.tr("Looking…"))

        def work(project: Project, task: Task[QuotationCheck]) -> QuotationCheck:
            def progress(_done: int, _total: int) -> None:
                if task.is_cancelled():
                    raise CancelledError(what="looking for a quotation")

            return project.check_quotation(words, progress=progress)

        self._task = self._desk.look(_LANE, work, self._take, owner=self, otherwise=self._fail)

    def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            self._task = None

    def _take(self, check: QuotationCheck) -> None:
        if check.quotation != self.field.text().strip():
            return
        self._task = None
        places = [place for place in check.places if not self._is_own(place)]
        had_focus = self.field.hasFocus() or self.look.hasFocus()
        self.places.show_places(places, check.quotation)
        self.said.setText(self._words_for(check, len(places)))
        self._show_buttons()
        if places and had_focus:
            self.places.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fail(self, error: AnnotatorError) -> None:
        if not isinstance(error, CancelledError):
            self._task = None
            self.said.setText(" ".join(part for part in (sentence(error), next_step(error)) if part))

    def _is_own(self, place: QuotedPlace) -> bool:
        if self._own is None or place.version_id != self._own[0]:
            return False
        return place.spans[0][0] < self._own[2] and self._own[1] < place.spans[-1][1]

    def _words_for(self, check: QuotationCheck, found: int) -> str:
        others = self._own is not None
        if not found:
            said = self.tr("Found in no other source.") if others else self.tr("Found nowhere.")
        elif found == 1:
            said = self.tr("Found in 1 other source.") if others else self.tr("Found in 1 source.")
        else:
            words = self.tr("Found in {0} other sources.") if others else self.tr("Found in {0} sources.")
            said = words.format(found)
        if check.looked_in < check.sources:
            more = self.tr("Looked at the {0} of {1} sources that have most of its words.")
            said += " " + more.format(check.looked_in, check.sources)
        return said

    # -- doing

    def _do(self, name: str) -> None:
        place = self.places.current()
        if place is not None:
            {"show": self.shown, "highlight": self.highlighted, "link": self.linked}[name].emit(place)

    def _show_buttons(self) -> None:
        is_any = self.places.current() is not None
        self.places.setVisible(self.places.count() > 0)
        for button in self._buttons.values():
            button.setVisible(is_any)
        self.updateGeometry()

    # -- Qt's own

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close with Esc, and let no other key through."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()

    def sizeHint(self) -> QSize:
        """Return room for some places, or for the field alone."""
        hint = super().sizeHint()
        return QSize(hint.width(), _HEIGHT if self.places.count() else self.minimumSizeHint().height())

    def paintEvent(self, _: QPaintEvent) -> None:
        """Paint the ground, and the line above."""
        theme, painter = current_theme(), QPainter(self)
        painter.fillRect(self.rect(), theme.surface)
        painter.fillRect(0, 0, self.width(), 1, theme.hairline)


class _Places(QListWidget):
    """The places that were found."""

    key_pressed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(self.tr("Places that come near"))
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumHeight(_LEAST - 64)

    def show_places(self, places: list[QuotedPlace], quotation: str) -> None:
        """Show places, the first chosen."""
        self.clear()
        for place in places:
            row = QuoteRow(place, quotation)
            item = QListWidgetItem()
            item.setData(Qt.ItemDataRole.AccessibleTextRole, row.spoken)
            self.addItem(item)
            self.setItemWidget(item, row)
        self._measure()
        if places:
            self.setCurrentRow(0)

    def current(self) -> QuotedPlace | None:
        """Return the place that is chosen."""
        row = self.row_at(self.currentRow())
        return row.place if row is not None else None

    def row_at(self, number: int) -> QuoteRow | None:
        """Return the row with a number."""
        item = self.item(number)
        widget = self.itemWidget(item) if item is not None else None
        return widget if isinstance(widget, QuoteRow) else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Highlight with H, link with L; else what lists do."""
        names = {Qt.Key.Key_H: "highlight", Qt.Key.Key_L: "link"}
        name = names.get(Qt.Key(event.key()))
        if name is not None and not event.modifiers():
            self.key_pressed.emit(name)
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap the words anew."""
        super().resizeEvent(event)
        self._measure()

    def _measure(self) -> None:
        width = self.viewport().width()
        for number in range(self.count()):
            row = self.row_at(number)
            if row is not None:
                self.item(number).setSizeHint(QSize(width, row.height_for(width)))
