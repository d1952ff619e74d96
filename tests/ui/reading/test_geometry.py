"""Where words stand is where Qt itself paints them when they are selected, in every script; a caret leads back to its place."""

from __future__ import annotations

from itertools import pairwise

import pytest
import regex
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPointF
from PySide6.QtGui import QTextLine
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.domain.structure import Block, BlockKind, Inline, InlineKind, Structure
from annotator.ui.reading.laid import Column, Laid
from annotator.ui.reading.open_text import OpenText
from annotator.ui.reading.text_canvas import TextCanvas
from tests.ui.reading.qt_selection import Interval, selected_columns
from tests.ui.reading.scripts import SCRIPTS

_WIDTH, _HEIGHT = 420, 900
_LENGTHS = (1, 2, 5, 13, 1_000)
_TOUCHING, _FAR = 1.5, 1_000.0
_WIDE, _ASIDE, _AT_LEAST = 4, 1, 3
_WORDS = sorted({word for text in SCRIPTS.values() for word in text.split(" ")})


def make_canvas(text: str, structure: Structure | None = None, *, zoom: int = 100) -> TextCanvas:
    """Return a canvas narrow enough that every sentence has several lines."""
    canvas = TextCanvas(OpenText(text, structure or Structure()))
    canvas.resize(_WIDTH, _HEIGHT)
    canvas.set_zoom(zoom)
    canvas.show()
    return canvas


def boundaries(text: str) -> list[int]:
    """Return where characters, as a person counts them, begin and end."""
    return [match.start() for match in regex.finditer(r"\X", text)] + [len(text)]


def stretches(text: str) -> list[tuple[int, int]]:
    """Return stretches of whole characters of several lengths from everywhere in a text."""
    places = boundaries(text)
    return [(places[n], places[min(n + size, len(places) - 1)]) for n in range(len(places) - 1) for size in _LENGTHS]


def ours(laid: Laid, start: int, end: int) -> dict[int, list[Interval]]:
    """Return by line the columns of pixels that we paint for a stretch."""
    found: dict[int, list[Interval]] = {}
    for line, strip in laid.strips(start, end):
        found.setdefault(line, []).append((round(strip.left()), round(strip.right())))
    return found


def qts(column: Column, start: int, end: int) -> dict[int, list[Interval]]:
    """Return by line the columns of pixels that Qt paints for a stretch, without blanks that hang over a line's end."""
    selected = selected_columns(column.layout, column.position(start), column.position(end), 2 * _WIDTH, 2 * _HEIGHT)
    return {line: _within(column.layout.lineAt(line), parts) for line, parts in selected.items()}


def _within(line: QTextLine, intervals: list[Interval]) -> list[Interval]:
    first = line.naturalTextRect().left()
    left, right = round(first), round(first + line.horizontalAdvance())
    return [(max(begin, left), min(end, right)) for begin, end in intervals if begin < right and end > left]


def too_far(found: dict[int, list[Interval]], wanted: dict[int, list[Interval]], pixels: int) -> list[int]:
    """Return the lines on which the columns differ by more than so many ``pixels`` for each edge."""
    lines = []
    for line in {*found, *wanted}:
        mine, theirs = found.get(line, []), wanted.get(line, [])
        differing = {x for part in mine for x in range(*part)} ^ {x for part in theirs for x in range(*part)}
        if len(differing) > pixels * max(len(mine), len(theirs)) * 2:
            lines.append(line)
    return lines


def wrong_stretches(canvas: TextCanvas, laid: Laid, *, pixels: int = 1) -> list[str]:
    """Return the words of a piece that stand elsewhere than where Qt paints them."""
    text = canvas.text.text
    found = []
    for column in laid.columns:
        for start, end in stretches(column.text):
            begin, stop = column.start + start, column.start + end
            mine, theirs = ours(laid, begin, stop), qts(column, begin, stop)
            if too_far(mine, theirs, pixels):
                found.append(f"{text[begin:stop]}: {mine} instead of {theirs}")
    return found


@pytest.mark.parametrize("script", SCRIPTS)
def test_words_stand_where_qt_would_paint_them_selected(qapp: QApplication, script: str) -> None:
    canvas = make_canvas(SCRIPTS[script])
    assert not wrong_stretches(canvas, canvas.laid(0))


@pytest.mark.parametrize("zoom", [70, 130, 200])
def test_words_stand_right_at_every_size(qapp: QApplication, zoom: int) -> None:
    for script in ("latin", "arabic with numbers", "hebrew with a quotation", "devanagari", "emoji"):
        canvas = make_canvas(SCRIPTS[script], zoom=zoom)
        assert not wrong_stretches(canvas, canvas.laid(0)), script


@pytest.mark.parametrize("script", ["latin", "hebrew with a quotation", "english with quotations", "thai"])
@pytest.mark.parametrize("kind", [BlockKind.TITLE, BlockKind.LIST_ITEM, BlockKind.QUOTATION, BlockKind.PREFORMATTED])
def test_words_stand_right_in_every_kind_of_block(qapp: QApplication, script: str, kind: BlockKind) -> None:
    text = SCRIPTS[script]
    third = len(text) // 3
    structure = Structure(
        blocks=(Block(kind=kind, start=0, end=len(text), level=1, number="1."),),
        inlines=(
            Inline(kind=InlineKind.STRONG, start=3, end=third),
            Inline(kind=InlineKind.EMPHASIS, start=third, end=2 * third),
            Inline(kind=InlineKind.LINK, start=2 * third, end=len(text) - 2, target="https://a.example/"),
        ),
    )
    canvas = make_canvas(text, structure)
    assert not wrong_stretches(canvas, canvas.laid(0))


@pytest.mark.parametrize("words", [("wharf one", "41", "dry in May"), ("الرصيف الأول", "41", "جاف في مايو")])
def test_words_stand_right_in_the_cells_of_a_table(qapp: QApplication, words: tuple[str, ...]) -> None:
    text, blocks, at = "\t".join(words), [], 0
    for number, cell in enumerate(words):
        blocks.append(Block(kind=BlockKind.TABLE_CELL, start=at, end=at + len(cell), row=0, column=number))
        at += len(cell) + 1
    canvas = make_canvas(text, Structure(blocks=tuple(blocks)))
    laid = canvas.laid(0)
    assert len(laid.columns) == len(words)
    assert not wrong_stretches(canvas, laid)


def test_a_part_of_a_ligature_is_cut_out_of_it(qapp: QApplication) -> None:
    text = "affluent waffles, efficient offices, flat fish"
    canvas = make_canvas(text)
    assert not wrong_stretches(canvas, canvas.laid(0), pixels=3)


def test_a_comparison_with_the_words_beside_fails(qapp: QApplication) -> None:
    canvas = make_canvas(SCRIPTS["arabic"])
    laid = canvas.laid(0)
    (column,) = laid.columns
    assert too_far(ours(laid, 4, 8), qts(column, 5, 9), 1)
    assert not too_far(ours(laid, 4, 8), qts(column, 4, 8), 1)


@given(
    words=st.lists(st.sampled_from([word for word in _WORDS if "\t" not in word]), min_size=1, max_size=12),
    data=st.data(),
)
@settings(max_examples=60, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_words_stand_right_in_any_mixture(qapp: QApplication, words: list[str], data: st.DataObject) -> None:
    text = " ".join(words)
    canvas = make_canvas(text)
    laid = canvas.laid(0)
    places = boundaries(text)
    start = data.draw(st.sampled_from(places))
    end = data.draw(st.sampled_from([place for place in places if place >= start]))
    if start < end:
        assert not too_far(ours(laid, start, end), qts(laid.columns[0], start, end), 1)


def standing_between(laid: Laid, offset: int, x: float, characters: list[int]) -> bool:
    """Tell whether a caret that stands at ``x`` has the character before ``offset`` on one side and that behind it on the other.

    Where the direction changes, or a line, one of them is elsewhere.
    """
    number = characters.index(offset)
    for start, end in pairwise(characters[max(number - 1, 0) : number + 2]):
        strips = [strip for line, strip in laid.strips(start, end) if line == laid.line_of(offset)]
        edges = [edge for strip in strips for edge in (strip.left(), strip.right())]
        if min((abs(edge - x) for edge in edges), default=_FAR) > _TOUCHING:
            return False
    return True


@pytest.mark.parametrize("script", SCRIPTS)
def test_a_caret_leads_back_to_its_place(qtbot: QtBot, script: str) -> None:
    canvas = make_canvas(SCRIPTS[script])
    laid, characters, checked = canvas.laid(0), boundaries(SCRIPTS[script]), 0
    for offset in characters:
        caret = canvas.caret_rect(offset)
        assert caret is not None
        if standing_between(laid, offset, caret.x(), characters):
            back = canvas.caret_rect(canvas.offset_at(caret.center()))
            assert back is not None
            assert (back.x(), back.y()) == pytest.approx((caret.x(), caret.y()), abs=1), offset
            checked += 1
    assert checked >= _AT_LEAST


@pytest.mark.parametrize("script", SCRIPTS)
def test_each_half_of_a_character_leads_to_its_end(qtbot: QtBot, script: str) -> None:
    canvas = make_canvas(SCRIPTS[script])
    laid, characters, checked = canvas.laid(0), boundaries(SCRIPTS[script]), 0
    between = [standing_between(laid, offset, laid.caret(offset).x(), characters) for offset in characters]
    for number, (start, end) in enumerate(pairwise(characters)):
        strips = [strip for _, strip in laid.strips(start, end)]
        if len(strips) == 1 and strips[0].width() > _WIDE and all(between[max(number - 1, 0) : number + 3]):
            y, middle = strips[0].center().y(), strips[0].center().x()
            hits = [canvas.offset_at(QPointF(middle + aside, y)) for aside in (-_ASIDE, _ASIDE)]
            assert sorted(hits) == [start, end], characters[number]
            checked += 1
    assert checked >= _AT_LEAST


@pytest.mark.parametrize("script", SCRIPTS)
def test_no_point_leads_into_a_character(qtbot: QtBot, script: str) -> None:
    text = SCRIPTS[script]
    canvas = make_canvas(text)
    places = set(boundaries(text))
    laid = canvas.laid(0)
    for line in range(laid.lines):
        y = laid.box.line_base(line) - 4
        found = {canvas.offset_at(QPointF(x, y)) for x in range(0, _WIDTH, 2)}
        assert found <= places


@pytest.mark.parametrize("script", ["latin", "chinese", "thai", "devanagari", "emoji", "combining"])
def test_carets_go_from_left_to_right_where_words_do(qtbot: QtBot, script: str) -> None:
    text = SCRIPTS[script]
    canvas = make_canvas(text)
    carets = [caret for offset in boundaries(text) if (caret := canvas.caret_rect(offset))]
    assert len(carets) == len(boundaries(text))
    assert all(one.x() < next_.x() or one.y() < next_.y() for one, next_ in pairwise(carets))
