"""Showing pages: drawn in the background, at every size, also those made to do harm."""

from __future__ import annotations

import time

import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QWheelEvent
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from annotator.importers.confined.pages import PageLimits
from annotator.services.paging import PagePictures
from annotator.ui.annotating.opened import open_version
from annotator.ui.pages.choosing import has_pages
from annotator.ui.pages.page_worker import PageWorker, Wish
from annotator.ui.pages.picture import KeptImages, PageImage, to_image
from annotator.ui.pages.sheets import GAP, HEAD, Fit, Sheets
from tests.importers.pdfs import Pdf, at, lines
from tests.importers.test_pages import ENDLESS
from tests.ui.pages.conftest import LEFT, Show, Shown, document

A4 = (59_528, 84_189)


def dark(image: QImage, rect: QRectF) -> int:
    """Return how many pixels of a part of an image are dark."""
    area = rect.toRect().intersected(image.rect())
    return sum(
        image.pixelColor(x, y).lightness() < 128
        for x in range(area.left(), area.right())
        for y in range(area.top(), area.bottom())
    )


def test_a_page_is_drawn_and_its_words_stand_where_the_lines_are(shown: Shown) -> None:
    shown.settle()
    image = shown.grab()
    start, end = shown.span(LEFT[3])
    strip = shown.view.strip_of((start, end))
    assert strip is not None
    assert dark(image, strip) > 100
    assert dark(image, strip.translated(0, -400).intersected(QRectF(strip.left(), 0, strip.width(), 60))) == 0


def test_pictures_are_as_sharp_as_the_screen(shown: Shown) -> None:
    shown.settle()
    for zoom in (100, 140, 70):
        shown.view.set_zoom(zoom)
        shown.settle()
        kept = shown.view._images.get(0)
        assert kept is not None
        assert kept.picture.width == round(shown.view.sheets.rect(0).width() * shown.view.devicePixelRatioF())


def test_a_page_without_text_says_so(shown: Shown) -> None:
    assert [shown.view.sheets.head(page) for page in range(4)] == [0, HEAD, 0, 0]
    shown.view.show_page(1)
    shown.settle()
    rect = next(rect for page, rect in shown.view.in_sight() if page == 1)
    theirs = QRectF(rect.left(), rect.top() - HEAD, 260, HEAD)
    image = shown.grab()
    colours = {
        image.pixelColor(x, int(theirs.center().y())).name() for x in range(int(theirs.left()), int(theirs.right()))
    }
    assert len(colours) > 2, "words stand above the page"


def test_zoom_and_fit_keep_what_is_at_the_top(shown: Shown) -> None:
    start = shown.span("Nobody else has seen 06")[0]
    shown.view.restore(start)
    for turn in range(4):
        if turn == 0:
            shown.view.set_zoom(150)
        elif turn == 1:
            shown.view.set_fit(Fit.PAGE)
        elif turn == 2:
            shown.view.resize(700, 600)
        else:
            shown.view.show_thumbnails(shown=True)
        assert shown.view.top_place() == start
        assert -30 < shown.point(start).y() < 60
    shown.view.set_zoom(100)
    rect = shown.view.sheets.rect(0)
    assert rect.height() <= shown.view.viewport().height()


def test_the_place_at_the_top_is_found_again(shown: Shown) -> None:
    for words, nth in ((LEFT[4], 0), ("Nobody else has seen 07", 0), (LEFT[9], 1)):
        start = shown.span(words, nth)[0]
        shown.view.restore(start)
        assert shown.view.top_place() == start
    shown.view.verticalScrollBar().setValue(0)
    assert shown.view.top_place() == shown.span(LEFT[0])[0]


def test_pages_that_break_the_reader_say_so_and_the_others_are_shown(show: Show, qtbot: QtBot) -> None:
    data = Pdf().page(lines(60, 700, LEFT)).page(ENDLESS + at(60, 700, "x")).page(lines(60, 700, LEFT)).bytes()
    read = Pdf().page(lines(60, 700, LEFT)).page(at(60, 700, "x")).page(lines(60, 700, LEFT)).bytes()
    shown = show(read)
    view = shown.view
    view.worker.shut()
    view.worker = PageWorker(lambda: PagePictures(lambda: data, PageLimits(stall=0.2)), view)
    view.worker.drawn.connect(view._on_drawn)
    view.worker.failed.connect(view._on_failed)
    view.set_zoom(210)
    view.show_page(1)
    qtbot.waitUntil(lambda: 1 in view._problems, timeout=20_000)
    assert "takes too long" in view._problems[1]
    shown.settle()
    assert 2 in view._images
    shown.grab()


def test_pages_that_cannot_be_drawn_at_all_say_so(show: Show, qtbot: QtBot) -> None:
    shown = show(document())
    shown.settle()
    view = shown.view
    view.worker.shut()
    view._images.clear()
    view.worker = PageWorker(lambda: PagePictures(lambda: b"no PDF any more"), view)
    view.worker.failed.connect(view._on_failed)
    view._wish()
    qtbot.waitUntil(lambda: 0 in view._problems, timeout=20_000)
    assert view._problems[0].startswith("This page cannot be shown: the file is damaged")
    assert shown.grab().pixelColor(view.sheets.rect(0).center().toPoint()) == QColor("white")


def test_the_view_is_shut_at_once_while_a_page_is_drawn(show: Show, qtbot: QtBot) -> None:
    shown = show(document())
    shown.settle()
    worker = PageWorker(lambda: PagePictures(lambda: Pdf().page(ENDLESS).bytes()), shown.view)
    worker.want([Wish(0, 2000, 2000)])
    qtbot.waitUntil(lambda: worker._pictures is not None and worker._pictures._process is not None, timeout=10_000)
    qtbot.waitUntil(lambda: worker._has_measured, timeout=10_000)
    begun = time.monotonic()
    worker.shut()
    worker.shut()
    assert time.monotonic() - begun < 2
    assert worker._thread is None


def test_what_is_wanted_last_is_drawn_first_and_old_wishes_never(qtbot: QtBot) -> None:
    document = Pdf()
    for number in range(40):
        document.page(at(60, 700, f"page {number}"))
    data = document.bytes()
    worker, drawn = PageWorker(lambda: PagePictures(lambda: data)), []
    worker.drawn.connect(lambda wish, _image: drawn.append(wish.page))
    worker.want([Wish(page, 300, 400) for page in range(30)])
    worker.want([Wish(35, 300, 400), Wish(36, 300, 400)])
    qtbot.waitUntil(lambda: not worker.busy, timeout=10_000)
    QTest.qWait(0)
    worker.shut()
    assert drawn[-2:] == [35, 36]
    assert len(drawn) < 10


def test_kept_pictures_are_bounded() -> None:
    pictures = PagePictures(document)
    images = [to_image(pictures.render(0, 100, 100)) for _ in range(5)]
    pictures.close()
    kept = KeptImages(100_000)
    for page, image in enumerate(images):
        kept.put(page, image)
        kept.get(0)
    assert kept.held <= 100_000
    assert (0 in kept, 1 in kept, 4 in kept) == (True, False, True)
    kept.put(4, PageImage(images[0].image, images[0].picture, 7))
    assert kept.held == 80_000
    assert kept.width(4) == 7


def test_ten_thousand_pages_and_absurd_ones_stand_below_each_other() -> None:
    sizes = [A4] * 10_000 + [(0, 0), (1, 2_000_000_000), (2_000_000_000, 1), (1_440_000_000, 1_440_000_000)]
    sheets = Sheets(sizes)
    for fit in Fit:
        sheets.lay_out(900, 700, fit, 3.0)
        assert sheets.height < 1 << 31
        bottoms = GAP / 2
        for page in (*range(5), *range(9_990, len(sheets))):
            rect = sheets.rect(page)
            assert rect.width() >= 1
            assert rect.height() >= 1
            assert rect.top() >= bottoms
            bottoms = rect.bottom()
            assert sheets.at(rect.center().y()) == page
            assert sheets.scale(page) > 0
    assert sheets.take_sizes([(100, 200)] * len(sizes))
    assert sheets.sizes[10_000] == (100, 200)
    assert sheets.sizes[0] == A4


def test_points_go_to_pages_and_back() -> None:
    sheets = Sheets([A4, A4])
    sheets.lay_out(800, 600, Fit.WIDTH, 1.0)
    place = sheets.from_page(1, (1000, 2000, 3000, 4000))
    back = sheets.to_page(1, place.topLeft())
    assert (round(back.x()), round(back.y())) == (1000, 2000)
    assert sheets.at(place.top()) == 1
    assert list(sheets.between(0, 10)) == [0]
    assert sheets.to_page(0, QPointF(sheets.rect(0).topLeft())) == QPointF(0, 0)


def test_small_pages_lead_to_the_pages(shown: Shown) -> None:
    thumbnails = shown.view.thumbnails
    assert thumbnails.isVisible()
    shown.settle()
    assert all(page in thumbnails.images for page in range(3))
    at_third = thumbnails._rect(2).center().toPoint()
    QTest.mouseClick(thumbnails.viewport(), Qt.MouseButton.LeftButton, pos=at_third)
    assert shown.view.page == 2
    thumbnails.setFocus()
    QTest.keyClick(thumbnails, Qt.Key.Key_Up)
    assert shown.view.page == 1
    QTest.keyClick(thumbnails, Qt.Key.Key_End)
    assert shown.view.page == 3


@pytest.mark.parametrize(("width", "shown_at"), [(900, True), (500, False)])
def test_small_pages_need_room_unless_they_are_asked_for(show: Show, width: int, shown_at: bool) -> None:
    shown = show(document(), size=(width, 600))
    assert shown.view.thumbnails.isVisible() is shown_at
    shown.view.show_thumbnails(shown=not shown_at)
    assert shown.view.thumbnails.isVisible() is not shown_at
    assert shown.view.viewport().geometry().left() > 0 if not shown_at else True


def test_typed_and_web_sources_have_no_pages(shown: Shown) -> None:
    assert has_pages(shown.view.opened)
    for version in (
        shown.project.type_source("A call", "He said so."),
        shown.project.import_source(("a.html", b"<article><p>" + b"Words on the web. " * 40 + b"</p></article>")),
    ):
        opened = open_version(shown.project, version.id)
        assert opened is not None
        assert not has_pages(opened)


def test_ctrl_and_the_wheel_ask_for_zoom(shown: Shown) -> None:
    asked: list[int] = []
    shown.view.zoom_asked.connect(asked.append)
    for way in (120, -120):
        event = QWheelEvent(
            QPointF(300, 300),
            QPointF(300, 300),
            QPoint(),
            QPoint(0, way),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.ControlModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        shown.view.wheelEvent(event)
    assert asked == [1, -1]
