"""Saying who says a claim in a passage."""

from __future__ import annotations

from PySide6.QtCore import Qt

from annotator.domain.claim import Appearance, Voice
from annotator.ui.annotating.who_panel import WhoPanel
from tests.ui.annotating.conftest import Reading

TEXT = "“Bills rose by 40%”, says the Ratepayers’ Circle. FreeTap repeated it the same evening."
ENTER, CONTROL = Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier


def open_panel(reading: Reading, words: str) -> WhoPanel:
    """Select words and press W."""
    reading.select(words)
    reading.press(Qt.Key.Key_W)
    found = reading.screen.marking.bubble.panel
    assert isinstance(found, WhoPanel)
    reading.wait(lambda: bool(found.said.claim))
    return found


def wait_for(reading: Reading, count: int) -> tuple[Appearance, ...]:
    """Wait until so many appearances are stored."""
    claim = reading.project.claims()[0].id
    reading.wait(lambda: len(reading.project.appearances(claim)) == count and not reading.screen.marking.is_open)
    return reading.project.appearances(claim)


def test_agent_role_and_voice_with_the_keyboard(reading: Reading) -> None:
    reading.read(TEXT)
    claim = reading.project.add_claim("Bills rose by 40%.")
    reading.wait(lambda: bool(reading.screen.marking.claims))
    open_panel(reading, "Bills rose")
    reading.type("Ratepayers’ Circle")
    reading.press(ENTER)
    reading.type("1d")
    reading.press(ENTER, CONTROL)
    (appearance,) = wait_for(reading, 1)
    agent = next(agent for agent in reading.project.agents() if agent.id == appearance.agent_id)
    assert (agent.name, appearance.claim_id) == ("Ratepayers’ Circle", claim.id)
    assert (appearance.role, appearance.voice) == ("asserts", Voice.DIRECT)
    assert reading.passages()[0].quote == "Bills rose"
    assert reading.desk.passage_id == appearance.passage_id


def test_unknown_is_an_answer(reading: Reading) -> None:
    reading.read(TEXT)
    reading.project.add_claim("Bills rose by 40%.")
    reading.wait(lambda: bool(reading.screen.marking.claims))
    open_panel(reading, "Bills rose").role.focus_answer()
    reading.type("2")
    reading.press(ENTER, CONTROL)
    (appearance,) = wait_for(reading, 1)
    assert (appearance.agent_id, appearance.role, appearance.voice) == (None, "repeats", None)


def test_an_appearance_may_go_back_to_an_earlier_one(reading: Reading) -> None:
    reading.read(TEXT)
    claim = reading.project.add_claim("Bills rose by 40%.")
    first = reading.project.highlight(reading.desk.version_id, [(1, 11)])
    origin = reading.project.appear(first.id, claim.id, agent=None, agent_name="Ratepayers’ Circle", role="asserts")
    reading.wait(lambda: bool(reading.screen.marking.claims))
    panel = open_panel(reading, "FreeTap repeated it")
    reading.wait(lambda: panel.derived.count() == 2)
    assert panel.derived.itemText(1) == "Ratepayers’ Circle, asserts: “Bills rose”"
    reading.type("FreeTap")
    reading.press(ENTER)
    reading.type("2i")
    panel.derived.setCurrentIndex(1)
    reading.press(ENTER, CONTROL)
    appearances = wait_for(reading, 2)
    assert appearances[-1].derived_from == origin.id


def test_without_a_claim_the_panel_says_what_to_do(reading: Reading) -> None:
    reading.read(TEXT)
    reading.select("Bills rose")
    reading.press(Qt.Key.Key_W)
    panel = reading.screen.marking.bubble.panel
    assert isinstance(panel, WhoPanel)
    assert not panel.button.isEnabled()
    assert "link these words to one first" in panel.problem


def test_the_chosen_passages_claim_is_offered(reading: Reading) -> None:
    reading.read(TEXT)
    reading.project.add_claim("Another claim.")
    claim = reading.project.add_claim("Bills rose by 40%.")
    reading.project.add_claim("A third claim.")
    passage = reading.highlight("Bills rose")
    reading.project.link(passage.id, claim.id, stance="supports")
    reading.press(Qt.Key.Key_W)
    panel = reading.screen.marking.bubble.panel
    assert isinstance(panel, WhoPanel)
    reading.wait(lambda: panel.said.claim == claim.id)


def test_a_claim_that_is_not_at_hand_is_fetched(reading: Reading) -> None:
    reading.read(TEXT)
    reading.project.add_claim("Another claim.")
    reading.wait(lambda: bool(reading.screen.marking.claims))
    panel = open_panel(reading, "Bills rose")
    panel.set_claims([])
    claim = reading.project.claims()[0]
    panel.choose_claim(claim.id)
    reading.wait(lambda: panel.said.claim == claim.id)
