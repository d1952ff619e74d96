"""Pale words on a coloured ground are painted in the colour of the text, so that they can be read."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.domain.structure import Block, BlockKind, Inline, InlineKind, Structure
from annotator.ui.reading.open_text import OpenText
from annotator.ui.reading.text_view import TextView
from annotator.ui.theme import ThemeChoice, choose_theme, current_theme
from tests.ui.contrasts import contrast

TEXT = "The article.\nIIIIII IIIIII aside.\nIIIIII IIIIII byline.\nIIIIII IIIIII link."
ASIDE, BYLINE, LINK = (TEXT.index(word) - 14 for word in ("aside", "byline", "link"))
BLOCKS = (
    Block(kind=BlockKind.PARAGRAPH, start=0, end=12),
    Block(kind=BlockKind.PARAGRAPH, start=ASIDE, end=ASIDE + 20, article=False),
    Block(kind=BlockKind.BYLINE, start=BYLINE, end=BYLINE + 21),
    Block(kind=BlockKind.PARAGRAPH, start=LINK, end=len(TEXT)),
)
LINKED = Inline(kind=InlineKind.LINK, start=LINK, end=len(TEXT), target="https://a.example/")


@pytest.fixture(params=["light", "dark"])
def view(qtbot: QtBot, qapp: QApplication, request: pytest.FixtureRequest) -> TextView:
    """Return a view of an aside, a byline and a link, unfolded."""
    theme: ThemeChoice = request.param
    choose_theme(qapp, theme)
    view = TextView(OpenText(TEXT, Structure(blocks=BLOCKS, inlines=(LINKED,))))
    qtbot.addWidget(view)
    view.fold([0], closed=False)
    view.resize(700, 400)
    view.show()
    return view


def strongest(view: TextView, start: int) -> QColor:
    """Return the colour on six letters that differs most from that of the text's paper."""
    strip = view.strip_of((start, start + 6))
    assert strip is not None
    image: QImage = view.viewport().grab().toImage()
    place = strip.toRect().adjusted(2, 4, -2, -4)
    colours = (
        image.pixelColor(x, y) for x in range(place.left(), place.right()) for y in range(place.top(), place.bottom())
    )
    return max(colours, key=lambda colour: contrast(colour, current_theme().raised))


@pytest.mark.parametrize("start", [ASIDE, BYLINE, LINK])
def test_selected_words_have_the_colour_of_the_text(view: TextView, start: int) -> None:
    pale, theme = strongest(view, start), current_theme()
    assert contrast(pale, theme.text) > 1.2
    view.select(start, start + 6)
    assert contrast(strongest(view, start), theme.selection) >= 4.5
    assert contrast(strongest(view, start + 7), theme.text) > 1.2


def test_whatever_colours_the_ground_says_so(view: TextView) -> None:
    view.inked.append(lambda _: ((ASIDE, ASIDE + 6),))
    view.viewport().update()
    assert contrast(strongest(view, ASIDE), current_theme().text) < 1.2
    assert contrast(strongest(view, BYLINE), current_theme().text) > 1.2
