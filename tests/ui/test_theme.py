"""The themes: every token, every contrast, and switching while the program runs."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontInfo, QImage, QPainter, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QProgressBar,
    QScrollArea,
    QTabBar,
    QWidget,
)
from pytestqt.qtbot import QtBot

from annotator.resources import resource
from annotator.ui.theme import (
    FlatStyle,
    apply_theme,
    choose_theme,
    current_theme,
    draw_frame,
    load_theme,
    palette_of,
    panel_font,
    reading_font,
    theme_notifier,
)
from tests.ui.contrasts import MARKS, WORDS, contrast, low, marks, words

NONE = Qt.KeyboardModifier.NoModifier
THEMES = ("light", "dark")
STANCES = {"supports", "refutes", "qualifies", "contextualises"}
VERDICTS = {"supported", "refuted", "not_enough_evidence", "conflicting_evidence", "open"}


@pytest.fixture(autouse=True)
def light(qapp: QApplication) -> Iterator[None]:
    choose_theme(qapp, "light")
    yield
    choose_theme(qapp, "light")


def test_contrast_follows_wcag() -> None:
    assert contrast(QColor("black"), QColor("white")) == pytest.approx(21)
    assert contrast(QColor("#777777"), QColor("white")) == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("name", THEMES)
def test_words_can_be_read(name: str) -> None:
    assert low(words(load_theme(name)), WORDS) == {}


@pytest.mark.parametrize("name", THEMES)
def test_marks_and_frames_can_be_seen(name: str) -> None:
    assert low(marks(load_theme(name)), MARKS) == {}


def test_a_pale_theme_is_noticed() -> None:
    light = load_theme("light")
    pale = light._replace(muted=light.edge, edge=light.hairline)
    assert "muted on surface" in low(words(pale), WORDS)
    assert "edge on raised" in low(marks(pale), MARKS)


def test_every_theme_has_every_token() -> None:
    shipped = sorted(path.stem for path in resource("themes").glob("*.toml"))
    assert shipped == sorted(THEMES)
    for name in shipped:
        theme = load_theme(name)
        colours = [token for token in theme if isinstance(token, QColor)]
        assert len(colours) == 14
        colours += [colour for row in theme.stances.values() for colour in row]
        colours += [colour for row in theme.verdicts.values() for colour in row]
        assert all(colour.isValid() for colour in colours)
        assert set(theme.stances) == STANCES
        assert set(theme.verdicts) == VERDICTS


def test_a_project_s_own_stances_and_verdicts_are_neutral() -> None:
    theme = load_theme("light")
    assert theme.stance("leans_for").text == theme.muted
    assert theme.verdict("too_vague") == theme.verdicts["open"]


@pytest.mark.parametrize("name", THEMES)
def test_the_palette_tells_the_window_state(name: str) -> None:
    theme = load_theme(name)
    palette = palette_of(theme)
    group, role = QPalette.ColorGroup, QPalette.ColorRole
    assert palette.color(group.Active, role.Window) == theme.surface
    assert palette.color(group.Active, role.Highlight) == theme.selection
    assert palette.color(group.Inactive, role.Highlight) == theme.row_unfocused
    assert palette.color(group.Disabled, role.Text) == theme.muted
    assert palette.color(group.Active, role.PlaceholderText) == theme.muted


def test_switching_needs_no_restart(qapp: QApplication, qtbot: QtBot) -> None:
    label = QLabel("Sources")
    qtbot.addWidget(label)
    before = label.grab().toImage()
    with qtbot.waitSignal(theme_notifier().changed):
        choose_theme(qapp, "dark")
    assert current_theme() == load_theme("dark")
    ink = QPalette.ColorRole.WindowText
    qtbot.waitUntil(lambda: label.palette().color(ink) == load_theme("dark").text)
    after = label.grab().toImage()
    assert before.pixelColor(0, 0) == load_theme("light").surface
    assert after.pixelColor(0, 0) == load_theme("dark").surface


def test_the_system_s_scheme_is_followed_only_when_chosen(qapp: QApplication) -> None:
    scheme_changed = qapp.styleHints().colorSchemeChanged
    choose_theme(qapp, "system")
    scheme_changed.emit(Qt.ColorScheme.Dark)
    assert current_theme().dark
    scheme_changed.emit(Qt.ColorScheme.Light)
    assert not current_theme().dark
    choose_theme(qapp, "light")
    scheme_changed.emit(Qt.ColorScheme.Dark)
    assert not current_theme().dark


def test_choosing_twice_says_it_once_per_change(qapp: QApplication) -> None:
    choose_theme(qapp, "system")
    choose_theme(qapp, "system")
    heard: list[str] = []

    def hear() -> None:
        heard.append(current_theme().name)

    theme_notifier().changed.connect(hear)
    qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    theme_notifier().changed.disconnect(hear)
    assert heard == ["dark"]


def test_applying_keeps_one_style(qapp: QApplication) -> None:
    style = qapp.style()
    assert isinstance(style, FlatStyle)
    apply_theme(qapp, load_theme("dark"))
    assert qapp.style() is style


def test_the_reading_face_is_ours() -> None:
    font = reading_font(18)
    assert QFontInfo(font).family() == "Source Serif 4"
    assert font.pixelSize() == 18
    assert {"Regular", "Italic", "SemiBold"} <= set(QFontDatabase.styles("Source Serif 4"))
    assert QFontInfo(reading_font(18, italic=True)).italic()
    assert "SIL Open Font License" in resource("fonts", "OFL.txt").read_text(encoding="utf-8")


def test_panels_are_never_smaller_than_the_system(monkeypatch: pytest.MonkeyPatch) -> None:
    assert [panel_font(px).pixelSize() for px in (13, 16, 20)] == [13, 16, 20]
    assert panel_font(16, bold=True).bold()
    large = QFont(panel_font())
    large.setPixelSize(26)
    monkeypatch.setattr(QFontDatabase, "systemFont", lambda _: large)
    assert panel_font(13).pixelSize() == 26
    assert panel_font(20).pixelSize() == 40


def grab_in(widget: QWidget, qtbot: QtBot) -> QImage:
    qtbot.addWidget(widget)
    widget.show()
    return widget.grab().toImage()


def test_a_field_shows_its_focus_in_the_accent(qtbot: QtBot) -> None:
    field = QLineEdit()
    idle = grab_in(field, qtbot)
    middle = idle.width() // 2
    assert idle.pixelColor(middle, 0) == current_theme().edge
    field.activateWindow()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    focused = field.grab().toImage()
    assert focused.pixelColor(middle, 0) == current_theme().accent
    assert focused.pixelColor(middle, 1) == current_theme().accent
    assert focused.pixelColor(middle, 2) == current_theme().raised


def test_a_chosen_row_is_blue_with_the_focus_and_grey_without(qtbot: QtBot) -> None:
    rows = QListWidget()
    rows.addItems(["", ""])
    rows.setCurrentRow(0)
    grab_in(rows, qtbot)
    spot = rows.visualItemRect(rows.item(0)).center()
    left = QPoint(1, spot.y())
    rows.activateWindow()
    rows.setFocus()
    qtbot.waitUntil(rows.hasFocus)
    image = rows.viewport().grab().toImage()
    assert (image.pixelColor(spot), image.pixelColor(left)) == (current_theme().row, current_theme().accent)
    rows.clearFocus()
    image = rows.viewport().grab().toImage()
    assert image.pixelColor(spot) == current_theme().row_unfocused
    assert image.pixelColor(left) == current_theme().edge


def test_scroll_bars_are_a_thin_handle_that_can_be_dragged(qtbot: QtBot) -> None:
    area = QScrollArea()
    inner = QWidget()
    inner.setFixedSize(50, 2000)
    area.setWidget(inner)
    area.resize(200, 200)
    grab_in(area, qtbot)
    bar = area.verticalScrollBar()
    assert bar.width() == 16
    image = bar.grab().toImage()
    assert image.pixelColor(8, 16) == current_theme().edge
    assert image.pixelColor(1, 16) == current_theme().surface
    QTest.mousePress(bar, Qt.MouseButton.LeftButton, NONE, QPoint(8, 16))
    QTest.mouseMove(bar, QPoint(8, bar.height() - 1))
    QTest.mouseRelease(bar, Qt.MouseButton.LeftButton, NONE, QPoint(8, bar.height() - 1))
    assert bar.value() == bar.maximum()
    QTest.mouseClick(bar, Qt.MouseButton.LeftButton, NONE, QPoint(8, 2))
    assert 0 < bar.value() < bar.maximum()


def test_progress_is_the_accent_on_a_hairline(qtbot: QtBot) -> None:
    progress = QProgressBar()
    progress.setTextVisible(False)
    progress.setRange(0, 4)
    progress.setValue(2)
    progress.resize(100, 20)
    image = grab_in(progress, qtbot)
    assert image.pixelColor(25, 10) == current_theme().accent
    assert image.pixelColor(75, 10) == current_theme().hairline
    assert image.pixelColor(25, 1) == current_theme().surface


def test_check_boxes_pick_lists_and_tabs_are_flat(qtbot: QtBot) -> None:
    theme, box, picks, tabs = current_theme(), QCheckBox(), QComboBox(), QTabBar()
    picks.resize(100, 24)
    tabs.addTab("Read")
    tabs.addTab("Claims")
    assert theme.edge in column(grab_in(box, qtbot), 8)
    box.setChecked(True)
    assert theme.accent in column(box.grab().toImage(), 5)
    assert grab_in(picks, qtbot).pixelColor(50, 0) == theme.edge
    row = grab_in(tabs, qtbot)
    chosen, other = tabs.tabRect(0).center().x(), tabs.tabRect(1).center().x()
    assert column(row, chosen)[tabs.tabRect(0).top()] == theme.accent
    assert column(row, other)[tabs.tabRect(1).bottom()] == theme.hairline


def column(image: QImage, x: int) -> list[QColor]:
    return [image.pixelColor(x, y) for y in range(image.height())]


def test_a_frame_stays_inside_its_rectangle() -> None:
    image = QImage(20, 20, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    draw_frame(painter, QRectF(4, 4, 12, 12), QColor("#ff0000"), QColor("#0000ff"), 2)
    painter.end()
    assert image.pixelColor(3, 10) == QColor("white")
    assert image.pixelColor(4, 10) == QColor("#0000ff")
    assert image.pixelColor(10, 10) == QColor("#ff0000")
