"""The numbers of list items and notes are painted before their words, and never touch them."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QFontMetricsF
from pytestqt.qtbot import QtBot

from annotator.domain.structure import Block, BlockKind, Structure
from annotator.ui.reading.furniture import Furniture
from annotator.ui.reading.looks import letters, look_of
from annotator.ui.reading.text_view import TextView
from tests.ui.reading.views import make_view

WORDS = "words"


def _inked_before_words(view: TextView, block: Block) -> bool:
    strip = view.strip_of((0, 1))
    assert strip is not None
    image = view.viewport().grab().toImage()
    paper = image.pixelColor(2, image.height() - 2)
    room = range(int(strip.left()) - int(look_of(block).indent) + 2, int(strip.left()) - 2)
    return any(image.pixelColor(x, y) != paper for x in room for y in range(int(strip.top()), int(strip.bottom())))


@pytest.mark.parametrize(
    ("kind", "number", "inked"),
    [
        (BlockKind.LIST_ITEM, "1.", True),
        (BlockKind.LIST_ITEM, "", True),
        (BlockKind.FOOTNOTE, "1.", True),
        (BlockKind.FOOTNOTE, "", False),
    ],
)
def test_items_and_numbered_notes_have_a_mark(qtbot: QtBot, kind: BlockKind, number: str, inked: bool) -> None:
    block = Block(kind=kind, start=0, end=len(WORDS), level=1, number=number)
    view = make_view(qtbot, WORDS, Structure(blocks=(block,)))
    view.under.insert(0, Furniture(view.page))
    assert _inked_before_words(view, block) is inked


@pytest.mark.parametrize("number", ["1.", "12.", "2.12(a)", "§ XXXVIII.", "第二十一条"])
@pytest.mark.parametrize("level", [1, 2])
@pytest.mark.usefixtures("qapp")
def test_there_is_room_for_long_numbers(number: str, level: int) -> None:
    look = look_of(Block(kind=BlockKind.LIST_ITEM, start=0, end=1, level=level, number=number))
    assert QFontMetricsF(letters(look, 1)).horizontalAdvance(number) + 6 < look.indent
