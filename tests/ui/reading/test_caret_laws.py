"""Whatever keys are pressed in whatever text, the caret is in the text, in no character, and in nothing folded away."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from annotator.domain.structure import Block, BlockKind, Structure
from annotator.domain.text import is_grapheme_boundary
from annotator.ui.reading.open_text import OpenText
from annotator.ui.reading.text_view import TextView
from tests.ui.reading.views import CTRL, PLAIN, SHIFT, Key, mouse, press
from PySide6.QtCore import QEvent, QPoint

_UNITS = (
    *"ab .,-\t",
    "word ",
    "e\u0301",
    "\u0301",
    "\u200d",
    "\u00a0",
    "\u2028",
    "\u00ad",
    "👩‍👩‍👧",
    "🇩🇪",
    "👍🏽",
    "क्षत्रिय ",
    "น้ำที่",
    "שלום ",
    "שָׁ",
    "قال ",
    "12 ",
    "\u202e",
    "\u2067",
    "水が",
    "각",
    "\u0600",
)
_paragraph = st.lists(st.sampled_from(_UNITS), max_size=40).map("".join)
_parts = st.lists(st.tuples(_paragraph, st.sampled_from(["article", "aside", "table"])), min_size=1, max_size=8)
_KEYS = (
    Key.Key_Left,
    Key.Key_Right,
    Key.Key_Up,
    Key.Key_Down,
    Key.Key_Home,
    Key.Key_End,
    Key.Key_PageUp,
    Key.Key_PageDown,
    Key.Key_Space,
)
_presses = st.tuples(st.sampled_from(_KEYS), st.sampled_from([PLAIN, PLAIN, SHIFT, CTRL, CTRL | SHIFT]))
_fold = st.integers(0, 3)
_click = st.tuples(st.integers(-50, 500), st.integers(-50, 300), st.sampled_from(["press", "move", "twice", "release"]))
_acts = st.lists(st.one_of(_presses, _fold, _click), max_size=40)


def _structure(parts: list[tuple[str, str]]) -> tuple[str, Structure]:
    blocks, at, row = [], 0, 0
    for words, kind in parts:
        if kind == "table" and words:
            for column, cell in enumerate(words.split("\t")):
                start = at
                blocks.append(
                    Block(kind=BlockKind.TABLE_CELL, start=start, end=start + len(cell), row=row, column=column)
                )
                at += len(cell) + 1
            row += 1
            continue
        row = 0
        blocks.append(Block(kind=BlockKind.PARAGRAPH, start=at, end=at + len(words), article=kind != "aside"))
        at += len(words) + 1
    return "\n".join(words for words, _ in parts), Structure(blocks=tuple(blocks))


def _check(view: TextView) -> None:
    text, made = view.text.text, view.selection_made
    assert 0 <= made.start <= made.end <= len(text)
    assert is_grapheme_boundary(text, made.anchor)
    assert is_grapheme_boundary(text, made.caret.offset)
    assert not view.folds.is_hidden(view.pieces.at(made.caret.offset))
    for start, end in view.selected():
        assert start < end
        assert is_grapheme_boundary(text, start)
        assert is_grapheme_boundary(text, end)
        assert not any(view.folds.is_hidden(n) for n in range(view.pieces.at(start), view.pieces.at(end - 1) + 1))


def _do(view: TextView, act: object) -> None:
    if isinstance(act, int):
        if act < len(view.text.asides):
            view.fold([act], closed=act not in view.closed_asides)
    elif isinstance(act[-1], str):  # type: ignore[index]
        x, y, kind = act  # type: ignore[misc]
        kinds = {
            "press": QEvent.Type.MouseButtonPress,
            "move": QEvent.Type.MouseMove,
            "twice": QEvent.Type.MouseButtonDblClick,
            "release": QEvent.Type.MouseButtonRelease,
        }
        mouse(view, kinds[kind], QPoint(x, y))
    else:
        key, modifier = act  # type: ignore[misc]
        press(view, key, with_=modifier)


class _Quiet(TextView):
    def start_drag(self) -> None:
        pass


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(parts=_parts, acts=_acts)
def test_the_caret_is_always_somewhere_sensible(qtbot: QtBot, parts: list[tuple[str, str]], acts: list[object]) -> None:
    text, structure = _structure(parts)
    view = _Quiet(OpenText(text, structure))
    view.resize(420, 240)
    view.show()
    _check(view)
    for act in acts:
        _do(view, act)
        _check(view)
    view.deleteLater()
