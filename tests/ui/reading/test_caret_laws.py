"""Whatever is done to whatever text, the caret is in the text, in no character, and in nothing that is folded away."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPoint
from pytestqt.qtbot import QtBot

from annotator.domain.structure import Block, BlockKind, Structure
from annotator.domain.text import is_grapheme_boundary
from annotator.ui.reading.open_text import OpenText
from annotator.ui.reading.text_view import TextView
from tests.ui.reading.views import CTRL, PLAIN, SHIFT, Key, Modifier, mouse, press

Act = Callable[[TextView], None]

_UNITS = (
    *"ab .,-\t",
    "word ",
    "\u0301",
    "e\u0301",
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
_MOUSE = (
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseMove,
    QEvent.Type.MouseButtonDblClick,
    QEvent.Type.MouseButtonRelease,
)


class _Still(TextView):
    """A view whose words are not dragged away: that would wait for somebody to let go of them."""

    def start_drag(self) -> None:
        """Drag nothing."""


def _pressing(key: Key, modifier: Modifier) -> Act:
    return lambda view: press(view, key, with_=modifier)


def _pointing(kind: QEvent.Type, x: int, y: int) -> Act:
    return lambda view: mouse(view, kind, QPoint(x, y))


def _putting(share: float) -> Act:
    return lambda view: view.put_caret(round(share * len(view.text.text)))


def _choosing(start: float, end: float) -> Act:
    return lambda view: view.select(round(start * len(view.text.text)), round(end * len(view.text.text)))


def _folding(number: int) -> Act:
    return lambda view: (
        view.fold([number], closed=number not in view.closed_asides) if number < len(view.text.asides) else None
    )


_share = st.floats(0, 1)
_modifiers = st.sampled_from([PLAIN, PLAIN, SHIFT, CTRL, CTRL | SHIFT])
_act = st.one_of(
    st.builds(_pressing, st.sampled_from(_KEYS), _modifiers),
    st.builds(_pressing, st.sampled_from(_KEYS), _modifiers),
    st.builds(_pointing, st.sampled_from(_MOUSE), st.integers(-50, 500), st.integers(-50, 300)),
    st.builds(_putting, _share),
    st.builds(_choosing, _share, _share),
    st.builds(_folding, st.integers(0, 2)),
)
_words = st.lists(st.sampled_from(_UNITS), max_size=30).map("".join)
_parts = st.lists(st.tuples(_words, st.sampled_from(["article", "aside", "table"])), min_size=1, max_size=6)


def _opened(parts: list[tuple[str, str]]) -> OpenText:
    """Return a text of paragraphs, of asides, and of rows of tables whose cells are parted by tabs."""
    blocks, at, row = [], 0, 0
    for words, kind in parts:
        if kind == "table" and words:
            for column, cell in enumerate(words.split("\t")):
                blocks.append(Block(kind=BlockKind.TABLE_CELL, start=at, end=at + len(cell), row=row, column=column))
                at += len(cell) + 1
            row += 1
        else:
            blocks.append(Block(kind=BlockKind.PARAGRAPH, start=at, end=at + len(words), article=kind != "aside"))
            at, row = at + len(words) + 1, 0
    return OpenText("\n".join(words for words, _ in parts), Structure(blocks=tuple(blocks)))


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


@settings(max_examples=400, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(parts=_parts, acts=st.lists(_act, min_size=1, max_size=40))
def test_the_caret_is_always_somewhere_sensible(qtbot: QtBot, parts: list[tuple[str, str]], acts: list[Act]) -> None:
    view = _Still(_opened(parts))
    view.resize(420, 240)
    view.show()
    _check(view)
    for act in acts:
        act(view)
        _check(view)
    view.deleteLater()
