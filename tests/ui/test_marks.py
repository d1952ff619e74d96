"""The marks: each paints what it claims, told apart by shape and not by colour alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QKeySequence, QPainter

from annotator.ui.marks import (
    chip_size,
    confidence_mark,
    confidence_size,
    draw_confidence,
    draw_keycap,
    draw_sign,
    draw_stance_line,
    draw_stance_tile,
    draw_verdict_chip,
    draw_verdict_tile,
    key_name,
    keycap_size,
    stance_mark,
    verdict_mark,
)
from annotator.ui.theme import Theme, load_theme

pytestmark = pytest.mark.usefixtures("qapp")

STANCES = ("supports", "refutes", "qualifies", "contextualises")
VERDICTS = ("supported", "refuted", "not_enough_evidence", "conflicting_evidence", "open")


@pytest.fixture(params=["light", "dark"])
def theme(request: pytest.FixtureRequest) -> Theme:
    return load_theme(request.param)


def painted(width: int, height: int, theme: Theme, draw: Callable[[QPainter], None]) -> QImage:
    image = QImage(width, height, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(theme.raised)
    painter = QPainter(image)
    draw(painter)
    painter.end()
    return image


def line(stance: str, theme: Theme, *, chosen: bool = False, vertical: bool = False) -> QImage:
    size = (12, 80) if vertical else (80, 12)
    return painted(
        *size,
        theme,
        lambda p: draw_stance_line(p, QRectF(0, 0, *size), stance, theme, chosen=chosen, vertical=vertical),
    )


def shape(image: QImage, ground: QColor) -> list[str]:
    """Which pixels stand out from the ground, row by row: what is left when colours are taken away."""
    return [
        "".join("#" if is_far(image.pixelColor(x, y), ground) else "." for x in range(image.width()))
        for y in range(image.height())
    ]


def is_far(one: QColor, other: QColor) -> bool:
    red, green, blue = one.red() - other.red(), one.green() - other.green(), one.blue() - other.blue()
    return abs(red) + abs(green) + abs(blue) > 100


def test_a_supporting_line_is_straight_and_two_pixels_wide(theme: Theme) -> None:
    rows = shape(line("supports", theme), theme.raised)
    assert [y for y, row in enumerate(rows) if "#" in row] == [5, 6]
    assert rows[5] == rows[6] == "#" * 80


def test_a_refuting_line_waves(theme: Theme) -> None:
    rows = shape(line("refutes", theme), theme.raised)
    inked = [y for y, row in enumerate(rows) if "#" in row]
    assert inked == [4, 5, 6, 7]
    assert all("#" in column for column in zip(*rows, strict=True))
    crest, trough = rows[4], rows[7]
    assert crest[2] == "#"
    assert crest[6] == "."
    assert trough[2] == "."
    assert trough[6] == "#"
    assert crest[:64] == crest[8:72]


def test_a_qualifying_line_is_dashed_seven_to_three(theme: Theme) -> None:
    rows = shape(line("qualifies", theme), theme.raised)
    assert rows[5] == ("#" * 7 + "." * 3) * 8


def test_a_line_for_context_is_a_dot_every_four_pixels(theme: Theme) -> None:
    rows = shape(line("contextualises", theme), theme.raised)
    assert rows[5].count("##") >= 19
    assert rows[5][:72] == rows[5][4:76]
    assert "." in rows[5][:4]


@pytest.mark.parametrize("stance", STANCES)
def test_a_line_has_its_colour_in_full_somewhere(stance: str, theme: Theme) -> None:
    image = line(stance, theme, chosen=True)
    colours = {image.pixelColor(x, y).name() for x in range(80) for y in range(12)}
    assert theme.stance(stance).line.name() in colours


@pytest.mark.parametrize("stance", STANCES)
def test_a_chosen_line_is_wider_and_a_margin_stripe_is_the_same_turned(stance: str, theme: Theme) -> None:
    def ink(image: QImage) -> int:
        return sum(
            abs(image.pixelColor(x, y).lightness() - theme.raised.lightness())
            for x in range(image.width())
            for y in range(image.height())
        )

    assert ink(line(stance, theme, chosen=True)) > 1.1 * ink(line(stance, theme))
    assert ink(line(stance, theme, vertical=True)) == pytest.approx(ink(line(stance, theme)), rel=0.1)
    assert line(stance, theme, vertical=True).pixelColor(11, 40) == theme.raised


def test_a_project_s_own_stance_gets_a_neutral_straight_line(theme: Theme) -> None:
    image = line("leans_for", theme)
    assert image.pixelColor(40, 5) == theme.edge
    assert shape(image, theme.raised)[5] == "#" * 80


def test_all_signs_differ_by_shape(theme: Theme) -> None:
    signs = {
        code: tuple(
            shape(
                painted(16, 16, theme, lambda p, c=code: draw_sign(p, QRectF(0, 0, 16, 16), c, theme.text)),  # type: ignore[misc]
                theme.raised,
            )
        )
        for code in (*STANCES, *VERDICTS)
    }
    assert len(set(signs.values())) == len(signs)
    assert all(any("#" in row for row in sign) for sign in signs.values())


@pytest.mark.parametrize("stance", STANCES)
def test_a_stance_tile_is_tinted_or_solid(stance: str, theme: Theme) -> None:
    box = QRectF(0, 0, 24, 24)
    tinted = painted(24, 24, theme, lambda p: draw_stance_tile(p, box, stance, theme))
    solid = painted(24, 24, theme, lambda p: draw_stance_tile(p, box, stance, theme, solid=True))
    assert tinted.pixelColor(3, 12) == solid.pixelColor(20, 12) == theme.raised
    assert tinted.pixelColor(5, 12) == theme.stance(stance).tint
    assert solid.pixelColor(5, 12) == theme.stance(stance).text
    assert tinted.pixelColor(4, 4) != theme.stance(stance).tint, "corners are round"


@pytest.mark.parametrize("verdict", VERDICTS[:-1])
def test_a_verdict_is_tinted_for_a_linkage_and_solid_for_a_conclusion(verdict: str, theme: Theme) -> None:
    colours = theme.verdict(verdict)
    for solid, ground in ((False, colours.tint), (True, colours.solid)):
        tile = painted(
            20,
            20,
            theme,
            lambda p, s=solid: draw_verdict_tile(p, QRectF(0, 0, 20, 20), verdict, theme, solid=s),  # type: ignore[misc]
        )
        assert tile.pixelColor(1, 10) == ground
        chip = painted(
            90,
            20,
            theme,
            lambda p, s=solid: draw_verdict_chip(p, QRectF(0, 0, 90, 20), verdict, "Word", theme, solid=s),  # type: ignore[misc]
        )
        assert chip.pixelColor(88, 10) == ground
        written = shape(chip.copy(20, 0, 68, 20), ground)
        assert any("#" in row for row in written)


def test_an_open_claim_has_a_frame_and_no_ground(theme: Theme) -> None:
    tile = painted(20, 20, theme, lambda p: draw_verdict_tile(p, QRectF(0, 0, 20, 20), "open", theme, solid=True))
    assert tile.pixelColor(0, 10) == theme.hairline
    assert tile.pixelColor(2, 10) == theme.raised


@pytest.mark.parametrize("level", [1, 2, 3])
def test_confidence_fills_its_bars_from_the_start(level: int, theme: Theme) -> None:
    image = painted(16, 12, theme, lambda p: draw_confidence(p, QRectF(0, 0, 16, 12), level, theme))
    middles = [image.pixelColor(x, 6) for x in (1, 7, 13)]
    assert middles == [theme.text] * level + [theme.raised] * (3 - level)
    assert level == 3 or image.pixelColor(15, 6) == theme.edge


def test_a_key_cap_is_a_framed_key_and_an_outline_on_the_accent(theme: Theme) -> None:
    box = QRectF(0, 0, 20, 20)

    def on_accent(painter: QPainter) -> None:
        painter.fillRect(box, theme.accent)
        draw_keycap(painter, box, "L", theme, on_accent=True)

    plain = painted(20, 20, theme, lambda p: draw_keycap(p, box, "L", theme))
    outlined = painted(20, 20, theme, on_accent)
    assert plain.pixelColor(0, 10) == theme.hairline
    assert plain.pixelColor(2, 10) == theme.raised
    assert any("#" in row[3:17] for row in shape(plain, theme.raised)[3:17])
    assert outlined.pixelColor(0, 10) == theme.on_accent
    assert outlined.pixelColor(2, 10) == theme.accent


def test_sizes_follow_the_words() -> None:
    assert chip_size("Refuted").height() == keycap_size("L").height() == 20
    assert chip_size("Not enough evidence").width() > chip_size("Refuted").width()
    assert keycap_size("I") == QSize(20, 20)
    assert keycap_size("Ctrl Enter").width() > 40


def test_marks_know_their_size() -> None:
    assert stance_mark("supports").size == QSize(16, 16)
    assert verdict_mark("refuted").size == QSize(20, 20)
    assert confidence_mark(2).size == confidence_size() == QSize(16, 12)


def test_keys_are_named_as_on_the_keyboard() -> None:
    assert key_name(QKeySequence(Qt.Modifier.CTRL | Qt.Key.Key_Return)) == "Ctrl Enter"
    assert key_name(QKeySequence("Ctrl++")) == "Ctrl +"
    assert key_name(QKeySequence("L")) == "L"


def test_painting_leaves_the_painter_as_it_was(theme: Theme) -> None:
    def draw(painter: QPainter) -> None:
        painter.setPen(QColor("red"))
        before = (painter.pen(), painter.brush(), painter.font(), painter.transform(), painter.hasClipping())
        box = QRectF(0, 0, 60, 20)
        for code in (*STANCES, *VERDICTS):
            draw_stance_line(painter, box, code, theme)
            draw_stance_tile(painter, box, code, theme)
            draw_verdict_chip(painter, box, code, "Word", theme)
        draw_confidence(painter, box, 2, theme)
        draw_keycap(painter, box, "L", theme)
        after = (painter.pen(), painter.brush(), painter.font(), painter.transform(), painter.hasClipping())
        assert before == after

    painted(60, 20, theme, draw)
