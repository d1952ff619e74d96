"""Finds claims by what is typed, newest work first, and paints them with the typed words strong."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from annotator.domain.folding import find, fold, phrases
from annotator.domain.ids import EntityId
from annotator.domain.rows import ClaimRow
from annotator.ui.disputes import disputed_words
from annotator.ui.marks import VERDICT_TILE, draw_keycap, draw_verdict_tile, keycap_size
from annotator.ui.painting import RowPainter
from annotator.ui.theme import current_theme, panel_font
from annotator.ui.when import moment

_Index = QModelIndex | QPersistentModelIndex
ROW = 32
_AT_MOST = 100
_LEFT = 12
_PARENT = 18


@dataclass(frozen=True, slots=True)
class Match:
    """A line of the list: a claim with what is said beside it, or (without one) the words for a new claim."""

    row: ClaimRow | None
    words: str
    made: str = ""
    part_of: str = ""


class ClaimMatches(QAbstractListModel):
    """The claims that hold all that is typed, those worked on last first, and behind them the offer to make one."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[ClaimRow, ...] = ()
        self._folded: dict[str, str] = {}
        self._parents: Mapping[EntityId, str] = {}
        self.matches: tuple[Match, ...] = ()
        self.typed = ""

    def set_claims(self, rows: Iterable[ClaimRow], parents: Mapping[EntityId, str] | None = None) -> None:
        """Look among these claims; ``parents`` are the words of claims that they are part of, beside themselves."""
        self._parents = parents or {}
        self._rows = tuple(sorted(rows, key=lambda row: row.changed, reverse=True))
        self._folded = {row.claim.id: f" {fold(row.claim.text)}" for row in self._rows}
        self.look_for(self.typed)

    def look_for(self, typed: str) -> None:
        """Show the claims that hold every word typed."""
        self.beginResetModel()
        self.typed = " ".join(typed.split())
        wanted = [f" {phrase}" for phrase in phrases(self.typed)]
        found = [row for row in self._rows if all(phrase in self._folded[row.claim.id] for phrase in wanted)]
        texts = {**self._parents, **{row.claim.id: row.claim.text for row in self._rows}}
        self.matches = tuple(Match(row, row.claim.text, *_beside(row, texts)) for row in found[:_AT_MOST])
        if self.typed:
            self.matches += (Match(None, self.typed),)
        self.endResetModel()

    def claim_at(self, number: int) -> str:
        """Return the claim of a line, empty for the offer to make one."""
        row = self.matches[number].row if 0 <= number < len(self.matches) else None
        return row.claim.id if row else ""

    def rowCount(self, parent: _Index | None = None) -> int:
        """Return how many lines there are."""
        return 0 if parent is not None and parent.isValid() else len(self.matches)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the words of a line: screen readers read them."""
        if not index.isValid() or role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        match = self.matches[index.row()]
        return match.words if match.row else self.tr("Make the claim “{0}”").format(match.words)


def _beside(row: ClaimRow, texts: Mapping[EntityId, str]) -> tuple[str, str]:
    parent = texts.get(row.parent, "") if row.parent else ""
    short = parent if len(parent) <= _PARENT else f"{parent[: _PARENT - 2].rstrip()}…"
    made = moment(_made_at(row.claim.id))
    if row.conflicted:
        made = f"{disputed_words()}, {made}"
    return made, QCoreApplication.translate("claims", "Part of “{0}”").format(short) if parent else ""


def _made_at(id_: str) -> str:
    """Return when an entity was made: its id (UUIDv7) begins with the milliseconds of the epoch."""
    milliseconds = int(id_.replace("-", "")[:12], 16)
    return datetime.fromtimestamp(milliseconds / 1000, UTC).isoformat()


class MatchDelegate(QStyledItemDelegate):
    """Paints a line: verdict, claim, remark, and the key that takes it."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Return the height of a line."""
        return QSize(0, max(ROW, QFontMetrics(panel_font()).height() + 8))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint a line."""
        model = index.model()
        if not isinstance(model, ClaimMatches):
            return
        match, theme = model.matches[index.row()], current_theme()
        row = RowPainter(painter, option)
        is_current = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        if is_current:
            painter.fillRect(row.rect, theme.row)
            painter.fillRect(row.part(0, 0, 3, row.rect.height()), theme.accent)
        height, right = row.rect.height(), row.rect.width() - _LEFT
        right = self._paint_key(painter, row, match, right, alone=len(model.matches) == 1, is_current=is_current)
        remark = _remark(match, right - _LEFT - 36)
        wide = QFontMetrics(panel_font()).horizontalAdvance(remark) + 2
        row.words(row.part(right - wide, 0, wide, height), remark, panel_font(), theme.muted, at_end=True)
        right -= wide + 12
        mark = row.part(_LEFT + 4, 0, VERDICT_TILE, height)
        words = row.part(_LEFT + 36, 0, right - _LEFT - 36, height)
        if match.row is None:
            row.icon(_LEFT + 6, (height - 16) // 2, "plus")
            row.words(words, str(index.data()), panel_font(), theme.text)
        else:
            conclusion = match.row.conclusion
            draw_verdict_tile(painter, QRectF(mark), conclusion.verdict if conclusion else "open", theme, solid=True)
            painter.setPen(theme.text)
            _draw_strong(painter, words, match.words, _places(match.words, model.typed))
        painter.restore()

    def _paint_key(
        self, painter: QPainter, row: RowPainter, match: Match, right: int, *, alone: bool, is_current: bool
    ) -> int:
        """Paint the key that takes a line, if there is one, and return where it begins."""
        key = self.tr("Enter") if is_current or alone else ""
        if match.row is None and not alone:
            key = self.tr("Ctrl Enter")
        if not key:
            return right
        size = keycap_size(key)
        cap = row.part(right - size.width(), (row.rect.height() - size.height()) // 2, size.width(), size.height())
        draw_keycap(painter, QRectF(cap), key, current_theme())
        return right - size.width() - 8


def _remark(match: Match, room: int) -> str:
    """Return what is said beside a claim: what it is part of only where that leaves the claim its room."""
    metrics = QFontMetrics(panel_font(bold=True))
    whole = ", ".join(part for part in (match.part_of, match.made) if part)
    fits = metrics.horizontalAdvance(match.words) + metrics.horizontalAdvance(whole) + 24 < room
    return whole if fits else match.made


def _places(text: str, typed: str) -> list[tuple[int, int]]:
    found = (find(text, phrase) for phrase in phrases(typed))
    return sorted(place for place in found if place)


def _draw_strong(painter: QPainter, rect: QRect, text: str, strong: Sequence[tuple[int, int]]) -> None:
    """Paint one line with some of its words strong; it ends in … where there is no more room."""
    x, end = rect.left(), rect.right()
    for words, is_strong in _pieces(text, strong):
        font: QFont = panel_font(bold=is_strong)
        metrics = QFontMetrics(font)
        shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, end - x)
        painter.setFont(font)
        painter.drawText(QRect(x, rect.top(), end - x + 1, rect.height()), Qt.AlignmentFlag.AlignVCenter, shown)
        x += metrics.horizontalAdvance(shown)
        if shown != words:
            return


def _pieces(text: str, strong: Sequence[tuple[int, int]]) -> Iterable[tuple[str, bool]]:
    done = 0
    for start, end in strong:
        if start >= done:
            yield text[done:start], False
            yield text[start:end], True
            done = end
    yield text[done:], False
