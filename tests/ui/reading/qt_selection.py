"""What Qt itself paints for a selection: the truth that our own rectangles are compared with."""

from __future__ import annotations

from itertools import groupby
from typing import cast

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QTextCharFormat, QTextLayout

Interval = tuple[int, int]
"""Neighbouring columns of pixels: the first, and the one behind the last."""

_INK = 0


def selected_columns(layout: QTextLayout, start: int, end: int, width: int, height: int) -> dict[int, list[Interval]]:
    """Return by line the columns of pixels that Qt paints where UTF-16 units of a layout are selected.

    Lines without any are left out. Letters are painted in the colour of their ground, so that nothing but the selection is seen.
    """
    image = QImage(width, height, QImage.Format.Format_Grayscale8)
    image.fill(Qt.GlobalColor.white)
    look = QTextCharFormat()
    look.setBackground(QColor(_INK, _INK, _INK))
    look.setForeground(QColor(_INK, _INK, _INK))
    selection = QTextLayout.FormatRange()
    selection.start, selection.length, selection.format = start, end - start, look
    painter = QPainter(image)
    painter.setPen(Qt.GlobalColor.white)
    layout.draw(painter, QPointF(0, 0), [selection])
    painter.end()
    found = {}
    for number in range(layout.lineCount()):
        line = layout.lineAt(number)
        intervals = _dark(image, round(line.y() + line.height() / 2))
        if intervals:
            found[number] = intervals
    return found


def _dark(image: QImage, y: int) -> list[Interval]:
    row = cast("memoryview[int]", image.constScanLine(y))
    found, x = [], 0
    for is_dark, pixels in groupby(row[: image.width()], key=lambda value: value == _INK):
        count = len(list(pixels))
        if is_dark:
            found.append((x, x + count))
        x += count
    return found
