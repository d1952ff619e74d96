"""Painting words in lists: a few lines that end in … where there is no more room."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QTextLayout, QTextOption


def wrapped(text: str, font: QFont, width: int, most: int) -> list[str]:
    """Return ``text`` as at most ``most`` lines that fit ``width``; the last ends in … where something is left out."""
    layout = QTextLayout(text.replace("\n", " "), font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    lines: list[str] = []
    while len(lines) < most:
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(width)
        start = line.textStart()
        words = layout.text()
        if len(lines) == most - 1:
            rest = words[start:]
            lines.append(QFontMetrics(font).elidedText(rest, Qt.TextElideMode.ElideRight, width))
        else:
            lines.append(words[start : start + line.textLength()].rstrip())
    layout.endLayout()
    return lines


def draw_lines(painter: QPainter, rect: QRect, text: str, font: QFont, line_height: int, most: int) -> bool:
    """Paint ``text`` in at most ``most`` lines from the top of ``rect``; tell whether all of it is there."""
    lines = wrapped(text, font, rect.width(), most)
    painter.setFont(font)
    metrics = QFontMetrics(font)
    top = rect.top() + (line_height - metrics.height()) // 2 + metrics.ascent()
    for number, line in enumerate(lines):
        rtl = line.isRightToLeft() if hasattr(line, "isRightToLeft") else False
        x = rect.right() - metrics.horizontalAdvance(line) if rtl else rect.left()
        painter.drawText(QPointF(x, top + number * line_height), line)
    return not lines or not lines[-1].endswith("…") or text.endswith("…")
