"""The search: what is typed finds sources, passages, claims, rationales and commands."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.ui.main_window import MainWindow
from annotator.ui.shell.finding import Found, bold_spans
from annotator.ui.shell.palette import Palette
from annotator.ui.shell.palette_list import ROW, Command, Head, fitted
from annotator.ui.theme import panel_font
from tests.ui.whole import CLAIM, click, find, press, project_of, settle


def rows(palette: Palette) -> list[object]:
    return [palette.rows.index(n).data(ROW) for n in range(palette.rows.rowCount())]


def search(qtbot: QtBot, window: MainWindow, words: str) -> Palette:
    press(window, "Ctrl+K")
    palette = find(window, Palette)
    QTest.keyClicks(palette.field, words)
    qtbot.waitUntil(lambda: palette._asked == words, timeout=5000)
    settle(qtbot, window)
    return palette


def test_everything_is_found_in_groups(qtbot: QtBot, opened: MainWindow) -> None:
    palette = search(qtbot, opened, "count")
    found = [row for row in rows(palette) if isinstance(row, Found)]
    assert {row.group for row in found} == {"sources", "passages", "rationales"}
    for row in found:
        assert [row.words[start:end].lower()[:5] for start, end in row.bold] == ["count"] * len(row.bold)
        assert row.bold
    palette.leave()


def test_enter_goes_to_the_place_in_the_text(qtbot: QtBot, opened: MainWindow) -> None:
    with qtbot.waitSignal(opened.desk.shown, timeout=20_000) as shown:
        palette = search(qtbot, opened, "14.2")
        QTest.keyClick(palette.field, Qt.Key.Key_Return)
    version, start, end = shown.args
    assert project_of(opened).text(version)[start:end] == "14.2"
    assert not [p for p in opened.findChildren(Palette) if p.isVisible()]


def test_a_claim_is_shown_on_its_board(qtbot: QtBot, opened: MainWindow) -> None:
    palette = search(qtbot, opened, "insurers")
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    settle(qtbot, opened)
    claim = project_of(opened).claims()[1]
    assert opened.desk.claim_id == claim.id
    assert opened.top_bar.shown_screen == "claims"


def test_a_rationale_leads_to_its_claim(qtbot: QtBot, opened: MainWindow) -> None:
    palette = search(qtbot, opened, '"full count"')
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    settle(qtbot, opened)
    [linkage] = project_of(opened).linkages()
    assert opened.desk.linkage_id == linkage.id
    assert opened.desk.claim_id == linkage.claim_id
    assert CLAIM in [claim.text for claim in project_of(opened).claims() if claim.id == linkage.claim_id]


def test_commands_are_run_and_show_their_keys(qtbot: QtBot, opened: MainWindow) -> None:
    palette = search(qtbot, opened, "hist")
    first = next(row for row in rows(palette) if not isinstance(row, Head))
    assert isinstance(first, Command)
    while palette.list.currentIndex().data(ROW).name != "show_history":
        QTest.keyClick(palette.field, Qt.Key.Key_Down)
    assert palette.list.currentIndex().data(ROW).key == "Ctrl 4"
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert opened.top_bar.shown_screen == "history"
    settle(qtbot, opened)


def test_nothing_found_says_so_and_esc_gives_the_focus_back(qtbot: QtBot, opened: MainWindow) -> None:
    press(opened, "Ctrl+1")
    before = QApplication.focusWidget()
    palette = search(qtbot, opened, "xyzzy")
    qtbot.waitUntil(lambda: palette._nothing.isVisible(), timeout=5000)
    QTest.keyClick(palette.field, Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is before
    assert opened.actions_table["export"].isEnabled(), "the keys of the window work again"


def test_a_click_elsewhere_leaves(qtbot: QtBot, opened: MainWindow) -> None:
    palette = search(qtbot, opened, "count")
    assert opened.rooms is not None
    assert opened.rooms.reading.view is not None
    click(opened.rooms.reading.view.viewport())
    opened.rooms.reading.view.setFocus()
    qtbot.waitUntil(lambda: not opened.findChildren(Palette), timeout=5000)
    del palette


@pytest.mark.parametrize("width", [120, 300, 2000])
def test_the_hit_is_seen_and_words_are_cut_whole(qapp: QApplication, width: int) -> None:
    words = (
        "Before it came a good many words that are of no matter, then the auditor spoke, and more words followed it."
    )
    bold = tuple(bold_spans(words, ["auditor"]))
    shown, spans = fitted(words, bold, panel_font(), width)
    assert [shown[start:end] for start, end in spans] == ["auditor"]
    assert set(shown.strip("… ").split(" ")) <= set(words.split(" "))
    assert shown == words or "…" in shown


def test_hits_of_all_words_are_bold() -> None:
    words = "Zürich’s auditors, the Auditor of ZURICH"
    assert [words[a:b] for a, b in bold_spans(words, ["zurich", "auditor"])] == [
        "Zürich",
        "auditors",
        "Auditor",
        "ZURICH",
    ]
