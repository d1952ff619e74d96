"""Paints the line that stands for what is not part of the article, and says what it stands for."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from annotator.ui.icon_drawing import draw_icon
from annotator.ui.marks import draw_keycap, keycap_size
from annotator.ui.reading.open_text import Aside
from annotator.ui.theme import Theme, panel_font

_ICON = 16


def draw_fold_line(painter: QPainter, rect: QRectF, aside: Aside, key: str, theme: Theme, *, closed: bool) -> None:
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
    draw_icon(painter, mark, "chevron-right" if closed else "chevron-down", "muted")
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
    "by_hand": "taken out by hand",
    "picture": "what pictures show",
}
"""What importers call a part of a page, where people would say it otherwise."""


def _words(text: str) -> str:
    return QCoreApplication.translate("reader", text)
