"""The icons: all there, in the theme's colour, sharp, and right after a switch."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon, QImage, QPixmap
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from annotator.resources import resource
from annotator.ui.icon_drawing import IconRole
from annotator.ui.icons import icon
from annotator.ui.theme import ThemeChoice, choose_theme, current_theme, load_theme

NAMES = sorted(path.stem for path in resource("icons").glob("*.svg"))


@pytest.fixture(autouse=True)
def light(qapp: QApplication) -> Iterator[None]:
    choose_theme(qapp, "light")
    yield
    choose_theme(qapp, "light")


def is_inked_in(image: QImage, colour: QColor) -> bool:
    """Whether all full pixels have the colour, but for what blending rounds away."""
    pixels = [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]
    full = [pixel for pixel in pixels if pixel.alpha() == 255]
    return bool(full) and all(
        abs(a - b) <= 2
        for pixel in full
        for a, b in zip(pixel.getRgb()[:3], colour.getRgb()[:3], strict=True)  # type: ignore[index]
    )


def darkness(image: QImage) -> int:
    return sum(image.pixelColor(x, y).alpha() for x in range(image.width()) for y in range(image.height()))


@pytest.mark.parametrize("name", NAMES)
def test_every_icon_is_drawn_in_the_theme_s_colour_only(name: str) -> None:
    image = icon(name).pixmap(QSize(64, 64)).toImage()
    assert is_inked_in(image, current_theme().text)
    assert 0.01 < darkness(image) / (64 * 64 * 255) < 0.5


def test_the_licence_stands_beside_them() -> None:
    assert "ISC License" in resource("icons", "LICENSE").read_text(encoding="utf-8")


@pytest.mark.parametrize("role", ["text", "muted", "accent", "on_accent", "error"])
def test_a_role_is_a_colour_of_the_theme(role: IconRole) -> None:
    expected: QColor = getattr(current_theme(), role)
    assert is_inked_in(icon("file", role).pixmap(QSize(64, 64)).toImage(), expected)


def test_an_icon_follows_the_theme_without_being_set_again(qapp: QApplication, qtbot: QtBot) -> None:
    button = QPushButton()
    button.setIcon(icon("file"))
    qtbot.addWidget(button)
    choices: tuple[ThemeChoice, ...] = ("light", "dark")
    for choice in choices:
        choose_theme(qapp, choice)
        assert is_inked_in(button.icon().pixmap(64).toImage(), load_theme(choice).text)


@pytest.mark.parametrize("scale", [1.0, 2.0, 3.0])
def test_icons_are_rendered_for_the_screen(scale: float) -> None:
    pixmap = icon("search").pixmap(QSize(16, 16), scale)
    assert pixmap.size() == QSize(16, 16) * scale
    assert pixmap.devicePixelRatio() == scale


def test_a_disabled_icon_is_fainter() -> None:
    idle = icon("undo-2").pixmap(QSize(32, 32)).toImage()
    disabled = icon("undo-2").pixmap(QSize(32, 32), QIcon.Mode.Disabled).toImage()
    assert darkness(disabled) < 0.5 * darkness(idle)


def test_an_icon_is_made_once_and_a_copy_can_be_changed() -> None:
    assert icon("copy") is icon("copy")
    changed = QIcon(icon("copy"))
    changed.addPixmap(QPixmap(8, 8))
    assert not changed.pixmap(16).isNull()
    assert is_inked_in(icon("copy").pixmap(64).toImage(), current_theme().text)


def test_an_unknown_icon_is_a_mistake() -> None:
    with pytest.raises(FileNotFoundError):
        icon("no-such-icon")
