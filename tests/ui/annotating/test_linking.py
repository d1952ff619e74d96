"""Linking with the keyboard alone: claim, stance, verdict, confidence, why; and what happens when it is broken off."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from annotator.domain.judgement import Linkage
from annotator.ui.annotating import known
from annotator.ui.annotating.link_panel import LinkPanel
from annotator.ui.desk import Desk
from tests.ui.annotating.conftest import Reading

TEXT = "Most had been billed on estimates for years 😀. The first true reading brought the arrears in one go."
WORDS = "billed on estimates for years 😀"
CONTROL = Qt.KeyboardModifier.ControlModifier
ENTER, ESCAPE, BACKSPACE = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Backspace


def panel(reading: Reading) -> LinkPanel:
    """Return the panel that is open."""
    found = reading.screen.marking.bubble.panel
    assert isinstance(found, LinkPanel)
    return found


def add_claims(reading: Reading, *texts: str) -> None:
    """Add claims, oldest first."""
    for text in texts:
        reading.project.add_claim(text)
    reading.wait(lambda: len(reading.screen.marking.claims) == len(texts))


def wait_for_linkage(reading: Reading) -> Linkage:
    """Wait until one linkage is stored and the panel has gone."""
    reading.wait(lambda: len(reading.project.linkages()) == 1 and not reading.screen.marking.is_open)
    return reading.project.linkages()[0]


def test_six_keys_and_the_words_make_a_linkage_with_its_passage(reading: Reading) -> None:
    reading.read(TEXT)
    add_claims(reading, "The new meters caused the rise.", "Bills rose by 40%.")
    reading.select(WORDS)
    reading.press(Qt.Key.Key_L)
    reading.type("meters")
    for key in (ENTER, Qt.Key.Key_Q, Qt.Key.Key_3, Qt.Key.Key_M):
        reading.press(key)
    reading.type("Estimates explain it: see line 2")
    reading.press(ENTER, CONTROL)
    linkage = wait_for_linkage(reading)
    (passage,) = reading.passages()
    claim = next(claim for claim in reading.project.claims() if "meters" in claim.text)
    assert passage.quote == WORDS
    assert (linkage.passage_ids, linkage.claim_id) == ((passage.id,), claim.id)
    assert (linkage.stance, linkage.verdict, linkage.confidence) == ("qualifies", "not_enough_evidence", "moderate")
    assert linkage.rationale == "Estimates explain it: see line 2"
    assert [step.label for step in reading.project.done][-1] == "Link to claim"
    desk = reading.desk
    reading.wait(lambda: (desk.passage_id, desk.claim_id, desk.linkage_id) == (passage.id, claim.id, linkage.id))
    reading.wait(lambda: reading.view.highlights.rows[0].stances == ("qualifies",))
    assert reading.view.hasFocus()


def test_one_undo_takes_linkage_and_passage_back(reading: Reading) -> None:
    reading.read(TEXT)
    reading.select(WORDS)
    reading.press(Qt.Key.Key_L)
    reading.type("Bills rose")
    reading.press(ENTER)
    reading.type("r2h")
    reading.press(ENTER, CONTROL)
    wait_for_linkage(reading)
    assert [claim.text for claim in reading.project.claims()] == ["Bills rose"]
    reading.desk.undo()
    reading.wait_for_passages(0)
    assert not reading.project.linkages()
    assert not reading.project.claims()


def test_a_panel_that_is_closed_while_it_sends_leaves_nothing_unfinished(reading: Reading) -> None:
    version = reading.read(TEXT).opened.version.id
    reading.select(WORDS)
    reading.press(Qt.Key.Key_L)
    reading.type("Bills rose")
    reading.press(ENTER)
    reading.type("r2h")
    reading.press(ENTER, CONTROL)
    reading.screen.marking.close()
    reading.wait(lambda: len(reading.project.linkages()) == 1 and not reading.desk.jobs.busy)
    assert not reading.screen.marking.unfinished.of(version)
    assert not reading.screen.unfinished_bar.isVisible()
    assert not reading.project.drafts()


def test_new_words_become_a_claim_even_where_others_match(reading: Reading) -> None:
    reading.read(TEXT)
    add_claims(reading, "Bills rose by 40%.")
    reading.select(WORDS)
    reading.press(Qt.Key.Key_L)
    reading.type("Bills rose")
    reading.press(ENTER, CONTROL)
    reading.type("s1l")
    reading.press(ENTER, CONTROL)
    linkage = wait_for_linkage(reading)
    assert reading.project.claims()[-1].text == "Bills rose"
    assert linkage.claim_id == reading.project.claims()[-1].id


def test_the_claims_worked_on_last_come_first(reading: Reading) -> None:
    reading.read(TEXT)
    add_claims(reading, "First claim.", "Second claim.", "Third.")
    reading.select(WORDS)
    reading.press(Qt.Key.Key_L)
    assert [match.words for match in panel(reading).picker.matches.matches] == [
        "Third.",
        "Second claim.",
        "First claim.",
    ]
    reading.type("CLAIM")
    assert [match.words for match in panel(reading).picker.matches.matches] == [
        "Second claim.",
        "First claim.",
        "CLAIM",
    ]
    reading.press(Qt.Key.Key_Down)
    reading.press(ENTER)
    first = next(claim for claim in reading.project.claims() if claim.text == "First claim.")
    assert panel(reading).judgement.claim == first.id


def test_the_panel_stands_still_and_its_button_wakes_when_all_is_given(reading: Reading) -> None:
    reading.read(TEXT)
    reading.select(WORDS)
    reading.wait(lambda: reading.screen.marking.is_open)
    bubble = reading.screen.marking.bubble
    corner = bubble.pos()
    reading.press(Qt.Key.Key_L)
    seen = [bubble.geometry()]
    reading.type("A claim")
    reading.press(ENTER)
    for key in (Qt.Key.Key_S, Qt.Key.Key_1, Qt.Key.Key_H):
        seen.append(bubble.geometry())
        assert not panel(reading).button.isEnabled()
        reading.press(key)
    seen.append(bubble.geometry())
    assert panel(reading).button.isEnabled()
    assert len(set(map(str, seen))) == 1
    assert seen[0].topLeft() == corner
    assert reading.view.strip_of(panel_span(reading)) is not None


def panel_span(reading: Reading) -> tuple[int, int]:
    """Return what the panel is about."""
    target = reading.screen.marking.target
    assert target is not None
    return target.spans[0][0], target.spans[-1][1]


def test_the_status_says_what_is_next(reading: Reading) -> None:
    reading.read(TEXT)
    said: list[str] = []
    reading.screen.status.connect(said.append)
    reading.select(WORDS)
    reading.press(Qt.Key.Key_L)
    reading.type("A claim")
    reading.press(ENTER)
    reading.type("q3")
    assert said[-3:] == [
        "Link: stance next",
        "Link: stance set, verdict next",
        "Link: stance and verdict set, confidence next",
    ]


def test_backspace_goes_back_step_by_step(reading: Reading) -> None:
    reading.read(TEXT)
    add_claims(reading, "A claim.")
    reading.select(WORDS)
    reading.press(Qt.Key.Key_L)
    reading.press(ENTER)
    reading.type("q3m")
    reading.press(BACKSPACE)
    assert panel(reading).judgement.confidence == ""
    reading.press(BACKSPACE)
    assert (panel(reading).judgement.verdict, panel(reading).judgement.stance) == ("", "qualifies")
    reading.press(BACKSPACE)
    assert panel(reading).judgement.has_claim
    reading.press(BACKSPACE)
    assert not panel(reading).judgement.has_claim
    assert reading.focused is panel(reading).picker.field


def test_a_verdict_may_be_that_nothing_is_rated(reading: Reading) -> None:
    reading.read(TEXT)
    add_claims(reading, "A claim.")
    reading.select(WORDS)
    reading.press(Qt.Key.Key_L)
    reading.press(ENTER)
    reading.type("c0p")
    assert panel(reading).judgement.verdict == "opinion"
    assert panel(reading).is_ready
    reading.press(ENTER, CONTROL)
    linkage = wait_for_linkage(reading)
    assert (linkage.verdict, linkage.confidence) == ("opinion", "")


def test_arrows_and_space_answer_too(reading: Reading) -> None:
    reading.read(TEXT)
    add_claims(reading, "A claim.")
    reading.select(WORDS)
    reading.press(Qt.Key.Key_L)
    reading.press(ENTER)
    reading.press(Qt.Key.Key_Down)
    reading.press(Qt.Key.Key_Space)
    reading.press(ENTER)
    assert (panel(reading).judgement.stance, panel(reading).judgement.verdict) == ("refutes", "supported")


def test_basis_and_reasons_are_kept(reading: Reading) -> None:
    reading.read(TEXT)
    add_claims(reading, "A claim.")
    reading.select(WORDS)
    reading.press(Qt.Key.Key_L)
    reading.press(ENTER)
    reading.type("s1h")
    reading.press(Qt.Key.Key_B, Qt.KeyboardModifier.AltModifier)
    reading.wait(lambda: _menu() is not None)
    menu = _menu()
    assert menu is not None
    QTest.keyClick(menu, Qt.Key.Key_Return)
    reading.press(Qt.Key.Key_R, Qt.KeyboardModifier.AltModifier)
    reading.wait(lambda: _menu() is not None and _menu() is not menu)
    menu = _menu()
    assert menu is not None
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Down, Qt.Key.Key_Space, Qt.Key.Key_Escape):
        QTest.keyClick(menu, key)
    panel(reading).rationale.setFocus()
    reading.press(ENTER, CONTROL)
    linkage = wait_for_linkage(reading)
    assert (linkage.basis, linkage.reasons) == ("primary_document", ("amount", "agreement"))


def _menu() -> QWidget | None:
    return QApplication.activePopupWidget()


def test_l_links_the_chosen_passage(reading: Reading) -> None:
    reading.read(TEXT)
    passage = reading.highlight("one go")
    reading.press(Qt.Key.Key_L)
    reading.type("A claim")
    reading.press(ENTER)
    reading.type("s1h")
    reading.press(ENTER, CONTROL)
    assert wait_for_linkage(reading).passage_ids == (passage.id,)
    assert len(reading.passages()) == 1


def test_what_is_refused_is_said_in_the_panel_and_nothing_is_lost(reading: Reading) -> None:
    reading.read(TEXT)
    passage = reading.highlight("one go")
    add_claims(reading, "A claim.")
    reading.press(Qt.Key.Key_L)
    reading.press(ENTER)
    reading.type("s1hbecause")
    reading.desk.do(lambda project: project.delete(passage.id))
    reading.press(ENTER, CONTROL)
    reading.wait(lambda: panel(reading).problem != "")
    assert "passage" in panel(reading).problem
    assert panel(reading).rationale.toPlainText() == "because"
    assert panel(reading).button.isEnabled()


def test_tab_stays_in_the_panel(reading: Reading) -> None:
    reading.read(TEXT)
    add_claims(reading, "A claim.")
    reading.select(WORDS)
    reading.press(Qt.Key.Key_L)
    reading.press(ENTER)
    bubble = reading.screen.marking.bubble
    seen = set()
    for _ in range(40):
        reading.press(Qt.Key.Key_Tab)
        assert bubble.isAncestorOf(reading.focused)
        seen.add(reading.focused)
    assert panel(reading).rationale in seen


def begin(reading: Reading) -> None:
    """Begin a judgement and let it be."""
    reading.read(TEXT)
    add_claims(reading, "A claim.")
    reading.select(WORDS)
    reading.press(Qt.Key.Key_L)
    reading.press(ENTER)
    reading.type("q3mhalf a thought")


def test_a_judgement_broken_off_is_offered_again(reading: Reading) -> None:
    begin(reading)
    reading.press(ESCAPE)
    bar = reading.screen.unfinished_bar
    assert bar.isVisible()
    assert bar.accessibleName() == f"1 unfinished judgement: “{WORDS}”"
    bar.continued.emit()
    said = panel(reading).judgement
    assert (said.stance, said.verdict, said.confidence, said.rationale) == (
        "qualifies",
        "not_enough_evidence",
        "moderate",
        "half a thought",
    )
    assert not bar.isVisible()
    reading.press(ENTER, CONTROL)
    assert wait_for_linkage(reading).rationale == "half a thought"
    assert not bar.isVisible()
    reading.wait(lambda: not reading.project.drafts())


def test_pressing_l_at_the_same_words_goes_on_where_it_stopped(reading: Reading) -> None:
    begin(reading)
    reading.press(ESCAPE)
    reading.press(Qt.Key.Key_L)
    assert panel(reading).rationale.toPlainText() == "half a thought"
    assert reading.focused is panel(reading).rationale


def test_a_judgement_that_is_discarded_is_gone(reading: Reading) -> None:
    begin(reading)
    reading.press(ESCAPE)
    reading.wait(lambda: len(reading.project.drafts()) == 1)
    reading.screen.unfinished_bar.discarded.emit()
    reading.wait(lambda: not reading.project.drafts())
    assert not reading.screen.unfinished_bar.isVisible()


def test_what_is_typed_is_on_the_disk_within_two_seconds_while_one_types_on(reading: Reading) -> None:
    begin(reading)

    def kept() -> bool:
        reading.type("x")
        drafts = reading.project.drafts()
        return bool(drafts) and "half a thoughtx" in drafts[0].body["rationale"]

    reading.qtbot.waitUntil(kept, timeout=2_000)


def test_a_judgement_survives_a_crash(reading: Reading, qtbot: object) -> None:
    begin(reading)
    reading.wait(lambda: bool(reading.project.drafts()))
    version, path, desk = reading.desk.version_id, reading.project.path, reading.desk
    reading.wait(lambda: reading.project.drafts()[0].body["rationale"] == "half a thought")
    desk.close_project()
    reading.wait(lambda: not desk.jobs.busy)
    with reading.qtbot.waitSignal(desk.opened, timeout=20_000):
        desk.open(path, annotator="Ines Calder")
    reading.open(version)
    reading.wait(lambda: reading.screen.unfinished_bar.isVisible())
    reading.screen.unfinished_bar.continued.emit()
    assert panel(reading).rationale.toPlainText() == "half a thought"
    assert panel(reading).is_ready


@pytest.mark.parametrize("key", [Qt.Key.Key_L, Qt.Key.Key_W, Qt.Key.Key_A])
def test_without_words_no_panel_opens_and_the_status_says_why(reading: Reading, key: Qt.Key) -> None:
    reading.read(TEXT)
    with reading.qtbot.waitSignal(reading.screen.status) as told:
        reading.press(key)
    assert "Select some words first" in told.args[0]
    assert reading.screen.marking.bubble.panel is None


def test_the_bubble_stands_at_the_words_and_its_buttons_work(reading: Reading, desk: Desk) -> None:
    view = reading.read(TEXT)
    reading.select("one go")
    reading.wait(lambda: reading.screen.marking.is_open)
    bubble = reading.screen.marking.bubble
    strip = view.strip_of(view.selection())
    assert strip is not None
    top = bubble.mapTo(reading.window, bubble.rect().topLeft()).y()
    below = view.viewport().mapTo(reading.window, strip.bottomLeft().toPoint()).y()
    assert 0 <= top - below < 16
    bubble.asked.emit("highlight")
    reading.wait_for_passages(1)
    assert not bubble.isVisible()


def test_among_many_claims_the_words_that_are_typed_find_any_of_them(
    reading: Reading, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(known, "_FEW", 20)
    reading.read(TEXT)
    first = reading.project.add_claim("The zebra paid nothing.")
    for number in range(120):
        reading.project.add_claim(f"Meter {number} was read.")
    marking = reading.screen.marking
    reading.wait(lambda: len(marking.claims) == 100 and marking.claims[0].claim.text == "Meter 119 was read.")
    reading.select(WORDS)
    reading.press(Qt.Key.Key_L)
    assert len(panel(reading).picker.matches.matches) == 100
    reading.type("zeb")
    reading.wait(lambda: len(panel(reading).picker.matches.matches) == 2)
    reading.press(ENTER)
    assert panel(reading).judgement.claim == first.id
    reading.press(ESCAPE)
    reading.select(WORDS)
    reading.press(Qt.Key.Key_L)
    reading.wait(lambda: panel(reading)._taken.accessibleName() == "The zebra paid nothing.")
    assert panel(reading).judgement.claim == first.id
