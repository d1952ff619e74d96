"""Narrows the history: by who, what, when, and the bundle that brought it. What is in force is said in words."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from annotator.domain.ids import EntityId
from annotator.ui.auditing.field_words import KIND_CODES, kind_words
from annotator.ui.auditing.telling import Query
from annotator.ui.controls import GRID, ElidedLabel, LinkButton, plain_label
from annotator.ui.forms import date_problem
from annotator.ui.when import published

if TYPE_CHECKING:
    from annotator.domain.merging import Exchanged
    from annotator.domain.people import Annotator

_ANY, _TODAY, _WEEK, _DATES = range(4)
_WEEK_DAYS = 7
_SETTLE = 300
_NARROW = 72


class HistoryFilter(QWidget):
    """Pick lists that combine. ``changed`` is emitted when other changes are wanted."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.who = self._picks(self.tr("By whom"), self.tr("Everybody"))
        self.what = self._picks(self.tr("What was touched"), self.tr("Everything"))
        for kind in KIND_CODES:
            self.what.addItem(kind_words(kind), kind)
        self.when = self._picks(self.tr("When"), self.tr("Any time"))
        for choice, words in ((_TODAY, self.tr("Today")), (_WEEK, self.tr("Last 7 days")), (_DATES, self.tr("Dates…"))):
            self.when.addItem(words, choice)
        self.bundle = self._picks(self.tr("Bundle that brought it"), self.tr("From any bundle or none"))
        self.first = self._date(self.tr("From"))
        self.last = self._date(self.tr("To"))
        self.problem = plain_label(muted=True)
        self.said = ElidedLabel(muted=True)
        self.clear_all = LinkButton(self.tr("Clear all"), height=3 * GRID)
        self.clear_all.clicked.connect(self._clear_all)
        self._settle = QTimer(self, singleShot=True, interval=_SETTLE)
        self._settle.timeout.connect(self._tell)
        self._build()
        self._show_state()

    def _build(self) -> None:
        picks = QHBoxLayout()
        picks.setSpacing(GRID // 2)
        for pick in (self.who, self.what, self.when):
            picks.addWidget(pick, 1)
        self._dates = QWidget()
        dates = QHBoxLayout(self._dates)
        dates.setContentsMargins(0, 0, 0, 0)
        dates.setSpacing(GRID // 2)
        for field in (self.first, self.last):
            dates.addWidget(plain_label(field.accessibleName(), muted=True, wrap=False))
            dates.addWidget(field, 1)
        self._standing = QWidget()
        standing = QHBoxLayout(self._standing)
        standing.setContentsMargins(0, 0, 0, 0)
        standing.addWidget(self.said, 1)
        standing.addWidget(self.clear_all)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID // 2)
        column.addLayout(picks)
        column.addWidget(self.bundle)
        column.addWidget(self._dates)
        column.addWidget(self.problem)
        column.addWidget(self._standing)

    # -- what there is, and what is wanted

    def offer(self, people: Sequence[Annotator], exchanges: Sequence[Exchanged]) -> None:
        """Offer these people and the bundles that came in; what is picked stays picked if it is still there."""
        _offer(self.who, [(person.name, person.id) for person in people])
        merged = [(one.name, one.number) for one in exchanges if one.direction == "in"]
        _offer(self.bundle, merged)
        self.bundle.setVisible(bool(merged))
        self._show_state()

    def query(self, words: str = "") -> Query:
        """Return what is wanted; dates that are none are left out."""
        since, until = self._period()
        return Query(
            words=words,
            annotator=EntityId(self.who.currentData()) if self.who.currentIndex() > 0 else None,
            kind=self.what.currentData() if self.what.currentIndex() > 0 else None,
            since=since,
            until=until,
            exchange=self.bundle.currentData() if self.bundle.currentIndex() > 0 else None,
        )

    def pick_bundle(self, number: int) -> None:
        """Want the changes that came with a bundle, and nothing else."""
        self._reset()
        self.bundle.setCurrentIndex(max(0, self.bundle.findData(number)))
        self._tell()

    def clear(self) -> None:
        """Want everything again, without telling."""
        self._reset()
        self._show_state()

    def in_words(self) -> str:
        """Return what is filtered, in words; empty when nothing is."""
        parts = []
        if self.who.currentIndex() > 0:
            parts.append(self.tr("by {0}").format(self.who.currentText()))
        if self.what.currentIndex() > 0:
            parts.append(self.what.currentText())
        match self.when.currentData():
            case 1:
                parts.append(self.tr("today"))
            case 2:
                parts.append(self.tr("last 7 days"))
            case 3:
                parts += self._dates_in_words()
        if self.bundle.currentIndex() > 0:
            parts.append(self.tr("came with {0}").format(self.bundle.currentText()))
        return ", ".join(parts)

    # -- inside

    def _picks(self, name: str, everything: str) -> QComboBox:
        picks = QComboBox()
        picks.setAccessibleName(name)
        picks.setToolTip(name)
        picks.setMinimumHeight(3 * GRID)
        picks.setMinimumWidth(_NARROW)
        picks.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        picks.addItem(everything)
        picks.activated.connect(lambda _number: self._tell())
        return picks

    def _date(self, name: str) -> QLineEdit:
        field = QLineEdit()
        field.setAccessibleName(name)
        field.setPlaceholderText("2025-05-14")
        field.setFixedHeight(3 * GRID)
        field.textEdited.connect(lambda _text: self._settle.start())
        field.editingFinished.connect(lambda: self._tell() if self._settle.isActive() else None)
        return field

    def _tell(self) -> None:
        self._settle.stop()
        self._show_state()
        self.changed.emit()

    def _clear_all(self) -> None:
        self._reset()
        self._tell()
        self.who.setFocus()

    def _reset(self) -> None:
        for pick in (self.who, self.what, self.when, self.bundle):
            pick.setCurrentIndex(0)
        self.first.clear()
        self.last.clear()

    def _show_state(self) -> None:
        said = self.in_words()
        self._dates.setVisible(self.when.currentData() == _DATES)
        problem = next((each for field in (self.first, self.last) if (each := date_problem(field.text()))), "")
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem) and self.when.currentData() == _DATES)
        self.said.setText(self.tr("Only: {0}").format(said))
        self._standing.setVisible(bool(said))
        self.bundle.setVisible(self.bundle.count() > 1)

    def _dates_in_words(self) -> list[str]:
        first, last = (field.text().strip() for field in (self.first, self.last))
        words = []
        if first and not date_problem(first):
            words.append(self.tr("from {0}").format(published(first)))
        if last and not date_problem(last):
            words.append(self.tr("until {0}").format(published(last)))
        return words

    def _period(self) -> tuple[str | None, str | None]:
        today = datetime.now().astimezone().replace(hour=0, minute=0, second=0, microsecond=0)
        match self.when.currentData():
            case 1:
                return _utc(today), None
            case 2:
                return _utc(today - timedelta(days=_WEEK_DAYS - 1)), None
            case 3:
                first, last = (field.text().strip() for field in (self.first, self.last))
                return _begin(first), _end(last)
        return None, None


def _offer(picks: QComboBox, entries: Sequence[tuple[str, object]]) -> None:
    """Offer entries behind the first, which stands for all; what is picked stays picked."""
    if [(picks.itemText(row), picks.itemData(row)) for row in range(1, picks.count())] == list(entries):
        return
    picked = picks.currentData()
    while picks.count() > 1:
        picks.removeItem(1)
    for words, data in entries:
        picks.addItem(words, data)
    picks.setCurrentIndex(max(0, picks.findData(picked)) if picked is not None else 0)


def _utc(local: datetime) -> str:
    return local.astimezone(UTC).isoformat()


def _begin(text: str) -> str | None:
    """Return when a partial date begins in the person's time zone; None where it is no date."""
    if not text or date_problem(text):
        return None
    year, month, day = (*map(int, text.split("-")), 1, 1)[:3]
    return _midnight(year, month, day)


def _end(text: str) -> str | None:
    """Return when a partial date is over in the person's time zone; None where it is no date."""
    if not text or date_problem(text):
        return None
    parts = [*map(int, text.split("-"))]
    year, month = parts[0], parts[1] if len(parts) > 1 else 12
    day = parts[2] if len(parts) > 2 else monthrange(year, month)[1]
    return _midnight(year, month, day, later=1)


def _midnight(year: int, month: int, day: int, *, later: int = 0) -> str | None:
    """Return the beginning of a day, or of one so many days later; None at the ends of the calendar."""
    try:
        return _utc(datetime.combine(date(year, month, day) + timedelta(days=later), time()).astimezone())
    except (OverflowError, ValueError):
        return None
