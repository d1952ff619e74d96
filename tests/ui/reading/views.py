"""Texts that can be read, and what hands do to them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.domain.structure import Block, BlockKind, Structure
from annotator.ui.reading.caret_view import CaretView
from annotator.ui.reading.open_text import OpenText
from annotator.ui.reading.text_view import TextView

Key: TypeAlias = Qt.Key
Modifier: TypeAlias = Qt.KeyboardModifier
PLAIN, SHIFT, CTRL = Modifier.NoModifier, Modifier.ShiftModifier, Modifier.ControlModifier


def make_view(
    qtbot: QtBot, text: str, structure: Structure | None = None, *, size: tuple[int, int] = (800, 400)
) -> TextView:
    """Return a view of a text with the keyboard in it."""
    view = TextView(OpenText(text, structure or Structure()))
    qtbot.addWidget(view)
    view.resize(*size)
    view.show()
    view.activateWindow()
    view.setFocus()
    qtbot.waitUntil(view.hasFocus)
    return view


def paragraphs(text: str, asides: Sequence[int] = ()) -> Structure:
    """Return the paragraphs of a text as blocks; those with these numbers are not part of the article."""
    blocks, at = [], 0
    for number, words in enumerate(text.split("\n")):
        blocks.append(Block(kind=BlockKind.PARAGRAPH, start=at, end=at + len(words), article=number not in asides))
        at += len(words) + 1
    return Structure(blocks=tuple(blocks))


def table(rows: Sequence[Sequence[str]], before: str = "Above.\n", behind: str = "\nBelow.") -> tuple[str, Structure]:
    """Return a text with a table in it, and its structure; cells are parted by tabs."""
    blocks, at = [Block(kind=BlockKind.PARAGRAPH, start=0, end=len(before) - 1)], len(before)
    for row, cells in enumerate(rows):
        for column, said in enumerate(cells):
            blocks.append(Block(kind=BlockKind.TABLE_CELL, start=at, end=at + len(said), row=row, column=column))
            at += len(said) + 1
    text = before + "\n".join("\t".join(cells) for cells in rows) + behind
    blocks.append(Block(kind=BlockKind.PARAGRAPH, start=at, end=len(text)))
    return text, Structure(blocks=tuple(blocks))


def press(view: CaretView, *keys: Key, with_: Modifier = PLAIN) -> None:
    """Press keys one after the other."""
    for key in keys:
        QTest.keyClick(view, key, with_)


def walked(view: CaretView, key: Key, with_: Modifier = PLAIN, most: int = 500) -> list[int]:
    """Return all places to which a key takes the caret until it takes it no farther."""
    found = [view.caret()]
    while len(found) < most:
        QTest.keyClick(view, key, with_)
        if view.caret() == found[-1]:
            break
        found.append(view.caret())
    return found


def point_of(view: CaretView, words: str, *, within: float = 0.5) -> QPoint:
    """Return a point on words that are in sight; ``within`` is the share of their first strip's width."""
    start = view.text.text.index(words)
    strip = next(iter(view.strips((start, start + len(words)))))
    return QPointF(strip.left() + within * strip.width(), strip.center().y()).toPoint()


def mouse(
    view: CaretView,
    kind: QEvent.Type,
    point: QPoint,
    button: Qt.MouseButton = Qt.MouseButton.LeftButton,
    modifier: Modifier = PLAIN,
) -> None:
    """Let the mouse do one thing over the text; a move is one with the left button held down."""
    is_move = kind is QEvent.Type.MouseMove
    none = Qt.MouseButton.NoButton
    buttons = none if kind is QEvent.Type.MouseButtonRelease else button
    event = QMouseEvent(
        kind,
        point.toPointF(),
        view.viewport().mapToGlobal(point).toPointF(),
        none if is_move else button,
        buttons,
        modifier,
    )
    QApplication.sendEvent(view.viewport(), event)


def drag(view: CaretView, start: QPoint, *path: QPoint, release: bool = True) -> None:
    """Press at a point and drag the mouse along a path."""
    mouse(view, QEvent.Type.MouseButtonPress, start)
    for point in path:
        mouse(view, QEvent.Type.MouseMove, point)
    if release:
        mouse(view, QEvent.Type.MouseButtonRelease, path[-1])


def double_click(view: CaretView, point: QPoint, *, release: bool = True) -> None:
    """Click twice, as the system tells it."""
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, PLAIN, point)
    mouse(view, QEvent.Type.MouseButtonDblClick, point)
    if release:
        mouse(view, QEvent.Type.MouseButtonRelease, point)


def words_selected(view: CaretView) -> str:
    """Return the words that are selected and visible; parts are joined by a bar."""
    return "|".join(view.text.text[start:end] for start, end in view.selected())
