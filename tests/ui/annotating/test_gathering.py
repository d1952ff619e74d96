"""Several passages, also of several sources, are linked to a claim by one linkage."""

from __future__ import annotations

from PySide6.QtCore import Qt

from annotator.ui.annotating.link_panel import LinkPanel
from tests.ui.annotating.conftest import Reading

SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
FIRST = "The bills were read in May. Every second bill was estimated."
SECOND = "The tariff rose in February, by 11 per cent."


def gather(reading: Reading, words: str) -> None:
    before = len(reading.screen.gathering.quotes)
    reading.select(words)
    reading.press(Qt.Key.Key_L, SHIFT)
    reading.wait(lambda: len(reading.screen.gathering.quotes) == before + 1)


def panel(reading: Reading) -> LinkPanel:
    shown = reading.screen.marking.bubble.panel
    assert isinstance(shown, LinkPanel)
    return shown


def test_passages_of_two_sources_are_linked_together(reading: Reading) -> None:
    claim = reading.project.add_claim("Bills rose because of the meters.")
    reading.read(FIRST, title="First")
    gather(reading, "Every second bill was estimated")
    bar = reading.screen.gathered_bar
    assert bar.isVisible()
    assert not bar.link.isEnabled()
    reading.read(SECOND, title="Second")
    gather(reading, "The tariff rose in February")
    assert bar.words.text().startswith("2 gathered: “Every second bill was estimated”, “The tariff")
    reading.wait(lambda: len(reading.view.highlights.rows) == 1 and len(reading.screen.marking.claims) == 1)
    reading.press(Qt.Key.Key_L)
    assert panel(reading).button.accessibleName() == "Link 2 passages to claim"
    reading.press(Qt.Key.Key_Return)
    reading.type("q1m")
    reading.type("Two other causes.")
    reading.press(Qt.Key.Key_Return, CONTROL)
    reading.wait(lambda: len(reading.project.linkages(claim.id)) == 1)
    (linkage,) = reading.project.linkages(claim.id)
    quotes = {reading.project.entity(id_).quote for id_ in linkage.passage_ids}  # type: ignore[attr-defined]
    assert quotes == {"Every second bill was estimated", "The tariff rose in February"}
    reading.wait(lambda: not bar.isVisible())
    changes = len(reading.project.changes())
    reading.desk.undo()
    reading.wait(lambda: len(reading.project.changes()) == changes + 1)
    assert reading.project.linkages(claim.id) == ()
    assert len(reading.passages()) == 1


def test_a_new_claim_can_be_made_of_several_passages(reading: Reading) -> None:
    reading.read(FIRST)
    gather(reading, "The bills were read in May")
    gather(reading, "Every second bill was estimated")
    reading.screen.gathered_bar.link.click()
    reading.type("Most bills were estimates")
    reading.press(Qt.Key.Key_Return, CONTROL)
    reading.type("s1m")
    reading.press(Qt.Key.Key_Return, CONTROL)
    reading.wait(lambda: len(reading.project.claims()) == 1)
    (claim,) = reading.project.claims()
    (linkage,) = reading.project.linkages(claim.id)
    assert len(linkage.passage_ids) == 2
    assert claim.wording in linkage.passage_ids


def test_what_was_gathered_can_be_taken_out_and_forgotten(reading: Reading) -> None:
    reading.read(FIRST)
    gather(reading, "The bills were read in May")
    gather(reading, "Every second bill was estimated")
    reading.press(Qt.Key.Key_L, SHIFT)
    assert reading.screen.gathering.quotes == ("The bills were read in May",)
    reading.screen.gathered_bar.forgotten.emit()
    assert not reading.screen.gathered_bar.isVisible()
    assert len(reading.passages()) == 2


def test_a_passage_that_is_deleted_is_gathered_no_longer(reading: Reading) -> None:
    reading.read(FIRST)
    gather(reading, "The bills were read in May")
    gather(reading, "Every second bill was estimated")
    reading.press(Qt.Key.Key_Delete)
    reading.wait(lambda: reading.screen.gathering.quotes == ("The bills were read in May",))
    assert not reading.screen.gathered_bar.link.isEnabled()
    reading.project.delete(reading.project.sources()[0].id)
    reading.wait(lambda: not reading.screen.gathered_bar.isVisible())


def test_l_on_other_words_links_these_alone(reading: Reading) -> None:
    reading.read(FIRST + "\n" + SECOND)
    gather(reading, "The bills were read in May")
    gather(reading, "Every second bill was estimated")
    reading.select("The tariff rose")
    reading.press(Qt.Key.Key_L)
    target = reading.screen.marking.target
    assert target is not None
    assert target.together == ()
