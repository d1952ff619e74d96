"""What Qt itself paints for a selection: the truth that our own rectangles are compared with."""

from __future__ import annotations

import math
from itertools import groupby
from typing import cast

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QImage, QPainter, QTextCharFormat, QTextLayout

Interval = tuple[int, int]
"""Neighbouring columns of pixels: the first, and the one behind the last."""


def selected_columns(layout: QTextLayout, start: int, end: int, width: int, height: int) -> dict[int, list[Interval]]:
    """Return by line the columns of pixels that Qt paints where UTF-16 units of a layout are selected.

    Lines without any are left out. The selection is painted twice, black and white, with letters that cannot be seen: what
    differs is its ground. Emoji, which keep their colours, cover some of it but never from the top of a line to its bottom.
    """
    dark = _painted(layout, start, end, width, height, Qt.GlobalColor.black)
    light = _painted(layout, start, end, width, height, Qt.GlobalColor.white)
    found = {}
    for number in range(layout.lineCount()):
        differing = 0
        for y in _own_rows(layout, number):
            if 0 <= y < height:
                differing |= _row(dark, y) ^ _row(light, y)
        if differing:
            found[number] = _intervals(differing.to_bytes(width, "big"))
    return found


def _own_rows(layout: QTextLayout, number: int) -> range:
    """Return the rows of pixels that belong to one line alone: lines of large letters may overlap."""
    line = layout.lineAt(number)
    top, bottom = line.y(), line.y() + line.height()
    if number:
        before = layout.lineAt(number - 1)
        top = max(top, before.y() + before.height())
    if number + 1 < layout.lineCount():
        bottom = min(bottom, layout.lineAt(number + 1).y())
    return range(math.ceil(top), math.floor(bottom))


def _painted(layout: QTextLayout, start: int, end: int, width: int, height: int, ground: Qt.GlobalColor) -> QImage:
    image = QImage(width, height, QImage.Format.Format_Grayscale8)
    image.fill(Qt.GlobalColor.gray)
    look = QTextCharFormat()
    look.setBackground(ground)
    look.setForeground(Qt.GlobalColor.transparent)
    selection = QTextLayout.FormatRange()
    selection.start, selection.length, selection.format = start, end - start, look
    painter = QPainter(image)
    painter.setPen(Qt.GlobalColor.transparent)
    layout.draw(painter, QPointF(0, 0), [selection])
    painter.end()
    return image


def _row(image: QImage, y: int) -> int:
    return int.from_bytes(bytes(cast("memoryview[int]", image.constScanLine(y))[: image.width()]), "big")


def _intervals(differing: bytes) -> list[Interval]:
    found, x = [], 0
    for is_different, columns in groupby(differing, key=bool):
        count = len(list(columns))
        if is_different:
            found.append((x, x + count))
        x += count
    return found
