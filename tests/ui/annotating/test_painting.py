"""What is painted: lines under the words and nowhere else, lanes, stripes, tints, numbers, folded parts."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QTextLayout
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator.domain.ids import EntityId
from annotator.domain.rows import PassageRow
from annotator.domain.text import snap_to_graphemes
from annotator.ui.annotating.highlights import Highlights
from annotator.ui.annotating.lanes import lanes
from annotator.ui.annotating.pointing import PointedReader
from annotator.ui.annotating.stance_lines import lay_stance_line
from annotator.ui.marks import draw_stance_line
from annotator.ui.theme import apply_theme, current_theme, load_theme
from tests.ui.annotating.conftest import Reading

TEXT = "The new meters made the bills rise by forty per cent.\nNone had asked to see any of the bills at all.\nEnd."
MAGENTA = QColor(255, 0, 255)
SCRIPTS = "\n".join(
    (
        "Bills rose by forty per cent.",
        "The minister قال الوزير said, safe",
        "قال الوزير إن الماء آمن",
        "המים בעיר בטוחים",
        "हिन्दी में पानी साफ़ है",
        "น้ำในเมืองปลอดภัย",
        "市長は水が安全だと言った",
        "safe 👩‍👩‍👧 and 😀 sound",
    )
)


def show(view: PointedReader, *rows: tuple[str, tuple[str, ...]], chosen: int = -1) -> Highlights:
    """Show passages: words (fragments parted by “ … ”) and stances."""
    text = view.text.text
    made = []
    for number, (words, stances) in enumerate(rows):
        starts = [(text.index(part), len(part)) for part in words.split(" … ")]
        spans = tuple((start, start + length) for start, length in starts)
        made.append(PassageRow(id=EntityId(str(number)), spans=spans, stances=stances))
    found = Highlights(made, text)
    view.set_highlights(found)
    view.choose(str(chosen) if chosen >= 0 else "")
    return found


def picture(view: PointedReader) -> QImage:
    """Return what the view looks like without a caret."""
    view.clearFocus()
    return view.viewport().grab().toImage()


def columns_with(image: QImage, colour: QColor, area: QRect) -> list[int]:
    """Return the columns of an area with a pixel of a colour."""
    return [
        x
        for x in range(max(area.left(), 0), min(area.right() + 1, image.width()))
        if any(
            image.pixelColor(x, y) == colour for y in range(max(area.top(), 0), min(area.bottom() + 1, image.height()))
        )
    ]


def strip(view: PointedReader, words: str) -> QRect:
    """Return where words stand on the viewport."""
    start = view.text.text.index(words)
    found = view.strip_of((start, start + len(words)))
    assert found is not None
    return found.toAlignedRect()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_line_stands_under_its_words_and_only_there(reading: Reading, qapp: QApplication, theme: str) -> None:
    apply_theme(qapp, load_theme(theme))
    view = reading.read(TEXT)
    show(view, ("meters made", ("supports",)))
    area = strip(view, "meters made")
    line = QRect(0, area.top(), view.viewport().width(), area.height())
    line.setLeft(view.text_left())
    found = columns_with(picture(view), current_theme().stance("supports").line, line)
    assert abs(found[0] - area.left()) <= 1
    assert abs(found[-1] - area.right()) <= 1
    assert len(found) >= area.width() - 2


@pytest.mark.parametrize("words", SCRIPTS.split("\n"))
@pytest.mark.parametrize("part", [slice(0, None), slice(2, -3)])
def test_grounds_cover_what_qt_itself_would_select_in_every_script(reading: Reading, words: str, part: slice) -> None:
    view = reading.read(SCRIPTS)
    start = SCRIPTS.index(words)
    inside = range(start, start + len(words))[part]
    span = snap_to_graphemes(SCRIPTS, inside[0], inside[-1] + 1)
    laid = view.piece_of(start)
    strips = [strip for _, strip in laid.strips(*span)]
    ours = {x for strip in strips for x in range(round(strip.left()), round(strip.right()))}
    (column,) = laid.columns
    selection = QTextLayout.FormatRange()
    selection.start = column.position(span[0])
    selection.length = column.position(span[1]) - selection.start
    selection.format.setBackground(MAGENTA)
    image = QImage(view.viewport().width(), round(laid.box.height), QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    column.layout.draw(painter, QPointF(0, 0), [selection])
    painter.end()
    theirs = set(columns_with(image, MAGENTA, image.rect()))
    assert len(ours ^ theirs) <= 2 * len(strips)


def test_the_chosen_passage_has_its_tint_under_the_words(reading: Reading) -> None:
    view = reading.read(TEXT)
    show(view, ("meters made", ("refutes",)), chosen=0)
    area = strip(view, "meters made")
    tinted = columns_with(picture(view), current_theme().stance("refutes").tint, QRect(0, area.top() + 2, 840, 2))
    assert area.left() <= tinted[0] < area.left() + 8
    assert area.right() - 8 < tinted[-1] <= area.right()
    assert len(tinted) >= area.width() - 20


def test_overlapping_passages_take_lanes_in_the_order_of_stances() -> None:
    marks = [("qualifies", 0.0, 100.0), ("supports", 50.0, 150.0), ("", 0.0, 20.0)]
    assert list(lanes(marks)) == [1, 0, 2]


def test_a_lone_passage_hugs_its_words() -> None:
    assert list(lanes([("contextualises", 0.0, 10.0)])) == [0]


def test_passages_of_one_stance_that_overlap_take_lanes_of_their_own() -> None:
    marks = [("supports", 0.0, 100.0), ("supports", 50.0, 150.0), ("supports", 120.0, 200.0), ("refutes", 0.0, 10.0)]
    assert list(lanes(marks)) == [0, 1, 0, 2]


def test_no_more_lanes_are_taken_than_there_is_room_for() -> None:
    marks = [("supports", 0.0, 9.0), *[("refutes", 0.0, 9.0 + n) for n in range(7)], ("qualifies", 1.0, 2.0)]
    taken = list(lanes(marks))
    assert max(taken) == 3
    assert taken[0] == 0
    assert taken[-1] not in taken[:-1]


def test_both_lines_of_an_overlap_are_painted(reading: Reading) -> None:
    view = reading.read(TEXT)
    show(view, ("new meters made", ("refutes",)), ("meters made the", ("supports",)))
    image, area = picture(view), strip(view, "meters")
    for stance in ("supports", "refutes"):
        assert columns_with(image, current_theme().stance(stance).line, area)


def test_an_unlinked_passage_has_a_thin_neutral_line(reading: Reading) -> None:
    view = reading.read(TEXT)
    show(view, ("meters made", ()))
    area = strip(view, "meters made")
    image, edge = picture(view), current_theme().edge
    rows = [y for y in range(area.top(), area.bottom()) if image.pixelColor(area.center().x(), y) == edge]
    assert len(rows) == 1


def test_fragments_are_joined_in_the_margin(reading: Reading) -> None:
    view = reading.read(TEXT)
    show(view, ("new meters … any of … End", ("supports",)))
    image = picture(view)
    first, last = strip(view, "new meters"), strip(view, "End")
    x = view.text_left() - 24
    margin = QRect(x - 2, first.center().y() + 14, 4, last.center().y() - first.center().y())
    marked = [y for y in range(margin.top(), margin.bottom()) if any(
        image.pixelColor(c, y) != current_theme().raised for c in range(margin.left(), margin.right()))]  # fmt: skip
    assert len(marked) > 0.8 * margin.height() - 24


def test_stripes_of_overlapping_passages_stand_side_by_side(reading: Reading) -> None:
    found = show(reading.read(TEXT), ("new meters made", ()), ("meters made the", ()), ("None had asked", ()))
    assert [found.column(row) for row in found.rows] == [0, 1, 0]


def test_the_selection_is_painted_under_the_lines(reading: Reading) -> None:
    view = reading.read(TEXT)
    show(view, ("meters made", ("supports",)))
    start = TEXT.index("meters")
    view.select(start, start + 11)
    image, area = picture(view), strip(view, "meters made")
    assert columns_with(image, current_theme().selection, area)
    assert len(columns_with(image, current_theme().stance("supports").line, area)) >= area.width() - 2


def test_what_is_not_the_article_is_folded_and_comes_back_with_f(reading: Reading) -> None:
    view = reading.read_page()
    assert len(view.closed_asides) == 2
    assert view.strip_of((0, 4)) is None
    assert "City" in view.text.text
    reading.press(Qt.Key.Key_F)
    assert not view.closed_asides
    view.restore(0)
    assert view.strip_of((0, 4)) is not None
    reading.press(Qt.Key.Key_F)
    assert len(view.closed_asides) == 2


def test_a_click_on_its_line_opens_what_is_folded(reading: Reading) -> None:
    view = reading.read_page()
    index, bar = next(iter(view.bars()))
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=bar.center().toPoint())
    assert index not in view.closed_asides
    assert len(view.closed_asides) == 1


def test_the_caret_steps_over_what_is_folded(reading: Reading) -> None:
    view = reading.read_page()
    title = view.text.text.index("What the water")
    assert view.caret() == title
    reading.press(Qt.Key.Key_Left)
    assert view.caret() == title
    view.put_caret(view.text.text.index("four times.") + len("four times."))
    before = view.caret()
    reading.press(Qt.Key.Key_Right)
    assert view.caret() == before


def test_a_selection_over_what_is_folded_leaves_it_out(reading: Reading) -> None:
    view = reading.read_page()
    view.select_all()
    text = view.text.text
    ((start, end),) = view.selected()
    assert text[start:].startswith("What the water")
    assert text[:end].endswith("four times.")


def test_showing_a_folded_place_unfolds_it(reading: Reading) -> None:
    view = reading.read_page()
    start = view.text.text.index("Customs Quay")
    reading.desk.show_place(reading.desk.version_id, start, start + 7)
    assert view.strip_of((start, start + 7)) is not None
    assert view.caret() == start


def test_a_link_is_opened_only_after_its_address_was_shown(reading: Reading) -> None:
    view = reading.read_page()
    asked: list[str] = []
    view.link_asked.connect(asked.append)
    area = strip(view, "post")
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=area.center())
    assert not asked
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier, area.center())
    assert asked == ["https://b.example/post"]
    box = QApplication.activeModalWidget()
    assert box is not None
    assert "https://b.example/post" in box.property("informativeText")
    QTest.keyClick(box, Qt.Key.Key_Escape)


def test_zoom_changes_the_letters_and_keeps_the_place(reading: Reading) -> None:
    view = reading.read("\n".join(f"Paragraph {n} of a text that is long enough to be scrolled." for n in range(300)))
    view.restore(view.text.text.index("Paragraph 150 "))
    before = view.top_place()
    strip_before = strip(view, "Paragraph 150 ")
    for _ in range(3):
        reading.press(Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert reading.desk.zoom == 130
    assert view.top_place() == before
    assert strip(view, "Paragraph 150 ").height() > strip_before.height()
    reading.press(Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert strip(view, "Paragraph 150 ") == strip_before


def test_another_theme_is_in_force_at_once(reading: Reading, qapp: QApplication) -> None:
    view = reading.read_page()
    link = strip(view, "post")
    light = current_theme().accent
    apply_theme(qapp, load_theme("dark"))
    reading.wait(lambda: view.palette().base().color() == current_theme().raised)
    image = picture(view)
    assert image.pixelColor(QPoint(2, 2)) == current_theme().raised
    assert current_theme().accent != light
    assert columns_with(image, current_theme().accent, link)


def test_a_list_item_has_its_printed_number_beside_it(reading: Reading) -> None:
    view = reading.read_page()
    area = strip(view, "FreeTap made")
    image = picture(view)
    beside = QRect(view.text_left(), area.top(), area.left() - view.text_left() - 4, area.height())
    inked = [x for x in range(beside.left(), beside.right()) if any(
        image.pixelColor(x, y).lightness() < 128 for y in range(beside.top(), beside.bottom()))]  # fmt: skip
    assert inked
    assert "1." not in view.text.text


def test_words_written_from_right_to_left_begin_at_the_right(reading: Reading) -> None:
    view = reading.read("Left.\nقال الوزير إن الماء آمن")
    right = view.text_left() + view.page.measure
    assert abs(strip(view, "قال الوزير إن الماء آمن").right() - right) <= 2
    assert abs(strip(view, "Left.").left() - view.text_left()) <= 2


@pytest.mark.parametrize("stance", ["supports", "refutes", "qualifies", "contextualises"])
@pytest.mark.parametrize("chosen", [False, True])
def test_a_line_laid_in_tiles_looks_like_one_drawn(reading: Reading, stance: str, chosen: bool) -> None:
    pictures = []
    for draw in (draw_stance_line, lay_stance_line):
        image = QImage(160, 10, QImage.Format.Format_RGB32)
        image.fill(Qt.GlobalColor.white)
        painter = QPainter(image)
        draw(painter, QRectF(0, 2, 160, 6), stance, current_theme(), chosen=chosen)
        painter.end()
        pictures.append(image)
    drawn, laid = pictures
    differing = [
        x
        for x in range(4, 156)
        for y in range(10)
        if abs(drawn.pixelColor(x, y).lightness() - laid.pixelColor(x, y).lightness()) > 24
    ]
    assert not differing


def test_what_is_disputed_hangs_on_the_mark_in_the_margin(reading: Reading) -> None:
    view = reading.read(TEXT)
    (row,) = show(view, ("bills rise", ("supports",))).rows
    place = strip(view, "bills rise")
    margin = QRect(0, place.top() - 8, strip(view, "The new").left(), place.height() + 16)
    assert columns_with(picture(view), current_theme().error, margin) == []
    view.set_highlights(Highlights([replace(row, judged_disputed=True)], TEXT))
    assert columns_with(picture(view), current_theme().error, margin)
