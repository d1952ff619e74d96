"""How two texts differ, as it is shown."""

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.domain.word_diff import Difference, word_diff
from annotator.ui.theme import Theme, apply_theme, current_theme, load_theme
from annotator.ui.word_diff import WordDiff

_BEFORE = "No source says that the household meters can close a supply. The data sheet lists no valve."
_AFTER = "The household meters cannot close a supply, but 340 other units under the same contract can (annex C)."


def _painted(view: WordDiff, width: int) -> QImage:
    view.resize(width, view.heightForWidth(width))
    return view.grab().toImage()


def _columns(image: QImage, colour: QColor, area: QRect | None = None) -> list[int]:
    area = area or image.rect()
    return [
        x
        for x in range(area.left(), area.right() + 1)
        if any(image.pixelColor(x, y) == colour for y in range(area.top(), area.bottom() + 1))
    ]


def test_the_name_is_the_text_of_a_side(qtbot: QtBot) -> None:
    pieces = word_diff(_BEFORE, _AFTER)
    before, after = WordDiff(pieces, side=Difference.GONE), WordDiff(pieces, side=Difference.NEW)
    qtbot.addWidget(before)
    qtbot.addWidget(after)

    assert before.accessibleName() == _BEFORE
    assert after.accessibleName() == _AFTER
    assert after.marked() == ("The", "cannot", ", but 340 other units under the same contract can (annex C)")


def test_both_sides_in_one_say_what_is_gone_and_new(qtbot: QtBot) -> None:
    view = WordDiff(word_diff("the large rises", "the steepest rises"))
    qtbot.addWidget(view)

    assert view.accessibleName() == "the [gone: large] [new: steepest] rises"


@pytest.mark.parametrize("side", [None, Difference.GONE, Difference.NEW])
def test_the_narrower_the_higher_and_nothing_is_cut_off(qtbot: QtBot, side: Difference | None) -> None:
    view = WordDiff(word_diff(_BEFORE, _AFTER), side=side)
    qtbot.addWidget(view)

    heights = [view.heightForWidth(width) for width in (900, 400, 200, 100)]

    assert heights == sorted(heights)
    assert heights[0] < heights[-1]
    assert view.heightForWidth(900) == heights[0]
    for width in (400, 200, 100):
        image = _painted(view, width)
        taller = QImage(image)
        view.resize(width, view.heightForWidth(width) + 40)
        taller = view.grab().toImage()
        ground = taller.pixelColor(width - 1, taller.height() - 1)
        rest = QRect(0, image.height(), width, 40)
        assert all(taller.pixelColor(x, y) == ground for x in range(width) for y in range(rest.top(), rest.bottom()))


def test_what_differs_stands_on_a_tint_with_a_line_under_it(qtbot: QtBot) -> None:
    view = WordDiff(word_diff("aaaa bbbb", "aaaa cccc"), side=Difference.NEW)
    qtbot.addWidget(view)
    image, theme = _painted(view, 300), current_theme()

    tinted, lined = _columns(image, theme.selection), _columns(image, theme.accent)

    same = view.fontMetrics().horizontalAdvance("aaaa ")
    whole = view.fontMetrics().horizontalAdvance("aaaa cccc")
    assert same - 2 <= tinted[0] <= same + 2
    assert lined
    assert whole - 3 <= lined[-1] <= whole + 2


def test_what_is_gone_is_struck_through_and_not_tinted(qtbot: QtBot) -> None:
    view = WordDiff(word_diff("aaaa bbbb", "aaaa"))
    qtbot.addWidget(view)
    image = _painted(view, 300)

    assert not _columns(image, current_theme().selection)
    assert not _columns(image, current_theme().accent)
    start = view.fontMetrics().horizontalAdvance("aaaa ")
    end = view.fontMetrics().horizontalAdvance("aaaa bbbb")
    ground = image.pixelColor(299, 0)
    struck = [
        y for y in range(image.height()) if all(image.pixelColor(x, y) != ground for x in range(start + 1, end - 1))
    ]
    assert struck, "no line goes through the words from end to end"


def test_words_from_right_to_left_begin_on_the_right(qtbot: QtBot) -> None:
    view = WordDiff(word_diff("العدادات", "العدادات تغلق"), side=Difference.NEW)
    qtbot.addWidget(view)
    image = _painted(view, 300)

    tinted = _columns(image, current_theme().selection)

    assert tinted
    assert tinted[-1] < 300 - view.fontMetrics().horizontalAdvance("العدادات") + 4
    assert tinted[0] > 150


def test_a_line_break_that_differs_is_to_be_seen(qtbot: QtBot) -> None:
    view = WordDiff(word_diff("one two", "one\ntwo"), side=Difference.NEW)
    qtbot.addWidget(view)

    assert _columns(_painted(view, 300), current_theme().accent)


def test_another_theme_recolours_the_words(qtbot: QtBot, qapp: QApplication) -> None:
    view = WordDiff(word_diff("aaaa bbbb", "aaaa cccc"))
    qtbot.addWidget(view)
    was: Theme = current_theme()
    try:
        apply_theme(qapp, load_theme("dark"))
        qapp.processEvents()
        image = _painted(view, 300)
        assert _columns(image, load_theme("dark").accent)
        assert not _columns(image, was.accent)
    finally:
        apply_theme(qapp, was)


def test_other_words_take_the_place_of_the_first(qtbot: QtBot) -> None:
    view = WordDiff(word_diff("short", "short"))
    qtbot.addWidget(view)
    low = view.heightForWidth(120)

    view.tell(word_diff(_BEFORE, _AFTER), side=Difference.NEW)

    assert view.heightForWidth(120) > low
    assert view.accessibleName() == _AFTER
