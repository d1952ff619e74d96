"""One question of a judgement: its answers, each with the key that picks it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QStyle, QVBoxLayout, QWidget

from annotator.domain.scales import Level
from annotator.ui.controls import ChoiceRow, LinkButton, plain_tooltip
from annotator.ui.icon_drawing import draw_icon
from annotator.ui.marks import Mark
from annotator.ui.theme import current_theme, panel_font

MORE = "0"
"""The key that leads to further answers and back."""

_HEAD = 24
_CHECK = 16
_SHORT = " / "


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer to pick: its code, key and word, what it means, and its mark."""

    code: str
    key: str
    label: str
    meaning: str
    mark: Mark


def answers_of(levels: Iterable[Level], mark: object, taken: str = "") -> tuple[Answer, ...]:
    """Return the levels of a scale as answers; a level without a key gets the first free letter of its word, or digit.

    ``mark`` makes the mark for a level; ``taken`` are keys that must not be given.
    """
    levels = tuple(levels)
    used = {level.key for level in levels} | set(taken)
    found = []
    for level in levels:
        key = level.key or next((c for c in level.label.upper() + "123456789" if c.isalnum() and c not in used), "")
        used.add(key)
        words = level.label.split(_SHORT)[0]
        meaning = ": ".join(part for part in (level.label, level.definition) if part)
        found.append(Answer(level.code, key, words, meaning, mark(level)))  # type: ignore[operator]
    return tuple(found)


class _Head(QWidget):
    """The title of a column: strong when its turn has come, with a check mark when it is answered."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title, self._is_turn, self._is_done = title, False, False
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return room for the title and the check mark."""
        self.setFont(panel_font(bold=True))
        return QSize(self.fontMetrics().horizontalAdvance(self._title) + _CHECK + 16, _HEAD)

    def show_state(self, *, is_turn: bool, is_done: bool) -> None:
        """Show whether it is its turn, and whether it is answered."""
        self._is_turn, self._is_done = is_turn, is_done
        self.update()

    def paintEvent(self, _: QPaintEvent) -> None:
        """Paint the title."""
        theme, painter = current_theme(), QPainter(self)
        painter.setFont(panel_font(bold=self._is_turn))
        painter.setPen(theme.text if self._is_turn else theme.muted)
        start = QStyle.visualAlignment(self.layoutDirection(), Qt.AlignmentFlag.AlignLeft)
        painter.drawText(QRectF(self.rect()).adjusted(4, 0, -4, 0), start | Qt.AlignmentFlag.AlignVCenter, self._title)
        if self._is_done:
            left = 4 + painter.fontMetrics().horizontalAdvance(self._title) + 8
            check = QRect(left, (self.height() - _CHECK) // 2, _CHECK, _CHECK)
            draw_icon(painter, QStyle.visualRect(self.layoutDirection(), self.rect(), check), "check", "muted")


class AnswerColumn(QWidget):
    """A question with its answers. ``others`` are answers behind a key of their own, such as “not rated”."""

    picked = Signal(str)
    left = Signal(int)
    """The arrow keys lead out: to the column before (-1) or behind (1)."""

    def __init__(
        self, title: str, answers: Sequence[Answer], others: Sequence[Answer] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.title = title
        self._head = _Head(title)
        self._rows: dict[str, ChoiceRow] = {}
        self._keys: tuple[dict[str, str], ...] = ({}, {})
        self._back = LinkButton(self.tr("Rated"), key=MORE, height=_HEAD)
        self._back.clicked.connect(self.turn_over)
        self._back.hide()
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 0, 0)
        head.addWidget(self._head, 1)
        head.addWidget(self._back)
        self._pages = QStackedWidget()
        first = self._page(answers, 0)
        if others:
            self._add_way_to_others(first)
        self._pages.addWidget(first)
        self._pages.addWidget(self._page(others, 1))
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._pages)
        column.addStretch()
        self.setAccessibleName(title)

    def show_state(self, taken: str, *, is_turn: bool) -> None:
        """Show which answer is taken, and whether it is this question's turn."""
        for code, row in self._rows.items():
            row.setChecked(code == taken)
            row.set_greyed(greyed=not is_turn or bool(taken))
        if taken:
            self._turn_to(self._page_of(taken))
        self._head.show_state(is_turn=is_turn and not taken, is_done=bool(taken))

    def code_of(self, key: str) -> str:
        """Return the answer that a key picks now; nothing for other keys."""
        return self._keys[self._pages.currentIndex()].get(key, "")

    def turn_over(self) -> None:
        """Show the other answers, or the first ones again."""
        if self._keys[1]:
            self._turn_to(1 - self._pages.currentIndex())
            self.focus_answer()

    @property
    def has_others(self) -> bool:
        """Whether there are answers behind the first ones."""
        return bool(self._keys[1])

    def focus_answer(self, code: str = "") -> None:
        """Give the focus to an answer, by default the one taken, else the first."""
        rows = self._shown()
        taken = next((row for row in rows if row.isChecked()), rows[0] if rows else None)
        target = self._rows.get(code, taken)
        if target is not None:
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Move among the answers with the arrow keys."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and isinstance(watched, ChoiceRow):
            rows = self._all_shown()
            step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
            side = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
            if step is not None:
                rows[(rows.index(watched) + step) % len(rows)].setFocus(Qt.FocusReason.OtherFocusReason)
                return True
            if side is not None:
                mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
                self.left.emit(-side if mirrored else side)
                return True
        return super().eventFilter(watched, event)

    def _page(self, answers: Sequence[Answer], number: int) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for answer in answers:
            row = ChoiceRow(answer.key, answer.label, answer.mark)
            row.setToolTip(plain_tooltip(answer.meaning))
            row.clicked.connect(lambda _checked=False, code=answer.code: self.picked.emit(code))
            row.installEventFilter(self)
            self._rows[answer.code] = row
            self._keys[number][answer.key] = answer.code
            column.addWidget(row)
        column.addStretch()
        return page

    def _shown(self) -> list[ChoiceRow]:
        return [self._rows[code] for code in self._keys[self._pages.currentIndex()].values()]

    def _page_of(self, code: str) -> int:
        return 1 if code in self._keys[1].values() else 0

    def _all_shown(self) -> list[ChoiceRow]:
        page = self._pages.currentWidget()
        return page.findChildren(ChoiceRow) if page else []

    def _add_way_to_others(self, page: QWidget) -> None:
        row = ChoiceRow(MORE, self.tr("Not rated…"), Mark(QSize(0, 0), lambda _painter, _rect, _theme: None))
        row.setCheckable(False)
        row.clicked.connect(self.turn_over)
        row.installEventFilter(self)
        column = page.layout()
        if isinstance(column, QVBoxLayout):
            column.insertWidget(column.count() - 1, row)

    def _turn_to(self, number: int) -> None:
        self._pages.setCurrentIndex(number)
        self._back.setVisible(number == 1)
