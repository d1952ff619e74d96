"""Only some of the passages are shown, and it is said that others are hidden."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from annotator.domain.ids import EntityId
from annotator.domain.rows import Judged, PassageRow
from annotator.ui.annotating.filter_button import FilterMenu
from annotator.ui.annotating.filtering import Kinds, PassageFilter
from tests.ui.annotating.conftest import Reading

TEXT = "The new meters made the bills rise by forty per cent.\nNone had asked to see any of the bills at all.\nEnd."
INES, OMAR = EntityId("ines"), EntityId("omar")
BILLS, METERS = EntityId("bills"), EntityId("meters")


def row(*judged: Judged, noted: bool = False) -> PassageRow:
    stances = tuple(sorted({each.stance for each in judged}))
    return PassageRow(id=EntityId("x"), spans=((0, 5),), stances=stances, judged=judged, noted=noted)


BOTH = row(Judged(INES, BILLS, "supports", "supported"), Judged(OMAR, METERS, "refutes", "refuted"), noted=True)
NONE = row()


@pytest.mark.parametrize(
    ("filter_", "row", "expected"),
    [
        (PassageFilter(), NONE, True),
        (PassageFilter(stances=frozenset({"supports"})), BOTH, True),
        (PassageFilter(stances=frozenset({"qualifies"})), BOTH, False),
        (PassageFilter(stances=frozenset({"supports", "refutes"})), BOTH, True),
        (PassageFilter(stances=frozenset({"supports"}), annotators=frozenset({OMAR})), BOTH, False),
        (PassageFilter(stances=frozenset({"refutes"}), annotators=frozenset({OMAR})), BOTH, True),
        (PassageFilter(claims=frozenset({BILLS}), verdicts=frozenset({"refuted"})), BOTH, False),
        (PassageFilter(stances=frozenset({""})), NONE, True),
        (PassageFilter(stances=frozenset({""})), BOTH, False),
        (PassageFilter(stances=frozenset({""}), claims=frozenset({BILLS})), NONE, False),
        (PassageFilter(noted=True), BOTH, True),
        (PassageFilter(noted=True), NONE, False),
    ],
)
def test_a_passage_must_have_one_linkage_with_all_that_is_asked_for(
    filter_: PassageFilter, row: PassageRow, expected: bool
) -> None:
    assert filter_.lets(row) is expected


def test_kinds_are_counted_by_passage() -> None:
    twice = row(Judged(INES, BILLS, "supports", ""), Judged(OMAR, BILLS, "supports", ""))
    kinds = Kinds.of([BOTH, NONE, twice])
    assert (kinds.total, kinds.noted) == (3, 1)
    assert kinds.stances == {"supports": 2, "refutes": 1, "": 1}
    assert kinds.claims == {BILLS: 2, METERS: 1}
    assert kinds.verdicts == {"supported": 1, "refuted": 1}


def three(reading: Reading) -> tuple[str, str, str]:
    """Make three passages: one that supports, one that refutes, one that is not linked."""
    reading.read(TEXT)
    made = []
    for words, stance in (("new meters", "supports"), ("forty per cent", "refutes")):
        start = TEXT.index(words)
        claim = reading.project.add_claim(f"Claim about {words}")
        linkage = reading.project.link(
            None,
            claim.id,
            version=reading.desk.version_id,
            fragments=((start, start + len(words)),),
            stance=stance,
            verdict="",
            confidence="",
        )
        made.append(linkage.passage_ids[0])
    start = TEXT.index("End")
    made.append(reading.project.highlight(reading.desk.version_id, ((start, start + 3),)).id)
    reading.wait(lambda: len(reading.view.highlights.rows) == 3)
    return made[0], made[1], made[2]


def open_menu(reading: Reading) -> FilterMenu:
    narrowing = reading.screen.narrowing
    reading.press(Qt.Key.Key_F, Qt.KeyboardModifier.ShiftModifier)
    reading.wait(lambda: narrowing.menu is not None and narrowing.menu.isVisible())
    assert narrowing.menu is not None
    return narrowing.menu


def tick(menu: FilterMenu, words: str) -> None:
    """Go to an entry with the arrow keys and tick it."""
    action = next(action for action in menu.actions() if action.text().startswith(words))
    for _ in menu.actions():
        if menu.activeAction() is not action:
            QTest.keyClick(menu, Qt.Key.Key_Down)
    assert menu.activeAction() is action
    QTest.keyClick(menu, Qt.Key.Key_Space)


def test_what_is_ticked_is_shown_everywhere_and_the_button_says_so(reading: Reading) -> None:
    supporting, refuting, _ = three(reading)
    button = reading.screen.details.filter
    assert button.accessibleName() == "All passages"
    menu = open_menu(reading)
    tick(menu, "Supports")
    reading.wait(lambda: [row.id for row in reading.view.highlights.rows] == [supporting])
    assert button.accessibleName() == "1 of 3 passages"
    assert button.isChecked()
    assert menu.isVisible()
    tick(menu, "Refutes")
    reading.wait(lambda: {row.id for row in reading.view.highlights.rows} == {supporting, refuting})
    menu.close()
    reading.view.setFocus()
    seen = []
    for _ in range(3):
        reading.press(Qt.Key.Key_N)
        seen.append(reading.desk.passage_id)
    assert seen == [supporting, refuting, supporting]


def test_show_all_brings_everything_back(reading: Reading) -> None:
    three(reading)
    menu = open_menu(reading)
    tick(menu, "Not linked")
    reading.wait(lambda: len(reading.view.highlights.rows) == 1)
    next(action for action in menu.actions() if action.text() == "Show all passages").trigger()
    reading.wait(lambda: len(reading.view.highlights.rows) == 3)
    assert reading.screen.details.filter.accessibleName() == "All passages"
    menu.close()


def test_the_chosen_passage_is_never_hidden(reading: Reading) -> None:
    supporting, refuting, unlinked = three(reading)
    reading.screen.passages.set_filter(PassageFilter(stances=frozenset({"supports"})))
    reading.wait(lambda: len(reading.view.highlights.rows) == 1)
    reading.desk.select_passage(EntityId(refuting))
    reading.wait(lambda: {row.id for row in reading.view.highlights.rows} == {supporting, refuting})
    assert reading.desk.passage_id == refuting
    assert reading.view.highlights.find(unlinked) is None


def test_what_is_made_while_others_are_hidden_is_seen(reading: Reading) -> None:
    three(reading)
    reading.screen.passages.set_filter(PassageFilter(stances=frozenset({"supports"})))
    reading.wait(lambda: len(reading.view.highlights.rows) == 1)
    reading.select("asked to see")
    reading.press(Qt.Key.Key_H)
    reading.wait(lambda: len(reading.view.highlights.rows) == 2 and not reading.desk.jobs.busy)
    assert reading.screen.details.filter.accessibleName() == "2 of 4 passages"


def test_with_no_passages_the_status_says_how_to_make_one(reading: Reading) -> None:
    reading.read(TEXT)
    told: list[str] = []
    reading.screen.status.connect(told.append)
    reading.screen.details.filter.click()
    reading.wait(lambda: bool(told))
    assert "No passages yet" in told[-1]
