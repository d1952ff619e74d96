"""The marks of the review take their colours from the theme when they are painted."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from annotator.domain.finding import Severity
from annotator.ui.auditing.review_marks import LevelSign, SameMark
from annotator.ui.theme import apply_theme, current_theme, load_theme


@pytest.fixture(autouse=True)
def before(qapp: QApplication) -> Iterator[None]:
    """Go back to the theme that there was."""
    theme = current_theme()
    yield
    apply_theme(qapp, theme)


def has(widget: QWidget, wanted: QColor) -> bool:
    image = widget.grab().toImage()
    return any(
        image.pixelColor(x, y).rgb() == wanted.rgb() for x in range(image.width()) for y in range(image.height())
    )


def apart(one: QColor, other: QColor) -> int:
    """Return how far two colours differ, in steps of 255."""
    return max(abs(one.red() - other.red()), abs(one.green() - other.green()), abs(one.blue() - other.blue()))


def strongest(widget: QWidget) -> QColor:
    """Return the reddest colour that is painted."""
    image = widget.grab().toImage()
    found = [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]
    return max(found, key=lambda colour: colour.red() - colour.green())


def test_the_sign_of_a_finding_follows_the_theme(qtbot: QtBot, qapp: QApplication) -> None:
    apply_theme(qapp, load_theme("light"))
    sign = LevelSign(Severity.ERROR)
    qtbot.addWidget(sign)
    assert sign.accessibleName() == "Error"
    assert apart(strongest(sign), load_theme("light").error) < 40
    apply_theme(qapp, load_theme("dark"))
    assert apart(strongest(sign), load_theme("dark").error) < 10


def test_what_is_the_same_is_said_quietly(qtbot: QtBot) -> None:
    mark = SameMark(same=True)
    qtbot.addWidget(mark)
    assert has(mark, current_theme().muted)
    assert not has(mark, current_theme().stance("qualifies").text)
