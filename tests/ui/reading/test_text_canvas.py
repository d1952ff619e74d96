"""The canvas: what is in sight, where it is, and that scrolling, folding and zooming keep the place."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, QRectF
from pytestqt.qtbot import QtBot

from annotator.domain.structure import Block, BlockKind, Structure
from annotator.ui.reading.open_text import OpenText
from annotator.ui.reading.text_canvas import TextCanvas

_SENTENCE = "the auditor found that bills of pilot households rose by about fourteen per cent in a quarter "


def _text(paragraphs: int) -> str:
    """Return paragraphs of quite different lengths."""
    words = _SENTENCE * 8
    return "\n".join(words[n * 13 % 97 : n * 13 % 97 + 20 + n * 211 % 600] for n in range(paragraphs))


def _canvas(qtbot: QtBot, text: str, structure: Structure | None = None) -> TextCanvas:
    canvas = TextCanvas(OpenText(text, structure or Structure()))
    qtbot.addWidget(canvas)
    canvas.resize(800, 600)
    canvas.show()
    qtbot.waitExposed(canvas)
    return canvas


def _folding(canvas_text: str) -> Structure:
    blocks, at = [], 0
    for number, words in enumerate(canvas_text.split("\n")):
        article = not 3 <= number <= 9
        blocks.append(Block(kind=BlockKind.PARAGRAPH, start=at, end=at + len(words), article=article))
        at += len(words) + 1
    return Structure(blocks=tuple(blocks))


def _top(canvas: TextCanvas) -> str:
    place = canvas.top_place()
    return canvas.text.text[place : place + 20]


def test_only_what_is_in_sight_is_laid_out(qtbot: QtBot) -> None:
    canvas = _canvas(qtbot, _text(20_000))
    assert canvas.laid_out < 60
    canvas.verticalScrollBar().setValue(canvas.verticalScrollBar().maximum() // 2)
    canvas.viewport().repaint()
    assert canvas.laid_out < 120


def test_the_bar_goes_from_the_first_line_to_the_last(qtbot: QtBot) -> None:
    canvas = _canvas(qtbot, _text(3_000))
    bar = canvas.verticalScrollBar()
    bar.setValue(bar.maximum())
    last = list(canvas.seen())[-1]
    assert last.laid.end == len(canvas.text.text)
    assert last.top + last.laid.box.height == pytest.approx(canvas.viewport().height(), abs=1)
    assert bar.value() == bar.maximum()
    bar.setValue(0)
    assert canvas.top_place() == 0


def test_scrolling_down_and_up_again_comes_back_to_the_same_lines(qtbot: QtBot) -> None:
    canvas = _canvas(qtbot, _text(500))
    bar, seen = canvas.verticalScrollBar(), []
    for _ in range(200):
        seen.append(canvas.top_place())
        bar.setValue(bar.value() + 90)
    for place in reversed(seen):
        bar.setValue(bar.value() - 90)
        assert canvas.top_place() == place
    assert seen == sorted(seen)
    assert len(set(seen)) > 150


def test_no_line_is_skipped_or_seen_twice(qtbot: QtBot) -> None:
    canvas = _canvas(qtbot, _text(200))
    found: list[int] = []
    while True:
        for seen in canvas.seen():
            found.extend(seen.laid.span_of_lines(range(line, line + 1))[0] for line in seen.lines)
        before = canvas.verticalScrollBar().value()
        canvas.scroll_by(canvas.viewport().height())
        if canvas.verticalScrollBar().value() == before:
            break
    every = [
        laid.span_of_lines(range(line, line + 1))[0]
        for laid in map(canvas.laid, range(len(canvas.pieces)))
        for line in range(laid.lines)
    ]
    assert sorted(set(found)) == every


@pytest.mark.parametrize("change", ["zoom", "width", "theme"])
def test_the_first_visible_line_stays(qtbot: QtBot, change: str) -> None:
    canvas = _canvas(qtbot, _text(800))
    canvas.scroll_up_to(len(canvas.text.text) // 2, 0)
    place = canvas.top_place()
    if change == "zoom":
        canvas.set_zoom(160)
    elif change == "width":
        canvas.resize(500, 600)
    else:
        canvas.lay_out_again()
    first = next(canvas.seen())
    line = first.laid.line_of(place)
    begin, end = first.laid.span_of_lines(range(line, line + 1))
    assert begin <= place < end
    assert canvas.top_place() == begin


def test_a_place_is_scrolled_to_where_it_is_wanted(qtbot: QtBot) -> None:
    canvas = _canvas(qtbot, _text(2_000))
    middle = len(canvas.text.text) // 3
    canvas.scroll_up_to(middle, 200)
    strip = canvas.strip_of((middle, middle + 1))
    assert strip is not None
    assert strip.top() == pytest.approx(200, abs=1)


def test_what_is_not_the_article_is_folded_and_comes_back_where_one_reads(qtbot: QtBot) -> None:
    text = _text(400)
    canvas = _canvas(qtbot, text, _folding(text))
    assert canvas.closed_asides == {0}
    shown = [seen.laid.number for seen in canvas.seen()]
    assert not {*range(3, 10)} & {*shown}
    assert [index for index, _ in canvas.bars()] == [0]
    canvas.scroll_up_to(len(text) // 2, 0)
    place = canvas.top_place()
    canvas.fold([0], closed=False)
    assert canvas.top_place() == place
    assert not canvas.closed_asides


def test_a_text_that_is_nothing_but_asides_is_shown(qtbot: QtBot) -> None:
    text = "menu\nimprint"
    structure = Structure(
        blocks=(
            Block(kind=BlockKind.PARAGRAPH, start=0, end=4, article=False),
            Block(kind=BlockKind.PARAGRAPH, start=5, end=12, article=False),
        )
    )
    canvas = _canvas(qtbot, text, structure)
    assert [seen.laid.number for seen in canvas.seen()] == [0, 1]


@pytest.mark.parametrize("text", ["", "\n", "\n\n\n", "x", " ", "\t"])
def test_texts_of_next_to_nothing_are_shown(qtbot: QtBot, text: str) -> None:
    canvas = _canvas(qtbot, text)
    assert canvas.offset_at(QPointF(400, 300)) <= len(text)
    assert canvas.caret_rect(len(text)) is not None
    canvas.set_zoom(300)
    assert canvas.top_place() == 0


def test_a_point_and_a_place_tell_the_same(qtbot: QtBot) -> None:
    canvas = _canvas(qtbot, _text(40))
    for seen in canvas.seen():
        for offset in range(seen.laid.start, seen.laid.end, 5):
            rect = canvas.caret_rect(offset)
            assert rect is not None
            if 0 < rect.top() < canvas.viewport().height() - 40:
                assert canvas.offset_at(QPointF(rect.left() + 0.2, rect.center().y())) == offset


def test_cells_of_a_row_stand_side_by_side(qtbot: QtBot) -> None:
    text = "Group\tMean\nAll accounts of the pilot\t14.2"
    spans = [(0, 5), (6, 10), (11, 36), (37, 41)]
    cells = tuple(
        Block(kind=BlockKind.TABLE_CELL, start=start, end=end, row=n // 2, column=n % 2)
        for n, (start, end) in enumerate(spans)
    )
    canvas = _canvas(qtbot, text, Structure(blocks=cells))
    group, mean, every, figure = (canvas.strip_of(span) or QRectF() for span in spans)
    assert not group.isEmpty()
    assert group.top() == mean.top() < every.top() == figure.top()
    assert mean.left() > every.right()
    assert mean.right() == pytest.approx(figure.right(), abs=1)
    for span, strip in zip(spans, (group, mean, every, figure), strict=True):
        assert canvas.offset_at(QPointF(strip.left() + 0.2, strip.center().y())) == span[0]


def test_a_row_that_begins_with_an_empty_cell_stands_in_the_columns_of_the_others(qtbot: QtBot) -> None:
    text = "\t2023\t2024\nWages of all the clerks\t4.1\t4.4"
    places = [(1, 5, 0, 1), (6, 10, 0, 2), (11, 34, 1, 0), (35, 38, 1, 1), (39, 42, 1, 2)]
    cells = tuple(
        Block(kind=BlockKind.TABLE_CELL, start=start, end=end, row=row, column=column)
        for start, end, row, column in places
    )
    canvas = _canvas(qtbot, text, Structure(blocks=cells))
    first, second, _, third, fourth = (canvas.strip_of((start, end)) or QRectF() for start, end, *_ in places)
    assert first.top() == second.top() < third.top() == fourth.top()
    assert first.right() == pytest.approx(third.right(), abs=1)
    assert second.right() == pytest.approx(fourth.right(), abs=1)
    assert all(canvas.caret_rect(offset) is not None for offset in range(len(text) + 1))


def test_a_paragraph_of_a_million_letters_is_shown_in_parts(qtbot: QtBot) -> None:
    canvas = _canvas(qtbot, "word " * 200_000)
    bar = canvas.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    place = canvas.top_place()
    assert 300_000 < place < 700_000
    assert canvas.laid_out < 10
    strip = canvas.strip_of((place, place + 4))
    assert strip is not None
    assert strip.width() > 20
