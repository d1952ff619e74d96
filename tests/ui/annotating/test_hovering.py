"""The card of what has been judged about the words under the mouse, or at the caret."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest

from annotator.domain.ids import EntityId
from annotator.ui.annotating.hover_card import HoverCard
from tests.ui.annotating.conftest import Reading

TEXT = "The new meters made the bills rise by forty per cent.\nNone had asked to see any of the bills at all.\nEnd."


def judged(reading: Reading, words: str, stance: str = "refutes") -> EntityId:
    """Highlight and link words, and return the passage."""
    claim = reading.project.add_claim(f"Claim about {words}")
    start = TEXT.index(words)
    linkage = reading.project.link(
        None,
        claim.id,
        version=reading.desk.version_id,
        fragments=((start, start + len(words)),),
        stance=stance,
        verdict="refuted",
        confidence="high",
    )
    passage = linkage.passage_ids[0]
    reading.wait(lambda: reading.view.highlights.find(passage) is not None)
    reading.wait(lambda: not reading.desk.jobs.busy)
    return passage


def rest_on(reading: Reading, words: str) -> QRect:
    """Let the mouse rest on words, and return where on the window they stand."""
    view = reading.view
    start = TEXT.index(words)
    strip = view.strip_of((start, start + len(words)))
    assert strip is not None
    QTest.mouseMove(view.viewport(), strip.center().toPoint() - QPoint(2, 0))
    QTest.mouseMove(view.viewport(), strip.center().toPoint())
    return strip.toAlignedRect().translated(view.viewport().mapTo(reading.window, QPoint(0, 0)))


def shown(reading: Reading) -> HoverCard:
    reading.wait(lambda: reading.screen.hovering.is_shown)
    return reading.screen.hovering.card


def test_resting_on_a_passage_tells_what_was_judged_and_never_hides_the_words(reading: Reading) -> None:
    reading.read(TEXT)
    passage = judged(reading, "meters made")
    reading.project.note(passage, "Ask the auditor")
    reading.wait(lambda: reading.view.highlights.rows[0].noted)
    words = rest_on(reading, "meters made")
    card = shown(reading)
    for said in ("“meters made”", "Refutes", "Claim about meters made", "Ask the auditor"):
        assert said in card.words
    assert not card.geometry().intersects(words)
    assert reading.view.hasFocus()


def test_several_passages_are_told_in_the_order_of_clicks(reading: Reading) -> None:
    view = reading.read(TEXT)
    long, short = judged(reading, "new meters made the bills"), judged(reading, "made", "supports")
    rest_on(reading, "made")
    words = shown(reading).words
    assert "2 passages here" in words
    assert words.index("“made”") < words.index("“new meters made the bills”")
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.viewport().mapFromGlobal(view.cursor().pos()))
    assert not reading.screen.hovering.is_shown
    assert {long, short} == {row.id for row in view.highlights.rows}


def test_moving_away_takes_the_card_away(reading: Reading) -> None:
    reading.read(TEXT)
    judged(reading, "meters made")
    rest_on(reading, "meters made")
    shown(reading)
    rest_on(reading, "End")
    assert not reading.screen.hovering.is_shown


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_Down])
def test_a_key_takes_the_card_away_and_escape_does_nothing_else(reading: Reading, key: Qt.Key) -> None:
    reading.read(TEXT)
    passage = judged(reading, "meters made")
    reading.desk.select_passage(passage)
    rest_on(reading, "meters made")
    shown(reading)
    reading.press(key)
    assert not reading.screen.hovering.is_shown
    assert reading.desk.passage_id == passage


def test_the_card_goes_when_another_passage_is_chosen_or_the_letters_grow(reading: Reading) -> None:
    view = reading.read(TEXT)
    judged(reading, "meters made")
    other = judged(reading, "bills at all")
    view.put_caret(TEXT.index("made") + 1)
    reading.press(Qt.Key.Key_I)
    shown(reading)
    reading.press(Qt.Key.Key_N)
    assert reading.desk.passage_id == other
    assert not reading.screen.hovering.is_shown
    reading.press(Qt.Key.Key_I)
    shown(reading)
    reading.desk.set_zoom(120)
    assert not reading.screen.hovering.is_shown


def test_scrolling_takes_the_card_away(reading: Reading) -> None:
    view = reading.read(TEXT + "\nMore." * 100)
    judged(reading, "meters made")
    rest_on(reading, "meters made")
    shown(reading)
    view.scroll_by(40)
    assert not reading.screen.hovering.is_shown


def test_a_key_shows_the_card_at_the_caret_and_says_it_in_the_status(reading: Reading) -> None:
    view = reading.read(TEXT)
    judged(reading, "meters made")
    told: list[str] = []
    reading.screen.status.connect(told.append)
    view.put_caret(TEXT.index("End"))
    reading.press(Qt.Key.Key_I)
    assert told[-1] == "No passage stands here"
    view.put_caret(TEXT.index("made") + 1)
    reading.press(Qt.Key.Key_I)
    assert "Claim about meters made" in shown(reading).words
    assert "Claim about meters made" in told[-1]
    reading.press(Qt.Key.Key_I)
    assert not reading.screen.hovering.is_shown


def test_the_card_knows_what_has_changed_since(reading: Reading) -> None:
    view = reading.read(TEXT)
    passage = judged(reading, "meters made")
    view.put_caret(TEXT.index("made") + 1)
    reading.press(Qt.Key.Key_I)
    assert "Ask" not in shown(reading).words
    reading.press(Qt.Key.Key_I)
    reading.project.note(passage, "Ask the auditor")
    reading.wait(lambda: view.highlights.rows[0].noted)
    reading.press(Qt.Key.Key_I)
    assert "Ask the auditor" in shown(reading).words


@pytest.mark.parametrize(
    ("room", "y"),
    [*((QRect(0, 40, 1000, 600), y) for y in (60, 200, 400, 590)), *((QRect(0, 40, 420, 300), y) for y in (60, 200))],
)
def test_the_card_stays_in_the_window_and_off_the_line(reading: Reading, room: QRect, y: int) -> None:
    reading.read(TEXT)
    judged(reading, "meters made")
    reading.view.put_caret(TEXT.index("made") + 1)
    reading.press(Qt.Key.Key_I)
    card, line = shown(reading), QRect(200, y, 100, 30)
    card.place(line, line, room)
    assert not card.geometry().intersects(line)
    assert card.geometry().left() >= room.left()
    assert card.geometry().right() <= room.right()
