"""The small widgets: they show their state, work from the keyboard, and have a word for every mark."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QCursor, QHelpEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from annotator.ui.controls import (
    AccentButton,
    ChoiceRow,
    ConfidenceBars,
    ElidedLabel,
    EmptyState,
    HairLine,
    KeyCap,
    LinkButton,
    PlainButton,
    SectionHead,
    StanceTile,
    VerdictChip,
)
from annotator.ui.marks import confidence_mark, keycap_size, stance_mark, verdict_mark
from annotator.ui.theme import choose_theme, current_theme


@pytest.fixture(autouse=True)
def light(qapp: QApplication) -> Iterator[None]:
    choose_theme(qapp, "light")
    qapp.processEvents()
    yield
    choose_theme(qapp, "light")


def shown(widget: QWidget, qtbot: QtBot) -> QImage:
    qtbot.addWidget(widget)
    QCursor.setPos(0, 0)
    widget.move(300, 300)
    widget.show()
    return widget.grab().toImage()


def focus(widget: QWidget, qtbot: QtBot) -> None:
    widget.show()
    widget.activateWindow()
    widget.setFocus()
    qtbot.waitUntil(widget.hasFocus)


def test_every_mark_has_its_word(qtbot: QtBot) -> None:
    spoken = {
        KeyCap("Ctrl Enter"): "Key Ctrl Enter",
        StanceTile("refutes", "Refutes"): "Stance: Refutes",
        VerdictChip("refuted", "Refuted"): "Verdict: Refuted",
        ConfidenceBars(2, "Moderate"): "Confidence: Moderate",
        SectionHead("Sources", "14"): "Sources 14",
        PlainButton("Edit linkage", key="Enter"): "Edit linkage",
        ChoiceRow("S", "Supports", stance_mark("supports")): "Supports",
        EmptyState("download", "Drop sources here", "Web pages, PDFs"): "Drop sources here",
        HairLine(): "Separator",
    }
    for widget, name in spoken.items():
        qtbot.addWidget(widget)
        assert widget.accessibleName() == name


def test_marks_take_the_size_and_colours_of_what_they_show(qtbot: QtBot) -> None:
    tile, chip = StanceTile("supports", "Supports"), VerdictChip("refuted", "Refuted", solid=True)
    assert tile.size() == QSize(16, 16)
    assert chip.height() == 20
    assert shown(tile, qtbot).pixelColor(1, 8) == current_theme().stance("supports").tint
    assert shown(chip, qtbot).pixelColor(1, 10) == current_theme().verdict("refuted").solid
    assert shown(ConfidenceBars(1, "Low"), qtbot).pixelColor(1, 6) == current_theme().text


def test_marks_repaint_when_the_theme_changes(qapp: QApplication, qtbot: QtBot) -> None:
    tile = StanceTile("supports", "Supports")
    light_tile = shown(tile, qtbot)
    choose_theme(qapp, "dark")
    assert tile.grab().toImage().pixelColor(1, 8) == current_theme().stance("supports").tint
    assert tile.grab().toImage() != light_tile


def test_a_hair_line_is_one_pixel(qtbot: QtBot) -> None:
    across, down = HairLine(), HairLine(Qt.Orientation.Vertical)
    across.resize(20, 1)
    down.resize(1, 20)
    assert (across.height(), down.width()) == (1, 1)
    assert shown(across, qtbot).pixelColor(5, 0) == current_theme().hairline
    assert shown(down, qtbot).pixelColor(0, 5) == current_theme().hairline


def tooltip_of(label: ElidedLabel) -> str:
    spot = QPoint(2, 2)
    QApplication.sendEvent(label, QHelpEvent(QHelpEvent.Type.ToolTip, spot, label.mapToGlobal(spot)))
    return label.toolTip()


def test_a_long_title_is_cut_and_whole_in_the_tooltip(qtbot: QtBot) -> None:
    label = ElidedLabel("What the water meters <b>really</b> do")
    qtbot.addWidget(label)
    label.show()
    label.resize(60, 20)
    cut = label.grab().toImage()
    assert tooltip_of(label) == "<qt>What the water meters &lt;b&gt;really&lt;/b&gt; do</qt>"
    assert label.minimumSizeHint().width() < 20
    assert label.text() == "What the water meters <b>really</b> do"
    label.resize(600, 20)
    assert tooltip_of(label) == ""
    assert label.grab().toImage().copy(0, 0, 60, 20) != cut


def test_words_are_never_markup(qtbot: QtBot) -> None:
    state = EmptyState("download", "<b>x</b>", "<i>y</i>")
    head = SectionHead("<b>x</b>", "<i>1</i>")
    qtbot.addWidget(state)
    qtbot.addWidget(head)
    labels = [*state.findChildren(QLabel), *head.findChildren(QLabel)]
    written = [label for label in labels if label.text()]
    assert len(written) == 4
    assert {label.textFormat() for label in written} == {Qt.TextFormat.PlainText}


def test_a_section_head_holds_title_remark_and_a_widget_at_the_end(qtbot: QtBot) -> None:
    link = LinkButton("All 6")
    head = SectionHead("Claims", "4", link)
    head.resize(300, 32)
    shown(head, qtbot)
    assert link.geometry().right() == 299
    head.set_remark("5")
    assert head.accessibleName() == "Claims 5"
    assert [label.text() for label in head.findChildren(QLabel)].count("5") == 1


def test_buttons_make_room_for_icon_and_key(qtbot: QtBot) -> None:
    plain, keyed = PlainButton("Accept"), PlainButton("Accept", icon_name="check", key="A")
    small = PlainButton("Stop", key="Esc", height=24)
    for button in (plain, keyed, small):
        qtbot.addWidget(button)
    assert keyed.sizeHint().width() == plain.sizeHint().width() + 16 + 8 + keycap_size("A").width() + 8
    assert (plain.height(), small.height()) == (32, 24)
    assert keyed.accessibleDescription() == "Key A"
    leading = PlainButton("Accept", key="A", key_first=True)
    qtbot.addWidget(leading)
    assert shown(leading, qtbot).pixelColor(4, 16) == current_theme().hairline
    plain.setText("Accept all of them")
    assert plain.sizeHint().width() > keyed.sizeHint().width()


def test_an_ampersand_is_no_shortcut(qtbot: QtBot) -> None:
    button = PlainButton("Marsh & Weld")
    qtbot.addWidget(button)
    assert button.accessibleName() == "Marsh & Weld"
    assert button.shortcut().isEmpty()


def test_a_plain_button_shows_its_states(qtbot: QtBot) -> None:
    button, theme = PlainButton("Take ours"), current_theme()
    button.setCheckable(True)
    idle = shown(button, qtbot)
    assert (idle.pixelColor(20, 0), idle.pixelColor(4, 16)) == (theme.edge, theme.raised)
    button.setChecked(True)
    taken = button.grab().toImage()
    assert (taken.pixelColor(20, 0), taken.pixelColor(4, 16)) == (theme.edge, theme.row)
    button.setChecked(False)
    button.setEnabled(False)
    asleep = button.grab().toImage()
    assert (asleep.pixelColor(20, 0), asleep.pixelColor(4, 16)) == (theme.hairline, theme.surface)
    button.setEnabled(True)
    focus(button, qtbot)
    assert button.grab().toImage().pixelColor(20, 1) == theme.accent


def test_a_flat_button_has_no_frame(qtbot: QtBot) -> None:
    button = PlainButton("History")
    button.setFlat(True)
    assert shown(button, qtbot).pixelColor(20, 0) == current_theme().surface


def test_the_accent_button_wakes_and_shows_its_focus(qtbot: QtBot) -> None:
    button, theme = AccentButton("Link to claim", key="Ctrl Enter"), current_theme()
    button.setEnabled(False)
    assert shown(button, qtbot).pixelColor(20, 5) == theme.surface
    button.setEnabled(True)
    assert button.grab().toImage().pixelColor(20, 5) == theme.accent
    focus(button, qtbot)
    focused = button.grab().toImage()
    assert [focused.pixelColor(20, y) for y in (0, 2, 3, 5)] == [
        theme.accent,
        theme.on_accent,
        theme.on_accent,
        theme.accent,
    ]


def test_a_link_is_written_in_the_accent(qtbot: QtBot) -> None:
    link = LinkButton("Open page 17")
    image = shown(link, qtbot)
    colours = {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}
    assert current_theme().accent.name() in colours
    assert image.pixelColor(0, 0) == current_theme().surface


def test_a_choice_is_taken_with_a_click_or_a_key(qtbot: QtBot) -> None:
    row = ChoiceRow("R", "Refutes", stance_mark("refutes"))
    shown(row, qtbot)
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Space):
        focus(row, qtbot)
        with qtbot.waitSignal(row.clicked):
            QTest.keyClick(row, key)
    with qtbot.waitSignal(row.clicked):
        QTest.mouseClick(row, Qt.MouseButton.LeftButton)
    assert row.isChecked()


def test_a_choice_shows_whether_it_is_idle_greyed_taken_or_in_focus(qtbot: QtBot) -> None:
    row, theme = ChoiceRow("2", "Refuted", verdict_mark("refuted")), current_theme()
    idle = shown(row, qtbot)
    assert row.height() == 32
    assert idle.pixelColor(1, 16) == theme.surface
    assert idle.pixelColor(37, 16) == theme.verdict("refuted").tint
    row.set_greyed(greyed=True)
    greyed = row.grab().toImage()
    assert greyed.pixelColor(37, 16) not in (theme.verdict("refuted").tint, theme.surface)
    row.setChecked(True)
    taken = row.grab().toImage()
    assert taken.pixelColor(1, 16) == theme.row
    assert taken.pixelColor(37, 16) == theme.verdict("refuted").tint
    focus(row, qtbot)
    assert row.grab().toImage().pixelColor(1, 16) == theme.accent


def test_marks_of_choices_stand_in_one_column(qtbot: QtBot) -> None:
    images = []
    for key in ("L", "M"):
        row = ChoiceRow(key, "High", confidence_mark(3))
        images.append(shown(row, qtbot).copy(32, 0, 40, 32))
    assert images[0] == images[1]


def test_a_choice_is_never_cut_off(qtbot: QtBot) -> None:
    short = ChoiceRow("1", "Supported", verdict_mark("supported"))
    long = ChoiceRow("4", "Conflicting evidence, cherry-picking", verdict_mark("conflicting_evidence"))
    qtbot.addWidget(short)
    qtbot.addWidget(long)
    assert long.sizeHint().width() > short.sizeHint().width() + 100


def test_an_empty_screen_says_what_to_do(qtbot: QtBot) -> None:
    button = AccentButton("Choose sources", icon_name="folder-open", key="Ctrl I")
    state = EmptyState("download", "Drop your first sources here", "Web pages, PDFs", [button], drop_target=True)
    state.resize(600, 260)
    image = shown(state, qtbot)
    assert state.findChildren(QPushButton) == [button]
    top = [image.pixelColor(x, 1) for x in range(20, 580)]
    assert current_theme().edge in top
    assert current_theme().surface in top
    bare = EmptyState("download", "Drop your first sources here", "Web pages, PDFs")
    bare.resize(600, 260)
    bare_image = shown(bare, qtbot)
    assert {bare_image.pixelColor(x, 1).name() for x in range(600)} == {current_theme().surface.name()}


def test_an_empty_screen_s_picture_has_the_accent(qapp: QApplication, qtbot: QtBot) -> None:
    state = EmptyState("download", "Drop your first sources here", "Web pages, PDFs")
    picture = next(label for label in state.findChildren(QLabel) if label.size() == QSize(32, 32))
    qtbot.addWidget(state)
    choose_theme(qapp, "dark")
    image = picture.grab().toImage()
    colours = {image.pixelColor(x, y).name() for x in range(32) for y in range(32)}
    assert current_theme().accent.name() in colours


def test_mirrored_layouts_mirror_the_row(qtbot: QtBot) -> None:
    row = ChoiceRow("S", "Supports", verdict_mark("supported"))
    row.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    row.resize(200, 32)
    image = shown(row, qtbot)
    assert image.pixelColor(200 - 38, 16) == current_theme().verdict("supported").tint
