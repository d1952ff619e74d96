"""Paints the margin: a stripe for each passage, and the lines that stand for what is not part of the article."""

from __future__ import annotations

from collections.abc import Collection
from itertools import groupby

from PySide6.QtCore import QCoreApplication, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from annotator.domain.rows import PassageRow
from annotator.ui.annotating.highlights import stances_of
from annotator.ui.annotating.layout import Box
from annotator.ui.annotating.stance_lines import lay_stance_line
from annotator.ui.icons import icon
from annotator.ui.marks import SIGN, draw_disputed_badge, draw_keycap, draw_stance_tile, keycap_size
from annotator.ui.reading.open_text import Aside
from annotator.ui.theme import Theme, panel_font

_FIRST, _NEXT = 24.0, 20.0
_GAP = 4.0
_ICON = 16


def draw_stripe(
    painter: QPainter,
    box: Box,
    row: PassageRow,
    column: int,
    lines: Collection[int],
    span: tuple[int, int],
    theme: Theme,
    *,
    chosen: bool,
) -> None:
    """Paint the part of a passage's stripe that stands beside one paragraph.

    ``lines`` are those with words of the passage, ``span`` the paragraph's code points. A stripe goes from the first to
    the last fragment; where none stands it is thin.
    """
    begins, ends = span[0] <= row.start <= span[1], row.end <= span[1] + 1
    if not lines and (begins or ends):
        return
    stances = stances_of(row)
    x = stripe_x(box, column)
    top = box.line_base(min(lines)) - 5 * box.pitch / 30 - SIGN / 2 if begins else 0.0
    bottom = box.line_top(max(lines)) + box.pitch - 3 if ends else box.height
    if begins:
        top = _draw_tiles(painter, QPointF(x - SIGN / 2, top), bottom, row, theme, chosen=chosen)
    for number, (has_words, first, last) in enumerate(_stretches(box, lines, begins=begins, ends=ends)):
        start = top if number == 0 else first
        end = min(last, bottom)
        if end - start < _GAP:
            continue
        if has_words and stances[0]:
            room = QRectF(x - 3, start, 6, end - start)
            lay_stance_line(painter, room, stances[0], theme, chosen=chosen, vertical=True)
        else:
            painter.fillRect(QRectF(round(x), start, 2 if chosen else 1, end - start), theme.edge)


def stripe_x(box: Box, column: int) -> float:
    """Return where the middle of a column is; in a narrow margin the outermost ones share a place."""
    room = max(int((box.left - _FIRST - SIGN / 2) // _NEXT), 0)
    return box.left - _FIRST - _NEXT * min(column, room)


def _draw_tiles(
    painter: QPainter, place: QPointF, bottom: float, row: PassageRow, theme: Theme, *, chosen: bool
) -> float:
    """Paint a tile for each stance, one below the other while there is room, and return where the line begins.

    Where something of it is disputed, the sign for that hangs on the first.
    """
    top = place.y()
    for number, stance in enumerate(stances_of(row)):
        if number and top + SIGN > bottom:
            break
        draw_stance_tile(painter, QRectF(place.x(), top, SIGN, SIGN), stance, theme, solid=chosen)
        top += SIGN + 2
    if row.conflicted:
        draw_disputed_badge(painter, place + QPointF(0, SIGN), theme)
    return top + _GAP - 2


def _stretches(box: Box, lines: Collection[int], *, begins: bool, ends: bool) -> list[tuple[bool, float, float]]:
    """Return the neighbouring lines with and without words of a passage: which they are, and from where to where in px."""
    if not lines:
        return [(False, 0.0, box.height)]
    last_line = max(lines) if ends else round((box.height - box.before) // box.pitch)
    numbers = range(min(lines) if begins else 0, last_line + 1)
    found = []
    for has_words, group in groupby(numbers, key=lambda number: number in lines):
        members = list(group)
        found.append((has_words, box.line_top(members[0]), box.line_top(members[-1]) + box.pitch))
    if not begins:
        found[0] = (found[0][0], 0.0, found[0][2])
    if not ends:
        found[-1] = (found[-1][0], found[-1][1], box.height)
    return found


def draw_bar(painter: QPainter, rect: QRectF, aside: Aside, key: str, theme: Theme, *, closed: bool) -> None:
    """Paint the line that tells of an aside, and the key that folds or shows it."""
    painter.save()
    pen = QPen(theme.hairline, 1, Qt.PenStyle.CustomDashLine)
    pen.setDashPattern([3, 3])
    painter.setPen(pen)
    top, bottom = round(rect.top()) + 0.5, round(rect.bottom()) - 0.5
    painter.drawLine(QPointF(rect.left(), top), QPointF(rect.right(), top))
    if closed:
        painter.drawLine(QPointF(rect.left(), bottom), QPointF(rect.right(), bottom))
    mark = QRect(int(rect.left()), int(rect.center().y()) - _ICON // 2, _ICON, _ICON)
    icon("chevron-right" if closed else "chevron-down", "muted").paint(painter, mark)
    painter.setFont(panel_font())
    painter.setPen(theme.muted)
    side = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
    verb = _words("Show") if closed else _words("Fold")
    wide = painter.fontMetrics().horizontalAdvance(verb)
    painter.drawText(rect, side | Qt.AlignmentFlag.AlignRight, verb)
    room = rect.adjusted(_ICON + 8, 0, -(wide + 48), 0)
    shown = painter.fontMetrics().elidedText(aside_words(aside), Qt.TextElideMode.ElideRight, int(room.width()))
    painter.drawText(room, side | Qt.AlignmentFlag.AlignLeft, shown)
    if key:
        size = keycap_size(key)
        cap = QRectF(round(rect.right() - wide - size.width() - 8), round(rect.center().y() - size.height() / 2), 0, 0)
        cap.setSize(size.toSizeF())
        draw_keycap(painter, cap, key, theme)
    painter.restore()


def aside_words(aside: Aside) -> str:
    """Return what the line of an aside says: “Not part of the article: navigation, 14 links”."""
    one, many = (
        (_words("1 link"), _words("{0} links")) if aside.links else (_words("1 paragraph"), _words("{0} paragraphs"))
    )
    count = one if aside.count == 1 else many.format(aside.count)
    names = [_words(_NAMES.get(label, label)) for label in aside.labels[:2]]
    return _words("Not part of the article: {0}").format(", ".join([*names, count]))


_NAMES = {
    "header": "head of the page",
    "footer": "foot of the page",
    "aside": "beside the article",
    "share": "share buttons",
    "appeal": "appeal to readers",
}
"""What importers call a part of a page, where people would say it otherwise."""


def _words(text: str) -> str:
    return QCoreApplication.translate("reader", text)
