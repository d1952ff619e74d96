"""Faces of other scripts are named, so that they are not searched for letter by letter."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QTextLayout
from pytestqt.qtbot import QtBot

from annotator.ui.reading.faces import with_faces_for
from annotator.ui.theme import reading_font


def _faces(text: str, families: list[str]) -> list[str]:
    font = reading_font(18)
    font.setFamilies(families)
    layout = QTextLayout(text, font)
    layout.beginLayout()
    line = layout.createLine()
    layout.endLayout()
    faces = [run.rawFont() for run in line.glyphRuns() if any(run.glyphIndexes())]
    return [face.familyName() for face in faces if not face.fontTable("head").isEmpty()]


@pytest.mark.parametrize("text", ["审计员", "المدقق", "המבקר", "परीक्षक", "ผู้ตรวจสอบ", "감사관", "👍🏽", "ა"])
def test_letters_have_the_face_that_the_system_would_take(qtbot: QtBot, text: str) -> None:
    before = reading_font(18).families()
    after = with_faces_for(reading_font(18), text).families()
    assert after[0] == before[0]
    assert set(before) <= set(after)
    assert _faces(text, after) == _faces(text, before)


@pytest.mark.parametrize("text", ["", "meter", "naïve “–” Übergröße", "счётчик", "μετρητής"])
def test_nothing_is_added_for_letters_of_the_reading_face(qtbot: QtBot, text: str) -> None:
    assert with_faces_for(reading_font(18), text).families() == reading_font(18).families()
