"""The bar at the foot of a text in which one looks for words: all hits are marked while one types."""

from __future__ import annotations

import regex
from PySide6.QtCore import QLocale, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from annotator.domain.find import Query
from annotator.ui.actions import FIND, Actions
from annotator.ui.announcing import announce
from annotator.ui.controls import ElidedLabel, plain_label
from annotator.ui.jobs import Jobs
from annotator.ui.messages import next_step, sentence
from annotator.ui.reading.find_parts import FindField, OptionButton, icon_button
from annotator.ui.reading.seeker import Searched, Seeker
from annotator.ui.theme import current_theme

_LONGEST = 200
"""A selection of more characters is not what somebody wants to look for."""
_WAIT = 300
"""Milliseconds after which it is said that the search is still going on."""
_FIELD = 260
_GAP = 4
_COUNT = 160


class FindBar(QWidget):
    """Binds the actions ``find…`` and shows what comes of them. It searches in the view that it is told of."""

    wanted = Signal()
    """Somebody wants to find something while the reader is not shown."""

    def __init__(self, jobs: Jobs, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actions = actions
        self.seeker = Seeker(jobs, self)
        self.field = FindField()
        self.count = ElidedLabel(muted=True)
        self.problem = plain_label(muted=True)
        self.previous_button = icon_button("chevron-up", self.tr("Previous hit"))
        self.next_button = icon_button("chevron-down", self.tr("Next hit"))
        self.close_button = icon_button("x", self.tr("Close (Esc)"))
        self.options = {
            "find_case": OptionButton(self.tr("Match case"), "Aa"),
            "find_words": OptionButton(self.tr("Whole words"), "|ab|"),
            "find_accents": OptionButton(self.tr("Ignore accents"), "é=e"),
            "find_regex": OptionButton(self.tr("Pattern"), ".*"),
        }
        self.options["find_accents"].setChecked(True)
        self._said = "", ""
        self._late = QTimer(self, singleShot=True, interval=_WAIT)
        self._late.timeout.connect(self._say_searching)
        self._build()
        self._listen()
        self._show_keys()
        self.hide()

    @property
    def is_open(self) -> bool:
        """Whether the bar is shown."""
        return not self.isHidden()

    def set_view(self, view: Searched | None) -> None:
        """Search in this view from now on."""
        self.seeker.set_view(view)
        if view is None:
            self.hide()

    # -- what the keys do

    def open(self) -> None:
        """Show the bar with the selected words in it, or with what was looked for last."""
        view = self.seeker.view
        if view is None:
            return
        if not view.isVisible():
            self.wanted.emit()
        words = "" if self.field.hasFocus() else self._selected_words()
        self.show()
        self.seeker.set_marked(marked=True)
        if words:
            self.field.setText(words)
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()
        self._look()

    def step(self, *, forward: bool) -> None:
        """Go to the next hit, or to the one before; where nothing has been looked for, ask what."""
        view = self.seeker.view
        if view is not None and not view.isVisible():
            self.wanted.emit()
        if self.field.text() and not self.seeker.error:
            self.seeker.step(forward=forward)
        else:
            self.open()

    def close_bar(self) -> None:
        """Hide the bar and its marks. Who was typing in it goes on in the text, with the current hit selected."""
        seeker, view = self.seeker, self.seeker.view
        focused = QApplication.focusWidget()
        was_here = focused is not None and self.isAncestorOf(focused)
        hit = seeker.hits[seeker.current] if seeker.current >= 0 else None
        self.hide()
        seeker.set_marked(marked=False)
        if view is not None and was_here:
            view.setFocus(Qt.FocusReason.OtherFocusReason)
            if hit is not None:
                view.select(*hit)

    # -- Qt's own

    def minimumSizeHint(self) -> QSize:
        """Return how small it may become: beside a second text there is little room."""
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show words where there is room for them, else signs."""
        super().resizeEvent(event)
        buttons = sum(option.width_of(wide=True) + _GAP for option in self.options.values())
        wide = self.width() >= _FIELD + buttons + 3 * self.next_button.width() + 200
        for option in self.options.values():
            option.set_wide(wide=wide)
        QTimer.singleShot(0, self, self._fit_count)

    def paintEvent(self, _: QPaintEvent) -> None:
        """Paint the ground, and the line above."""
        theme, painter = current_theme(), QPainter(self)
        painter.fillRect(self.rect(), theme.surface)
        painter.fillRect(0, 0, self.width(), 1, theme.hairline)

    # -- inside

    def _build(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(_GAP)
        self.field.setMaximumWidth(_FIELD)
        row.addWidget(self.field, 3)
        row.addWidget(self.previous_button)
        row.addWidget(self.next_button)
        row.addSpacing(_GAP)
        row.addWidget(self.count, 1)
        for option in self.options.values():
            row.addWidget(option)
        row.addSpacing(_GAP)
        row.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 6, 8, 6)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self.problem)
        self.problem.hide()
        self.setAccessibleName(self.tr("Find in this source"))

    def _listen(self) -> None:
        self.field.textChanged.connect(lambda _: self._look())
        self.field.stepped.connect(lambda forward: self.step(forward=forward))
        self.field.left.connect(self.close_bar)
        self.next_button.clicked.connect(lambda: self.step(forward=True))
        self.previous_button.clicked.connect(lambda: self.step(forward=False))
        self.close_button.clicked.connect(self.close_bar)
        self.seeker.changed.connect(self._show_found)
        self._actions.keys_changed.connect(self._show_keys)
        self._actions.bind("find", self.open)
        self._actions.bind("find_next", lambda: self.step(forward=True))
        self._actions.bind("find_previous", lambda: self.step(forward=False))
        for name, option in self.options.items():
            option.toggled.connect(lambda _: self._look())
            self._actions.bind(name, option.toggle)
        self._actions.place(FIND, self)

    def _look(self) -> None:
        if self.is_open:
            on = {name: option.isChecked() for name, option in self.options.items()}
            query = Query(
                self.field.text(),
                case=on["find_case"],
                words=on["find_words"],
                fold=on["find_accents"],
                regex=on["find_regex"],
            )
            self.seeker.look_for(query, self.seeker.origin())

    def _selected_words(self) -> str:
        view = self.seeker.view
        text = view.text.text if view else ""
        words = " ".join(text[start:end] for start, end in view.selected()) if view and view.has_selection else ""
        words = " ".join(words.split())
        if len(words) > _LONGEST:
            return ""
        return regex.escape(words, literal_spaces=True) if self.options["find_regex"].isChecked() else words

    # -- what is said

    def _show_found(self) -> None:
        seeker = self.seeker
        if seeker.is_searching:
            self._late.start()
            return
        self._late.stop()
        error = seeker.error
        self.problem.setText(f"{sentence(error)} {next_step(error)}" if error else "")
        self.problem.setVisible(error is not None)
        announce(self.problem, self.problem.text())
        self._say(*("", "") if error else self._count_words())
        for button in (self.next_button, self.previous_button):
            button.setEnabled(bool(len(seeker.hits)))

    def _say_searching(self) -> None:
        if self.seeker.is_searching:
            self._say(self.tr("Searching…"), "")

    def _say(self, words: str, more: str) -> None:
        """Say how many there are, and more about them where there is room."""
        self._said = words, more
        self.count.setMinimumWidth(min(self.count.fontMetrics().horizontalAdvance(words) + 2, _COUNT))
        self.count.setAccessibleName(f"{words} {more}".strip() or self.tr("Nothing looked for yet"))
        self._fit_count()
        announce(self.count, f"{words} {more}".strip())

    def _fit_count(self) -> None:
        words, more = self._said
        whole = self.tr("{0}, {1}").format(words, more) if more else words
        fits = self.count.fontMetrics().horizontalAdvance(whole) <= self.count.width()
        self.count.setText(whole if fits else words)

    def _count_words(self) -> tuple[str, str]:
        """Return which of how many hits is the current one; and how many cannot be seen, and where it began again."""
        seeker, number = self.seeker, QLocale().toString
        count = len(seeker.hits)
        if not count:
            return self.tr("Not found") if self.field.text().strip() else "", ""
        many = number(count) if seeker.hits.complete else self.tr("more than {0}").format(number(count))
        if seeker.current < 0:
            words = self.tr("{0} found").format(many)
        else:
            words = self.tr("{0} of {1}").format(number(seeker.current + 1), many)
        folded = seeker.folded_count
        if seeker.wrapped:
            return words, self.tr("from the top again") if seeker.wrapped == "top" else self.tr("from the end again")
        return words, self.tr("{0} folded away").format(number(folded)) if folded else ""

    def _show_keys(self) -> None:
        key = self._actions.key
        explained = {
            "find_case": self.tr("Capital and small letters are told apart"),
            "find_words": self.tr("Only whole words are found"),
            "find_accents": self.tr('é is e, ß is ss, “ is ", – is -'),
            "find_regex": self.tr("What is typed is a regular expression, such as \\d+ for a number"),
        }
        for name, words in explained.items():
            self.options[name].explain(words, key(name))
        for button, words, name in (
            (self.next_button, self.tr("Next hit"), "find_next"),
            (self.previous_button, self.tr("Previous hit"), "find_previous"),
        ):
            button.setToolTip(f"{words} ({key(name)})" if key(name) else words)
