"""``Q``: where a quotation stands in the sources, and what is done with it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from annotator.ui.annotating.quote_panel import QuotePanel
from annotator.ui.annotating.quote_row import QuoteRow
from tests.ui.annotating.conftest import Reading

LEDGER = "The auditor examined all 5,870 accounts.\nHe did not find a rise of 40 per cent."
POST = "They read it aloud: he did find a rise of 40 per cent.\nNothing else was said of the auditor."


@pytest.fixture
def quoted(reading: Reading) -> Reading:
    """Return a reading screen with two sources, the one that quotes open."""
    reading.project.type_source("Ledger", LEDGER)
    reading.read(POST, title="Post")
    return reading


def panel(reading: Reading) -> QuotePanel:
    found = reading.screen.quoting.panel
    assert found is not None
    return found


def ask(reading: Reading, words: str) -> QuotePanel:
    """Select words, press Q, and wait for what comes of it."""
    reading.select(words)
    reading.press(Qt.Key.Key_Q)
    reading.wait(lambda: not panel(reading).is_looking)
    return panel(reading)


def row(found: QuotePanel, number: int = 0) -> QuoteRow:
    shown = found.places.row_at(number)
    assert shown is not None
    return shown


def test_selected_words_are_looked_for_in_the_other_sources(quoted: Reading) -> None:
    found = ask(quoted, "did find a rise of 40 per cent")
    assert found.field.text() == "did find a rise of 40 per cent"
    assert found.places.count() == 1
    assert row(found).place.title == "Ledger"
    assert row(found).words.marked() == ("not ",)
    assert "1 word differs" in row(found).nearness
    assert "1 other source" in found.said.text()
    assert found.places.hasFocus()


def test_enter_goes_there_and_selects_the_words(quoted: Reading) -> None:
    ask(quoted, "he did find a rise of 40 per cent")
    quoted.press(Qt.Key.Key_Return)
    quoted.wait(lambda: quoted.view.opened.title == "Ledger" and quoted.view.has_selection)
    assert [LEDGER[start:end] for start, end in quoted.view.selected()] == ["He did not find a rise of 40 per cent"]
    assert quoted.view.hasFocus()
    assert panel(quoted).isVisible()


def test_a_place_is_highlighted_with_all_its_stretches(quoted: Reading) -> None:
    quoted.press(Qt.Key.Key_Q)
    found = panel(quoted)
    assert found.field.hasFocus()
    quoted.type("The auditor … a rise of 40 per cent")
    quoted.press(Qt.Key.Key_Return)
    quoted.wait(lambda: found.places.count() == 1 and found.places.hasFocus())
    assert row(found).nearness == "Word for word"
    quoted.press(Qt.Key.Key_H)
    quoted.wait(lambda: quoted.version != "" and quoted.view.opened.title == "Ledger" and bool(quoted.desk.passage_id))
    (passage,) = quoted.passages()
    assert passage.quote == "The auditor … a rise of 40 per cent"


def test_a_place_is_linked(quoted: Reading) -> None:
    ask(quoted, "he did find a rise of 40 per cent")
    quoted.press(Qt.Key.Key_L)
    quoted.wait(lambda: quoted.screen.marking.bubble.panel_name == "link")
    target = quoted.screen.marking.target
    assert target is not None
    assert [LEDGER[start:end] for start, end in target.spans] == ["He did not find a rise of 40 per cent"]


def test_what_stands_nowhere_is_said_to_stand_nowhere(quoted: Reading) -> None:
    found = ask(quoted, "Nothing else was said of")
    assert found.said.text() == "Found in no other source."
    assert found.places.isHidden()
    found.field.setFocus()
    found.field.clear()
    quoted.type("the harbour pumps failed twice")
    quoted.press(Qt.Key.Key_Return)
    quoted.wait(lambda: not found.is_looking)
    assert found.said.text() == "Found nowhere."


def test_a_quotation_can_be_pasted_with_nothing_open(reading: Reading) -> None:
    reading.project.type_source("Ledger", LEDGER)
    reading.actions["check_quotation"].trigger()
    found = panel(reading)
    QGuiApplication.clipboard().setText("“The auditor\nexamined ALL 5,870 accounts”")
    QTest.keyClick(found.field, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(found.field, Qt.Key.Key_Return)
    reading.wait(lambda: found.places.count() == 1)
    assert row(found).nearness == "Word for word, but for signs"
    assert "Found in 1 source." in found.said.text()


def test_what_is_no_quotation_is_said_plainly(quoted: Reading) -> None:
    quoted.press(Qt.Key.Key_Q)
    quoted.type("…")
    quoted.press(Qt.Key.Key_Return)
    quoted.wait(lambda: not panel(quoted).is_looking)
    assert "no words" in panel(quoted).said.text()


def test_esc_closes_the_panel_and_the_text_has_the_focus_again(quoted: Reading) -> None:
    ask(quoted, "he did find a rise of 40 per cent")
    quoted.press(Qt.Key.Key_Escape)
    assert not panel(quoted).isVisible()
    assert quoted.view.hasFocus()
    quoted.press(Qt.Key.Key_Q)
    assert panel(quoted).isVisible()
    quoted.view.setFocus()
    quoted.view.unselect()
    quoted.press(Qt.Key.Key_Escape)
    assert not panel(quoted).isVisible()


def test_closing_the_project_while_looking_leaves_nothing(quoted: Reading) -> None:
    quoted.select("he did find a rise of 40 per cent")
    quoted.press(Qt.Key.Key_Q)
    quoted.desk.close_project()
    quoted.wait(lambda: not quoted.desk.jobs.busy)
    assert not panel(quoted).isVisible()
    assert panel(quoted).places.count() == 0
