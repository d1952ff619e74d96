"""Passages on pages: lines under the same words, handles, areas, and the keys of the whole window."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from annotator.domain.passage import Area
from annotator.services.project import open_project
from annotator.ui.annotating.pointing import PointedReader
from annotator.ui.claiming.board import read_board
from annotator.ui.claiming.linkage_panel import LinkagePanel
from annotator.ui.main_window import MainWindow
from annotator.ui.pages.page_tools import PageTools
from annotator.ui.pages.pages_view import PagesView
from annotator.ui.theme import load_theme
from tests.ui.pages.conftest import LEFT, TURNED, Show, Shown, document
from tests.ui.whole import ME, find, focused, press, project_of, settle

SHIFT = Qt.KeyboardModifier.ShiftModifier
CTRL = Qt.KeyboardModifier.ControlModifier
A_LINE = 80


def has(image: QImage, rect: QRectF, colour: QColor) -> bool:
    """Tell whether a part of an image has pixels of about this colour."""
    area = rect.toRect().intersected(image.rect())
    wanted = colour.getRgb()[:3]  # type: ignore[index]
    for x in range(area.left(), area.right() + 1):
        for y in range(area.top(), area.bottom() + 1):
            found = image.pixelColor(x, y).getRgb()[:3]  # type: ignore[index]
            if all(abs(a - b) <= 3 for a, b in zip(found, wanted, strict=True)):
                return True
    return False


def under(strip: QRectF) -> QRectF:
    """Return where lines under words are painted."""
    return QRectF(strip.left(), strip.bottom() - 2, strip.width(), 8)


@pytest.mark.parametrize(
    "words", ["auditor read account 04", "Nobody else has seen 03", f"{TURNED[::-1]} {TURNED[::-1]}"]
)
def test_the_line_of_a_stance_stands_under_the_same_words(shown: Shown, words: str) -> None:
    span = shown.span(words)
    shown.project.link_to_new_claim(
        None, "All were counted.", version=shown.version.id, fragments=[span], stance="supports"
    )
    shown.read_again()
    shown.view.show_place(*span)
    shown.settle()
    image, strip = shown.grab(), shown.view.strip_of(span)
    assert strip is not None
    line = load_theme("light").stance("supports").line
    assert has(image, under(strip), line)
    assert not has(image, under(strip).translated(strip.width() + 6, 0), line)
    beside = QRectF(strip.left() - 80, strip.top(), 78, strip.height())
    assert has(image, beside, load_theme("light").stance("supports").tint), "the tile in the margin"


def test_the_chosen_passage_has_handles_that_snap_to_words(shown: Shown) -> None:
    start, end = shown.span("read account", 2)
    passage = shown.project.highlight(shown.version.id, [(start, end)])
    shown.read_again()
    shown.view.choose(passage.id)
    shown.settle()
    knob = shown.point(end, behind=True) + QPoint(0, 6)
    inside_next = shown.point(end + len(" 02 of t"))
    with shown.qtbot.waitSignal(shown.view.dragged) as caught:
        shown.drag(knob, inside_next)
    assert caught.args == [((start, end + len(" 02 of the")),)]


def test_keys_stretch_the_chosen_passage(shown: Shown) -> None:
    start, end = shown.span("read account", 2)
    passage = shown.project.highlight(shown.version.id, [(start, end)])
    shown.read_again()
    shown.view.choose(passage.id)
    shown.view.put_caret(start)
    for key, modifier, expected in (
        (Qt.Key.Key_Right, SHIFT, [True, 1, False]),
        (Qt.Key.Key_Down, SHIFT, [True, 1, True]),
        (Qt.Key.Key_Left, SHIFT | CTRL, [False, -1, False]),
    ):
        with shown.qtbot.waitSignal(shown.view.stretched) as caught:
            shown.key(key, modifier)
        assert caught.args == expected
    assert not shown.view.has_selection


def test_an_area_is_drawn_with_the_mouse(shown: Shown) -> None:
    view = shown.view
    view.show_page(1)
    view.pick_area(on=True)
    rect = next(rect for page, rect in view.in_sight() if page == 1)
    start, end = (rect.topLeft() + QPointF(90, 200)).toPoint(), (rect.topLeft() + QPointF(300, 330)).toPoint()
    with shown.qtbot.waitSignal(view.settled):
        shown.drag(end, start)
    area = view.selected_area()
    assert area is not None
    assert area.page == 1
    strip = view.area_strip(area)
    assert strip is not None
    assert (strip.topLeft().toPoint() - start).manhattanLength() <= 2
    assert (strip.bottomRight().toPoint() - end).manhattanLength() <= 2
    assert view.has_selection
    assert view.selected() == ()
    assert not view.picking.is_on, "the tool is put down"
    with shown.qtbot.waitSignal(view.unselected):
        view.unselect()
    assert view.selected_area() is None


def test_an_area_ends_at_the_edge_of_its_page_and_a_click_is_none(shown: Shown) -> None:
    view = shown.view
    view.pick_area(on=True)
    at = QPoint(400, 300)
    shown.drag(at, QPoint(view.viewport().width() + 50, 100))
    area, page = view.selected_area(), view.opened.structure.pages[0]
    assert area is not None
    assert area.right == page.width
    view.pick_area(on=True)
    shown.click(at)
    assert view.selected_area() is None
    assert view.picking.is_on, "the next drag draws one"


def test_an_area_is_placed_moved_and_resized_with_keys(shown: Shown) -> None:
    view = shown.view
    view.turn_area()
    before = view.selected_area()
    assert before is not None
    with shown.qtbot.waitSignal(view.settled, timeout=2_000):
        shown.key(Qt.Key.Key_Right)
        shown.key(Qt.Key.Key_Up, CTRL)
        shown.key(Qt.Key.Key_Down, SHIFT)
    after = view.selected_area()
    assert after == Area(
        page=before.page,
        left=before.left + 900,
        top=before.top - 100,
        right=before.right + 900,
        bottom=before.bottom - 100 + 900,
    )
    for _ in range(200):
        shown.key(Qt.Key.Key_Left)
        shown.key(Qt.Key.Key_Up, SHIFT)
    smallest = view.selected_area()
    assert smallest is not None
    assert smallest.left == 0
    assert 0 < smallest.bottom - smallest.top <= 300
    view.turn_area()
    assert view.selected_area() is None


def test_an_area_is_framed_and_clicked(shown: Shown) -> None:
    area = Area(page=1, left=12000, top=25000, right=30000, bottom=40000)
    linkage = shown.project.link_to_new_claim(None, "It rose.", version=shown.version.id, area=area, stance="supports")
    shown.read_again()
    shown.view.show_area(area)
    shown.settle()
    strip = shown.view.area_strip(area)
    assert strip is not None
    line = load_theme("light").stance("supports").line
    image = shown.grab()
    for side in (
        QRectF(strip.left(), strip.top() - 2, strip.width(), 4),
        QRectF(strip.left(), strip.bottom() - 2, strip.width(), 4),
        QRectF(strip.left() - 2, strip.top(), 4, strip.height()),
        QRectF(strip.right() - 2, strip.top(), 4, strip.height()),
    ):
        assert has(image, side, line)
    with shown.qtbot.waitSignal(shown.view.area_clicked) as caught:
        shown.click(strip.center().toPoint())
    assert caught.args == [linkage.passage_ids[0]]
    assert shown.view.thumbnails.marks(1)


def test_an_area_that_is_chosen_comes_into_sight_once_it_is_known(shown: Shown) -> None:
    area = Area(page=2, left=12000, top=25000, right=30000, bottom=40000)
    passage = shown.project.highlight_area(shown.version.id, area)
    shown.view.choose(passage.id)
    assert shown.view.page == 0
    shown.read_again()
    strip = shown.view.area_strip(area)
    assert strip is not None
    assert shown.view.viewport().rect().contains(strip.toRect())
    shown.view.show_page(0)
    shown.read_again()
    assert shown.view.page == 0, "only once"


def test_the_board_of_a_claim_tells_of_an_area(shown: Shown) -> None:
    area = Area(page=1, left=12000, top=25000, right=30000, bottom=40000)
    linkage = shown.project.link_to_new_claim(None, "It rose.", version=shown.version.id, area=area, stance="supports")
    board = read_board(shown.project, linkage.claim_id)
    cards = [card for column in board.columns for card in column.cards]
    assert [[piece.words for piece in card.pieces] for card in cards] == [["An area of page 2"]]


def test_small_pages_show_where_passages_stand(shown: Shown) -> None:
    shown.project.highlight(shown.version.id, [shown.span(LEFT[2])])
    shown.project.highlight(shown.version.id, [(shown.span(LEFT[11])[0], shown.span(LEFT[1], 1)[1])])
    shown.read_again()
    marks = [shown.view.thumbnails.marks(page) for page in range(4)]
    assert [bool(page) for page in marks] == [True, False, True, True]
    assert all(0 <= first < last <= 1 for page in marks for first, last, _ in page)


def test_two_hundred_passages_on_a_page_are_painted(show: Show) -> None:
    shown = show(document())
    starts = [start for start in range(0, 400, 2) if shown.text[start] != "\n"]
    claim = shown.project.add_claim("All were counted.")
    stances = ["supports", "refutes", "qualifies", "contextualises"]
    rows = [
        {
            "passage": None,
            "claim": claim.id,
            "version": shown.version.id,
            "fragments": [(start, start + 9)],
            "stance": each,
        }
        for start, each in zip(starts, stances * 50, strict=False)
    ]
    shown.project.link_many(rows)
    shown.read_again()
    shown.settle()
    image, strip = shown.grab(), shown.view.strip_of((0, 100))
    assert strip is not None
    for stance in stances:
        assert has(image, strip.adjusted(0, 0, 0, 30), load_theme("light").stance(stance).line), stance


# -- in the whole window


@pytest.fixture
def case_path(tmp_path: Path) -> Path:
    """Return a project with a PDF."""
    path = tmp_path / "Bills.annotator"
    with open_project(path, annotator=ME, create=True) as project:
        project.import_source(("report.pdf", document(more=20)))
        project.add_claim("All were counted.")
    return path


@pytest.fixture
def pages(qtbot: QtBot, opened: MainWindow) -> Iterator[PagesView]:
    """Return the pages in the whole window, with the focus."""
    view = find(opened, PagesView)
    view.setFocus()
    qtbot.waitUntil(view.hasFocus)
    yield view
    view.shut()


def test_a_pdf_opens_as_pages_and_t_keeps_the_place(qtbot: QtBot, opened: MainWindow, pages: PagesView) -> None:
    start = pages.text.text.index(LEFT[5], 3_000)
    pages.restore(start)
    press(opened, "T")
    reader = focused()
    assert isinstance(reader, PointedReader)
    assert abs(reader.top_place() - start) < A_LINE
    press(opened, "T")
    assert focused() is pages
    assert abs(pages.top_place() - start) < A_LINE
    press(opened, "T")
    tools = opened.findChildren(PageTools)
    assert not any(each.isVisible() for each in tools)


def test_keys_for_pages_and_the_number_of_the_page(qtbot: QtBot, opened: MainWindow, pages: PagesView) -> None:
    tools = find(opened, PageTools)
    assert tools.number.text() == "1"
    press(opened, "J")
    assert (pages.page, tools.number.text()) == (1, "2")
    press(opened, "K")
    assert pages.page == 0
    press(opened, "G")
    assert focused() is tools.number
    QTest.keyClicks(tools.number, "3")
    QTest.keyClick(tools.number, Qt.Key.Key_Return)
    assert pages.page == 2
    assert focused() is pages
    press(opened, "Shift+W")
    assert tools.fit.text().startswith("Whole page")
    press(opened, "Ctrl++")
    assert tools.fit.text() == "Whole page · 110 %"
    before = pages.thumbnails.isVisible()
    press(opened, "Shift+T")
    assert pages.thumbnails.isVisible() is not before


def test_words_on_a_page_are_highlighted_and_undone(qtbot: QtBot, opened: MainWindow, pages: PagesView) -> None:
    start = pages.text.text.index("auditor")
    pages.put_caret(start)
    for _ in range(3):
        QTest.keyClick(pages, Qt.Key.Key_Right, SHIFT | CTRL)
    press(opened, "H")
    settle(qtbot, opened)
    (row,) = pages.highlights.rows
    assert pages.text.text[row.start : row.end].strip() == "auditor read account"
    press(opened, "Ctrl+Z")
    settle(qtbot, opened)
    assert not pages.highlights.rows


def test_an_area_is_highlighted_and_told_by_the_linkage_panel(
    qtbot: QtBot, opened: MainWindow, pages: PagesView
) -> None:
    press(opened, "J")
    press(opened, "M")
    area = pages.selected_area()
    assert area is not None
    press(opened, "H")
    settle(qtbot, opened)
    (row,) = project_of(opened).passage_rows(pages.opened.version.id)
    assert row.area == area
    assert row.area.page == 1
    assert opened.desk.passage_id == row.id
    assert not pages.has_selection
    panel = find(opened, LinkagePanel)
    qtbot.waitUntil(lambda: any("An area of page 2" in words for words in texts(panel)), timeout=5_000)
    press(opened, "N")
    assert opened.desk.passage_id == row.id


def texts(panel: LinkagePanel) -> list[str]:
    """Return all words of a panel."""
    return [label.text() for label in panel.findChildren(QLabel)]
