"""What is the article, corrected by hand in the window: by keys, from the menus, taken back, in both sides."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from annotator.ui.annotating.pointing import PointedReader
from tests.ui.annotating.conftest import Reading

_ON_A_CALL = "None of them"
_MENU = ("Part of the article", "Not part of the article")


def asides(view: PointedReader) -> list[str]:
    return [view.text.text[aside.start : aside.end] for aside in view.text.asides]


def is_folded(view: PointedReader, words: str) -> bool:
    place = view.text.text.index(words)
    return any(start <= place < end for start, end in view.folded())


def choose(menu_words: str) -> None:
    """Choose an entry of the open menu with the keyboard."""
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    entry = next(action for action in menu.actions() if action.text().startswith(menu_words))
    menu.setActiveAction(entry)
    QTest.keyClick(menu, Qt.Key.Key_Return)


def open_menu_at(reading: Reading, point: QPoint) -> None:
    viewport = reading.view.viewport()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, point, viewport.mapToGlobal(point))
    QApplication.sendEvent(viewport, event)
    reading.wait(lambda: isinstance(QApplication.activePopupWidget(), QMenu))


def test_a_paragraph_is_taken_out_by_a_key_and_brought_back(reading: Reading) -> None:
    view = reading.read_page()
    before = asides(view)
    view.show_place(place := view.text.text.index(_ON_A_CALL), place)
    said: list[str] = []
    reading.screen.status.connect(said.append)
    reading.press(Qt.Key.Key_B, Qt.KeyboardModifier.ShiftModifier)
    reading.wait(lambda: is_folded(view, _ON_A_CALL))
    assert not is_folded(view, "Estuary Radio")
    assert not any(start <= view.caret() < end for start, end in view.folded())
    assert said[-1] == "Not part of the article: 1 more, folded away"
    reading.project.undo()
    reading.wait(lambda: asides(view) == before)
    assert not is_folded(view, _ON_A_CALL)


def test_what_is_selected_is_marked_at_once(reading: Reading) -> None:
    view = reading.read_page()
    text = view.text.text
    view.select(text.index("FreeTap"), text.index(_ON_A_CALL) + 4)
    reading.press(Qt.Key.Key_B, Qt.KeyboardModifier.ShiftModifier)
    reading.wait(lambda: is_folded(view, _ON_A_CALL) and is_folded(view, "FreeTap") and is_folded(view, "Estuary"))
    reading.project.undo()
    reading.wait(lambda: not is_folded(view, "Estuary"))


def test_a_fold_line_has_a_menu_that_takes_all_of_it_in(reading: Reading) -> None:
    view = reading.read_page()
    assert is_folded(view, "City")
    _, bar = next(iter(view.bars()))
    open_menu_at(reading, bar.center().toPoint())
    choose(_MENU[0])
    reading.wait(lambda: not is_folded(view, "City") and not is_folded(view, "Harbour"))
    assert all("Harbour" not in words for words in asides(view))


def test_the_menu_of_a_paragraph_is_about_the_paragraph_under_the_mouse(reading: Reading) -> None:
    view = reading.read_page()
    strip = view.strip_of((place := view.text.text.index(_ON_A_CALL), place + 4))
    assert strip is not None
    open_menu_at(reading, strip.center().toPoint())
    choose(_MENU[1])
    reading.wait(lambda: is_folded(view, _ON_A_CALL))


def test_what_lies_open_stays_open(reading: Reading) -> None:
    view = reading.read_page()
    reading.press(Qt.Key.Key_F)
    assert not view.folded()
    view.show_place(place := view.text.text.index("City"), place)
    reading.press(Qt.Key.Key_B)
    reading.wait(lambda: all("City" not in words for words in asides(view)))
    assert not is_folded(view, "Harbour")


def test_what_is_so_already_says_so(reading: Reading) -> None:
    view = reading.read_page()
    view.show_place(place := view.text.text.index(_ON_A_CALL), place)
    said: list[str] = []
    reading.screen.status.connect(said.append)
    reading.press(Qt.Key.Key_B)
    reading.wait(lambda: said[-1:] == ["That is so already"])
